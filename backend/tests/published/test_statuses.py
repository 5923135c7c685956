"""Status codes through Nginx and the real app."""

import secrets

import pytest


@pytest.fixture
def slug():
    return f"post-{secrets.token_hex(6)}"


MISSING = [
    *("/nothing-here", "/posts/no-such-post", "/tags/no-such", "/categories/no-such", "/authors/no-such"),
    *("/pages/no-such", "/series/no-such", "/archive/12", "/posts/a/b/c", "/posts/%2e%2e%5c", f"/posts/{'x' * 1500}"),
]


@pytest.mark.parametrize("path", MISSING)
def test_what_is_not_there_is_missing(site, path):
    answer = site.get(path)
    assert (answer.status, answer.headers["X-Robots-Tag"]) == (404, "noindex")


@pytest.mark.parametrize("path", ["/posts/%00", "/posts/..%2f..%2f..%2fadmin", "/%ff%fe", "/posts/%F0%9F%98%80'\"<"])
def test_nonsense_does_no_harm(site, path):
    assert site.get(path.replace('"', "%22").replace("<", "%3C")).status in {400, 404}


@pytest.mark.parametrize("path", ["/sign-in", "/write", "/account/security", "/reading-list", "/moderation"])
def test_personal_pages_are_for_no_search_engine(site, path):
    answer = site.get(path)
    assert (answer.status, answer.headers["X-Robots-Tag"]) == (200, "noindex")
    assert '<div id="app"></div>' in answer.text


def test_life_of_an_address(site, slug):
    post = site.publish(title="First name", slug=slug)
    assert site.get(f"/posts/{slug}").status == 200
    site.write("PATCH", f"posts/{slug}", {"slug": f"{slug}-new"}, If_Match=f'"{post["version"]}"')
    moved = site.get(f"/posts/{slug}?utm_source=x")
    assert (moved.status, moved.headers["Location"]) in {(301, f"/posts/{slug}-new"), (200, None)}  # 200: the copy
    assert site.get(f"/posts/{slug}-new").status == 200
    site.trash(f"{slug}-new")
    assert site.get(f"/posts/{slug}-new?q=1").status in {200, 410}


def test_old_address_leads_on_and_what_is_in_the_trash_is_gone(site, slug):
    post = site.publish(title="A name", slug=slug)
    site.write("PATCH", f"posts/{slug}", {"slug": f"{slug}-2"}, If_Match=f'"{post["version"]}"')
    moved = site.get(f"/posts/{slug}")
    assert (moved.status, moved.headers["Location"]) == (301, f"/posts/{slug}-2")
    site.trash(f"{slug}-2")
    assert site.get(f"/posts/{slug}-2").status == 410


def test_slash_at_the_end_leads_to_the_address(site):
    answer = site.get("/archive/")
    assert (answer.status, answer.headers["Location"]) == (301, "/archive")
