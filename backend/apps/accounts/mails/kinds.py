"""Which mails there are. Each is declared once, with what its templates need, so that it can be previewed and tested.

WELCOME = declare("welcome", {"username": "mina"})       # accounts/mail/welcome.txt and .html
EXPORT = declare("export", app="profiles", variants={"ready": {…}, "failed": {…}})
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Context = Mapping[str, Any]

_kinds: dict[str, "MailKind"] = {}


@dataclass(frozen=True, kw_only=True, slots=True)
class MailKind:
    """One kind of mail: where its templates are, and what they are shown with in previews."""

    name: str
    app: str = "accounts"
    samples: Mapping[str, Context] = field(default_factory=dict)
    """A context for each form that the mail can take; a mail of one form has it under the empty name."""

    def template(self, ending: str) -> str:
        return f"{self.app}/mail/{self.name}.{ending}"


def declare(
    name: str, sample: Context | None = None, *, app: str = "accounts", variants: Mapping[str, Context] | None = None
) -> MailKind:
    """Register a kind of mail with its sample context, or with one for each of its variants."""
    kind = MailKind(name=name, app=app, samples=variants or {"": sample or {}})
    _kinds[name] = kind
    return kind


def all_kinds() -> list[MailKind]:
    """Every kind, by name."""
    return [_kinds[name] for name in sorted(_kinds)]


def find_kind(name: str) -> MailKind | None:
    return _kinds.get(name)
