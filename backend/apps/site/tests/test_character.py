"""What the publication shows of itself: navigation, footer, pictures."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from apps.accounts.models import User
from apps.common.tests.admin_forms import change, read_form, signed_in, submit
from apps.site.services import get_site, update_site
from conftest import ApiFor

FORM = "/admin/site/site/1/change/"
ABOUT = {"label": "About", "url": "/pages/about"}

pytestmark = pytest.mark.django_db


@pytest.mark.django_db(transaction=True)
def test_api_tells_navigation_and_footer(api: ApiFor) -> None:
    assert api().get("/api/v1/site").json()["navigation"] == []
    update_site(navigation=[ABOUT], footer_text="Since 1912.")
    answer = api().get("/api/v1/site").json()
    assert (answer["navigation"], answer["footer_text"]) == ([ABOUT], "Since 1912.")


@pytest.mark.parametrize(
    "url", ["/", "/pages/über-uns", "/archive?x=1#top", "https://example.com/a", "http://example.com"]
)
def test_places_that_a_navigation_leads_to(url: str) -> None:
    update_site(navigation=[{"label": "There", "url": url}])


@pytest.mark.parametrize(
    "navigation",
    [
        {"label": "A", "url": "/"},
        ["/"],
        [{"label": "A"}],
        [{"label": "", "url": "/"}],
        [{"label": "A" * 41, "url": "/"}],
        [{"label": 1, "url": "/"}],
        [{"label": "A", "url": None}],
        [{"label": "A", "url": "/", "class": "x"}],
        *(
            [{"label": "A", "url": url}]
            for url in (
                "",
                "about",
                "javascript:alert(1)",
                "data:text/html,x",
                "//evil.example",
                "/\\evil.example",
                "ftp://example.com",
                "/a b",
                "/x\n",
                "/" + "x" * 500,
                "https://",
            )
        ),
        [ABOUT] * 21,
    ],
)
def test_what_is_no_navigation_is_refused(navigation: Any) -> None:
    with pytest.raises(ValidationError):
        update_site(navigation=navigation)


@pytest.mark.parametrize("name", ["logo_url", "icon_url", "share_image_url"])
def test_pictures_have_addresses(name: str) -> None:
    update_site(**{name: "/media/logo.svg"})
    with pytest.raises(ValidationError):
        update_site(**{name: "javascript:alert(1)"})


def test_admin_edits_the_navigation_by_rows(admin: User, django_capture_on_commit_callbacks: Any) -> None:
    client = signed_in(admin)
    update_site(navigation=[ABOUT])
    form = read_form(client, FORM)
    assert form["navigation_label"] == ["About", "", ""]
    rows = {"navigation_label": ["Shop", "", "About"], "navigation_url": ["https://shop.example", "", "/pages/about"]}
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(FORM, change(form, **rows)).status_code == 302
    assert get_site().navigation == [{"label": "Shop", "url": "https://shop.example"}, ABOUT]


def test_wrong_row_is_said_and_kept(admin: User) -> None:
    get_site()
    answer = submit(
        signed_in(admin), FORM, navigation_label=["Bad", "", ""], navigation_url=["javascript:alert(1)", "", ""]
    )
    text = answer.content.decode()
    assert "Entry 1: Enter a path" in text
    assert 'value="Bad"' in text


def test_untouched_form_changes_nothing(admin: User) -> None:
    update_site(navigation=[ABOUT], footer_text="One\nTwo")
    version = get_site().version
    client = signed_in(admin)
    assert submit(client, FORM).status_code == 302
    assert get_site().navigation == [ABOUT]
    assert get_site().footer_text == "One\nTwo"
    assert get_site().version <= version + 1


def test_markup_in_the_record_stays_text(admin: User) -> None:
    update_site(navigation=[{"label": '"><script>x', "url": "/"}])
    assert '"><script>x' not in signed_in(admin).get(FORM).content.decode()


def test_what_is_no_picture_is_refused_with_the_form(admin: User) -> None:
    get_site()
    client = signed_in(admin)
    upload = SimpleUploadedFile("logo.png", b"<svg onload=alert(1)>", content_type="image/png")
    answer = client.post(FORM, change(read_form(client, FORM), logo_file=upload, name="Kept"))
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "Send an image" in text
    assert 'value="Kept"' in text
    assert get_site().logo_url == ""
