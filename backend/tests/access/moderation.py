"""Moderation: reports, the queue, decisions, appeals."""

from typing import Any

from apps.accounts.models import User
from apps.accounts.tests.factories import UserFactory
from apps.comments.services import add_comment
from apps.moderation.models import Decision
from apps.moderation.services.cases import Subject, Target, open_case
from apps.moderation.services.decisions import decide
from apps.notifications.appeal_links import AppealLink, token_for
from apps.posts.tests.factories import make_post
from conftest import Cast
from tests.access.table import SIGNED_IN, Area, Call, Cells, Rows, cells, own, plain

_MODERATORS = cells(403, anonymous=401, moderator=200, admin=200)


def _unless_own(status: int, owner: str) -> Cells:
    """Everybody who is signed in may report what they see, but not what is their own."""
    return own(status) | {owner: 422}


ROWS: Rows = {
    # The post is the author's, the comment and the profile the reader's.
    ("post", "reports", "a post, published"): _unless_own(201, "author"),
    ("post", "reports", "a post, due"): _unless_own(201, "author"),
    ("post", "reports", "a post, draft"): own(422),
    ("post", "reports", "a post, scheduled"): own(422),
    ("post", "reports", "a post, archived"): own(422),
    ("post", "reports", "a post, trashed"): own(422),
    ("post", "reports", "a comment, visible"): _unless_own(201, "reader"),
    ("post", "reports", "a comment, pending"): own(422),
    ("post", "reports", "a comment, spam"): own(422),
    ("post", "reports", "a comment, removed"): own(422),
    ("post", "reports", "a comment, removed, carrying"): own(422),
    ("post", "reports", "a comment, under a draft"): own(422),
    ("post", "reports", "a person"): _unless_own(201, "reader"),
    ("post", "reports", "a person, deactivated"): own(422),
    ("get", "me/reports", "-"): SIGNED_IN,
    ("get", "me/decisions", "-"): SIGNED_IN,
    ("get", "moderation/queue", "-"): _MODERATORS,
    ("get", "moderation/summary", "-"): _MODERATORS,
    ("get", "moderation/decisions", "-"): _MODERATORS,
    ("post", "moderation/decisions", "-"): _MODERATORS,
    ("get", "moderation/appeals", "-"): _MODERATORS,
    # About the reader.
    ("post", "moderation/appeals", "a warning"): own(404) | {"reader": 201},
    ("post", "moderation/appeals", "a case held by a rule"): own(404) | {"reader": 422},
    ("post", "moderation/appeals/by-link", "of a mail"): cells(201, deactivated=201),
    ("post", "moderation/appeals/by-link", "forged"): cells(404, deactivated=404),
}


def _comment_in(state: str, cast: Cast) -> int:
    post = make_post(cast.author)
    comment = add_comment(post=post, author=cast.reader, body="A remark.")
    if state.endswith("carrying"):
        add_comment(post=post, author=cast.outsider, parent=comment, body="A reply.")
    status = state.partition(",")[0]
    if status == "under a draft":
        type(post).objects.filter(pk=post.pk).update(status="draft")
    else:
        type(comment).objects.filter(pk=comment.pk).update(status=status)
    return comment.pk


def _reported(state: str, cast: Cast) -> dict[str, Any]:
    kind, _, rest = state.partition(", ")
    if kind == "a post":
        return {"post": make_post(cast.author, rest).slug}
    if kind == "a comment":
        return {"comment": _comment_in(rest, cast)}
    return {"person": (cast.deactivated if rest else cast.reader).username}


def _number(state: str, reader: User, cast: Cast) -> int:
    if state == "a warning":
        person = Target(kind=Subject.PERSON.value, thing=reader)
        return decide(moderator=UserFactory.create(roles=["moderator"]), action="warn", target=person).number
    comment = add_comment(post=make_post(cast.author), author=reader, body="A remark.")
    open_case(comment=comment, rule_name="Links")
    return Decision.objects.get().number


def call(method: str, route: str, state: str, role: str, cast: Cast) -> Call:
    if route == "reports":
        return plain(route, method, {**_reported(state, cast), "reason": "spam"})
    if route == "moderation/appeals/by-link":
        token = token_for(AppealLink(cast.reader.pk, _number("a warning", cast.reader, cast)))
        sent = token if state == "of a mail" else token[:-1]
        return plain(route, method, {"token": sent, "text": "Please look again."})
    if route == "moderation/appeals":
        text = {"decision": _number(state, cast.reader, cast), "text": "Please look again."} if method == "post" else {}
        return plain(route, method, text)
    return plain(route, method, {"action": "dismiss", "cases": [1]})


AREA = Area(ROWS, call)
