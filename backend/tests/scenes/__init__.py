"""What the examples of the schema need to work: for each operation that needs it, who calls and with which body.

One module an area, with a table of operations:

    def _confirm(scene: Scene) -> None:
        scene.body = {**scene.body, "challenge": …}

    SCENES: Scenes = {"confirm": _confirm}
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from apps.accounts.models import User


@dataclass
class Scene:
    """A published post, a comment and a page are there; the admin `chief` calls, and `mina` is a reader."""

    mina: User
    chief: User
    caller: User | None
    body: Any
    """The operation's own example, or None when only the answer to a bad parameter is looked at."""
    values: dict[str, Any] = field(default_factory=dict)
    """What stands in the braces of the path."""
    format: str | None = None
    """`multipart` for files; None for JSON."""
    headers: dict[str, str] = field(default_factory=dict)


Scenes = dict[str, Callable[[Scene], None]]
