"""Documents say what the API says: title, addresses, previews, structured data, text."""

import html
import re
from urllib.parse import quote

import extruct
import pytest
from lxml import html as markup

from tests.published.conftest import public_addresses

POST_TYPES = {"BlogPosting", "Article", "NewsArticle"}


def squeezed(text):
    """Text as people read it: one space for any white space."""
    return re.sub(r"\s+", " ", text).strip()


def words_of(fragment):
    """The words of some markup."""
    return squeezed(markup.fromstring(f"<div>{fragment}</div>").text_content()) if fragment.strip() else ""


def structured(answer, base):
    """What a parser by others finds; it raises on what it cannot read."""
    found = extruct.extract(answer.text, base_url=base, syntaxes=["json-ld", "opengraph"], errors="strict")
    nodes = [node for block in found["json-ld"] for node in block.get("@graph", [block])]
    return nodes, dict(found["opengraph"][0]["og"] if "og" in found["opengraph"][0] else properties(found))


def properties(found):
    return [tuple(pair) for pair in found["opengraph"][0]["properties"]]


def test_every_public_address_is_a_document_of_its_own(site):
    wrong = []
    for path, name in public_addresses(site).items():
        answer = site.get(path)
        page = markup.fromstring(answer.body)
        title = page.findtext(".//title") or ""
        canonical = page.xpath("//link[@rel='canonical']/@href")
        _, preview = structured(answer, site.base)
        checks = {
            "status": answer.status == 200,
            "title": squeezed(name) in squeezed(title) and title.strip() != "",
            "canonical": path.startswith("/search") or len(canonical) == 1,
            "preview": path.startswith("/search") or bool(preview.get("og:title")),
            "heading": bool(page.xpath("//h1")),
            "policy": "unsafe" not in answer.headers["Content-Security-Policy"],
        }
        wrong += [f"{path}: {check}" for check, good in checks.items() if not good]
    assert not wrong, "\n".join(wrong)


def test_posts_say_what_the_api_says(site):
    wrong = []
    for row in site.every("posts"):
        path = f"/posts/{quote(row['slug'])}"
        post, answer = site.api(f"posts/{quote(row['slug'])}"), site.get(path)
        page = markup.fromstring(answer.body)
        nodes, preview = structured(answer, site.base)
        article: dict[str, str] = next((node for node in nodes if node.get("@type") in POST_TYPES), {})
        wanted = post["canonical_url"] or post["url"]
        text, title = squeezed(page.text_content()), squeezed(post["title"]) or "Untitled"
        checks = {
            "address": post["url"] == f"{site.base}{path}",
            "canonical": page.xpath("//link[@rel='canonical']/@href") == [wanted],
            "preview title": squeezed(preview.get("og:title", "")) == title,
            "preview address": preview.get("og:url") == wanted,
            "headline": is_headline(article.get("headline", ""), post["title"] or "Untitled"),
            "published": article.get("datePublished", "")[:10] == post["published_at"][:10],
            "breadcrumbs": any(node.get("@type") == "BreadcrumbList" for node in nodes),
            "heading": any(squeezed(h.text_content()) == title for h in page.xpath("//h1")),
            "text": all(words_of(part) in text for part in paragraphs(post["body_html"])),
        }
        wrong += [f"{path}: {check}" for check, good in checks.items() if not good]
    assert not wrong, "\n".join(wrong)


def is_headline(headline, title):
    """Whether it is the title; what is too long for search engines may be cut."""
    said = squeezed(html.unescape(headline))
    return said == squeezed(title) or (
        len(title) > 100 and squeezed(title).startswith(said.rstrip("… ")) and said != ""
    )


def paragraphs(body):
    """The paragraphs of a text that hold nothing but text, so that no furniture can stand in them."""
    return re.findall(r"<p>([^<]{20,})</p>", body)


def test_pages_say_what_the_api_says(site):
    for row in site.every("pages"):
        page, answer = site.api(f"pages/{quote(row['slug'])}"), site.get(f"/pages/{quote(row['slug'])}")
        text = squeezed(markup.fromstring(answer.body).text_content())
        assert squeezed(page["title"]) in text
        assert all(words_of(part) in text for part in paragraphs(page["body_html"]))


@pytest.mark.parametrize("path", ["/", "/archive", "/search?q=the"])
def test_document_is_kept_once_for_all(site, path):
    first, second = site.get(path), site.get(path, Cookie="sessionid=x", Authorization="Bearer x")
    assert second.headers["X-Cache-Status"] in {"HIT", "STALE", "UPDATING"}
    assert second.headers["ETag"] == first.headers["ETag"]
    assert site.get(path, If_None_Match=first.headers["ETag"]).status == 304
    head = site.send("HEAD", path)
    assert (head.status, head.body, head.headers["ETag"]) == (200, b"", first.headers["ETag"])
