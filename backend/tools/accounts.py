"""The known accounts of `make stack`: one for each role, named like it, and `keeper` and `warden`.

Runs inside Django, never in production.
"""

import os

from django.conf import settings
from django.utils import timezone

from apps.accounts.models import User
from apps.accounts.roles import Role
from apps.accounts.services import assign_roles

EXTRA = (  # one more editor, one more moderator
    ("keeper", Role.EDITOR),
    ("warden", Role.MODERATOR),
)


def make() -> None:
    """Make the accounts, all with the password in ACCOUNT_PASSWORD."""
    if settings.PRODUCTION:
        raise SystemExit("known accounts are for trying things out, not for production")
    for name, role in [*((role.value, role) for role in Role), *EXTRA]:
        user = User.objects.filter(username=name).first() or User(username=name)
        user.email = f"{name}@example.org"
        user.email_verified_at = timezone.now()
        user.display_name = f"Robin {name.title()}"
        user.set_password(os.environ["ACCOUNT_PASSWORD"])
        user.save()
        assign_roles(user=user, roles=[role])
