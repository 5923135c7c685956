"""Stamps: a step is skipped when what it was made from has not changed since it last finished."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def digest(paths: Iterable[Path], *, salt: str = "") -> str:
    """A digest of the files' contents and names, and of everything inside the folders named.

    A path that isn't there counts as absent rather than as an error.
    """
    total = hashlib.sha256(salt.encode())
    for path in paths:
        for file in _files(path):
            total.update(f"\0{file.relative_to(path.parent)}\0".encode())
            total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    return sorted(file for file in path.rglob("*") if file.is_file())


class Stamp:
    """A small file that holds the digest of what a finished step was made from.

    It is removed before the step and written after it, so that an interrupted step is done again.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def matches(self, value: str) -> bool:
        """Whether the step was last finished with this very input."""
        try:
            return self.path.read_text() == value
        except OSError:
            return False

    def clear(self) -> None:
        """Forget the step, right before it is done again."""
        self.path.unlink(missing_ok=True)

    def write(self, value: str) -> None:
        """Remember that the step is finished."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        partial = self.path.with_name(f"{self.path.name}.partial")
        partial.write_text(value)
        partial.replace(self.path)
