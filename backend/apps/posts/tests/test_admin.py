"""Posts in the Django admin."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.accounts.models import User
from apps.comments.models import Comment
from apps.comments.services import add_comment
from apps.common.models import OutboxMessage
from apps.common.tests.admin_forms import change, count_queries, messages_of, read_form, run_action, signed_in, submit
from apps.common.tests.recorded import times_recorded
from apps.posts.models import Post, PostSlug
from apps.posts.services import update_post
from apps.posts.tests.factories import make_post
from apps.tags.models import Tag
from apps.tags.services import create_category

LIST = "/admin/posts/post/"
ADD = "/admin/posts/post/add/"

pytestmark = pytest.mark.django_db


def form_of(post: Post) -> str:
    return f"{LIST}{post.pk}/change/"


def test_editor_adds_a_draft_through_the_service(editor: User) -> None:
    category = create_category(name="Craft")
    tags = [Tag.objects.create(name=name, slug=name) for name in ("wood", "glue")]
    chosen = [str(tags[1].pk), str(tags[0].pk)]
    response = submit(
        signed_in(editor), ADD, title="A bench", body="Some *wood*.", chosen_tags=chosen, category=str(category.pk)
    )
    assert response.status_code == 302
    post = Post.objects.get()
    assert (post.slug, post.status, post.author) == ("a-bench", "draft", editor)
    assert "<em>wood</em>" in post.body_html
    assert [tag.slug for tag in post.tags.order_by("post_tags__position")] == ["glue", "wood"]
    assert PostSlug.objects.filter(slug="a-bench", post=post).exists()
    assert OutboxMessage.objects.filter(event="posts.created").exists()


def test_admin_adds_a_post_for_an_author_and_publishes_it_at_once(admin: User, author: User) -> None:
    response = submit(signed_in(admin), ADD, title="News", body="It is so.", author=str(author.pk), status="published")
    assert response.status_code == 302, response.context["errors"]
    post = Post.objects.get()
    assert post.author == author
    assert post.is_live
    author.refresh_from_db()
    assert author.post_count == 1


def test_edit_renders_keeps_the_old_slug_and_raises_the_version(editor: User, author: User) -> None:
    post = make_post(author, "published", title="Old", body="Old.")
    response = submit(signed_in(editor), form_of(post), title="New", slug="new", body="**New**.")
    assert response.status_code == 302
    now = Post.objects.get()
    assert (now.title, now.slug, now.version) == ("New", "new", post.version + 1)
    assert "<strong>New</strong>" in now.body_html
    assert set(now.slugs.values_list("slug", flat=True)) == {"old", "new"}
    event = OutboxMessage.objects.filter(event="posts.updated").latest("id")
    assert event.payload["version"] == now.version


def test_saving_without_changes_changes_nothing(editor: User, author: User) -> None:
    post = make_post(author, "published", tags=["a", "b"], body="One\n\ntwo\n")
    assert submit(signed_in(editor), form_of(post)).status_code == 302
    assert Post.objects.get().version == post.version


def test_stale_form_overwrites_nothing_and_keeps_what_was_typed(editor: User, author: User) -> None:
    post = make_post(author, body="First.")
    client = signed_in(editor)
    form = read_form(client, form_of(post))
    update_post(post=post, changes={"body": "Theirs."})
    response = client.post(form_of(post), change(form, body="Mine."))
    page = response.content.decode()
    assert response.status_code == 200
    assert "Somebody saved this while you were editing it" in page
    assert "Mine." in page
    assert Post.objects.get().body == "Theirs."
    assert client.post(form_of(post), change(form, seen_version=None, body="Mine.")).status_code == 200
    assert Post.objects.get().body == "Theirs."


def test_taken_slug_is_an_error_at_the_field(editor: User, author: User) -> None:
    gone = make_post(author, title="First")
    update_post(post=gone, changes={"slug": "second"})
    post = make_post(author, title="Other")
    response = submit(signed_in(editor), form_of(post), slug="first")
    assert "slug" in response.context["adminform"].form.errors
    assert Post.objects.get(pk=post.pk).slug == "other"


def test_too_many_tags_is_an_error_at_the_tags(editor: User, author: User) -> None:
    tags = [str(Tag.objects.create(name=f"t{number}", slug=f"t{number}").pk) for number in range(11)]
    response = submit(signed_in(editor), form_of(make_post(author)), chosen_tags=tags)
    assert "chosen_tags" in response.context["adminform"].form.errors


def test_status_takes_the_steps_of_a_posts_life(editor: User, author: User) -> None:
    post = make_post(author, "draft")
    client, path = signed_in(editor), form_of(post)
    response = submit(client, path, status="scheduled")
    assert "published_at" in response.context["adminform"].form.errors
    later = timezone.now() + timedelta(days=2)
    when = {"published_at_0": f"{later:%Y-%m-%d}", "published_at_1": f"{later:%H:%M:%S}"}
    assert submit(client, path, status="scheduled", **when).status_code == 302
    assert Post.objects.get().status == "scheduled"
    assert submit(client, path, status="draft").status_code == 302
    assert submit(client, path, status="published").status_code == 302
    author.refresh_from_db()
    assert (Post.objects.get().is_live, author.post_count) == (True, 1)
    response = submit(client, path, **when)
    assert "published_at" in response.context["adminform"].form.errors
    assert submit(client, path, status="archived").status_code == 302
    author.refresh_from_db()
    assert (Post.objects.get().status, author.post_count) == ("archived", 0)


@pytest.mark.parametrize(
    ("action", "before", "after"),
    [("publish", "draft", "published"), ("unpublish", "published", "draft"), ("archive", "published", "archived")],
)
def test_bulk_actions_change_status_and_counters(
    editor: User, author: User, action: str, before: str, after: str
) -> None:
    posts = [make_post(author, before) for _ in range(3)]
    response = run_action(signed_in(editor), LIST, action, posts)
    assert "3 posts" in messages_of(response)
    assert {post.status for post in Post.objects.all()} == {after}
    assert all(post.version > posts[0].version for post in Post.objects.all())
    author.refresh_from_db()
    assert author.post_count == (3 if after == "published" else 0)


def test_bulk_action_names_the_posts_that_refuse(editor: User, author: User) -> None:
    published, draft = make_post(author, title="Out already"), make_post(author, "draft")
    said = messages_of(run_action(signed_in(editor), LIST, "publish", [published, draft]))
    assert "1 post published" in said
    assert "Out already: The post is published already." in said


def test_feature_action_features_and_raises_the_version(editor: User, author: User) -> None:
    post = make_post(author)
    run_action(signed_in(editor), LIST, "feature", [post])
    now = Post.objects.get()
    assert (now.featured, now.version) == (True, post.version + 1)


def test_deleting_keeps_counters_right(editor: User, author: User, reader: User) -> None:
    posts = [make_post(author, tags=["wood"]) for _ in range(3)]
    add_comment(post=posts[0], author=reader, body="Yes.")
    client = signed_in(editor)
    run_action(client, LIST, "trash", posts)
    assert "comments: 1" in client.get(f"{LIST}{posts[0].pk}/delete/").content.decode().lower()
    client.post(f"{LIST}{posts[0].pk}/delete/", {"post": "yes"})
    run_action(client, LIST, "delete_selected", posts[1:], post="yes")
    assert not Post.objects.exists()
    author.refresh_from_db()
    reader.refresh_from_db()
    assert (author.post_count, reader.comment_count, Tag.objects.get().post_count) == (0, 0, 0)
    assert times_recorded("posts.deleted") == 3


def test_list_takes_as_many_queries_for_many_rows(editor: User, author: User) -> None:
    category = create_category(name="Craft")
    make_post(author, tags=["a", "b"], category=category)
    few = count_queries(signed_in(editor), LIST)
    for number in range(30):
        make_post(author, title=f"Post {number}", tags=["a", "b"], category=category)
    assert count_queries(signed_in(editor), LIST) == few
    assert few <= 11


def test_date_hierarchy_is_left_out_of_lists_that_are_too_long(
    editor: User, author: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    posts = [make_post(author) for _ in range(3)]
    client = signed_in(editor)
    assert f"{posts[0].published_at:%B}" in client.get(LIST).content.decode()
    monkeypatch.setattr("apps.common.admin.base.HIERARCHY_UP_TO", 2)
    assert client.get(LIST).context["cl"].date_hierarchy is None


def test_admin_decides_on_comments_below_the_post(admin: User, author: User, reader: User) -> None:
    post = make_post(author)
    comment = add_comment(post=post, author=reader, body="Buy pills.")
    client = signed_in(admin)
    form = read_form(client, form_of(post))
    response = client.post(form_of(post), change(form, **{"comments-0-status": "spam"}))
    assert response.status_code == 302
    now = Comment.objects.get()
    assert (now.status, now.version) == ("spam", comment.version + 1)
    assert Post.objects.get().comment_count == 0


def test_comments_below_the_post_are_capped(admin: User, author: User, reader: User) -> None:
    post = make_post(author)
    client = signed_in(admin)
    add_comment(post=post, author=reader, body="Remark.")
    few = count_queries(client, form_of(post))
    for number in range(60):
        add_comment(post=post, author=reader, body=f"Remark {number}.")
    form = read_form(client, form_of(post))
    assert form["comments-TOTAL_FORMS"] == ["50"]
    assert "comments-50-status" not in form
    assert count_queries(client, form_of(post)) == few
    add_comment(post=post, author=reader, body="Meanwhile.")
    assert client.post(form_of(post), change(form, title="Other title")).status_code == 302
    assert Post.objects.get().title == "Other title"


@pytest.mark.parametrize("who", ["reader", "author", "moderator"])
def test_posts_are_none_of_their_business_here(who: str, request: pytest.FixtureRequest) -> None:
    response = signed_in(request.getfixturevalue(who)).get(LIST)
    assert response.status_code in {302, 403}


def test_tags_and_categories_are_offered_by_search(editor: User) -> None:
    Tag.objects.create(name="Woodwork", slug="woodwork")
    query = {"app_label": "posts", "model_name": "post", "field_name": "tags", "term": "wood"}
    response = signed_in(editor).get("/admin/autocomplete/", query)
    assert [row["text"] for row in response.json()["results"]] == ["Woodwork"]


def test_what_is_not_in_the_trash_cannot_be_deleted(editor: User, author: User) -> None:
    post, client = make_post(author), signed_in(editor)
    assert f"{LIST}{post.pk}/delete/" not in client.get(form_of(post)).content.decode()
    page = client.get(f"{LIST}{post.pk}/delete/").content.decode()
    assert "is not in the trash: put it there first" in page
    client.post(f"{LIST}{post.pk}/delete/", {"post": "yes"})
    run_action(client, LIST, "delete_selected", [post], post="yes")
    assert Post.objects.filter(pk=post.pk).exists()


def test_status_puts_a_post_into_the_trash_and_an_action_takes_it_out(editor: User, author: User) -> None:
    post, client = make_post(author), signed_in(editor)
    assert submit(client, form_of(post), status="trashed").status_code == 302
    trashed = Post.objects.get()
    assert (trashed.status, trashed.trashed_from) == ("trashed", "published")
    page = client.get(form_of(post)).content.decode()
    assert f"{LIST}{post.pk}/delete/" in page
    assert 'name="title"' not in page  # to be read, not changed
    said = messages_of(run_action(client, LIST, "restore", [post]))
    assert ("1 post restored" in said, Post.objects.get().status) == (True, "published")


def test_author_of_another_group_cannot_use_the_trash_of_the_admin(moderator: User, author: User) -> None:
    post = make_post(author)
    run_action(signed_in(moderator), LIST, "trash", [post])
    assert Post.objects.get().status == "published"
