"""What the schema says of second factors, of confirming, and of the admin's session."""

from typing import Any

from apps.accounts.serializers import factors as shapes
from apps.common.schema import describe, operation

CHALLENGE = "0f8c2b6e4d1a4f0e9b7c3a5d6e8f1a2b.pQ4mXb7rT2vWzK9sLd3fGh1j"
CREDENTIAL: dict[str, Any] = {
    "id": "AQIDBA",
    "rawId": "AQIDBA",
    "type": "public-key",
    "response": {"clientDataJSON": "e30", "attestationObject": "o2Nm"},
    "clientExtensionResults": {},
}
_CREATION = {
    "rp": {"id": "news.example.org", "name": "The Paper"},
    "user": {"id": "Nw", "name": "mina", "displayName": "Mina Okafor"},
    "challenge": "0ekfuHutmDbV_VmU_tAiGNZm0l5U3JPB1tLIPRVoWuY",
    "pubKeyCredParams": [{"type": "public-key", "alg": -7}],
    "authenticatorSelection": {"residentKey": "required", "userVerification": "required"},
}
REQUEST_OPTIONS = {
    "challenge": "0ekfuHutmDbV_VmU_tAiGNZm0l5U3JPB1tLIPRVoWuY",
    "rpId": "news.example.org",
    "allowCredentials": [],
    "userVerification": "required",
}
CODES = ["48213-90577", "10394-66208"]
PASSKEY = {"id": 3, "name": "My phone", "created_at": "2026-01-31T12:00:00Z", "last_used_at": None}
_GUARDED = (
    " Needs a recent confirmation: otherwise the answer is 403 with the code `confirmation_required`, or "
    "`second_factor_proof_needed` in a session in which the account's second factor was never given."
)

factors = describe(
    get=operation(
        "get_factors",
        "List one's own second factors",
        shapes.FactorsSerializer,
        tag="auth",
        example={
            "totp": True,
            "totp_added_at": "2026-01-31T12:00:00Z",
            "recovery_codes_left": 9,
            "passkeys": [PASSKEY],
            "passkeys_available": True,
            "required": False,
        },
    )
)
totp = describe(
    post=operation(
        "begin_totp",
        "Begin to add an authenticator app",
        shapes.TotpEnrolmentSerializer,
        description="Answers a secret, also as a picture. It counts once its first code was sent to "
        "`/auth/totp/confirm`; an app from before stays good until then, and is replaced." + _GUARDED,
        errors=[422],
        tag="auth",
        example={
            "challenge": CHALLENGE,
            "secret": "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP",
            "url": "otpauth://totp/mina?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=The%20Paper",
            "qr": "data:image/svg+xml;base64,PHN2Zy8+",
        },
    ),
    delete=operation(
        "remove_totp",
        "Remove the authenticator app",
        None,
        description="With the last second factor the recovery codes go too. The last one stays, with 422, while the "
        "account's role needs one." + _GUARDED,
        status=204,
        errors=[422],
        tag="auth",
    ),
)
totp_confirm = describe(
    post=operation(
        "confirm_totp",
        "Finish adding an authenticator app",
        shapes.RecoveryCodesSerializer,
        description="Takes the first code of the app. With the first second factor of an account come recovery codes, "
        "which are shown this once." + _GUARDED,
        request=shapes.TotpCodeSerializer,
        errors=[422],
        tag="auth",
        example={"recovery_codes": CODES},
        request_example={"challenge": CHALLENGE, "code": "755224"},
    )
)
recovery_codes = describe(
    post=operation(
        "renew_recovery_codes",
        "Make new recovery codes",
        shapes.RecoveryCodesSerializer,
        description="Shown this once; the codes from before are void. Answers 403 without a second factor." + _GUARDED,
        tag="auth",
        example={"recovery_codes": CODES},
    )
)
passkey_creation = describe(
    post=operation(
        "begin_passkey",
        "Begin to add a passkey",
        shapes.PasskeyChallengeSerializer,
        description="Answers the options for `navigator.credentials.create()`. Where passkeys cannot work, such as at "
        "an address of numbers, the answer is 422 and says where they would." + _GUARDED,
        errors=[422],
        tag="auth",
        example={"challenge": CHALLENGE, "options": _CREATION},
    )
)
passkeys = describe(
    post=operation(
        "add_passkey",
        "Finish adding a passkey",
        shapes.AddedPasskeySerializer,
        description="Takes what the browser made. Recovery codes are shown this once, with the first factor."
        + _GUARDED,
        request=shapes.NewPasskeySerializer,
        status=201,
        errors=[422],
        tag="auth",
        example={**PASSKEY, "recovery_codes": CODES},
        request_example={"challenge": CHALLENGE, "name": "My phone", "credential": CREDENTIAL},
    )
)
passkey = describe(
    delete=operation(
        "remove_passkey",
        "Remove a passkey",
        None,
        description="With the last second factor the recovery codes go too. The last one stays, with 422, while the "
        "account's role needs one." + _GUARDED,
        status=204,
        errors=[422],
        tag="auth",
    )
)
confirm = describe(
    post=operation(
        "confirm_identity",
        "Confirm that it is you",
        None,
        description="Takes the password, or a code of the authenticator app. For a quarter of an hour the session may "
        "then change what guards the account. Wrong ones count as failed sign-ins.",
        request=shapes.ConfirmationSerializer,
        status=204,
        tag="auth",
        request_example={"password": "a long enough secret"},
    )
)
confirm_options = describe(
    post=operation(
        "begin_confirmation_by_passkey",
        "Begin to confirm with a passkey",
        shapes.PasskeyChallengeSerializer,
        errors=[422],
        description="Answers the options for `navigator.credentials.get()`.",
        tag="auth",
        example={"challenge": CHALLENGE, "options": REQUEST_OPTIONS},
    )
)
confirm_passkey = describe(
    post=operation(
        "confirm_by_passkey",
        "Confirm with a passkey",
        None,
        description="The same as confirming with the password.",
        request=shapes.PasskeyConfirmationSerializer,
        status=204,
        errors=[422],
        tag="auth",
        request_example={"challenge": CHALLENGE, "credential": CREDENTIAL},
    )
)
admin_session = describe(
    post=operation(
        "open_admin_session",
        "Enter the Django admin",
        None,
        description="Gives staff the cookie of the admin at `/admin/`. For the site's own pages." + _GUARDED,
        status=204,
        tag="auth",
    )
)
