"""Where uploaded files are kept: on disk, or in a bucket that speaks S3."""

from typing import Any
from urllib.parse import urlsplit

from config import env

S3_BUCKET = env.text("S3_BUCKET")
S3_PUBLIC_URL = env.address("S3_PUBLIC_URL") if S3_BUCKET else ""
"""Where browsers find what is in the bucket. `/media/…` leads there."""
if S3_BUCKET and not S3_PUBLIC_URL:
    env.fail("S3_PUBLIC_URL is not set. Set it to where browsers find the files of S3_BUCKET.")
PLAIN_BUCKET = ["://".join(urlsplit(S3_PUBLIC_URL)[:2])] if S3_PUBLIC_URL.startswith("http:") else []
"""What the content policy has to name beside `https:`."""


def media_storage() -> dict[str, Any]:
    """The default storage, as Django's STORAGES has it."""
    if not S3_BUCKET:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    from botocore.config import Config

    public = urlsplit(S3_PUBLIC_URL)
    endpoint = env.address("S3_ENDPOINT_URL") or None
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": S3_BUCKET,
            "endpoint_url": endpoint,
            "region_name": env.text("S3_REGION") or None,
            # Without keys: the role of the machine, as Amazon has it.
            "access_key": env.text("S3_ACCESS_KEY_ID") or None,
            "secret_key": env.text("S3_SECRET_ACCESS_KEY") or None,
            "custom_domain": f"{public.netloc}{public.path}",
            "url_protocol": f"{public.scheme}:",
            "querystring_auth": False,
            "default_acl": None,
            "file_overwrite": True,
            # Every address has a random part and always the same content.
            "object_parameters": {"CacheControl": "public, max-age=31536000, immutable"},
            "client_config": Config(
                connect_timeout=3,
                read_timeout=20,
                retries={"max_attempts": 2},
                signature_version="s3v4",
                s3={"addressing_style": "path" if endpoint else "auto"},
                # What only Amazon knows, others refuse.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
        },
    }
