"""Slugs in every script."""

import pytest
from django.contrib.admin.sites import site
from django.core.exceptions import ValidationError
from django.test import RequestFactory
from rest_framework.test import APIClient

from apps.accounts.models import User
from apps.common.slugs import is_slug, slugify, validate_slug
from apps.posts.models import Series
from apps.posts.tests.factories import make_post
from apps.tags.models import Category, Tag
from apps.tags.services import resolve_tags
from conftest import ApiFor


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Résumé, please!", "résumé-please"),
        ("हिन्दी में लिखना", "हिन्दी-में-लिखना"),
        ("தமிழ் இலக்கியம்", "தமிழ்-இலக்கியம்"),
        ("ภาษาไทยที่นี่", "ภาษาไทยที่นี่"),
        ("ශ්‍රී ලංකාව", "ශ්රී-ලංකාව"),
        ("می‌خواهم", "می-خواهم"),
        ("İstanbul’da", "istanbulda"),
        ("Z̸a̸lgo", "zalgo"),
        ("I ❤️ 1️⃣ tag", "i-1-tag"),
        ("don't -- stop", "dont-stop"),
        ("snake_case_", "snake_case"),
        ("न\u034f\u093c", "ऩ"),
        ("か\u034f\u3099", "が"),
        ("!?", ""),
    ],
)
def test_a_slug_keeps_what_the_script_is_written_with(text: str, slug: str):
    assert slugify(text) == slug
    assert slugify(slug) == slug
    assert is_slug(slug) is bool(slug)


@pytest.mark.parametrize(
    "text", ["a b", "a/b", "a.b", "a\0", "a\n", "a—b", "💥", "\ud800", "", "a\u034f", "x\ufe0f", "cafe\u0301", "\u093f"]
)
def test_what_is_no_slug_is_said_so(text: str):
    assert not is_slug(text)
    with pytest.raises(ValidationError, match="letters, digits"):
        validate_slug(text)


@pytest.mark.django_db
def test_a_post_in_hindi_stands_at_its_address_and_under_its_tag(author: User):
    post = make_post(author, title="हिन्दी में लिखना", tags=["हिन्दी"])

    answer = APIClient().get(f"/api/v1/posts/{post.slug}")

    assert answer.json()["slug"] == "हिन्दी-में-लिखना"
    assert answer.json()["tags"][0]["slug"] == "हिन्दी"
    assert APIClient().get("/api/v1/tags/हिन्दी").json()["name"] == "हिन्दी"


@pytest.mark.django_db
def test_the_admin_takes_what_a_slug_may_be_and_nothing_else(admin: User):
    request = RequestFactory().get("/")
    request.user = admin
    form = site._registry[Category].get_form(request)

    assert form({"name": "Hindi", "slug": "हिन्दी"}).errors == {}
    assert form({"name": "Hindi", "slug": ""}).errors == {}
    decomposed = form({"name": "Hindi", "slug": "न\u093c"})
    assert decomposed.is_valid()
    assert decomposed.cleaned_data["slug"] == "ऩ"
    assert "slug" in form({"name": "Hindi", "slug": "a b"}).errors


@pytest.mark.django_db
def test_a_slug_that_an_author_chooses_is_composed(author: User, api: ApiFor):
    answer = api(author).post("/api/v1/posts", {"title": "Any", "slug": "न\u093c"}, format="json")

    assert (answer.status_code, answer.json()["slug"]) == (201, "ऩ")
    refused = api(author).post("/api/v1/posts", {"title": "Any", "slug": "any\u034f"}, format="json")
    assert refused.status_code == 400
    assert "slug" in str(refused.json()["errors"])


@pytest.mark.django_db
def test_tags_and_series_from_before_slugs_kept_marks_are_found_by_their_names(author: User):
    tag = Tag.objects.create(name="हिन्दी", slug="ह-न-द")
    series = Series.objects.create(title="हिन्दी", slug="ह-न-द")

    post = make_post(author, tags=["हिन्दी", "ह-न-द"], series="हिन्दी")

    assert resolve_tags(["हिन्दी"]) == [tag]
    assert list(post.tags.all()) == [tag]
    assert post.series_id == series.pk
