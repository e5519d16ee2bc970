"""Uploads in a bucket (S3, or what speaks like it): a file in, its address on our own host out.

Browsers never ask the bucket: nginx hands its pictures out under /media/. So a page of a clinic
asks nobody else for anything, and its content policy stays `img-src 'self'`.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.utils.module_loading import import_string

# By its name: the package is only there where deploy/requirements-s3.txt is installed.
S3Storage: Any = import_string("storages.backends.s3.S3Storage")


class BucketStorage(S3Storage):
    def url(self, name: str, *_args: Any, **_options: Any) -> str:
        return str(settings.MEDIA_URL) + quote(name)
