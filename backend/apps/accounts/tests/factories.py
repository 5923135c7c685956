"""Accounts for tests."""

from typing import Any

import factory
from django.contrib.auth.hashers import make_password

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.accounts.services import assign_roles

PASSWORD = "correct horse battery"


class UserFactory(factory.django.DjangoModelFactory[User]):
    """`UserFactory(roles=["author"])`; every account's password is PASSWORD unless `password` is given."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda number: f"user{number}")
    email = factory.LazyAttribute(lambda user: f"{user.username.lower()}@example.org")
    display_name = factory.LazyAttribute(lambda user: user.username.replace("_", " ").title())
    password = factory.Transformer(PASSWORD, transform=make_password)

    @factory.post_generation
    def roles(self: Any, create: bool, extracted: list[str] | None, **kwargs: Any) -> None:
        if create and extracted:
            assign_roles(user=self, roles=[Role(name) for name in extracted])
