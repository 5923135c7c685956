"""How far a long command is: a bar on a terminal, a line now and then elsewhere."""

import shutil
import time
from collections.abc import Callable

Write = Callable[[str, str], None]
"""Takes a text and what to end it with."""


class Progress:
    """Counts bytes up to `total`. Give `write` None to be silent."""

    def __init__(self, total: int, write: Write | None, *, is_terminal: bool) -> None:
        self._total = max(total, 1)
        self._write = write
        self._is_terminal = is_terminal
        self._done = 0
        self._shown = -1.0
        self._started = time.monotonic()

    def __call__(self, size: int) -> None:
        """So many bytes more were read."""
        self._done += size
        if self._write is None:
            return
        share = min(self._done / self._total, 1.0)
        if share - self._shown < (0.005 if self._is_terminal else 0.1) and share < 1:
            return
        if share == self._shown:
            return
        self._shown = share
        if self._is_terminal:
            self._write(f"\r{self._bar(share)}", "")
        else:
            self._write(f"{share:4.0%} of {_size(self._total // 2)} read", "\n")

    def close(self) -> None:
        """Leave the line of the bar."""
        if self._write and self._is_terminal and self._shown >= 0:
            self._write("", "\n")

    def _bar(self, share: float) -> str:
        room = max(10, min(shutil.get_terminal_size().columns - 30, 60))
        filled = round(share * room)
        seconds = time.monotonic() - self._started
        left = seconds / share - seconds if share > 0.01 else 0
        return f"[{'█' * filled}{' ' * (room - filled)}] {share:4.0%} {left:5.0f} s left"


def _size(count: int) -> str:
    return f"{count / 1_000_000:.1f} MB" if count >= 100_000 else f"{count / 1000:.1f} kB"
