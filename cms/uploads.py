"""Where uploads are kept: the environment in, Django's setting for it out.

In a folder of `VAR_DIR`; with `S3_BUCKET` in that bucket, which several machines share. Its own
client reads the keys, from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY or the machine's role.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import environ

FOLDER = {"BACKEND": "django.core.files.storage.FileSystemStorage"}


def upload_storage(env: environ.Env) -> dict[str, Any]:
    """Needs deploy/requirements-s3.txt where there is a bucket."""
    bucket = env.str("S3_BUCKET", default="")
    if not bucket:
        return FOLDER
    return {
        "BACKEND": "cms.bucket.BucketStorage",
        "OPTIONS": {
            "bucket_name": bucket,
            "endpoint_url": env.str("S3_ENDPOINT_URL", default="") or None,
            "region_name": env.str("S3_REGION", default="") or None,
            "default_acl": None,
            "file_overwrite": False,
            "object_parameters": {"CacheControl": "public, max-age=31536000, immutable"},
        },
    }
