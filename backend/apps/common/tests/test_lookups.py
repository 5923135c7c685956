import pytest

from apps.accounts.models import User
from apps.accounts.tests.factories import UserFactory
from apps.common import lookups  # noqa: F401 - `__among`

pytestmark = pytest.mark.django_db


def test_rows_among_many_numbers_are_found():
    first, _, third = UserFactory.create_batch(3)

    found = User.objects.filter(pk__among=[third.pk, first.pk, 2**62]).order_by("pk")

    assert list(found) == [first, third]


def test_nothing_is_among_no_numbers(django_assert_num_queries):
    UserFactory()

    with django_assert_num_queries(0):
        assert list(User.objects.filter(pk__among=[])) == []


def test_only_whole_numbers_get_into_the_statement():
    with pytest.raises(ValueError, match="invalid literal"):
        list(User.objects.filter(pk__among=["1) OR (1 = 1"]))
