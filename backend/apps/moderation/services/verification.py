"""Whether the log is as it was written, and whether things are as the log says."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from apps.accounts.models import User
from apps.comments.models import Comment
from apps.moderation.models import Decision, LogHead
from apps.moderation.services.log import HEAD, digest
from apps.posts.models import Post

_CHUNK = 1000
Subject = Decision.Subject


@dataclass(frozen=True)
class Finding:
    """What is wrong, and at which number."""

    number: int
    what: str
    """`changed`, `removed` or `inserted`."""

    def __str__(self) -> str:
        return f"row {self.number}: {self.what}"


@dataclass
class _Walk:
    """Goes through the rows in order. `shift`: by how much rows were numbered anew to hide one that came or went."""

    findings: list[Finding] = field(default_factory=list)
    number: int = 0
    hash: str = ""
    hash_before: str = ""
    shift: int = 0

    def find(self, number: int, what: str) -> None:
        if all(found.number != number for found in self.findings):
            self.findings.append(Finding(number, what))

    def step(self, row: Decision) -> None:
        """Look at the next row."""
        missing = range(self.number + 1, row.number)
        for number in missing:
            self.find(number, "removed")
        if row.number <= self.number:  # a number below 1
            self.find(row.number, "inserted")
            return
        is_linked = bool(missing) or row.previous_hash == self.hash
        if not self._fits(row, 0):
            self._explain(row)
        elif not is_linked and self.number:
            self.find(self.number, "changed")  # along with its own hash
        elif not is_linked:
            self.find(row.number, "changed")
        self.hash_before, self.hash, self.number = self.hash, row.hash, row.number

    def _explain(self, row: Decision) -> None:
        if row.previous_hash == self.hash_before and self.number and self._fits(row, -1):
            self.find(self.number, "inserted")
            self.shift -= 1
        elif self._fits(row, +1):
            self.find(row.number, "removed")
            self.shift += 1
        else:
            self.find(row.number, "changed")

    def _fits(self, row: Decision, further: int) -> bool:
        return row.hash == digest(row, number=row.number + self.shift + further)

    def end(self, head: LogHead | None) -> None:
        """Compare with where the log should end."""
        if head is None:
            if self.number:
                self.find(self.number + 1, "removed")
            return
        for number in range(self.number + 1, head.number - self.shift + 1):
            self.find(number, "removed")
        for number in range(head.number - self.shift + 1, self.number + 1):
            self.find(number, "inserted")
        if head.number - self.shift == self.number and head.hash != self.hash:
            self.find(self.number, "changed")


def verify_log(*, noted: tuple[int, str] | None = None) -> tuple[int, list[Finding]]:
    """How many rows there are, and what is wrong with them, in order. `noted`: number and hash of a row that was the
    newest at some time, put down where nobody who can write to the database can."""
    walk, count = _Walk(), 0
    for row in Decision.objects.order_by("number").iterator(chunk_size=_CHUNK):
        walk.step(row)
        count += 1
        if noted is not None and row.number == noted[0] and row.hash != noted[1]:
            walk.find(row.number, "changed")
    walk.end(LogHead.objects.filter(pk=HEAD).first())
    if noted is not None and noted[0] > walk.number:
        walk.find(noted[0], "removed")
    return count, sorted(walk.findings, key=lambda finding: finding.number)


State = dict[tuple[str, int], dict[str, Any]]


def rebuild_state() -> State:
    """What the log says of each subject, from the first row to the last: for each the newest value of each member."""
    state: State = {}
    rows = Decision.objects.order_by("number").values_list("subject", "subject_id", "after")
    for subject, subject_id, after in rows.iterator(chunk_size=_CHUNK):
        if after:
            state.setdefault((subject, subject_id), {}).update(after)
    return state


@dataclass(frozen=True)
class Difference:
    """A member of a subject is otherwise than the log says."""

    subject: str
    pk: int
    member: str
    present: Any
    logged: Any

    def __str__(self) -> str:
        return f"{self.subject} {self.pk}: {self.member} is {self.present!r}, and {self.logged!r} in the log"


def differences() -> Iterator[Difference]:
    """Where things are otherwise than the log says. What authors deleted is, as is their right, gone."""
    state = rebuild_state()
    for kind, read in _READERS.items():
        ids = [subject_id for subject, subject_id in state if subject == kind]
        for start in range(0, len(ids), _CHUNK):
            present = read(ids[start : start + _CHUNK])
            for pk, members in present.items():
                for name, value in state[kind, pk].items():
                    if name in members and members[name] != value:
                        yield Difference(kind, pk, name, members[name], value)


def moment(value: datetime | None) -> str | None:
    """A time as the log keeps it."""
    return value.isoformat() if value else None


def _comments(ids: list[int]) -> dict[int, dict[str, Any]]:
    rows = Comment.objects.filter(pk__in=ids).exclude(status="deleted").values_list("pk", "status")
    return {pk: {"status": status} for pk, status in rows}


def _posts(ids: list[int]) -> dict[int, dict[str, Any]]:
    """A post that moderators took out of sight may be archived or in the trash by now, only not public."""
    present: dict[int, dict[str, Any]] = {}
    for post in Post.objects.filter(pk__in=ids).only("status", "published_at", "thread_locked", "slow_mode_seconds"):
        present[post.pk] = {"thread_locked": post.thread_locked, "slow_mode_seconds": post.slow_mode_seconds}
        if post.is_live:
            present[post.pk]["status"] = Post.Status.PUBLISHED.value
    return present


def _people(ids: list[int]) -> dict[int, dict[str, Any]]:
    people = User.objects.filter(pk__in=ids, deleted_at__isnull=True)
    rows = people.values_list("pk", "silenced_until", "suspended_until")
    return {pk: {"silenced_until": moment(s), "suspended_until": moment(k)} for pk, s, k in rows}


_READERS = {Subject.COMMENT.value: _comments, Subject.POST.value: _posts, Subject.PERSON.value: _people}
