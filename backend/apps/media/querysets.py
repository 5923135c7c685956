"""Reads of images."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import CharField, F, Q, Value
from django.db.models.functions import Concat

if TYPE_CHECKING:
    from apps.accounts.models import User
    from apps.media.models import Image  # noqa: F401 - names the model in the generic base


class ImageQuerySet(models.QuerySet["Image"]):
    def uploaded_by(self, user: User, *, since: datetime) -> ImageQuerySet:
        """What the user has sent since then, refused files among it."""
        return self.filter(owner=user, created_at__gt=since)

    def avatars_of(self, user: User) -> ImageQuerySet:
        """Those whose files are there; not one that is being written at this moment."""
        return self.filter(owner=user, purpose="avatar", removed_at__isnull=True).exclude(files=[])

    def pictures(self) -> ImageQuerySet:
        """Pictures for posts and pages that have not been deleted."""
        return self.filter(purpose="picture", retired_at__isnull=True)

    def library_of(self, user: User) -> ImageQuerySet:
        """The pictures that the user has sent, as far as they were taken in."""
        return self.pictures().filter(owner=user).exclude(state="receiving")

    def unused_avatars(self) -> ImageQuerySet:
        """Avatars whose owner shows another picture, or none, or is gone."""
        address = Concat(Value(settings.MEDIA_URL), F("folder"), Value("/"), output_field=CharField())
        shown = Q(owner__avatar_url__startswith=F("address"))
        return self.filter(purpose="avatar", removed_at__isnull=True).alias(address=address).exclude(shown)
