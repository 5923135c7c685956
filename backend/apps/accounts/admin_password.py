"""Changing one's own password within the admin: by the same rules, limits and log as on the site."""

from typing import Any

from django.contrib.admin.forms import AdminPasswordChangeForm
from django.contrib.auth.views import PasswordChangeView
from django.core.exceptions import ValidationError

from apps.accounts.admin_site import too_many
from apps.accounts.clients import NOBODY, Client, client_of
from apps.accounts.errors import WrongPassword
from apps.accounts.models import User
from apps.accounts.own_password import require_password
from apps.accounts.services import change_password
from apps.common.errors import TooManyAttempts


class OwnPasswordForm(AdminPasswordChangeForm):
    client: Client = NOBODY

    def clean_old_password(self) -> str:
        """Looked at in `clean`, where an answer of 429 can come from."""
        return str(self.cleaned_data["old_password"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        try:
            require_password(user=self.user, given=cleaned.get("old_password", ""), client=self.client)
        except TooManyAttempts as error:
            raise too_many(error) from error
        except WrongPassword as error:
            self.add_error("old_password", ValidationError(error.message, code=error.code))
        return cleaned

    def save(self, commit: bool = True) -> User:
        """Through the service, which ends all sessions and tells the owner. The view keeps this one."""
        account = change_password(user=self.user, password=self.cleaned_data["new_password1"], client=self.client)
        self.user.password, self.user.password_version = account.password, account.password_version
        return account


class OwnPasswordView(PasswordChangeView):
    form_class = OwnPasswordForm

    def get_form(self, form_class: Any = None) -> Any:
        form: Any = super().get_form(form_class)
        form.client = client_of(self.request)
        return form
