"""What the inbox of whom a decision concerns says it was about."""

from typing import Any

import pytest

from apps.accounts.models import User
from apps.comments.services import add_comment
from apps.common.outbox import drain
from apps.posts.tests.factories import make_post
from conftest import ApiFor

pytestmark = pytest.mark.django_db


def told(api: ApiFor, moderator: User, person: User, action: str, subject: dict[str, Any]) -> dict[str, Any]:
    """The one notification after the decision."""
    body = {"action": action, "subject": subject, "reason": "spam"}
    answer = api(moderator).post("/api/v1/moderation/decisions", body)
    assert answer.json()["results"][0]["done"], answer.content
    drain()
    (result,) = api(person).get("/api/v1/me/notifications").json()["results"]
    return dict(result)


def test_it_names_the_post_that_the_comment_stands_under(
    api: ApiFor, author: User, outsider: User, moderator: User
) -> None:
    post = make_post(author)
    comment = add_comment(post=post, author=outsider, body="Cheap watches!")
    result = told(api, moderator, outsider, "remove", {"comment": comment.pk})
    assert (result["kind"], result["post"]["title"], result["comment"]) == ("decision", post.title, None)
    assert result["data"]["subject"] == {"type": "comment", "id": comment.pk}


def test_it_names_a_post_only_while_readers_see_it(api: ApiFor, author: User, moderator: User) -> None:
    result = told(api, moderator, author, "remove", {"post": make_post(author).slug})
    assert (result["post"], result["data"]["subject"]["type"]) == (None, "post")


def test_about_a_person_there_is_no_post(api: ApiFor, outsider: User, moderator: User) -> None:
    result = told(api, moderator, outsider, "warn", {"person": outsider.username})
    assert (result["post"], result["data"]["action"]) == (None, "warn")
