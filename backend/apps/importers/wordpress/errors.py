"""Why an import stops."""


class ImportStopped(Exception):
    """The file cannot be read any further. `line`: where, counted from 1."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(f"Line {line}: {reason}" if line else reason)
        self.reason = reason
        self.line = line
