"""Long texts are taken as they were sent."""

import pytest

from apps.accounts.models import User
from conftest import ApiFor


@pytest.mark.django_db
@pytest.mark.parametrize("half", ["\\ud800", "\\udfff", "\\u0000"])
def test_body_with_what_is_no_character_is_refused(half: str, api: ApiFor, author: User) -> None:
    raw = f'{{"title": "Odd", "body": "one{half}two"}}'
    response = api(author).generic("POST", "/api/v1/posts", raw, content_type="application/json")
    assert response.status_code == 400, response.content
