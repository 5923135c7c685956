"""`fields=` and `include=`: the caller chooses the shape of an answer from an allow-list."""

from collections.abc import Sequence
from typing import Any

from rest_framework import serializers


class CommaList(serializers.CharField):
    """A comma-separated list of names from an allow-list."""

    default_error_messages = {"unknown": "There is no {name!r} here. Known: {known}."}

    def __init__(self, *, known: Sequence[str], **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("help_text", f"Comma-separated: {', '.join(known)}.")
        super().__init__(max_length=400, **kwargs)
        self.known = tuple(known)

    def to_internal_value(self, data: Any) -> list[str]:  # type: ignore[override]
        names = [name.strip() for name in str(data).split(",") if name.strip()]
        for name in names:
            if name not in self.known:
                self.fail("unknown", name=name[:60], known=", ".join(self.known))
        return names

    def to_representation(self, value: Any) -> str:
        return ",".join(value)


def pick(data: dict[str, Any], fields: Sequence[str] | None) -> dict[str, Any]:
    """The members named in `fields` (all of them when nothing was asked for)."""
    return {name: data[name] for name in data if name in fields} if fields else data
