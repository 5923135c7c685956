"""What stands around the cases, decisions and reports of a page: read at once, in as many queries for one row as for a
hundred."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber
from django.utils.text import Truncator

from apps.accounts.bylines import byline
from apps.accounts.models import User
from apps.comments.models import Comment
from apps.common.addresses import address_of
from apps.common.markup import plain_text
from apps.moderation.models import Case, Decision, Report
from apps.posts.models import Post

SHOWN_REPORTS = 20
EXCERPT = 200
_PERSON = ("username", "display_name", "avatar_url")
_POST = ("slug", "title", "status", "published_at", "author_id")


def excerpt(rendered: str) -> str:
    """The beginning of what readers read, without marks and tags."""
    return Truncator(plain_text(rendered[: EXCERPT * 20])).chars(EXCERPT)


def comment_url(comment: Comment) -> str:
    return f"{comment.post.get_absolute_url()}#comment-{comment.pk}"


def person_url(person: User) -> str:
    return address_of("authors", person.username)


def people_by_id(ids: Iterable[int | None]) -> dict[int, User]:
    """Accounts as bylines show them: one query."""
    people: dict[int, User] = User.objects.only(*_PERSON).in_bulk({pk for pk in ids if pk is not None})
    return people


class Background:
    """All that a page of cases shows beside the cases themselves."""

    def __init__(self, cases: Sequence[Case]) -> None:
        comments = [case.comment for case in cases if case.comment is not None]
        ids = {pk for comment in comments for pk in comment.ancestor_ids}
        rows = Comment.objects.select_related("author")
        columns = ("body_html", "status", "guest_name", *(f"author__{name}" for name in _PERSON))
        self._ancestors: dict[int, Comment] = rows.only(*columns).in_bulk(ids)
        self._people = User.objects.in_bulk({pk for case in cases if (pk := concerned(case)) is not None})
        self._removed = _removed_comments(self._people)
        self._warnings = _warnings(self._people)
        self._reports = _newest_reports([case.pk for case in cases])
        self._decisions = _newest_decisions([case.pk for case in cases])
        self._moderators = people_by_id(decision.moderator_id for decision in self._decisions.values())

    def subject(self, case: Case) -> dict[str, Any]:
        """The members of `CaseSubjectSerializer`."""
        if case.comment is not None:
            return _comment(case.comment)
        if case.post is not None:
            decision = self._decisions.get(case.pk)
            return _post(case.post, is_known=_was_public(case.post, decision))
        person = case.person
        return {} if person is None else _person(person)

    def thread(self, case: Case) -> list[dict[str, Any]]:
        """What the comment answers."""
        ids = case.comment.ancestor_ids if case.comment is not None else []
        found = (self._ancestors[pk] for pk in ids if pk in self._ancestors)
        return [
            {
                "id": comment.pk,
                "author": comment.author.name if comment.author else comment.guest_name,
                "excerpt": excerpt(comment.body_html),
                "status": comment.status,
            }
            for comment in found
        ]

    def reports(self, case: Case) -> list[Report]:
        return self._reports[case.pk]

    def history(self, case: Case) -> dict[str, Any] | None:
        """The members of `HistorySerializer`."""
        person = self._people.get(concerned(case) or 0)
        if person is None:
            return None
        return {
            "byline": byline(person),
            "joined": person.date_joined,
            "comment_count": person.comment_count,
            "removed": self._removed.get(person.pk, 0),
            "warnings": self._warnings.get(person.pk, 0),
            "silenced_until": person.silenced_until,
            "suspended_until": person.suspended_until,
        }

    def decision(self, case: Case) -> dict[str, Any] | None:
        """The members of `CaseDecisionSerializer`."""
        decision = self._decisions.get(case.pk)
        if decision is None:
            return None
        moderator = self._moderators.get(decision.moderator_id or 0)
        return {
            "number": decision.number,
            "action": decision.action,
            "moderator": byline(moderator) if moderator else None,
            "reason": decision.reason,
            "note": decision.note,
            "created_at": decision.created_at,
        }


class Subjects:
    """What decisions and reports are about, as far as somebody may see it now: at most three queries."""

    def __init__(self, pairs: Iterable[tuple[str, int]], *, user: User) -> None:
        ids: dict[str, set[int]] = defaultdict(set)
        for kind, pk in pairs:
            ids[kind].add(pk)
        comments = Comment.objects.select_related("post").filter(pk__in=ids["comment"])
        self._comments = {comment.pk: comment for comment in comments} if ids["comment"] else {}
        post_ids = ids["post"] | {comment.post_id for comment in self._comments.values()}
        posts = Post.objects.visible_to(user).filter(pk__in=post_ids).only(*_POST)
        self._posts = {post.pk: post for post in posts} if post_ids else {}
        self._people = people_by_id(ids["person"]) if ids["person"] else {}
        self._user, self._sees_all = user, bool(user.has_perm("comments.view_comment"))

    def of(self, kind: str, pk: int) -> dict[str, Any]:
        """The members of `SubjectSerializer`."""
        row: dict[str, Any] = {"type": kind, "id": pk, "title": "", "url": None, "excerpt": ""}
        if kind == "post" and pk in self._posts:
            row |= {"title": self._posts[pk].title, "url": self._posts[pk].get_absolute_url()}
        if kind == "person" and pk in self._people:
            row |= {"title": self._people[pk].name, "url": person_url(self._people[pk])}
        comment = self._comments.get(pk) if kind == "comment" else None
        if comment is not None and comment.post_id in self._posts:
            row |= {"title": comment.post.title, "url": comment_url(comment)} if self._reads(comment) else {}
            row["excerpt"] = excerpt(comment.body_html) if self._reads(comment) else ""
        return row

    def _reads(self, comment: Comment) -> bool:
        """One's own words stay one's own, whatever became of them."""
        return self._sees_all or comment.status == Comment.Status.VISIBLE or comment.author_id == self._user.pk


def concerned(case: Case) -> int | None:
    """The account that the case is about, or that wrote what it is about."""
    if case.comment is not None:
        return case.comment.author_id
    return case.post.author_id if case.post is not None else case.person_id


def _comment(comment: Comment) -> dict[str, Any]:
    return {
        "type": "comment",
        "id": comment.pk,
        "title": comment.post.title,
        "url": comment_url(comment),
        "excerpt": excerpt(comment.body_html),
        "body_html": comment.body_html,
        "version": comment.version,
        "status": comment.status,
        "author": byline(comment.author) if comment.author else None,
        "guest_name": comment.guest_name,
        "post_slug": comment.post.slug,
        "thread_locked": comment.post.thread_locked,
        "slow_mode_seconds": comment.post.slow_mode_seconds,
    }


def _was_public(post: Post, removal: Decision | None) -> bool:
    """Whether the text is still the one that moderators took out of sight."""
    return removal is not None and "status" in removal.after and post.updated_at <= removal.created_at


def _post(post: Post, *, is_known: bool) -> dict[str, Any]:
    """A draft is nobody's to read; one that moderators took out of sight was public, and is read for an appeal."""
    is_read = post.is_live or is_known
    return {
        "type": "post",
        "id": post.pk,
        "title": post.title if is_read else "",
        "url": post.get_absolute_url(),
        "excerpt": post.excerpt[:EXCERPT] if is_read else "",
        "body_html": post.body_html if is_read else "",
        "version": None,
        "status": post.effective_status,
        "author": byline(post.author),
        "guest_name": "",
        "post_slug": post.slug,
        "thread_locked": post.thread_locked,
        "slow_mode_seconds": post.slow_mode_seconds,
    }


def _person(person: User) -> dict[str, Any]:
    return {
        "type": "person",
        "id": person.pk,
        "title": person.name,
        "url": person_url(person),
        "excerpt": person.bio[:EXCERPT],
        "body_html": "",
        "version": None,
        "status": "active" if person.is_active else "inactive",
        "author": None,
        "guest_name": "",
        "post_slug": None,
        "thread_locked": None,
        "slow_mode_seconds": None,
    }


def _removed_comments(people: Collection[int]) -> dict[int, int]:
    gone = Comment.objects.filter(author__in=list(people), status__in=["removed", "spam"])
    return dict(gone.values_list("author").annotate(Count("id")).order_by("author"))


def _warnings(people: Collection[int]) -> dict[int, int]:
    """Warnings that nobody took back."""
    answers = Decision.objects.filter(action__in=["undo", "overturn"], person_id__in=list(people))
    standing = Decision.objects.filter(person_id__in=list(people), action="warn")
    standing = standing.exclude(number__in=answers.filter(answers__isnull=False).values("answers"))
    return dict(standing.values_list("person_id").annotate(Count("id")).order_by("person_id"))


def _newest_reports(cases: Sequence[int]) -> dict[int, list[Report]]:
    place = Window(RowNumber(), partition_by=[F("case_id")], order_by=F("id").desc())
    rows = Report.objects.filter(case__in=cases).annotate(place=place).filter(place__lte=SHOWN_REPORTS)
    found: dict[int, list[Report]] = defaultdict(list)
    for report in rows.select_related("reporter").order_by("-id"):
        found[report.case_id].append(report)
    return found


def _newest_decisions(cases: Sequence[int]) -> dict[int, Decision]:
    """Of each case the newest row of the log. (A case has a handful of them.)"""
    rows = Decision.objects.filter(case_id__in=cases).order_by("number")
    return {decision.case_id: decision for decision in rows if decision.case_id is not None}
