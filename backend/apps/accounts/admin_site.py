"""The admin's sign-in: by username or e-mail, with the second factor where there is one, and within the same limits on
failures as the API's."""

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import LoginView
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse

from apps.common.errors import TooManyAttempts

ENROL_FIRST = (
    "Your role needs a second factor, and your account has none yet. Sign in on the site, add a passkey or an "
    "authenticator app under Account, Security, and come back."
)


class LimitedAuthenticationForm(AdminAuthenticationForm):
    """Says so when there were too many tries; takes e-mail addresses, which are longer than usernames."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name: forms.Field = self.fields["username"]
        name.label = "Username or e-mail address"
        name.widget.attrs["maxlength"] = 254

    def confirm_login_allowed(self, user: Any) -> None:
        from apps.accounts.errors import suspension_notice

        if user.is_suspended:
            raise ValidationError(suspension_notice(user.suspended_until), code="account_suspended")
        super().confirm_login_allowed(user)

    def clean(self) -> dict[str, Any]:
        try:
            return dict(super().clean() or {})
        except TooManyAttempts as error:
            raise too_many(error) from error


class SignInView(LoginView):
    """Ends with a session of the admin, or leads on to the second factor."""

    def form_valid(self, form: Any) -> HttpResponse:
        # Django loads this module before the models, for which these are about.
        from apps.accounts.admin_entry import open_admin
        from apps.accounts.admin_second_factor import ask_for_second_factor
        from apps.accounts.second_factor import lacks_second_factor

        user = form.get_user()
        if lacks_second_factor(user):
            form.add_error(None, ValidationError(ENROL_FIRST, code="second_factor_needed"))
            return self.form_invalid(form)
        if user.has_second_factor:
            return ask_for_second_factor(self.request, user, self.get_success_url())
        open_admin(user=user, request=self.request, methods=["password"])
        return HttpResponseRedirect(self.get_success_url())


class BylineAdminSite(admin.AdminSite):
    """Answers 429 to tries beyond the limit, and lets nobody in whose second factor is missing."""

    login_form = LimitedAuthenticationForm
    login_template = "admin/sign_in.html"

    def has_permission(self, request: HttpRequest) -> bool:
        from apps.accounts.admin_entry import may_stay_in_admin

        return may_stay_in_admin(request)

    def get_urls(self) -> list[URLResolver | URLPattern]:
        from apps.accounts.admin_second_factor import SecondFactorView

        view = SecondFactorView.as_view(site=self)
        return [path("second-factor/", view, name="second_factor"), *super().get_urls()]

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        from apps.accounts.errors import suspension_notice

        index = reverse("admin:index", current_app=self.name)
        until = getattr(request.user, "suspended_until", None)
        if request.method == "GET" and until is not None and getattr(request.user, "is_suspended", False):
            messages.error(request, suspension_notice(until))
        if request.method == "GET" and self.has_permission(request):
            return HttpResponseRedirect(index)
        context = {
            **self.each_context(request),
            "title": "Log in",
            "subtitle": None,
            "app_path": request.get_full_path(),
            "username": request.user.get_username(),
            **({} if REDIRECT_FIELD_NAME in {*request.GET, *request.POST} else {REDIRECT_FIELD_NAME: index}),
            **(extra_context or {}),
        }
        request.current_app = self.name
        view = SignInView.as_view(
            extra_context=context, authentication_form=self.login_form, template_name=self.login_template
        )
        return answer_limits(view(request))

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        from apps.accounts.admin_password import OwnPasswordView

        context = {**self.each_context(request), **(extra_context or {})}
        done = reverse("admin:password_change_done", current_app=self.name)
        request.current_app = self.name
        return answer_limits(OwnPasswordView.as_view(success_url=done, extra_context=context)(request))


def too_many(error: TooManyAttempts) -> ValidationError:
    """For a form; `answer_limits` finds it there."""
    problem = ValidationError(f"Too many attempts. {error.message}", code=error.code)
    problem.__cause__ = error
    return problem


def answer_limits(response: HttpResponseBase) -> HttpResponse:
    """429 for a page whose form says that there were too many tries."""
    if isinstance(response, TemplateResponse):
        form = (response.context_data or {}).get("form")
        for error in form.non_field_errors().as_data() if form is not None and form.is_bound else ():
            if isinstance(error.__cause__, TooManyAttempts):
                response.status_code = 429
                response.headers["Retry-After"] = str(error.__cause__.retry_after)
    return cast("HttpResponse", response)
