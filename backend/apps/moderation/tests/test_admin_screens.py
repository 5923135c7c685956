"""What those who use the admin without eyes or a mouse need of its moderation pages."""

import re

import pytest

from apps.accounts.models import User
from apps.comments.services import add_comment
from apps.common.tests.admin_forms import signed_in
from apps.moderation.services.cases import open_case, target_of
from apps.moderation.services.decisions import decide
from apps.posts.tests.factories import make_post

pytestmark = pytest.mark.django_db


def test_each_choice_beside_the_action_has_a_name(author: User, reader: User, moderator: User) -> None:
    comment = add_comment(post=make_post(author), author=reader, body="Rude.")
    open_case(comment=comment)
    page = signed_in(moderator).get("/admin/moderation/case/").content.decode()
    for name in ("reason", "days"):
        select = re.search(rf'<select[^>]*name="{name}"[^>]*>', page)
        assert select is not None, name
        assert "aria-label=" in select[0], name


def test_no_filter_of_the_log_is_without_words(author: User, reader: User, moderator: User) -> None:
    comment = add_comment(post=make_post(author), author=reader, body="Rude.")
    case = open_case(comment=comment)
    decide(moderator=moderator, action="dismiss", target=target_of(case), case=case)
    client = signed_in(moderator)
    page = client.get("/admin/moderation/decision/").content.decode()
    assert 'href="?reason="' not in page
    assert 'href="?reason=abuse"' in page
    assert "0 decisions" in client.get("/admin/moderation/decision/?reason=abuse").content.decode()
