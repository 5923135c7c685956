"""Who somebody is: passwords, tokens, sessions, second factors, and the limits on guessing them."""

from datetime import timedelta

from apps.accounts.roles import Role
from config import env
from config.settings.base import PUBLIC_URL

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["apps.accounts.backends.UsernameOrEmailBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 8}},
    {"NAME": "apps.accounts.validators.MaximumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "apps.accounts.validators.ContextWordsValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/sign-in"
ACCESS_TOKEN_LIFETIME = timedelta(minutes=env.integer("ACCESS_TOKEN_MINUTES", 10, minimum=1))
REFRESH_TOKEN_LIFETIME = timedelta(days=env.integer("REFRESH_TOKEN_DAYS", 30, minimum=1))
SESSION_LIFETIME = timedelta(days=env.integer("SESSION_DAYS", 180, minimum=1))
"""After this a session is over, however often it was used: its owner proves anew who they are."""
SIMPLE_JWT = {
    "ACCESS_TOKEN_LIFETIME": ACCESS_TOKEN_LIFETIME,
    "REFRESH_TOKEN_LIFETIME": REFRESH_TOKEN_LIFETIME,
    "ALGORITHM": "HS256",
    "USER_ID_CLAIM": "sub",
    "AUTH_HEADER_TYPES": ("Bearer",),
    "ISSUER": PUBLIC_URL,
    "UPDATE_LAST_LOGIN": False,
}
SIGN_IN_MAX_FAILURES = env.integer("SIGN_IN_MAX_FAILURES", 9, minimum=1)
SIGN_IN_FAILURE_WINDOW = timedelta(minutes=15)
SECOND_FACTOR_ROLES = env.items("SECOND_FACTOR_ROLES")
"""Roles that need a second factor, such as `editor,moderator,admin`; none by default."""
_ROLES = [role.value for role in Role if role is not Role.READER]
if set(SECOND_FACTOR_ROLES) - set(_ROLES):
    env.fail(f"SECOND_FACTOR_ROLES can hold {', '.join(_ROLES)}, separated by commas.")
SECRET_KEY_FALLBACKS = env.items("SECRET_KEY_FALLBACKS")
"""Keys from before. The secrets of second factors that were encrypted with one of them stay readable."""
EMAIL_VERIFICATION = env.boolean("EMAIL_VERIFICATION", default=False)
"""Whether a new account begins with a code from a mail. On in production where mail is configured."""
REFRESH_GRACE = timedelta(seconds=10)
"""How long the refresh token before the current one receives the same successor again: two tabs, a lost answer."""
CONFIRMATION_LASTS = timedelta(minutes=15)
"""How long a proof of who one is opens what guards the account."""
CODE_LIFETIME = timedelta(minutes=15)
CODE_MAX_TRIES = 5
CODE_MAX_SENDS = 3
CODES_PER_WINDOW = env.integer("CODES_PER_WINDOW", 9, minimum=1)
"""Codes that are sent to one address, or asked for by one, in SIGN_IN_FAILURE_WINDOW."""
API_TOKEN_MAX_DAYS = 366
API_TOKENS_PER_ACCOUNT = 50
DELETION_DELAY = timedelta(days=env.integer("ACCOUNT_DELETION_DAYS", 14))
EXPORT_LIFETIME = timedelta(days=7)

# Second factors are allauth's; its flows over Django sessions are not used (see docs/architecture.md).
MFA_ADAPTER = "apps.accounts.mfa_adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODE_COUNT = 10
MFA_RECOVERY_CODE_DIGITS = 10
MFA_WEBAUTHN_USER_VERIFICATION = "preferred"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = False
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*"]

# Uniqueness is a constraint over the lower-case name, which this check cannot see.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
