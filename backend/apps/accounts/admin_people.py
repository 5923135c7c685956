"""What a user's page in the admin shows of their picture, their links, and of those they follow and block."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join

from apps.accounts.administration import change_account
from apps.accounts.clients import client_of
from apps.accounts.models import User

PEOPLE_ACTIONS = ("remove_picture",)


class PeopleActions:
    """A part of `UserAdmin`."""

    people_fields = (
        "picture",
        "shown_links",
        "follower_count",
        "following_number",
        "blocking_number",
        "blocked_number",
    )

    @admin.display(description="picture")
    def picture(self, user: User) -> str:
        """Pictures elsewhere stay text: they would tell their host who looks at this page."""
        if not user.avatar_url.startswith(settings.MEDIA_URL):
            return user.avatar_url or "none"
        return format_html('<img src="{}" alt="The picture of {}" width="96" height="96">', user.avatar_url, user.name)

    @admin.display(description="links")
    def shown_links(self, user: User) -> str:
        """As text, so that nobody follows one by accident."""
        rows = ((link["label"], link["url"]) for link in user.links)
        return format_html_join(" · ", "{} ({})", rows) or "none"

    @admin.display(description="follows")
    def following_number(self, user: User) -> int:
        return user.following.count()

    @admin.display(description="has blocked")
    def blocking_number(self, user: User) -> int:
        return user.blocking.count()

    @admin.display(description="is blocked by")
    def blocked_number(self, user: User) -> int:
        return user.blocked_by.count()

    @admin.action(description="Remove the picture", permissions=["change"])
    def remove_picture(self: Any, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """For pictures that must not be seen: the files go with the next job."""
        acting: dict[str, Any] = {"by": request.user, "client": client_of(request)}

        def step(user: User) -> None:
            self._refuse_superuser(request, user)
            change_account(user=user, changes={"avatar_url": ""}, **acting)

        self.run_on_each(request, queryset, step, done="without a picture")
