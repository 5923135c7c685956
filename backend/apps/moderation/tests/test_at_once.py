"""Moderators and readers at once, on a database that lets several in."""

from concurrent.futures import ThreadPoolExecutor, wait
from functools import partial
from typing import Any

import pytest
from django.db import connection, transaction

from apps.accounts.models import User
from apps.accounts.tests.factories import UserFactory
from apps.comments.models import Comment
from apps.comments.services import add_comment
from apps.common.errors import DomainError
from apps.common.tests.at_once import run_at_once
from apps.moderation.errors import AlreadyDecided
from apps.moderation.models import Appeal, Case, Decision, Report
from apps.moderation.services.appeals import appeal_against
from apps.moderation.services.cases import Target, open_case
from apps.moderation.services.decisions import decide
from apps.moderation.services.log import append
from apps.moderation.services.reports import MOST_AT_ONCE, report
from apps.moderation.services.taking_back import undo
from apps.moderation.services.verification import differences, verify_log
from apps.posts.models import Post
from apps.posts.tests.factories import make_post

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs concurrent connections"),
]

at_once = partial(run_at_once, caught=(DomainError,))


def about(comment: Comment) -> Target:
    return Target(kind="comment", thing=comment)


@pytest.fixture
def moderators() -> list[User]:
    return UserFactory.create_batch(8, roles=["moderator"])


def test_of_many_moderators_one_decides_and_the_others_are_told(author: User, moderators: list[User]) -> None:
    for _ in range(4):
        comment = add_comment(post=make_post(author), author=author, body="Cheap watches!")
        case = open_case(comment=comment)
        actions = ["remove", "approve"] * 4

        def act(number: int, *, comment: Comment = comment, case: Case = case, actions: list[str] = actions) -> Any:
            return decide(moderator=moderators[number], action=actions[number], target=about(comment), case=case)

        answers = at_once(act, 8)
        (won,) = (answer for answer in answers if isinstance(answer, Decision))
        told = [answer for answer in answers if isinstance(answer, AlreadyDecided)]
        assert len(told) == 7
        assert all(f"Decision {won.number}" in answer.message for answer in told)
        comment.refresh_from_db()
        assert comment.status == {"remove": "removed", "approve": "visible"}[won.action]
    assert Decision.objects.count() == 4
    assert verify_log() == (4, [])
    assert list(differences()) == []


def test_numbers_have_no_gap_however_many_write_at_once() -> None:
    at_once(lambda number: [append(action="warn", subject="person", subject_id=number) for _ in range(10)], 8)
    assert list(Decision.objects.values_list("number", flat=True)) == list(range(1, 81))
    assert verify_log() == (80, [])


def test_decisions_across_threads_and_people_end_without_a_deadlock(author: User, moderators: list[User]) -> None:
    people = UserFactory.create_batch(3)
    posts = [make_post(author) for _ in range(3)]
    comments = [add_comment(post=post, author=who, body="!") for post in posts for who in people]
    cases = {comment.pk: open_case(comment=comment) for comment in comments}

    def act(number: int) -> int:
        done = 0
        for comment in comments[number:] + comments[:number]:
            for action in ("remove", "lock", "warn"):
                try:
                    decide(moderator=moderators[number], action=action, target=about(comment), case=cases[comment.pk])
                    done += 1
                except DomainError:
                    continue
        return done

    done = sum(at_once(act, 8))
    assert Decision.objects.filter(action="remove").count() == 9
    assert Decision.objects.filter(action="warn").count() == 72
    assert verify_log() == (done, [])
    assert set(Post.objects.values_list("comment_count", flat=True)) == {0}
    assert set(User.objects.filter(pk__in=[p.pk for p in people]).values_list("comment_count", flat=True)) == {0}
    assert list(differences()) == []


def test_undone_once_by_many(author: User, moderators: list[User]) -> None:
    comment = add_comment(post=make_post(author), author=author, body="Cheap watches!")
    number = decide(moderator=moderators[0], action="remove", target=about(comment)).number
    answers = at_once(lambda who: undo(moderator=moderators[who], number=number), 8)
    assert sum(isinstance(answer, Decision) for answer in answers) == 1
    assert sum(isinstance(answer, AlreadyDecided) for answer in answers) == 7
    assert Post.objects.get().comment_count == 1


def test_appealed_once_from_many_tabs(author: User, moderators: list[User]) -> None:
    comment = add_comment(post=make_post(author), author=author, body="Cheap watches!")
    number = decide(moderator=moderators[0], action="remove", target=about(comment)).number
    answers = at_once(lambda _: appeal_against(person=author, number=number, text="Why?"), 8)
    assert sum(isinstance(answer, AlreadyDecided) for answer in answers) == 7


def test_appeal_waits_for_an_undo_that_was_quicker(author: User, moderators: list[User]) -> None:
    comment = add_comment(post=make_post(author), author=author, body="Cheap watches!")
    number = decide(moderator=moderators[0], action="remove", target=about(comment)).number
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            undo(moderator=moderators[1], number=number)
            appealed = pool.submit(
                at_once, lambda _: appeal_against(person=author, number=number, text="Why?"), times=1
            )
            wait([appealed], timeout=1)
        (answer,) = appealed.result()
    assert isinstance(answer, AlreadyDecided)
    assert not Appeal.objects.exists()


def test_readers_reporting_at_once_open_one_case(author: User) -> None:
    comment = add_comment(post=make_post(author), author=author, body="Cheap watches!")
    readers = UserFactory.create_batch(8)
    at_once(lambda number: report(reporter=readers[number // 2], target=about(comment), reason="spam"), 8)
    case = Case.objects.get()
    assert case.report_count == Report.objects.count() == 4


def test_limit_of_reports_holds_at_once(author: User, reader: User) -> None:
    post = make_post(author)
    comments = [add_comment(post=post, author=author, body=f"{number}.") for number in range(MOST_AT_ONCE + 12)]
    for comment in comments[: MOST_AT_ONCE - 4]:
        report(reporter=reader, target=about(comment), reason="spam")
    rest = comments[MOST_AT_ONCE - 4 :]
    at_once(lambda number: report(reporter=reader, target=about(rest[number]), reason="spam"), len(rest))
    assert Report.objects.count() == Case.objects.count() == MOST_AT_ONCE
