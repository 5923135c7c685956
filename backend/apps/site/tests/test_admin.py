"""The site record in the Django admin."""

import pytest

from apps.accounts.models import User
from apps.common.tests.admin_forms import change, read_form, signed_in, submit
from apps.site.models import Site
from apps.site.services import get_site, update_site

FORM = "/admin/site/site/1/change/"

pytestmark = pytest.mark.django_db


def test_admin_renames_the_publication_everywhere(admin: User, django_capture_on_commit_callbacks) -> None:
    client = signed_in(admin)
    assert client.get("/admin/site/site/").headers["Location"] == FORM
    with django_capture_on_commit_callbacks(execute=True):
        assert submit(client, FORM, name="The Tide").status_code == 302
    assert (get_site().name, get_site().version) == ("The Tide", 2)
    assert "The Tide" in client.get("/admin/").content.decode()


def test_admin_says_how_long_comments_can_be_edited(admin: User, django_capture_on_commit_callbacks) -> None:
    client = signed_in(admin)
    get_site()
    with django_capture_on_commit_callbacks(execute=True):
        assert submit(client, FORM, comment_edit_minutes="15").status_code == 302
    assert get_site().comment_edit_minutes == 15


def test_stale_form_overwrites_nothing(admin: User) -> None:
    client = signed_in(admin)
    get_site()
    form = read_form(client, FORM)
    update_site(name="Theirs")
    assert "Somebody saved this" in client.post(FORM, change(form, name="Mine")).content.decode()
    assert Site.objects.get().name == "Theirs"


def test_editor_may_not(editor: User) -> None:
    get_site()
    assert signed_in(editor).get(FORM).status_code == 403
