"""What the schema says of what is proved by a code from a mail."""

from apps.accounts.serializers import mail_codes as shapes
from apps.accounts.serializers.sign_in import NextStepSerializer, TokenSerializer
from apps.common.schema import describe, operation

CHALLENGE = "0f3b9a4be5c24f0e9a4d5a4ce9c1f7aa.k3Jd9qLw2c0tqk2Bz1mF6xP8rVnY5sAh"
TOKENS = {"access": "eyJhbGciOiJIUzI1NiJ9.e30.signature", "expires_in": 600}
STEP = {"challenge": CHALLENGE, "expires_in": 900}
_PROOF = {"challenge": CHALLENGE, "code": "1234 5678"}

ask_sign_in_code = describe(
    post=operation(
        "ask_sign_in_code",
        "Ask for a sign-in code by mail",
        shapes.ChallengeSerializer,
        description="Sends a code to the account's e-mail address, if there is such an account. The answer is the same "
        "either way. A code is good for 15 minutes and five tries.",
        request=shapes.AskForCodeSerializer,
        status=202,
        public=True,
        errors=[401],
        tag="auth",
        example=STEP,
        request_example={"username": "mina"},
    )
)

sign_in_by_code = describe(
    post=operation(
        "sign_in_by_code",
        "Sign in with a code from a mail",
        TokenSerializer,
        description="Ends what `POST /auth/code` began. Where the account has a second factor, the answer 202 asks for "
        "it.",
        request=shapes.CodeSerializer,
        also={202: NextStepSerializer},
        public=True,
        errors=[401, 403, 422],
        tag="auth",
        example=TOKENS,
        request_example=_PROOF,
    )
)

ask_reset_code = describe(
    post=operation(
        "ask_reset_code",
        "Ask for a code to set another password",
        shapes.ChallengeSerializer,
        description="Sends a code to the account's e-mail address, if there is such an account. The answer is the same "
        "either way.",
        request=shapes.AskForCodeSerializer,
        status=202,
        public=True,
        errors=[401],
        tag="auth",
        example=STEP,
        request_example={"username": "mina@example.org"},
    )
)

reset_password = describe(
    post=operation(
        "reset_password",
        "Set another password with a code from a mail",
        TokenSerializer,
        description="Ends what `POST /auth/password/reset` began: sets the password, ends every session of the account "
        "and signs in. A password that is not good enough is named before the code is used up. Where the account has a "
        "second factor, the answer 202 asks for it.",
        request=shapes.ResetPasswordSerializer,
        also={202: NextStepSerializer},
        public=True,
        errors=[401, 403, 422],
        tag="auth",
        example=TOKENS,
        request_example={**_PROOF, "password": "another long secret"},
    )
)

verify_email = describe(
    post=operation(
        "verify_email",
        "Verify the e-mail address with a code from a mail",
        TokenSerializer,
        description="Ends a step `verify_email`: of a registration, which makes the account now, or of a sign-in. It "
        "signs in. When somebody else took the username meanwhile, the answer is 400: register with another one.",
        request=shapes.CodeSerializer,
        also={202: NextStepSerializer},
        public=True,
        errors=[401, 403, 422],
        tag="auth",
        example=TOKENS,
        request_example=_PROOF,
    )
)

resend_code = describe(
    post=operation(
        "resend_code",
        "Send another code",
        None,
        description="For a step that waits for a code from a mail. The code before is void. Three are sent at most.",
        request=shapes.OpenStepSerializer,
        status=204,
        public=True,
        errors=[401, 422],
        tag="auth",
        request_example={"challenge": CHALLENGE},
    )
)
