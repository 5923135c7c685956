"""Feeds of posts that came without a title, as imported ones may."""

import pytest
from django.test import Client

from apps.accounts.models import User
from apps.comments.services import add_comment
from apps.posts.models import Post
from apps.posts.tests.factories import make_post

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", ["rss", "atom", "json"])
def test_comments_on_a_post_without_a_title_name_its_address(kind: str, author: User, reader: User) -> None:
    post = make_post(author, title="For now")
    add_comment(post=post, author=reader, body="Nameless.")
    Post.objects.filter(pk=post.pk).update(title="")
    text = Client().get(f"/posts/{post.slug}/feed.{kind}").content.decode()
    assert "“”" not in text
    assert f"“{post.slug}”" in text
