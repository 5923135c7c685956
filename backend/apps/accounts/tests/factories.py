"""Accounts for tests."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.hashers import make_password
from factory.declarations import LazyAttribute, Sequence, Transformer
from factory.django import DjangoModelFactory

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.accounts.services import assign_roles

PASSWORD = "correct horse battery"


class UserFactory(DjangoModelFactory[User]):
    """`UserFactory.create(roles=["author"])`; the password is PASSWORD unless `password` is given."""

    class Meta:
        model = User

    username = Sequence(lambda number: f"user{number}")
    email = LazyAttribute(lambda user: f"{user.username.lower()}@example.org")
    display_name = LazyAttribute(lambda user: user.username.replace("_", " ").title())
    password = Transformer(PASSWORD, transform=make_password)

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, roles: Iterable[str] = (), **kwargs: Any) -> User:
        user: User = super()._create(model_class, *args, **kwargs)
        wanted = [Role(name) for name in roles]
        return assign_roles(user=user, roles=wanted) if wanted else user
