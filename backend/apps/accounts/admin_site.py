"""The admin's sign-in: by username or e-mail, and within the same limit on failures as the API's."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from apps.common.errors import TooManyAttempts


class LimitedAuthenticationForm(AdminAuthenticationForm):
    """Says so when there were too many tries; takes e-mail addresses, which are longer than usernames."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name: forms.Field = self.fields["username"]
        name.label = "Username or e-mail address"
        name.widget.attrs["maxlength"] = 254

    def clean(self) -> dict[str, Any]:
        try:
            return dict(super().clean() or {})
        except TooManyAttempts as error:
            raise ValidationError(f"Too many attempts. {error.message}", code=error.code) from error


class BylineAdminSite(admin.AdminSite):
    """Answers 429 to tries beyond the limit."""

    login_form = LimitedAuthenticationForm

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        response = super().login(request, extra_context)
        if request.method == "POST" and isinstance(response, TemplateResponse):
            for error in (response.context_data or {})["form"].non_field_errors().as_data():
                if isinstance(error.__cause__, TooManyAttempts):
                    response.status_code = 429
                    response.headers["Retry-After"] = str(error.__cause__.retry_after)
        return response
