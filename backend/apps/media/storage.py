"""Writing and removing the files of images, wherever the default storage keeps them."""

import mimetypes
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import structlog
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage

from apps.media.errors import StorageAway

logger = structlog.get_logger(__name__)


for _extension in ("avif", "webp"):
    mimetypes.add_type(f"image/{_extension}", f".{_extension}")  # not every Python knows them by itself


def _failures() -> tuple[type[Exception], ...]:
    """What a storage raises that is away. A bucket's library is loaded only where there is a bucket."""
    if isinstance(default_storage, FileSystemStorage):
        return (OSError,)
    from botocore.exceptions import BotoCoreError, ClientError

    return OSError, BotoCoreError, ClientError


@contextmanager
def _reaching() -> Iterator[None]:
    """A store that is away, or full, is no fault of who asks."""
    try:
        yield
    except FileNotFoundError:
        raise
    except _failures() as error:
        logger.exception("storage.away")
        raise StorageAway from error


def write_file(path: str, content: bytes) -> None:
    """Write the file at exactly this path, over what is there. It appears whole or not at all: addresses are known
    before their files are, and what a cache gets once it keeps."""
    with _reaching():
        if isinstance(default_storage, FileSystemStorage):
            written = default_storage.save(f"{path}.{secrets.token_hex(4)}.part", ContentFile(content))
            Path(default_storage.path(written)).replace(default_storage.path(path))
            return
        default_storage.save(path, ContentFile(content))  # a bucket writes over, and whole, by itself


def read_file(path: str) -> bytes | None:
    """What the file holds, or None where there is none."""
    try:
        with _reaching(), default_storage.open(path) as file:
            return bytes(file.read())
    except FileNotFoundError:
        return None


def remove_folder(folder: str, names: Iterable[str]) -> None:
    """Remove the files that are in the folder, and the folder where there are such. Missing ones are no error."""
    with _reaching():
        try:
            found = default_storage.listdir(folder)[1]
        except (FileNotFoundError, NotImplementedError):
            found = []
        for name in {*names, *found}:
            default_storage.delete(f"{folder}/{name}")
        if isinstance(default_storage, FileSystemStorage):
            default_storage.delete(folder)


def address_of(path: str) -> str:
    """Where browsers find the file."""
    return default_storage.url(path)
