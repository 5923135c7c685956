"""What decisions do, through the services of comments, posts and accounts. Each effect locks its subject and answers
what of it changed: the members before and after, as the log keeps them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from apps.accounts.models import User
from apps.accounts.sanctions import impose
from apps.comments.deciding import carry_out
from apps.comments.models import Comment
from apps.comments.services.state import lock as lock_comment
from apps.common.errors import InvalidState
from apps.moderation.models import Decision
from apps.moderation.services.cases import Target
from apps.moderation.services.verification import moment
from apps.posts.models import Post
from apps.posts.services import publish_post, unpublish_post
from apps.posts.services.threads import set_thread
from apps.posts.services.writing import lock_post

Action = Decision.Action
Subject = Decision.Subject
Members = dict[str, Any]
COMMENT_STATUS: dict[str, str] = {
    Action.APPROVE: Comment.Status.VISIBLE,
    Action.REMOVE: Comment.Status.REMOVED,
    Action.SPAM: Comment.Status.SPAM,
    Action.HOLD: Comment.Status.PENDING,
}
THREAD_ACTIONS = frozenset({Action.LOCK, Action.UNLOCK, Action.SLOW})
PERSON_ACTIONS = frozenset({Action.WARN, Action.SILENCE, Action.SUSPEND, Action.LIFT})


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What an action says besides its name."""

    until: datetime | None = None
    seconds: int | None = None
    deletes: bool = False
    """The text of a comment goes for good (the admin's button)."""
    expected: set[int] | None = None
    """Versions of the comment that the moderator saw."""


def subject_for(action: str, target: Target) -> Target | None:
    """What the action is about, when a moderator takes it beside this thing: its thread, or its author. None where
    there is no such thing."""
    if action in THREAD_ACTIONS:
        if isinstance(target.thing, User):
            return None
        post = target.thing.post if isinstance(target.thing, Comment) else target.thing
        return Target(kind=Subject.POST.value, thing=post)
    if action in PERSON_ACTIONS:
        return Target(kind=Subject.PERSON.value, thing=target.person) if target.person else None
    is_fitting = action == Action.DISMISS or not isinstance(target.thing, User)
    if isinstance(target.thing, Post) and action in {Action.SPAM, Action.HOLD}:
        return None
    return target if is_fitting else None


def lock_target(target: Target, expected: set[int] | None = None) -> Target:
    """The subject's row, fresh and locked, before the case and the log: in the order of every other write. Raises
    VersionConflict for a comment of another version than `expected`."""
    thing = target.thing
    if isinstance(thing, Comment):
        return Target(kind=target.kind, thing=lock_comment(thing, expected))
    if isinstance(thing, Post):
        locked = Post.objects.select_for_update().filter(pk=thing.pk).first()
        return Target(kind=target.kind, thing=locked or lock_post(thing))
    return Target(kind=target.kind, thing=User.objects.select_for_update().get(pk=thing.pk))


def take_effect(action: str, target: Target, terms: Terms) -> tuple[Members, Members]:
    """Carry the action out on its subject; answers only the members that it changed."""
    before = members_of(target)
    wanted = _wanted(action, target, terms)
    changed = {name for name, value in wanted.items() if before[name] != value}
    if changed:
        bring_about(target, {name: wanted[name] for name in changed}, expected=terms.expected)
    return {name: before[name] for name in changed}, {name: wanted[name] for name in changed}


def members_of(target: Target) -> Members:
    """What of the subject decisions can change, as it is now."""
    thing = target.thing
    if isinstance(thing, Comment):
        return {"status": str(thing.status)}
    if isinstance(thing, Post):
        return {
            "status": str(thing.effective_status),
            "thread_locked": thing.thread_locked,
            "slow_mode_seconds": thing.slow_mode_seconds,
        }
    return {"silenced_until": moment(thing.silenced_until), "suspended_until": moment(thing.suspended_until)}


def bring_about(target: Target, members: Members, *, expected: set[int] | None = None) -> None:
    """Make the subject's members these: by a decision, or as they were before one."""
    thing = target.thing
    if isinstance(thing, Comment):
        carry_out(comment=thing, status=members["status"], expected=expected)
    elif isinstance(thing, Post):
        _change_post(thing, members)
    else:
        impose(user=thing, **{name: time_of(value) for name, value in {**members_of(target), **members}.items()})


def _wanted(action: str, target: Target, terms: Terms) -> Members:
    if action in {Action.DISMISS, Action.WARN}:
        return {}
    if isinstance(target.thing, Comment):
        return {"status": Comment.Status.DELETED.value if terms.deletes else str(COMMENT_STATUS[action])}
    if isinstance(target.thing, Post):
        return _wanted_of_post(action, target.thing, terms)
    until = moment(terms.until)
    by_action: dict[str, Members] = {
        str(Action.SILENCE): {"silenced_until": until},
        str(Action.SUSPEND): {"suspended_until": until},
        str(Action.LIFT): {"silenced_until": None, "suspended_until": None},
    }
    return by_action[str(action)]


def _wanted_of_post(action: str, post: Post, terms: Terms) -> Members:
    if action == Action.SLOW:
        return {"slow_mode_seconds": terms.seconds or 0}
    if action in THREAD_ACTIONS:
        return {"thread_locked": action == Action.LOCK}
    if action == Action.REMOVE:
        if not post.is_live:
            raise InvalidState("The post is not public.")
        return {"status": Post.Status.DRAFT.value}
    return {}  # approving a post leaves it as it is


def _change_post(post: Post, members: Members) -> None:
    if members.get("status") == Post.Status.PUBLISHED:
        publish_post(post=post, allow_untitled=True, past_gates=True)
    elif "status" in members:
        unpublish_post(post=post)
    if {"thread_locked", "slow_mode_seconds"} & set(members):
        set_thread(post=post, locked=members.get("thread_locked"), slow_mode_seconds=members.get("slow_mode_seconds"))


def time_of(value: str | None) -> datetime | None:
    """A moment as the log keeps it."""
    return datetime.fromisoformat(value) if value else None
