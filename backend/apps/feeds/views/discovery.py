"""How other programs find their way in: oEmbed, OpenSearch."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from apps.common.renderers import render_json
from apps.feeds.answers import HOUR, MINUTE, answer, tag_of
from apps.feeds.formats.xml import XmlWriter
from apps.feeds.oembed import card
from apps.feeds.opensearch import MEDIA_TYPE, description
from apps.posts.addresses import public_post_at

_LONGEST_ADDRESS = 2000
_LARGEST = 100_000


@require_safe
def opensearch(request: HttpRequest) -> HttpResponse:
    content = description()
    return answer(
        request, lambda: content, content_type=MEDIA_TYPE, tag=tag_of(content), max_age=HOUR, shared_max_age=MINUTE
    )


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """`url` is that of a post; `maxwidth`, `maxheight` are in pixels; `format` is json or xml."""
    url, kind = request.GET.get("url", ""), request.GET.get("format", "json")
    if not url or len(url) > _LONGEST_ADDRESS:
        return _refusal(HTTPStatus.BAD_REQUEST, "Give the address of a post as `url`.")
    if kind not in {"json", "xml"}:
        return _refusal(HTTPStatus.NOT_IMPLEMENTED, "There is `json` and `xml`.")
    try:
        room = {name: _pixels(request.GET.get(name.replace("_", ""), "")) for name in ("max_width", "max_height")}
    except ValueError:
        return _refusal(HTTPStatus.BAD_REQUEST, "`maxwidth` and `maxheight` are whole numbers of pixels.")
    post = public_post_at(url)
    if post is None:
        return _refusal(HTTPStatus.NOT_FOUND, "There is no post at that address.")
    facts = card(post, **room)
    content, media_type = (_xml(facts), "text/xml") if kind == "xml" else (render_json(facts), "application/json")
    return answer(
        request, lambda: content, content_type=media_type, tag=tag_of(content), max_age=10 * MINUTE, shared_max_age=10
    )


def _pixels(text: str) -> int | None:
    """Raises ValueError."""
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and 0 < len(text) < 8 and int(text)):
        raise ValueError(text)
    return min(int(text), _LARGEST)


def _xml(facts: dict[str, Any]) -> bytes:
    xml = XmlWriter()
    with xml.within("oembed"):
        for name, value in facts.items():
            xml.add(name, str(value))
    return xml.document()


def _refusal(status: HTTPStatus, detail: str) -> HttpResponse:
    response = HttpResponse(f"{detail}\n", status=status, content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = "public, max-age=60, s-maxage=10"
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
