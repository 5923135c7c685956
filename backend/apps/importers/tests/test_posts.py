from collections import Counter
from datetime import UTC, datetime

import pytest
from django.utils import timezone

from apps.accounts.models import User
from apps.common.models import FormerAddress, OutboxMessage
from apps.importers.tests.exports import author, category, comment, export, item, meta, tag, term_of
from apps.pages.models import Page
from apps.posts.models import ArchiveMonth, Post, PostSlug
from apps.posts.services import recount
from apps.tags.models import Category, Tag

pytestmark = pytest.mark.django_db


def only_post() -> Post:
    post: Post = Post.objects.get()
    return post


def test_a_published_post_comes_as_it_was(import_text):
    summary = import_text(
        export(
            author("maren", "maren@example.net", "Maren Holt"),
            item(7, "Low <em>water</em> &amp; high", "One.\n\nTwo.", excerpt="<b>In short.</b>", slug="low-water"),
        )
    )
    post = only_post()
    assert (post.title, post.slug, post.status, post.version) == ("Low water & high", "low-water", "published", 1)
    assert post.published_at == post.created_at == post.updated_at == datetime(2012, 3, 4, 5, 6, 7, tzinfo=UTC)
    assert (post.body_format, post.body) == ("html", "<p>One.</p>\n\n<p>Two.</p>")
    assert "<p>One.</p>" in post.body_html
    assert (post.excerpt, post.language, post.comment_policy) == ("In short.", "en-GB", "open")
    assert post.author.username == "maren"
    assert post.import_key == "wordpress:old.example.org/journal:7"
    assert summary["imported"]["posts"] == 1
    assert summary["posts_by_status"] == {"published": 1}


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"status": "publish"}, "published"),
        ({"status": "publish", "date": "2999-01-01 00:00:00"}, "scheduled"),
        ({"status": "future", "date": "2999-01-01 00:00:00"}, "scheduled"),
        ({"status": "future", "date": "2001-01-01 00:00:00"}, "published"),
        ({"status": "draft"}, "draft"),
        ({"status": "pending"}, "draft"),
        ({"status": "private"}, "draft"),
        ({"status": "inherit"}, "draft"),
        ({"status": "something-new"}, "draft"),
        ({"status": "publish", "password": "sesame"}, "draft"),
    ],
)
def test_statuses(import_text, fields, status):
    import_text(export(item(1, **fields)))
    post = only_post()
    assert post.status == status
    assert (post.published_at is None) == (status == "draft")


def test_what_was_thrown_away_stays_behind(import_text):
    summary = import_text(
        export(item(1, "Gone", "x", comment(1), status="trash"), item(2, "Never", status="auto-draft"))
    )
    assert not Post.objects.exists()
    assert {(row["kind"], row["reason"]) for row in summary["skipped"]} == {
        ("posts", "in the bin"),
        ("posts", "never saved"),
        ("comments", "on what was left out"),
    }


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (
            {"date": "0000-00-00 00:00:00", "local_date": "2013-04-09 11:20:39"},
            datetime(2013, 4, 9, 11, 20, 39, tzinfo=UTC),
        ),
        (
            {
                "date": "0000-00-00 00:00:00",
                "local_date": "0000-00-00 00:00:00",
                "published": "Tue, 09 Apr 2013 13:20:39 +0200",
            },
            datetime(2013, 4, 9, 11, 20, 39, tzinfo=UTC),
        ),
    ],
)
def test_dates_fall_back(import_text, fields, expected):
    import_text(export(item(1, **fields)))
    assert only_post().published_at == expected


def test_a_draft_without_any_date_gets_the_present_one(import_text):
    before = timezone.now()
    fields = {"date": "0000-00-00 00:00:00", "local_date": "", "published": "Wed, 30 Nov -0001 00:00:00 +0000"}
    import_text(export(item(1, status="draft", **fields)))
    assert only_post().created_at >= before


def test_slugs_are_decoded_and_kept_apart(import_text):
    greek = "%ce%b5%cf%80%ce%af%cf%80%ce%b5%ce%b4%ce%bf-2"
    import_text(export(item(1, slug=greek), item(2, slug=greek), item(3, "Ohne Slug: Ärger"), item(4, slug="%ff")))
    slugs = list(Post.objects.order_by("id").values_list("slug", flat=True))
    assert slugs == ["επίπεδο-2", "επίπεδο-2-2", "ohne-slug-ärger", "ebb"]


def test_posts_without_a_title_are_numbered_and_found_under_their_old_slug(import_text):
    import_text(export(item(1, "", slug="a-status"), item(2, ""), item(3, "", status="draft")))
    posts = list(Post.objects.order_by("id"))
    assert [(post.title, post.slug) for post in posts] == [("", "untitled-1"), ("", "untitled-2"), ("", "untitled-3")]
    assert PostSlug.objects.get(slug="a-status").post == posts[0]
    assert posts[0].status == "published"


def test_former_slugs_lead_to_the_post(import_text, api):
    import_text(
        export(item(1, "Ebb", "x", meta("_wp_old_slug", "low"), meta("_wp_old_slug", "%c3%a4lter"), slug="ebb"))
    )
    assert set(PostSlug.objects.values_list("slug", flat=True)) == {"ebb", "low", "älter"}
    answer = api().get("/api/v1/posts/low")
    assert answer.status_code == 308
    assert answer.headers["Location"].endswith("/api/v1/posts/ebb")


def test_sticky_is_featured_and_closed_is_closed(import_text):
    import_text(export(item(1, sticky=1, comment_status="closed")))
    post = only_post()
    assert post.featured
    assert post.comment_policy == "closed"


def test_long_titles_and_excerpts_are_cut_at_a_word(import_text):
    import_text(export(item(1, "wave " * 100, excerpt="foam " * 300)))
    post = only_post()
    assert len(post.title) <= 300
    assert post.title.endswith("wave…")
    assert len(post.excerpt) <= 600


def test_attachments_are_recorded_and_give_covers_and_galleries(import_text):
    summary = import_text(
        export(
            item(1, "Quay", "[gallery]", meta("_thumbnail_id", "9")),
            item(
                9,
                "Mole",
                "",
                meta("_wp_attachment_image_alt", "The mole"),
                kind="attachment",
                status="inherit",
                url="https://old.example.org/mole.jpg",
                parent=1,
                excerpt="At noon",
            ),
            item(
                10, "Chart", "", kind="attachment", status="inherit", url="https://old.example.org/chart.pdf", parent=1
            ),
            item(11, "Odd", "", kind="attachment", status="inherit", url="file:///etc/passwd"),
        )
    )
    post = only_post()
    assert (post.cover_url, post.cover_alt) == ("https://old.example.org/mole.jpg", "The mole")
    assert post.body.count("<img") == 1
    assert "<figcaption>At noon</figcaption>" in post.body
    assert summary["imported"]["attachments"] == 2
    assert {"kind": "attachments", "reason": "without a web address", "count": 1} in summary["skipped"]


def test_other_types_are_counted(import_text):
    summary = import_text(export(item(1, kind="nav_menu_item"), item(2, kind="nav_menu_item"), item(3, kind="product")))
    assert summary["skipped"] == [
        {"kind": "other items", "reason": "of the type nav_menu_item", "count": 2},
        {"kind": "other items", "reason": "of the type product", "count": 1},
    ]


def test_pages_come_without_their_comments(import_text):
    summary = import_text(
        export(
            item(1, "About", "Us.\n\nHere.", comment(1), kind="page", slug="about", position=4),
            item(2, "", "x", kind="page", status="draft"),
            item(3, "Secret", "x", kind="page", password="p", slug="about"),
        )
    )
    about, untitled, secret = Page.objects.order_by("id")
    assert (about.slug, about.status, about.position, about.body_format) == ("about", "published", 4, "html")
    assert about.body_html.count("<p>") == 2
    assert about.updated_at == datetime(2012, 3, 4, 5, 6, 7, tzinfo=UTC)
    assert not about.in_navigation
    assert (untitled.title, untitled.status) == ("Untitled", "draft")
    assert (secret.slug, secret.status) == ("about-2", "draft")
    assert {"kind": "comments", "reason": "on pages, which take none here", "count": 1} in summary["skipped"]


EVERYTHING = export(
    author("maren", "maren@example.net", "Maren", 2),
    author("odd login", "", "Odd"),
    category("shore", "Shore"),
    category("rocks", "Rocks", "shore"),
    tag("tide", "Tide"),
    item(
        1,
        "Ebb",
        "x",
        term_of("category", "rocks", "Rocks"),
        term_of("post_tag", "tide", "Tide"),
        comment(1),
        comment(2, parent=1),
    ),
    item(
        2, "Flood", "y", term_of("category", "rocks", "Rocks"), term_of("category", "other", "Other"), login="odd login"
    ),
    item(3, "", "z", date="2013-01-01 00:00:00"),
    item(4, "Draft", "z", comment(5, approved="0"), status="draft"),
    item(5, "About", "z", kind="page"),
    item(6, "Pic", "", kind="attachment", url="https://old.example.org/p.jpg"),
)


def everything_stored() -> list[list[tuple[object, ...]]]:
    from django.apps import apps

    models = [model for model in apps.get_models() if model.__module__.startswith("apps.")]
    return [sorted(model._default_manager.values_list(), key=repr) for model in models]


def test_counters_are_right_at_once(import_text):
    import_text(EVERYTHING)
    before = everything_stored()
    assert Tag.objects.get(slug="tide").post_count == 1
    assert Category.objects.get(slug="shore").post_count == 2
    assert {(row.year, row.month): row.post_count for row in ArchiveMonth.objects.all()} == {(2012, 3): 2, (2013, 1): 1}
    assert User.objects.get(username="maren").post_count == 2
    assert Post.objects.get(slug="ebb").comment_count == 2
    ArchiveMonth.objects.all().update(post_count=0)
    recount()
    after = everything_stored()
    assert [rows for rows in after if rows not in before and len(rows[0]) > 4] == []


def test_a_second_run_changes_nothing_at_all(import_text):
    first = import_text(EVERYTHING)
    stored = everything_stored()
    second = import_text(EVERYTHING)
    assert everything_stored() == stored
    assert set(second["imported"].values()) == {0}
    assert second["unchanged"]["posts"] == first["imported"]["posts"] == 4
    assert second["unchanged"]["comments"] == first["imported"]["comments"] == 3


def test_what_was_edited_here_is_left_alone(import_text):
    import_text(EVERYTHING)
    Post.objects.filter(slug="ebb").update(title="Edited here")
    import_text(EVERYTHING)
    assert Post.objects.get(slug="ebb").title == "Edited here"


def test_a_later_export_brings_what_is_new(import_text):
    import_text(export(item(1, "Ebb", "x", comment(1))))
    summary = import_text(export(item(1, "Ebb", "x", comment(1), comment(2, parent=1)), item(2, "Flood")))
    assert summary["imported"]["posts"] == summary["imported"]["comments"] == 1
    post = Post.objects.get(slug="ebb")
    assert (post.version, post.comment_count) == (1, 2)


def test_two_sites_do_not_mix(import_text):
    import_text(export(item(1, "Here")))
    import_text(export(item(1, "There"), site="https://other.example.org"))
    assert Post.objects.count() == 2


def test_events_say_that_they_are_old_news(import_text):
    import_text(EVERYTHING)
    events = OutboxMessage.objects.filter(event__in=["posts.published", "posts.created", "comments.created"])
    told = {(row.event, tuple(row.payload.items())) for row in events}  # once for each subscriber
    assert Counter(event for event, _ in told) == {"posts.published": 3, "posts.created": 4, "comments.created": 3}
    assert all(row.payload["imported"] is True for row in events)
    assert not OutboxMessage.objects.filter(event="accounts.registered").exists()


def test_an_item_too_long_is_skipped_and_named(import_text):
    summary = import_text(export(item(1, "Saga", "word " * 110_000), item(2)))
    assert only_post().title == "Ebb"
    assert {"kind": "posts", "reason": "too long", "count": 1} in summary["skipped"]
    assert "Saga" in summary["notes"][0]


def test_what_was_public_is_found_by_its_former_addresses(import_text):
    address = "https://old.example.org/2012/03/04/"
    items = [
        item(7, slug="low-water", link=f"{address}caf%C3%A9/"),
        item(8, "Draft", status="draft", link="https://old.example.org/?p=8"),
        item(9, "Locked", password="sesame", link=f"{address}locked/"),
        item(10, "About", kind="page", slug="about", link="https://old.example.org/about/"),
        item(11, "Hidden", kind="page", status="draft", link="https://old.example.org/hidden/"),
    ]
    expected = {
        "/2012/03/04/café": "/posts/low-water",
        "/?p=7": "/posts/low-water",
        "/about": "/pages/about",
        "/?p=10": "/pages/about",
    }
    import_text(export(*items))
    assert dict(FormerAddress.objects.values_list("path", "home")) == expected

    FormerAddress.objects.all().delete()
    import_text(export(*items))
    assert dict(FormerAddress.objects.values_list("path", "home")) == expected
