"""The second page of signing in to the admin: a code of the app, a recovery code, or a passkey."""

import json
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView

from apps.accounts.admin_entry import open_admin
from apps.accounts.admin_site import answer_limits, too_many
from apps.accounts.clients import client_of
from apps.accounts.errors import ChallengeOver, WrongCode
from apps.accounts.factors.errors import WrongPasskey
from apps.accounts.factors.passkeys import MOST_BYTES, passkeys_of
from apps.accounts.factors.proofs import passkey_options_for_sign_in, prove_by_code, prove_by_passkey, waiting_step
from apps.accounts.factors.relying_party import passkeys_work
from apps.accounts.models import User
from apps.accounts.policies import can_access_admin
from apps.accounts.sign_in import open_second_step
from apps.common.errors import TooManyAttempts

WAITING = "second_factor_waiting"
"""In the session of somebody who has given their password: the step's token, and where they want to go."""


def ask_for_second_factor(request: HttpRequest, user: User, target: str) -> HttpResponse:
    """Nobody is signed in yet; the session only remembers who is about to."""
    request.session[WAITING] = {"step": open_second_step(user=user, methods=["password"]), "target": target}
    return HttpResponseRedirect(reverse("admin:second_factor"))


class SecondFactorForm(forms.Form):
    """A code, or what a passkey has signed."""

    code = forms.CharField(
        label="Code",
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True, "spellcheck": "false"}),
        help_text="From your authenticator app, or one of your recovery codes.",
    )
    credential = forms.CharField(max_length=MOST_BYTES, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, request: HttpRequest, step: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.step = step
        self.user: User | None = None
        self.methods: list[str] = []

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        try:
            self._prove(cleaned.get("code", ""), cleaned.get("credential", ""))
        except TooManyAttempts as error:
            raise too_many(error) from error
        except (WrongCode, WrongPasskey) as error:
            raise ValidationError(error.message, code=error.code) from error
        return cleaned

    def _prove(self, code: str, credential: str) -> None:
        """Raises ChallengeOver, WrongCode, WrongPasskey, TooManyAttempts."""
        if credential:
            challenge, self.user = prove_by_passkey(token=self.step, credential=_read(credential), request=self.request)
            method = "passkey"
        elif code:
            challenge, self.user, method = prove_by_code(token=self.step, code=code, client=client_of(self.request))
        else:
            raise ValidationError("Enter a code.", code="required")
        self.methods = [*challenge.data.get("methods", []), method]


@method_decorator([never_cache, csrf_protect, sensitive_post_parameters()], name="dispatch")
class SecondFactorView(FormView):
    form_class = SecondFactorForm
    template_name = "admin/second_factor.html"
    site: AdminSite | None = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        waiting = request.session.get(WAITING)
        if not waiting:
            return HttpResponseRedirect(reverse("admin:login"))
        self.step, self.target = str(waiting["step"]), str(waiting["target"])
        try:
            return answer_limits(super().dispatch(request, *args, **kwargs))
        except ChallengeOver as over:
            del request.session[WAITING]
            messages.error(request, over.message)
            return HttpResponseRedirect(reverse("admin:login"))
        except TooManyAttempts as error:
            page = render_to_string("error.html", {"code": 429, "title": f"{error.title}. {error.message}"})
            return HttpResponse(page, status=429, headers={"Retry-After": str(error.retry_after)})

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "request": self.request, "step": self.step}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        around = self.site.each_context(self.request) if self.site else {}
        options = self._passkey_options()
        return super().get_context_data(
            **around, title="Second factor", subtitle=None, passkey_options=options, **kwargs
        )

    def _passkey_options(self) -> dict[str, Any] | None:
        """For the page's script; None where the account has no passkey, or passkeys do not work."""
        _, user = waiting_step(token=self.step, client=client_of(self.request))
        if not passkeys_work(self.request) or not passkeys_of(user).exists():
            return None
        return passkey_options_for_sign_in(token=self.step, request=self.request)

    def form_valid(self, form: SecondFactorForm) -> HttpResponse:
        user = form.user
        if user is None or not can_access_admin(user):
            raise ChallengeOver
        self.request.session.pop(WAITING, None)
        open_admin(user=user, request=self.request, methods=form.methods)
        return HttpResponseRedirect(self.target)


def _read(credential: str) -> dict[str, Any]:
    try:
        read = json.loads(credential)
    except ValueError as error:
        raise WrongPasskey from error
    if not isinstance(read, dict):
        raise WrongPasskey
    return read
