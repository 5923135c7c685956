"""What the contract promises of every answer: errors, entity tags, repeating, limits, caching, other origins."""

import json
from datetime import timedelta
from typing import Any
from unittest import mock

import pytest
import time_machine
from django.core.cache import cache
from django.db import OperationalError
from django.test import Client
from django.utils import timezone
from rest_framework.response import Response

from apps.accounts.models import User
from apps.common import idempotency_store
from apps.common.models import IdempotencyRecord
from apps.posts.models import Post
from apps.posts.services import create_post
from apps.posts.tests.factories import make_post
from conftest import ApiFor

pytestmark = pytest.mark.django_db
POSTS = "/api/v1/posts"


def assert_problem(response: Any, status: int, code: str | None = None) -> dict[str, Any]:
    """The answer is a complete problem document that no cache keeps."""
    assert response.status_code == status, response.content
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.headers["Cache-Control"] == "no-store"
    document: dict[str, Any] = json.loads(response.content)
    assert {"type", "title", "status", "detail", "code", "request_id"} <= set(document)
    assert document["status"] == status
    assert document["request_id"] == response.headers["X-Request-ID"] != ""
    assert code in {None, document["code"]}
    return document


# -- Errors --------------------------------------------------------------------------------------------------------


def test_unknown_addresses_are_problems_inside_and_outside_of_views(api: ApiFor) -> None:
    for path in ("/api/v1/nothing", "/api/v2/posts", "/api/v1/posts/", f"{POSTS}/nothing", "/api/v1/comments/999"):
        assert_problem(api().get(path), 404, "not_found")


def test_wrong_method_names_the_right_ones(api: ApiFor, reader: User) -> None:
    response = api(reader).put(POSTS, {})
    assert_problem(response, 405, "method_not_allowed")
    assert {"GET", "POST"} <= set(response.headers["Allow"].replace(" ", "").split(","))


def test_other_formats_are_not_available(api: ApiFor) -> None:
    assert_problem(api().get(POSTS, headers={"Accept": "text/html"}), 406)
    assert api().get(POSTS, headers={"Accept": "*/*"}).status_code == 200


@pytest.mark.parametrize(
    ("content_type", "body", "status"),
    [
        ("application/json", b"{", 400),
        ("application/json", b"[]", 400),
        ("application/json", b'"text"', 400),
        ("application/json", b'{"title": NaN}', 400),
        ("application/json", b'{"title": "\xff"}', 400),
        ("application/json", b'{"title": "\\u0000"}', 400),
        ("application/json", b'{"title": "\\ud800"}', 400),
        ("application/json", b"[" * 5000, 400),
        ("application/json", b'{"body": "' + b"x" * (2 * 1024 * 1024 + 1) + b'"}', 413),
        ("text/plain", b"{}", 415),
        ("application/x-www-form-urlencoded", b"title=x", 415),
        ("multipart/form-data; boundary=x", b"--x--", 415),
    ],
)
def test_body_that_cannot_be_read_is_refused(
    content_type: str, body: bytes, status: int, api: ApiFor, author: User
) -> None:
    client: Any = api(author)
    response = client.generic("POST", POSTS, body, content_type=content_type)
    assert_problem(response, status)
    assert not Post.objects.exists()


def test_every_bad_value_is_named_by_a_pointer(api: ApiFor, author: User) -> None:
    body = {
        "title": "x" * 301,
        "tags": ["fine", "y" * 61],
        "cover": {"url": "javascript:alert(1)"},
        "colour": "red",
        "category": "nowhere",
    }
    unknown = assert_problem(api(author).post(POSTS, body), 400, "validation_failed")
    assert [row["pointer"] for row in unknown["errors"]] == ["/colour"]
    del body["colour"]
    document = assert_problem(api(author).post(POSTS, body), 400, "validation_failed")
    assert {row["pointer"] for row in document["errors"]} == {"/title", "/tags/1", "/cover/url", "/category"}


def test_members_that_are_not_the_callers_to_set_are_refused(api: ApiFor, author: User) -> None:
    for member in ("author", "status", "published_at", "version", "body_html", "like_count"):
        document = assert_problem(api(author).post(POSTS, {"title": "x", member: "1"}), 400)
        assert document["errors"][0]["pointer"] == f"/{member}"


def test_unforeseen_error_is_a_plain_problem(api: ApiFor) -> None:
    client = api(raise_request_exception=False)
    with mock.patch("apps.posts.views.posts.posts_for", side_effect=ZeroDivisionError("secret detail")):
        response = client.get(POSTS)
    assert_problem(response, 500, "internal_error")
    assert b"secret" not in response.content


def test_unforeseen_error_outside_of_views_is_a_problem_too(api: ApiFor) -> None:
    client = api(raise_request_exception=False)
    with mock.patch("corsheaders.middleware.CorsMiddleware.add_response_headers", side_effect=ZeroDivisionError):
        response = client.get("/api/v1/site")
    assert response.status_code == 500
    assert json.loads(response.content)["code"] == "internal_error"


def test_database_away_is_503_with_a_time_to_come_back(api: ApiFor) -> None:
    with mock.patch("apps.posts.views.posts.posts_for", side_effect=OperationalError("connection refused at 10.0.0.3")):
        response = api().get(POSTS)
    assert_problem(response, 503, "unavailable")
    assert int(response.headers["Retry-After"]) > 0
    assert b"10.0.0.3" not in response.content


def test_request_id_is_echoed_when_it_is_one(api: ApiFor) -> None:
    assert api().get(POSTS, headers={"X-Request-ID": "abc-12345"}).headers["X-Request-ID"] == "abc-12345"
    for bad in ("short", "x" * 200, "new\nline-12345", "späte-12345"):
        assert api().get(POSTS, headers={"X-Request-ID": bad}).headers["X-Request-ID"] != bad


# -- Conditional requests ------------------------------------------------------------------------------------------


def test_unchanged_representation_is_304_without_a_body(api: ApiFor, author: User) -> None:
    post = make_post(author)
    for path in (POSTS, f"{POSTS}/{post.slug}", "/api/v1/site", "/api/v1/tags", f"{POSTS}/{post.slug}/comments"):
        tag = api().get(path).headers["ETag"]
        for header in (tag, f"W/{tag}", f'"other", {tag}', "*"):
            response = api().get(path, headers={"If-None-Match": header})
            assert (response.status_code, response.content, response.headers["ETag"]) == (304, b"", tag), path
    Post.objects.update(like_count=1)
    response = api().get(f"{POSTS}/{post.slug}", headers={"If-None-Match": tag})
    assert response.status_code == 200


@pytest.mark.parametrize("method_and_path", ["patch ", "delete ", "post /publish", "post /unpublish", "post /schedule"])
def test_write_without_if_match_is_428_and_a_stale_one_412(method_and_path: str, api: ApiFor, author: User) -> None:
    method, suffix = method_and_path.split(" ")
    post = make_post(author, "draft" if suffix in {"/publish", "/schedule"} else "published")
    body = {"published_at": (timezone.now() + timedelta(days=1)).isoformat()} if suffix == "/schedule" else {}
    send = getattr(api(author), method)
    path = f"{POSTS}/{post.slug}{suffix}"
    assert_problem(send(path, body), 428, "precondition_required")
    for stale in ('"99.abc"', '"x"', "garbage", '"-1"'):
        document = assert_problem(send(path, body, headers={"If-Match": stale}), 412, "version_conflict")
        assert document["current_version"] == post.version
    weak = f'W/"{post.version}.whatever"'
    assert send(path, body, headers={"If-Match": weak}).status_code in {200, 204}


def test_like_or_comment_of_others_costs_an_author_no_412(api: ApiFor, author: User) -> None:
    post = make_post(author)
    seen = api(author).etag(f"{POSTS}/{post.slug}")
    Post.objects.update(like_count=7, comment_count=3)
    assert api(author).etag(f"{POSTS}/{post.slug}") != seen
    response = api(author).patch(f"{POSTS}/{post.slug}", {"title": "Still mine"}, headers={"If-Match": seen})
    assert response.status_code == 200
    assert response.headers["ETag"].startswith(f'"{post.version + 1}.')


def test_etag_of_a_shaped_answer_can_be_used_for_a_write(api: ApiFor, author: User) -> None:
    post = make_post(author)
    tag = api(author).etag(f"{POSTS}/{post.slug}", fields="title")
    assert tag.startswith(f'"{post.version}.')


# -- Repeating -----------------------------------------------------------------------------------------------------

KEY = {"Idempotency-Key": "3d8e1f6a-one"}


def test_repeated_request_gets_the_first_answer_and_does_nothing(api: ApiFor, author: User) -> None:
    first = api(author).post(POSTS, {"title": "Once"}, headers=KEY)
    second = api(author).post(POSTS, {"title": "Once"}, headers=KEY)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert first.headers["Location"] == second.headers["Location"]
    assert second.headers["Idempotent-Replayed"] == "true"
    assert Post.objects.count() == 1


def test_key_with_another_body_or_address_is_422(api: ApiFor, author: User) -> None:
    post = make_post(author)
    api(author).post(POSTS, {"title": "Once"}, headers=KEY)
    assert_problem(api(author).post(POSTS, {"title": "Twice"}, headers=KEY), 422, "idempotency_key_reused")
    response = api(author).post(f"{POSTS}/{post.slug}/comments", {"title": "Once"}, headers=KEY)
    assert_problem(response, 422, "idempotency_key_reused")


def test_keys_of_different_callers_never_meet(api: ApiFor, author: User, outsider: User) -> None:
    first = api(author).post(POSTS, {"title": "Same"}, headers=KEY).json()
    second = api(outsider).post(POSTS, {"title": "Same"}, headers=KEY).json()
    assert first["id"] != second["id"]


def test_key_in_flight_is_409_until_its_claim_runs_out(api: ApiFor, author: User) -> None:
    client: Any = api(author)
    with mock.patch("apps.common.idempotency.complete", side_effect=SystemExit), pytest.raises(SystemExit):
        client.post(POSTS, {"title": "Killed"}, headers=KEY)
    assert not Post.objects.exists(), "the work went with the process"
    body = b'{"title":"Killed"}'
    record = idempotency_store.claim(
        principal=f"user:{author.pk}",
        key=KEY["Idempotency-Key"],
        fingerprint=idempotency_store.fingerprint(method="POST", path=POSTS, body=body),
    )
    assert isinstance(record, IdempotencyRecord)
    send = lambda: client.generic("POST", POSTS, body, content_type="application/json", headers=KEY)  # noqa: E731
    waiting = send()
    assert_problem(waiting, 409, "idempotency_key_in_use")
    assert int(waiting.headers["Retry-After"]) >= 1
    with time_machine.travel(timezone.now() + idempotency_store.CLAIM_LASTS + timedelta(seconds=1)):
        assert send().status_code == 201
    assert Post.objects.count() == 1


def test_refused_request_gives_its_key_back(api: ApiFor, author: User) -> None:
    assert api(author).post(POSTS, {"title": "x" * 400}, headers=KEY).status_code == 400
    assert api(author).post(POSTS, {"title": "Shorter"}, headers=KEY).status_code == 201


def test_work_of_a_lost_claim_is_rolled_back(api: ApiFor, author: User) -> None:
    def slow(**kwargs: Any) -> Post:
        post = create_post(**kwargs)
        IdempotencyRecord.objects.update(claim="somebody else's")
        return post

    with mock.patch("apps.posts.views.posts.services.create_post", side_effect=slow):
        assert_problem(api(author).post(POSTS, {"title": "Slow"}, headers=KEY), 409)
    assert not Post.objects.exists()


def test_key_is_forgotten_after_a_day(api: ApiFor, author: User) -> None:
    api(author).post(POSTS, {"title": "Once"}, headers=KEY)
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert idempotency_store.forget_old() == 1


@pytest.mark.parametrize("key", ["", "with space", "é", "x" * 256])
def test_malformed_key_is_refused(key: str, api: ApiFor, author: User) -> None:
    response = api(author).post(POSTS, {"title": "x"}, headers={"Idempotency-Key": key})
    assert_problem(response, 400, "idempotency_key_malformed")


# -- Limits --------------------------------------------------------------------------------------------------------


def test_limit_is_told_and_held_for_each_caller(api: ApiFor, reader: User, settings: Any) -> None:
    settings.RATE_LIMITS = {"signed-in": 3, "anonymous": 2}
    with time_machine.travel(timezone.now().replace(second=10), tick=False):
        answers = [api().get("/api/v1/site") for _ in range(3)]
        assert [answer.status_code for answer in answers] == [200, 200, 429]
        assert [answer.headers["RateLimit"] for answer in answers] == [
            '"anonymous";r=1;t=50',
            '"anonymous";r=0;t=50',
            '"anonymous";r=0;t=50',
        ]
        assert answers[0].headers["RateLimit-Policy"] == '"anonymous";q=2;w=60'
        assert_problem(answers[2], 429)
        assert answers[2].headers["Retry-After"] == "50"
        signed_in = api(reader).get("/api/v1/site")
        assert signed_in.headers["RateLimit"].startswith('"signed-in";r=2')
        assert api().get("/api/v1/site", REMOTE_ADDR="192.0.2.9").status_code == 200
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        assert api().get("/api/v1/site").status_code == 200


def test_subscriber_with_a_whole_ipv6_network_is_one_caller(api: ApiFor, settings: Any) -> None:
    settings.RATE_LIMITS = {"signed-in": 3, "anonymous": 1}
    with time_machine.travel(timezone.now().replace(second=10), tick=False):
        assert api().get("/api/v1/site", REMOTE_ADDR="2001:db8::1").status_code == 200
        assert api().get("/api/v1/site", REMOTE_ADDR="2001:db8::ffff").status_code == 429
        assert api().get("/api/v1/site", REMOTE_ADDR="2001:db8:0:1::1").status_code == 200


def test_general_limit_fails_open_without_the_cache(api: ApiFor, settings: Any) -> None:
    settings.RATE_LIMITS = {"signed-in": 1, "anonymous": 1}
    with mock.patch.object(cache, "add", return_value=False), mock.patch.object(cache, "incr", return_value=None):
        assert [api().get("/api/v1/tags").status_code for _ in range(3)] == [200] * 3


# -- Caching and other origins -------------------------------------------------------------------------------------


def test_caches_may_keep_public_answers_only_and_must_ask(api: ApiFor, reader: User) -> None:
    public, personal = api().get(POSTS), api(reader).get(POSTS)
    assert public.headers["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert personal.headers["Cache-Control"] == "private, no-cache"
    for response in (public, personal):
        assert {"accept", "authorization"} <= {item.strip().lower() for item in response.headers["Vary"].split(",")}


def test_pages_of_other_origins_may_read_without_credentials(api: ApiFor) -> None:
    response = api().get(POSTS, headers={"Origin": "https://elsewhere.example"})
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response.headers
    exposed = {name.strip() for name in response.headers["Access-Control-Expose-Headers"].split(",")}
    assert exposed >= {"ETag", "Link", "Location", "RateLimit", "RateLimit-Policy", "Retry-After", "X-Request-ID"}


def test_preflight_allows_what_the_contract_needs() -> None:
    response = Client().options(
        POSTS,
        headers={
            "Origin": "https://elsewhere.example",
            "Access-Control-Request-Method": "PATCH",
            "Access-Control-Request-Headers": "if-match,idempotency-key,authorization",
        },
    )
    assert response.status_code == 200
    assert "PATCH" in response.headers["Access-Control-Allow-Methods"]
    allowed = response.headers["Access-Control-Allow-Headers"].lower()
    assert all(name in allowed for name in ("if-match", "idempotency-key", "authorization", "if-none-match"))


def test_created_post_tells_its_address(api: ApiFor, author: User) -> None:
    response = api(author).post(POSTS, {"title": "Here"})
    assert isinstance(response, Response)
    assert response.headers["Location"] == f"{POSTS}/here"
    assert api(author).get(response.headers["Location"]).json() == response.json()
