"""Second factors in the admin: seen, and taken away for who has lost them. Their rows are not shown."""

from typing import Any

from allauth.account.models import EmailAddress, EmailConfirmation
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from apps.accounts.clients import client_of
from apps.accounts.factors.removal import describe_factors, remove_all_factors
from apps.accounts.models import User
from apps.common.errors import InvalidState

for model in (Authenticator, EmailAddress, EmailConfirmation):
    if admin.site.is_registered(model):
        admin.site.unregister(model)


class SecondFactorActions:
    """For the admin of users."""

    @admin.display(description="second factor")
    def second_factor(self, user: User) -> str:
        return describe_factors(user)

    @admin.action(description="Remove second factors (somebody lost their phone)", permissions=["second_factors"])
    def remove_second_factors(self: Any, request: HttpRequest, queryset: QuerySet[User]) -> None:
        client, by = client_of(request), request.user
        if not isinstance(by, User):
            return

        def step(user: User) -> None:
            if user.pk == by.pk:
                raise InvalidState("Remove your own second factors on the site, under Account, Security.")
            remove_all_factors(user=user, by=by, client=client)

        self.run_on_each(request, queryset, step, done="left without a second factor")

    def has_second_factors_permission(self, request: HttpRequest) -> bool:
        """Taking them away opens the account to who knows the password, so it is for superusers."""
        return bool(request.user.is_superuser)
