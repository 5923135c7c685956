"""Managing one's own second factors."""

from rest_framework import status
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from apps.accounts.authentication import caller, require_confirmation
from apps.accounts.clients import client_of
from apps.accounts.docs import factors as docs
from apps.accounts.factors import passkeys, proofs, recovery, relying_party, totp
from apps.accounts.models import User
from apps.accounts.second_factor import needs_second_factor
from apps.accounts.serializers.factors import NewPasskeySerializer, TotpCodeSerializer
from apps.common.requests import django_request
from apps.common.views import ContractView


class FactorView(ContractView):
    """What is answered here is kept by nobody on the way."""

    permission_classes = [IsAuthenticated]
    answers_hold_credentials = True


@docs.factors
class FactorsView(ContractView):
    permission_classes = [IsAuthenticated]

    def get(self, request: Request) -> Response:
        user = caller(request)
        app = totp.totp_of(user)
        return Response(
            {
                "totp": app is not None,
                "totp_added_at": app and app.created_at,
                "recovery_codes_left": recovery.recovery_codes_left(user),
                "passkeys": [passkeys.describe_passkey(row) for row in passkeys.passkeys_of(user)],
                "passkeys_available": relying_party.passkeys_work(django_request(request)),
                "required": needs_second_factor(user),
            }
        )


@docs.totp
class TotpView(FactorView):
    def post(self, request: Request) -> Response:
        require_confirmation(request)
        begun = totp.begin_totp(user=caller(request))
        return Response({"challenge": begun.challenge, "secret": begun.secret, "url": begun.url, "qr": begun.qr})

    def delete(self, request: Request) -> Response:
        require_confirmation(request)
        totp.remove_totp(user=caller(request), client=client_of(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


@docs.totp_confirm
class TotpConfirmView(FactorView):
    def post(self, request: Request) -> Response:
        session = require_confirmation(request)
        serializer = TotpCodeSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        data = serializer.validated_data
        user: User = caller(request)
        codes = totp.finish_totp(user=user, token=data["challenge"], code=data["code"], client=client_of(request))
        proofs.mark_confirmed(session, "totp")
        return Response({"recovery_codes": codes})


@docs.recovery_codes
class RecoveryCodesView(FactorView):
    def post(self, request: Request) -> Response:
        require_confirmation(request)
        codes = recovery.renew_codes(user=caller(request), client=client_of(request))
        return Response({"recovery_codes": codes})


@docs.passkey_creation
class PasskeyCreationView(FactorView):
    def post(self, request: Request) -> Response:
        require_confirmation(request)
        token, options = passkeys.begin_passkey(user=caller(request), request=django_request(request))
        return Response({"challenge": token, "options": options})


@docs.passkeys
class PasskeysView(FactorView):
    def post(self, request: Request) -> Response:
        session = require_confirmation(request)
        serializer = NewPasskeySerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        data = serializer.validated_data
        row, codes = passkeys.finish_passkey(
            user=caller(request),
            token=data["challenge"],
            name=data["name"],
            credential=data["credential"],
            request=django_request(request),
            client=client_of(request),
        )
        proofs.mark_confirmed(session, "passkey")
        body = {**passkeys.describe_passkey(row), "recovery_codes": codes}
        headers = {"Location": request.build_absolute_uri(f"passkeys/{row.pk}")}
        return Response(body, status=status.HTTP_201_CREATED, headers=headers)


@docs.passkey
class PasskeyView(FactorView):
    def delete(self, request: Request, passkey_id: int) -> Response:
        require_confirmation(request)
        passkeys.remove_passkey(user=caller(request), passkey_id=passkey_id, client=client_of(request))
        return Response(status=status.HTTP_204_NO_CONTENT)
