"""What the schema says of the second step of signing in, and of signing in by passkey."""

from apps.accounts.docs.factors import CHALLENGE, CREDENTIAL, REQUEST_OPTIONS
from apps.accounts.serializers import factors as shapes
from apps.accounts.serializers.sign_in import NextStepSerializer, TokenSerializer
from apps.common.schema import describe, operation

_ACCESS = {"access": "eyJhbGciOiJIUzI1NiJ9.e30.signature", "expires_in": 600}
_LIMITS = (
    " Five tries a step; after nine failures the answer is 429 for a while. Another kind of factor still works then."
)

code = describe(
    post=operation(
        "give_second_factor",
        "Give a code as the second step of signing in",
        TokenSerializer,
        description="Ends the step `second_factor` with a code of the authenticator app or a recovery code. "
        "Each code works once." + _LIMITS,
        request=shapes.FactorCodeSerializer,
        also={202: NextStepSerializer},
        public=True,
        errors=[403, 422],
        tag="auth",
        example=_ACCESS,
        request_example={"challenge": CHALLENGE, "code": "755224"},
    )
)
options = describe(
    post=operation(
        "begin_second_factor_passkey",
        "Begin to give a passkey as the second step of signing in",
        shapes.PasskeyOptionsSerializer,
        description="Answers the options for `navigator.credentials.get()`.",
        request=shapes.ChallengeInputSerializer,
        public=True,
        errors=[422],
        tag="auth",
        example={"options": REQUEST_OPTIONS},
        request_example={"challenge": CHALLENGE},
    )
)
passkey = describe(
    post=operation(
        "give_second_factor_passkey",
        "Give a passkey as the second step of signing in",
        TokenSerializer,
        description="Ends the step `second_factor`.",
        request=shapes.FactorPasskeySerializer,
        also={202: NextStepSerializer},
        public=True,
        errors=[403, 422],
        tag="auth",
        example=_ACCESS,
        request_example={"challenge": CHALLENGE, "credential": CREDENTIAL},
    )
)
sign_in_options = describe(
    post=operation(
        "begin_passkey_sign_in",
        "Begin to sign in by passkey",
        shapes.PasskeyChallengeSerializer,
        description="Answers the options for `navigator.credentials.get()`. No name is needed: the passkey knows it.",
        public=True,
        errors=[422],
        tag="auth",
        example={"challenge": CHALLENGE, "options": REQUEST_OPTIONS},
    )
)
sign_in = describe(
    post=operation(
        "sign_in_by_passkey",
        "Sign in by passkey",
        TokenSerializer,
        description="A passkey alone is enough: no password and no second factor are asked for.",
        request=shapes.FactorPasskeySerializer,
        also={202: NextStepSerializer},
        public=True,
        errors=[401, 403, 422],
        tag="auth",
        example=_ACCESS,
        request_example={"challenge": CHALLENGE, "credential": CREDENTIAL},
    )
)
