"""What can be done with posts: life cycle, versions, slugs, counters."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from apps.accounts.models import User
from apps.common.errors import FieldProblem, InvalidState, VersionConflict
from apps.common.models import OutboxMessage
from apps.common.tests.recorded import times_recorded
from apps.posts import services
from apps.posts.models import ArchiveMonth, Post, PostSlug
from apps.posts.services.slugs import free_slug
from apps.posts.tests.factories import make_due, make_post
from apps.tags.models import Category, Tag
from apps.tags.services import create_category, place_category

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 14, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _counters_stay_true() -> Iterator[None]:
    """After every test in this file, counting anew changes nothing."""
    yield
    kept = _counters()
    services.recount()
    assert _counters() == kept


def _counters() -> dict[str, object]:
    return {
        "tags": dict(Tag.objects.values_list("slug", "post_count")),
        "categories": dict(Category.objects.values_list("slug", "post_count")),
        "authors": dict(User.objects.values_list("username", "post_count")),
        "months": {(m.year, m.month): m.post_count for m in ArchiveMonth.objects.filter(post_count__gt=0)},
    }


def test_new_post_is_an_unlisted_first_version(author: User) -> None:
    post = services.create_post(author=author, changes={"title": "Hello", "body": "*Hi*", "tags": ["Old maps"]})
    assert (post.status, post.version, post.slug, post.published_at) == ("draft", 1, "hello", None)
    assert post.body_html == "<p><em>Hi</em></p>\n"
    assert Tag.objects.get(slug="old-maps").post_count == 0


def test_edit_raises_the_version_and_needs_the_one_that_was_seen(author: User) -> None:
    post = make_post(author, "draft")
    changed = services.update_post(post=post, changes={"title": "Better"}, expected={1})
    assert changed.version == 2
    with pytest.raises(VersionConflict) as conflict:
        services.update_post(post=post, changes={"title": "Worse"}, expected={1})
    assert conflict.value.extra == {"current_version": 2}
    assert Post.objects.get().title == "Better"


def test_publishing_sets_the_date_once_and_counts(author: User) -> None:
    with time_machine.travel(NOW, tick=False):
        post = make_post(author, tags=["maps"])
    assert post.published_at == NOW
    assert ArchiveMonth.objects.get(year=2026, month=3).post_count == 1
    services.unpublish_post(post=post)
    assert Tag.objects.get(slug="maps").post_count == 0
    again = services.publish_post(post=post)
    assert again.published_at == NOW


def test_publishing_twice_is_refused(author: User) -> None:
    with pytest.raises(InvalidState):
        services.publish_post(post=make_post(author))


def test_post_without_title_is_not_published(author: User) -> None:
    with pytest.raises(FieldProblem):
        services.publish_post(post=make_post(author, "draft", title=""))


def test_time_of_a_schedule_lies_ahead(author: User) -> None:
    with pytest.raises(FieldProblem, match="still to come"):
        services.schedule_post(post=make_post(author, "draft"), published_at=timezone.now())


def test_due_post_is_settled_once_and_keeps_its_version(author: User) -> None:
    post = make_post(author, "due", tags=["maps"])
    OutboxMessage.objects.all().delete()
    assert services.due_counts()["tag", Tag.objects.get().pk] == 1
    assert services.settle_due_posts() == 1
    assert services.settle_due_posts() == 0
    settled = Post.objects.get()
    assert (settled.status, settled.version) == ("published", post.version)
    assert Tag.objects.get().post_count == 1
    assert services.due_counts() == {}
    assert times_recorded("posts.published") == 1


def test_scheduled_post_turned_draft_loses_its_date(author: User) -> None:
    post = services.unpublish_post(post=make_post(author, "scheduled"))
    assert (post.status, post.published_at) == ("draft", None)


def test_archived_post_leaves_the_counts_and_comes_back(author: User) -> None:
    post = make_post(author, "archived", tags=["maps"])
    assert Tag.objects.get().post_count == 0
    services.publish_post(post=post)
    assert Tag.objects.get().post_count == 1


def test_deleting_gives_back_what_was_counted(author: User) -> None:
    services.delete_post(post=make_post(author, tags=["maps"], category=create_category(name="Places")))
    author.refresh_from_db()
    assert author.post_count == 0
    assert Category.objects.get().post_count == 0


def test_editing_moves_counts_between_tags_and_categories(author: User) -> None:
    places, trades = create_category(name="Places"), create_category(name="Trades")
    post = make_post(author, tags=["maps", "sea"], category=places)
    services.update_post(post=post, changes={"tags": ["sea", "salt"], "category": trades})
    assert dict(Tag.objects.values_list("slug", "post_count")) == {"maps": 0, "sea": 1, "salt": 1}
    assert dict(Category.objects.values_list("slug", "post_count")) == {"places": 0, "trades": 1}


def test_category_counts_what_is_below_it_and_moves_with_its_counts(author: User) -> None:
    root, other = create_category(name="Root"), create_category(name="Other")
    child = create_category(name="Child", parent=root)
    leaf = create_category(name="Leaf", parent=child)
    make_post(author, category=leaf)
    make_post(author, category=child)
    assert dict(Category.objects.values_list("slug", "post_count")) == {"root": 2, "other": 0, "child": 2, "leaf": 1}
    child.refresh_from_db()
    child.parent = other
    child.save()
    place_category(child)
    assert dict(Category.objects.values_list("slug", "post_count")) == {"root": 0, "other": 2, "child": 2, "leaf": 1}
    leaf.refresh_from_db()
    assert leaf.lineage == [other.pk, child.pk, leaf.pk]


def test_category_cannot_stand_below_itself(author: User) -> None:
    root = create_category(name="Root")
    child = create_category(name="Child", parent=root)
    root.refresh_from_db()
    root.parent = child
    with pytest.raises(FieldProblem):
        place_category(root)


def test_title_decides_the_slug_until_first_published(author: User) -> None:
    post = make_post(author, "draft", title="First words")
    post = services.update_post(post=post, changes={"title": "The real title"})
    assert post.slug == "first-words"
    assert services.publish_post(post=post).slug == "the-real-title"


def test_slug_is_never_given_to_another_post(author: User) -> None:
    first = make_post(author, title="Salt")
    services.update_post(post=first, changes={"slug": "sea-salt"})
    second = make_post(author, title="Salt")
    assert second.slug == "salt-2"
    with pytest.raises(FieldProblem):
        services.update_post(post=second, changes={"slug": "salt"})


def test_post_may_have_its_old_slug_back(author: User) -> None:
    post = make_post(author, title="Salt")
    for slug in ("sea-salt", "salt", "sea-salt"):
        post = services.update_post(post=post, changes={"slug": slug})
    assert post.slug == "sea-salt"
    assert sorted(PostSlug.objects.values_list("slug", flat=True)) == ["salt", "sea-salt"]


def test_posts_without_a_title_are_numbered(author: User) -> None:
    assert [make_post(author, "draft", title="").slug for _ in range(3)] == ["untitled-1", "untitled-2", "untitled-3"]


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Ελληνικά γράμματα", "ελληνικά-γράμματα"),
        ("日本語", "日本語"),
        ("It’s “quoted” & done!", "its-quoted-done"),
        ("e\u0301tude", "étude"),
        ("---", "untitled-1"),
        ("👋", "untitled-1"),
    ],
)
def test_slugs_keep_letters_of_any_script(title: str, slug: str) -> None:
    assert free_slug(title) == slug


def test_long_title_is_cut_at_a_word(author: User) -> None:
    slug = free_slug("word " * 60)
    assert len(slug) <= 100
    assert slug.endswith("word")


def test_ten_tags_are_enough(author: User) -> None:
    with pytest.raises(FieldProblem):
        make_post(author, "draft", tags=[f"tag {number}" for number in range(11)])


def test_due_tag_list_follows_the_schedule(author: User) -> None:
    post = make_post(author, "scheduled", tags=["maps"])
    tag = Tag.objects.get()
    assert not Post.objects.live().tagged(tag.pk).exists()
    make_due(post)
    assert Post.objects.live().tagged(tag.pk).exists()


def test_period_holds_its_first_instant_and_not_its_end(author: User) -> None:
    with time_machine.travel(datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC), tick=False):
        make_post(author)
    with time_machine.travel(datetime(2027, 1, 1, tzinfo=UTC), tick=False):
        make_post(author)
    with time_machine.travel(datetime(2027, 6, 1, tzinfo=UTC) + timedelta(days=1)):
        assert Post.objects.in_period(2026).count() == 1
        assert Post.objects.in_period(2026, 12).count() == 1
        assert Post.objects.in_period(2027, 1).count() == 1
