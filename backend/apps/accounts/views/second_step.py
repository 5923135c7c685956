"""The second step of signing in, and signing in by a passkey alone."""

from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.clients import client_of
from apps.accounts.docs import second_step as docs
from apps.accounts.factors import proofs
from apps.accounts.serializers.factors import ChallengeInputSerializer, FactorCodeSerializer, FactorPasskeySerializer
from apps.accounts.views.sign_in import CredentialsView
from apps.common.requests import django_request


@docs.code
class SecondFactorView(CredentialsView):
    def post(self, request: Request) -> Response:
        data = self.read(request, FactorCodeSerializer)
        outcome = proofs.sign_in_by_code(token=data["challenge"], code=data["code"], client=client_of(request))
        return self.sign_in_response(outcome, cookie=data["cookie"])


@docs.options
class SecondFactorPasskeyOptionsView(CredentialsView):
    def post(self, request: Request) -> Response:
        token = self.read(request, ChallengeInputSerializer)["challenge"]
        return Response({"options": proofs.passkey_options_for_sign_in(token=token, request=django_request(request))})


@docs.passkey
class SecondFactorPasskeyView(CredentialsView):
    def post(self, request: Request) -> Response:
        data = self.read(request, FactorPasskeySerializer)
        outcome = proofs.sign_in_by_second_passkey(
            token=data["challenge"],
            credential=data["credential"],
            request=django_request(request),
        )
        return self.sign_in_response(outcome, cookie=data["cookie"])


@docs.sign_in_options
class PasskeySignInOptionsView(CredentialsView):
    def post(self, request: Request) -> Response:
        token, options = proofs.passkey_options_for_anybody(request=django_request(request))
        return Response({"challenge": token, "options": options})


@docs.sign_in
class PasskeySignInView(CredentialsView):
    def post(self, request: Request) -> Response:
        data = self.read(request, FactorPasskeySerializer)
        outcome = proofs.sign_in_by_passkey(
            token=data["challenge"],
            credential=data["credential"],
            request=django_request(request),
        )
        return self.sign_in_response(outcome, cookie=data["cookie"])
