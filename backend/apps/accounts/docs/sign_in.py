"""What the schema says of signing up, in and out."""

from apps.accounts.docs.me import ME
from apps.accounts.serializers import sign_in as shapes
from apps.accounts.serializers.me import MeSerializer
from apps.common.schema import describe, operation

_ACCESS = {"access": "eyJhbGciOiJIUzI1NiJ9.e30.signature", "expires_in": 600}

register = describe(
    post=operation(
        "register",
        "Make an account",
        MeSerializer,
        description="Makes a reader's account and sends a welcome mail. It does not sign in: ask for a token next. "
        "Where the publication verifies e-mail addresses, the answer is 202 and there is no account until the code "
        "from the mail is sent to `POST /auth/email/verify`; a known address gets the same answer, and another mail. "
        "That answer is never stored: repeating it with the same Idempotency-Key sends another code. "
        "While the publication takes no new accounts the answer is 403.",
        request=shapes.RegistrationSerializer,
        status=201,
        also={202: shapes.NextStepSerializer},
        idempotent=True,
        public=True,
        errors=[401, 403],
        tag="auth",
        example={**ME, "roles": ["reader"], "permissions": [], "version": 1, "post_count": 0, "comment_count": 0},
        request_example={"username": "mina", "email": "mina@example.org", "password": "a long enough secret"},
    )
)

token = describe(
    post=operation(
        "sign_in",
        "Sign in",
        shapes.TokenSerializer,
        description="Exchanges a name and a password for an access token. The refresh token goes into an HttpOnly "
        "cookie, or with `cookie` set to false into the body. After nine failures the answer is 429 for a while. "
        "The answer 202 names a proof that is still missing: a code that was sent by mail, or a second factor.",
        request=shapes.SignInSerializer,
        also={202: shapes.NextStepSerializer},
        public=True,
        errors=[401, 403],
        tag="auth",
        example={**_ACCESS, "refresh": "eyJhbGciOiJIUzI1NiJ9.e30.signature"},
        request_example={"username": "mina", "password": "a long enough secret", "cookie": False},
    )
)

refresh = describe(
    post=operation(
        "refresh_token",
        "Get a new access token",
        shapes.TokenSerializer,
        description="Exchanges the refresh token, from the cookie or the body, for a new pair. A refresh token is "
        "good once. For ten seconds a repetition receives the same successor, so that two tabs may ask at the same "
        "time and a lost answer can be asked for again; later it ends the session, and the owner is told by mail.",
        request=shapes.RefreshSerializer,
        public=True,
        errors=[401, 403],
        tag="auth",
        example=_ACCESS,
        request_example={},
    )
)

sign_out = describe(
    post=operation(
        "sign_out",
        "Sign out",
        None,
        description="Ends the session of the cookie, of `refresh` in the body and of the access token, whichever is "
        "there, and drops the cookie. A browser's session of the site's administration ends with it. Signing out twice "
        "is no error.",
        request=shapes.RefreshSerializer,
        status=204,
        public=True,
        errors=[403],
        tag="auth",
        request_example={},
    )
)
