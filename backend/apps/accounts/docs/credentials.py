"""What the schema says of changing the password and the e-mail address."""

from apps.accounts.docs.mail_codes import CHALLENGE, STEP, TOKENS
from apps.accounts.docs.me import ME
from apps.accounts.serializers import credentials as shapes
from apps.accounts.serializers.mail_codes import ChallengeSerializer
from apps.accounts.serializers.me import MeSerializer
from apps.accounts.serializers.sign_in import TokenSerializer
from apps.common.schema import describe, operation

password = describe(
    post=operation(
        "change_password",
        "Change one's password",
        TokenSerializer,
        description="Ends every session of the account, this one included, and begins a new one: go on with the tokens "
        "of the answer. An account without a password sets its first one after a recent proof of who it is; without, "
        "the answer is 403 `confirmation_required`. The owner is told by mail.",
        request=shapes.PasswordChangeSerializer,
        tag="auth",
        example=TOKENS,
        request_example={
            "current_password": "a long enough secret",
            "password": "another long secret",
            "cookie": False,
        },
    )
)

email = describe(
    post=operation(
        "change_email",
        "Ask to change one's e-mail address",
        ChallengeSerializer,
        description="Sends a code to the address so far and another to the new one. Needs a recent proof of who you "
        "are. The answer is the same when the new address belongs to another account; its owner is told by mail.",
        request=shapes.EmailChangeSerializer,
        status=202,
        errors=[422],
        tag="auth",
        example=STEP,
        request_example={"email": "mina@elsewhere.example"},
    )
)

confirm_email = describe(
    post=operation(
        "confirm_email_change",
        "Change one's e-mail address with both codes",
        MeSerializer,
        description="Ends what `POST /auth/email` began. The old address is told what to do if it was somebody else.",
        request=shapes.EmailChangeConfirmSerializer,
        errors=[422],
        tag="auth",
        example={**ME, "email": "mina@elsewhere.example"},
        request_example={"challenge": CHALLENGE, "code": "1234 5678", "new_code": "8765 4321"},
    )
)
