"""Sign-in by username or e-mail, for the API and the Django admin alike, within the limit on failures."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from apps.accounts.guessing import count_try, forgive
from apps.accounts.models import User


class UsernameOrEmailBackend(ModelBackend):
    """Hashes a password whether the account exists or not, so that the time tells nothing."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> User | None:
        """The account, or None. Raises TooManyAttempts after too many failures, right password or not."""
        if not username or password is None:
            return None
        address = request.META.get("REMOTE_ADDR", "") if request is not None else ""
        count_try(name=username, address=address)
        user = _verified(username, password)
        if user is None or not self.user_can_authenticate(user):
            return None
        forgive(user=user, name=username, address=address)
        return user


def _verified(name: str, password: str) -> User | None:
    user: User | None = User.objects.identified_by(name).first()
    if user is None:
        User().set_password(password)
        return None
    return user if user.check_password(password) else None
