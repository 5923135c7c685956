"""`manage.py render_posts` brings what readers get up to the present rules, and nothing else."""

from io import StringIO
from unittest.mock import patch

import pytest
from django.core.management import call_command

from apps.accounts.models import User
from apps.common.markup import RULES_VERSION
from apps.common.models import OutboxMessage
from apps.pages.models import Page
from apps.pages.services import save_page
from apps.posts.models import Post
from apps.posts.services import rerendering, update_post
from apps.posts.services.rerendering import rerender_posts
from apps.posts.tests.factories import make_post

pytestmark = pytest.mark.django_db
OLD = "<p>as older rules had it</p>"


def _old_post(author: User, body: str = "> [!NOTE]\n> Mind.") -> Post:
    post = make_post(author, body=body)
    Post.objects.filter(pk=post.pk).update(body_html=OLD, rendered_with=RULES_VERSION - 1)
    post.refresh_from_db()
    return post


def _run(*arguments: str) -> str:
    output = StringIO()
    call_command("render_posts", *arguments, stdout=output)
    return output.getvalue()


def test_a_post_says_by_which_rules_it_was_rendered(author: User) -> None:
    assert make_post(author).rendered_with == RULES_VERSION


def test_older_posts_are_rendered_without_a_new_version_or_event(author: User) -> None:
    post = _old_post(author)
    events = OutboxMessage.objects.count()
    output = _run()
    after = Post.objects.get(pk=post.pk)
    assert "callout-note" in after.body_html
    assert after.rendered_with == RULES_VERSION
    assert (after.version, after.updated_at) == (post.version, post.updated_at)
    assert OutboxMessage.objects.count() == events
    assert "1 of 1 posts" in output
    assert "1 of them read otherwise" in output


def test_a_second_run_has_nothing_to_do(author: User) -> None:
    _old_post(author)
    _run()
    assert "0 posts rendered" in _run()


def test_all_can_be_asked_for_and_begun_in_the_middle(author: User) -> None:
    posts = [make_post(author) for _ in range(3)]
    assert "3 posts rendered, 0 of them" in _run("--all")
    assert "1 posts rendered" in _run("--all", "--after", str(posts[1].pk))


def test_an_interrupted_run_goes_on_where_it_was(author: User) -> None:
    posts = [_old_post(author) for _ in range(5)]
    steps = rerender_posts(batch=2)
    assert next(steps).last == posts[1].pk
    steps.close()  # type: ignore[attr-defined]
    assert Post.objects.filter(rendered_with=RULES_VERSION).count() == 2
    assert [step.seen for step in rerender_posts(batch=2)] == [2, 1]


def test_an_edit_in_between_is_not_overwritten(author: User) -> None:
    post = _old_post(author)

    def edited_meanwhile(stale: Post) -> None:
        update_post(post=stale, changes={"body": "Newer."})
        stale.body_html = "stale"

    with patch.object(rerendering, "render_body", edited_meanwhile):
        list(rerender_posts())
    assert Post.objects.get(pk=post.pk).body_html == "<p>Newer.</p>\n"


def test_pages_are_rendered_too() -> None:
    page = save_page(title="About", body="> [!TIP]\n> Read.")
    Page.objects.update(body_html=OLD)
    assert "1 pages rendered, 1 of them" in _run()
    after = Page.objects.get(pk=page.pk)
    assert "callout-tip" in after.body_html
    assert after.version == page.version
