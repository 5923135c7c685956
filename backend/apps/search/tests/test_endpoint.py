"""Searching over HTTP."""

import pytest

from apps.posts.tests.factories import make_post
from apps.search.services.building import fill
from conftest import ApiFor

pytestmark = pytest.mark.django_db


def test_finds(api: ApiFor, author):
    make_post(author, title="The quiet harbours", body="Publishing is *patience*.")
    list(fill())
    answer = api().get("/api/v1/search", {"q": "publi"}).json()
    assert len(answer["results"]) == 1
