"""Writing and removing the files of images, wherever the default storage keeps them."""

import secrets
from collections.abc import Iterable
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage


def write_file(path: str, content: bytes) -> None:
    """Write the file at exactly this path, over what is there. It appears whole or not at all: addresses are known
    before their files are, and what a cache gets once it keeps."""
    if isinstance(default_storage, FileSystemStorage):
        written = default_storage.save(f"{path}.{secrets.token_hex(4)}.part", ContentFile(content))
        Path(default_storage.path(written)).replace(default_storage.path(path))
        return
    if default_storage.exists(path):
        default_storage.delete(path)
    default_storage.save(path, ContentFile(content))


def read_file(path: str) -> bytes | None:
    """What the file holds, or None where there is none."""
    try:
        with default_storage.open(path) as file:
            return bytes(file.read())
    except FileNotFoundError:
        return None


def remove_folder(folder: str, names: Iterable[str]) -> None:
    """Remove the files that are in the folder, and the folder where there are such. Missing ones are no error."""
    try:
        found = default_storage.listdir(folder)[1]
    except (FileNotFoundError, NotImplementedError):
        found = []
    for name in {*names, *found}:
        default_storage.delete(f"{folder}/{name}")
    default_storage.delete(folder)


def address_of(path: str) -> str:
    """Where browsers find the file."""
    return default_storage.url(path)
