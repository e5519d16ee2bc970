"""Uploads: in a folder, or in a bucket that no browser is ever sent to."""

from __future__ import annotations

import environ
import pytest
from django.core.files.storage import storages
from django.test import override_settings

from cms.uploads import upload_storage


class Environment(environ.Env):
    ENVIRON: dict[str, str] = {}


def storage_of(**values: str) -> dict[str, object]:
    env = Environment()
    env.ENVIRON = values
    return upload_storage(env)


def test_uploads_are_in_a_folder_without_a_bucket() -> None:
    assert storage_of()["BACKEND"] == "django.core.files.storage.FileSystemStorage"


def test_bucket_is_that_of_the_environment() -> None:
    storage = storage_of(S3_BUCKET="pictures", S3_ENDPOINT_URL="https://s3.example.com")

    options = storage["OPTIONS"]
    assert storage["BACKEND"] == "cms.bucket.BucketStorage"
    assert isinstance(options, dict)
    assert (options["bucket_name"], options["endpoint_url"]) == (
        "pictures", "https://s3.example.com",
    )  # fmt: skip
    # Nobody's upload takes the place of another of that name.
    assert options["file_overwrite"] is False


def test_pictures_of_a_bucket_have_addresses_of_our_own_host() -> None:
    pytest.importorskip("storages", reason="needs deploy/requirements-s3.txt")
    with override_settings(STORAGES={"default": storage_of(S3_BUCKET="pictures")}):
        storage = storages.create_storage(storage_of(S3_BUCKET="pictures"))

    assert storage.url("images/a b.webp") == "/media/images/a%20b.webp"
