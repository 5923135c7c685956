"""Sign-in by username or e-mail, for the API and the Django admin alike, within the limit on failures."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from apps.accounts.clients import NOBODY, client_of
from apps.accounts.failed_sign_ins import note_failed_sign_in
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
        client = client_of(request) if request is not None else NOBODY
        address = client.address or ""
        count_try(name=username, address=address, mark=client.mark)
        user: User | None = User.objects.identified_by(username).first()
        is_right = _is_right(user, password)
        if user is None or not is_right or not self.user_can_authenticate(user):
            note_failed_sign_in(user=user, client=client)
            return None
        forgive(user=user, name=username, address=address, mark=client.mark)
        return user


def _is_right(user: User | None, password: str) -> bool:
    if user is None:
        User().set_password(password)
        return False
    return user.check_password(password)
