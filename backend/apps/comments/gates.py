"""Gates that a new or edited comment passes before anybody sees it. Other apps put them up:

    @gates.register
    def no_shouting(draft: Draft) -> Verdict | None:
        return Verdict(action="hold", name="Shouting") if draft.body.isupper() else None

    @gates.on_held
    def open_case(comment: Comment, verdict: Verdict) -> None: ...

Both run inside the transaction of the comment, under the lock of its post. Imported comments pass without being asked.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from apps.accounts.models import User
from apps.comments.models import Comment
from apps.posts.models import Post


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A comment that is about to be written, or (`comment`) to get another text."""

    post: Post
    author: User | None
    body: str
    parent: Comment | None = None
    comment: Comment | None = None


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What a gate says: `hold` it for a moderator, put it away as `spam`, or `refuse` it. `name` is that of the rule;
    `message` is for whoever wrote it, where it is refused."""

    action: Literal["hold", "spam", "refuse"]
    name: str
    rule_id: int | None = None
    message: str = ""


Gate = Callable[[Draft], Verdict | None]
Hook = Callable[[Comment, Verdict], None]

_SEVERITY = {"hold": 0, "spam": 1, "refuse": 2}
_gates: list[Gate] = []
_hooks: list[Hook] = []


def register(gate: Gate) -> Gate:
    """Ask this gate about every comment from now on; registering it twice is registering it once."""
    if gate not in _gates:
        _gates.append(gate)
    return gate


def unregister(gate: Gate) -> None:
    _gates.remove(gate)


def on_held(hook: Hook) -> Hook:
    """Tell this hook of every comment that a gate held back: the comment as it was saved, and what the gate said."""
    if hook not in _hooks:
        _hooks.append(hook)
    return hook


def forget_hook(hook: Hook) -> None:
    _hooks.remove(hook)


def ask(draft: Draft) -> Verdict | None:
    """The most severe verdict of all gates, the first among equals; None where nobody objects."""
    verdicts = [verdict for gate in _gates if (verdict := gate(draft)) is not None]
    return max(verdicts, key=lambda verdict: _SEVERITY[verdict.action], default=None)


def tell(comment: Comment, verdict: Verdict) -> None:
    """Tell every hook that the comment was held back."""
    for hook in _hooks:
        hook(comment, verdict)
