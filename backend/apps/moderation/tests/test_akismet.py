"""Asking a service about comments, against one of our own that speaks the protocol."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs

import pytest
import time_machine
from django.core.cache import cache
from django.utils import timezone

from apps.accounts.models import User
from apps.comments.models import Comment
from apps.common.models import OutboxMessage
from apps.common.outbox import drain
from apps.moderation.models import Case, Decision
from apps.moderation.tests.rule_steps import status_after, turn_on, write
from apps.posts.models import Post
from apps.posts.tests.factories import make_post
from conftest import ApiFor

pytestmark = pytest.mark.django_db


class Service:
    """What it says next, and what it was asked."""

    def __init__(self) -> None:
        self.answer, self.status = "false", 200
        self.headers: dict[str, str] = {}
        self.asked: list[dict[str, list[str]]] = []
        self.paths: list[str] = []


@pytest.fixture
def service(settings: Any) -> Iterator[Service]:
    state = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            state.paths.append(self.path)
            text = self.rfile.read(int(self.headers["Content-Length"])).decode()
            state.asked.append(parse_qs(text))
            self.send_response(state.status)
            for name, value in state.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(state.answer.encode())

        def do_GET(self) -> None:
            state.paths.append(f"GET {self.path}")
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"true")

        def log_message(self, *args: Any) -> None:
            """Nothing on the terminal."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    settings.AKISMET_URL = f"http://127.0.0.1:{server.server_port}"
    settings.AKISMET_KEY = "0123456789ab"
    yield state
    server.shutdown()
    server.server_close()


@pytest.fixture
def post(author: User) -> Post:
    return make_post(author)


def _rule(action: str = "spam", *, until_checked: str = "show") -> None:
    turn_on("akismet", {"until_checked": until_checked}, action=action, name="Spam service")


def _status(pk: int) -> str:
    return str(Comment.objects.get(pk=pk).status)


def test_spam_that_is_shown_meanwhile_is_put_away(api: ApiFor, reader: User, post: Post, service: Service) -> None:
    _rule()
    service.answer = "true"
    made = write(api, post, reader, "Buy pills.").json()
    assert made["status"] == "visible"
    drain()
    assert _status(made["id"]) == "spam"
    decision = Decision.objects.get()
    assert (decision.action, decision.rule, decision.after) == ("hold", "Spam service", {"status": "spam"})
    assert Case.objects.get().comment_id == made["id"]
    assert service.paths == ["/1.1/comment-check"]
    asked = service.asked[0]
    assert asked["comment_content"] == ["Buy pills."]
    assert asked["permalink"] == [f"{asked['blog'][0]}/posts/{post.slug}"]
    assert asked["api_key"] == ["0123456789ab"]
    assert reader.email not in str(asked)


def test_what_waits_for_the_answer_is_shown_when_it_is_no_spam(
    api: ApiFor, reader: User, post: Post, service: Service
) -> None:
    _rule("hold", until_checked="hold")
    made = write(api, post, reader).json()
    assert made["status"] == "pending"
    drain()
    assert _status(made["id"]) == "visible"
    assert [row.action for row in Decision.objects.order_by("number")] == ["hold", "approve"]
    assert Case.objects.get().closed_at is not None


def test_what_another_rule_holds_is_not_let_through_by_the_service(
    api: ApiFor, reader: User, post: Post, service: Service
) -> None:
    _rule("hold", until_checked="hold")
    turn_on("words", {"words": ["casino"]}, name="Casinos")
    made = write(api, post, reader, "casino").json()
    drain()
    assert _status(made["id"]) == "pending"
    assert Decision.objects.get().rule == "Casinos"


def test_edited_text_is_asked_about_again(api: ApiFor, reader: User, post: Post, service: Service) -> None:
    _rule()
    made = write(api, post, reader, "Harmless.").json()
    drain()
    service.answer = "true"
    api(reader).patch(f"/api/v1/comments/{made['id']}", {"body": "Buy pills."}, headers={"If-Match": "*"})
    drain()
    assert [asked["comment_content"] for asked in service.asked] == [["Harmless."], ["Buy pills."]]
    assert _status(made["id"]) == "spam"


@pytest.mark.parametrize("trouble", ["refuses", "says nonsense", "redirects", "fails"])
@pytest.mark.parametrize("until_checked", ["show", "hold"])
def test_service_that_is_away_does_no_harm_and_is_asked_again(
    trouble: str, until_checked: str, api: ApiFor, reader: User, post: Post, service: Service, settings: Any
) -> None:
    _rule("hold", until_checked=until_checked)
    address = settings.AKISMET_URL
    if trouble == "refuses":
        settings.AKISMET_URL = "http://127.0.0.1:1"
    elif trouble == "says nonsense":
        service.answer = "invalid"
    elif trouble == "redirects":
        service.status, service.headers = 302, {"Location": f"{address}/elsewhere"}
    else:
        service.status, service.answer = 500, "true"
    with time_machine.travel(timezone.now(), tick=False) as clock:
        made = write(api, post, reader).json()
        drain()
        before = "visible" if until_checked == "show" else "pending"
        assert _status(made["id"]) == before
        assert not any(path.startswith("GET") for path in service.paths)
        assert not OutboxMessage.objects.exclude(last_error="").exists()
        settings.AKISMET_URL, service.status, service.headers, service.answer = address, 200, {}, "true"
        clock.shift(timedelta(minutes=2, seconds=1))
        cache.clear()  # the cache of tests keeps another clock
        drain()
        assert _status(made["id"]) == "pending"
        assert Case.objects.count() == 1


def test_service_that_stays_away_is_left_alone_in_the_end(
    api: ApiFor, reader: User, post: Post, service: Service
) -> None:
    _rule()
    service.answer = "invalid"
    with time_machine.travel(timezone.now(), tick=False) as clock:
        made = write(api, post, reader).json()
        for _ in range(8):
            drain()
            cache.clear()
            clock.shift(timedelta(hours=3))
    assert len(service.asked) == 5
    assert _status(made["id"]) == "visible"


def test_while_it_is_away_others_do_not_wait_for_it(api: ApiFor, reader: User, post: Post, service: Service) -> None:
    _rule()
    service.answer = "invalid"
    for _ in range(3):
        write(api, post, reader)
    drain()
    assert len(service.asked) == 1


def test_nobody_is_asked_without_a_rule_or_a_key(
    api: ApiFor, reader: User, moderator: User, post: Post, service: Service, settings: Any
) -> None:
    write(api, post, reader)
    drain()
    _rule()
    write(api, post, moderator)
    settings.AKISMET_KEY = ""
    assert status_after(api, post, reader) == "visible"
    drain()
    assert service.asked == []
