"""The corpus for measurements: what bulk loading writes is what the services would have."""

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count, Q

from apps.accounts.models import Follow, User
from apps.accounts.relations import recount_followers
from apps.comments.models import Comment
from apps.comments.services import add_comment
from apps.common.markup import reading_minutes, render, render_comment
from apps.posts.models import ArchiveMonth, Post
from apps.posts.services import create_post, recount
from apps.tags.models import Category, Tag

pytestmark = pytest.mark.django_db


def make(**options: object) -> None:
    call_command("make_corpus", **{"posts": 60, "comments": 600, "authors": 3, "verbosity": 0, **options})


def counters() -> list[object]:
    models = (User, Tag, Category)
    rows = [list(model.objects.order_by("pk").values_list("pk", "post_count")) for model in models]
    return [*rows, list(ArchiveMonth.objects.values_list("year", "month", "post_count"))]


def test_numbers_and_sizes_are_as_asked(capsys: pytest.CaptureFixture[str]) -> None:
    make()
    assert (Post.objects.count(), Comment.objects.count()) == (60, 600)
    assert recount_followers() == 0
    assert Follow.objects.count() == User.objects.filter(follower_count=1).count() == 3
    sizes = [len(body) for body in Post.objects.values_list("body", flat=True)]
    assert 3500 < sum(sizes) / len(sizes) < 4700


def test_html_is_what_rendering_gives() -> None:
    make(comments=20)
    for post in Post.objects.all()[:12]:
        assert post.body_html == render(post.body, "markdown")
        assert post.reading_minutes == reading_minutes(post.body_html)
    for comment in Comment.objects.all():
        assert comment.body_html == render_comment(comment.body)


def test_counters_are_right() -> None:
    make()
    before = counters()
    recount()
    assert counters() == before
    for post in Post.objects.annotate(number=Count("comments", filter=Q(comments__status="visible"))):
        assert post.comment_count == post.number
    for user in User.objects.annotate(number=Count("comments", filter=Q(comments__status="visible"))):
        assert user.comment_count == user.number


def test_threads_have_their_shape() -> None:
    make()
    for comment in Comment.objects.select_related("parent"):
        visible = Comment.objects.filter(status="visible", path__startswith=comment.path).exclude(pk=comment.pk)
        assert comment.visible_descendants == visible.count()
        assert comment.reply_count == comment.replies.filter(status="visible").count()
        assert comment.root_id == [*comment.ancestor_ids, comment.pk][0]
        assert (comment.parent_id or comment.pk) == [*comment.ancestor_ids, comment.pk][-2 if comment.parent_id else -1]
    assert Comment.objects.filter(parent__isnull=False).count() > 100


def test_what_comes_after_finds_free_ids() -> None:
    make()
    author = User.objects.filter(post_count__gt=0)[0]
    post = create_post(author=author, changes={"title": "After", "body": "", "tags": ["after"]})
    add_comment(post=Post.objects.filter(status="published")[0], author=author, body="After.")
    assert post.slugs.count() == 1


def test_same_seed_makes_the_same_posts() -> None:
    make()
    first = list(Post.objects.order_by("slug").values_list("title", "body", "status", "comment_count"))
    Comment.objects.all().delete()
    Post.objects.all().delete()
    make()
    assert sorted(first) == sorted(Post.objects.values_list("title", "body", "status", "comment_count"))


def test_command_refuses_production_and_a_filled_database(settings: object) -> None:
    settings.PRODUCTION = True  # type: ignore[attr-defined]
    with pytest.raises(CommandError, match="production"):
        make()
    settings.PRODUCTION = False  # type: ignore[attr-defined]
    make(posts=3, comments=0)
    with pytest.raises(CommandError, match="posts already"):
        make()
