"""Cookies, transport and content policies. They follow the scheme of PUBLIC_URL."""

from csp.constants import NONE, SELF

from config import env
from config.settings.base import IS_HTTPS
from config.settings.media import PLAIN_BUCKET

# Browsers take cookies of such names only from pages that came by HTTPS; with __Host- from this very host alone.
_SECURE, _HOST = ("__Secure-", "__Host-") if IS_HTTPS else ("", "")
SESSION_COOKIE_NAME = f"{_HOST}sessionid"
SESSION_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 12
CSRF_COOKIE_NAME = f"{_HOST}csrftoken"
CSRF_COOKIE_SECURE = IS_HTTPS
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "apps.common.problems.csrf_failure"
REFRESH_COOKIE = {
    "key": f"{_SECURE}byline_refresh",
    "path": "/api/v1/auth",
    "secure": IS_HTTPS,
    "httponly": True,
    "samesite": "Strict",
}
BROWSER_COOKIE = {**REFRESH_COOKIE, "key": f"{_SECURE}byline_browser"}
"""Counts the tries of a browser that is known apart from those of strangers; it opens nothing."""

SECURE_SSL_REDIRECT = IS_HTTPS
# Probes come from inside, over plain HTTP.
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$", r"^metrics$"]
SECURE_HSTS_SECONDS = env.integer("HSTS_SECONDS", 31_536_000) if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_HTTPS and env.boolean("HSTS_INCLUDE_SUBDOMAINS", default=True)
SECURE_HSTS_PRELOAD = IS_HTTPS and env.boolean("HSTS_PRELOAD", default=True)
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
"""For pages; nginx/ repeats it for the files that it serves itself."""

# One policy for admin, API docs and the SPA alike; nginx/ repeats it for the files that it serves itself.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "https:", "data:", *PLAIN_BUCKET],
        "media-src": [SELF, "https:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        # Videos in texts, once a reader asks for one (frontend/src/ui/embeds).
        "frame-src": ["https://www.youtube-nocookie.com", "https://player.vimeo.com"],
    },
}
