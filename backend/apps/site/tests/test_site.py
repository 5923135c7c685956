"""The publication's own record."""

from typing import Any

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from apps.site.models import Site
from apps.site.services import get_site, update_site
from conftest import ApiFor

pytestmark = pytest.mark.django_db


def test_record_is_there_from_the_start(api: ApiFor) -> None:
    answer = api().get("/api/v1/site").json()
    assert answer["name"] == "Byline"
    assert answer["registration_open"] is True
    assert answer["version"] == 1


def test_record_is_read_from_the_cache(django_assert_num_queries: Any) -> None:
    get_site()
    with django_assert_num_queries(0):
        get_site()


@pytest.mark.django_db(transaction=True)
def test_change_shows_at_once_and_raises_the_version(api: ApiFor) -> None:
    before = api().get("/api/v1/site")
    update_site(name="The Lantern")
    after = api().get("/api/v1/site", headers={"If-None-Match": before.headers["ETag"]})
    assert after.status_code == 200
    assert (after.json()["name"], after.json()["version"]) == ("The Lantern", 2)


def test_colour_must_be_one() -> None:
    with pytest.raises(ValidationError):
        update_site(accent_color="red; } body { display: none")


def test_there_is_one_site_only() -> None:
    get_site()
    with pytest.raises(IntegrityError), transaction.atomic():
        Site.objects.create(pk=2)


def test_lost_cache_is_only_slower(api: ApiFor) -> None:
    cache.clear()
    assert api().get("/api/v1/site").status_code == 200
