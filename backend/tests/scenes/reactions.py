"""Likes, the reading list and followed tags."""

from apps.posts.models import Post
from apps.reactions.services import add_bookmark
from apps.tags.following import follow_tag
from apps.tags.models import Tag
from tests.scenes import Scene, Scenes


def _keeping(scene: Scene) -> None:
    add_bookmark(post=Post.objects.get(slug=scene.values["slug"]), user=scene.chief)


def _following_a_tag(scene: Scene) -> None:
    follow_tag(follower=scene.chief, tag=Tag.objects.get(slug="tools"))


SCENES: Scenes = {"list_bookmarks": _keeping, "list_followed_tags": _following_a_tag}
