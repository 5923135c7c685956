"""A post that moderators took out of sight stays there until a decision brings it back."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.tests.factories import UserFactory
from apps.common.outbox import drain
from apps.common.tests.admin_forms import signed_in
from apps.moderation.models import Decision
from apps.moderation.services.cases import Subject, Target
from apps.moderation.services.decisions import decide
from apps.moderation.services.reports import report
from apps.moderation.services.taking_back import undo
from apps.moderation.services.verification import differences
from apps.posts.models import Post
from apps.posts.services import publish_post
from apps.posts.services.writing import update_post
from apps.posts.tests.factories import make_post
from conftest import ApiClient, ApiFor

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(author: User) -> Post:
    return make_post(author, title="Cheap watches")


@pytest.fixture
def removal(post: Post, reader: User, moderator: User) -> Decision:
    target = Target(kind=Subject.POST.value, thing=post)
    case = report(reporter=reader, target=target, reason="spam")[0].case
    return decide(moderator=moderator, action="remove", target=target, case=case, reason="spam")


def step(client: ApiClient, post: Post, name: str, data: dict[str, Any] | None = None) -> Any:
    path = f"/api/v1/posts/{post.slug}"
    return client.post(f"{path}/{name}", data or {}, headers={"If-Match": client.etag(path)})


@pytest.mark.parametrize("who", ["author", "editor"])
def test_removed_post_is_not_published_again_by_those_who_write(
    api: ApiFor, request: pytest.FixtureRequest, post: Post, removal: Decision, who: str
) -> None:
    client = api(request.getfixturevalue(who))
    later = (timezone.now() + timedelta(hours=1)).isoformat()
    for name, data in (("publish", None), ("schedule", {"published_at": later})):
        refused = step(client, post, name, data)
        assert (refused.status_code, refused.json()["code"]) == (422, "removed_by_moderators"), name
        assert str(removal.number) in refused.json()["detail"]
    post.refresh_from_db()
    assert post.status == "draft"
    assert list(differences()) == []


def test_post_whose_removal_was_taken_back_is_its_authors_again(
    api: ApiFor, post: Post, removal: Decision, author: User, moderator: User
) -> None:
    undo(moderator=moderator, number=removal.number)
    assert step(api(author), post, "unpublish").status_code == 200
    assert step(api(author), post, "publish").status_code == 200


def test_appeal_brings_a_removed_post_back(api: ApiFor, post: Post, removal: Decision, author: User) -> None:
    api(author).post("/api/v1/moderation/appeals", {"decision": removal.number, "text": "They are my own."})
    other = UserFactory.create(roles=["moderator"])
    said = {"action": "overturn", "answers": [removal.number]}
    assert api(other).post("/api/v1/moderation/decisions", said).json()["results"][0]["done"]
    post.refresh_from_db()
    assert post.is_live


def test_moderators_do_not_read_on_in_what_the_author_makes_of_a_removed_post(
    api: ApiFor, post: Post, removal: Decision, author: User, moderator: User
) -> None:
    """It was public as they removed it; what is written since is a draft like any other."""

    def shown() -> dict[str, Any]:
        (case,) = api(moderator).get("/api/v1/moderation/queue?show=closed").json()["results"]
        return dict(case["subject"])

    assert shown()["title"] == "Cheap watches"
    update_post(post=Post.objects.get(pk=post.pk), changes={"title": "Nobody's business", "body": "Dear diary"})
    assert (shown()["title"], shown()["excerpt"], shown()["body_html"]) == ("", "", "")
    in_admin = signed_in(moderator).get("/admin/moderation/case/?show=closed").content.decode()
    assert "which is not public" in in_admin
    assert "Nobody" not in in_admin


def test_others_publish_as_before(author: User, removal: Decision) -> None:
    assert publish_post(post=make_post(author, "draft", title="Another")).is_live
    while drain():
        pass
