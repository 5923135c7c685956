"""Production: PostgreSQL, Redis, Celery, Nginx in front. Refuses to start half-configured."""

import environ

from config import env
from config.redaction import redact_report
from config.settings.accounts import *  # noqa: F403
from config.settings.api import *  # noqa: F403
from config.settings.base import *  # noqa: F403
from config.settings.base import DATABASES, IS_SQLITE, REDIS_URL, SENTRY_DSN
from config.settings.logs import logging_config
from config.settings.security import *  # noqa: F403

PRODUCTION = True
SERVE_SPA = False

if env.boolean("DEBUG", default=False):
    env.fail("DEBUG is on. It shows source code and settings to strangers; unset it in production.")
SECRET_KEY = env.required("SECRET_KEY", "Make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(48))'")
if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 12 or "change" in SECRET_KEY.lower():
    env.fail("SECRET_KEY is weak. It needs at least 50 random characters.")
if not env.text("PUBLIC_URL"):
    env.fail("PUBLIC_URL is not set. Set it to the address of the site, such as https://example.org.")
if IS_SQLITE:
    env.fail("DATABASE_URL must name a PostgreSQL database in production: postgres://user:password@host:5432/name")
if not REDIS_URL:
    env.fail("REDIS_URL is not set. Production needs Redis: redis://host:6379/0")

DATABASES["default"]["OPTIONS"]["pool"] = {
    "min_size": 1,
    "max_size": env.integer("DATABASE_POOL_SIZE", 8, minimum=1),
    "timeout": 1,  # seconds; a database that is away is answered with 503, not with a queue
}

vars().update(environ.Env.email_url_config(env.text("EMAIL_URL", "smtp://localhost:25")))
# New accounts prove their address, unless there is no way to send them mail (a log is none).
_MAIL_LEAVES = not env.text("EMAIL_URL", "consolemail:").startswith(("consolemail:", "dummymail:"))
EMAIL_VERIFICATION = env.boolean("EMAIL_VERIFICATION", default=_MAIL_LEAVES)

LOGGING = logging_config(json=True, level=env.text("LOG_LEVEL", "INFO"))

if SENTRY_DSN:
    import sentry_sdk

    sentry_sdk.init(
        dsn=SENTRY_DSN,
        send_default_pii=False,
        include_local_variables=False,
        max_request_body_size="never",
        before_send=redact_report,  # type: ignore[arg-type]
        traces_sample_rate=0.0,
    )
