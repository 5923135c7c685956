"""The REST API: its framework, its schema, and which other origins may call it."""

from config import env

RATE_LIMITS = {
    "signed-in": env.integer("RATE_LIMIT_SIGNED_IN", 1200, minimum=1),
    "anonymous": env.integer("RATE_LIMIT_ANONYMOUS", 600, minimum=1),
}
RATE_LIMITS_ENABLED = env.boolean("RATE_LIMITS_ENABLED", default=True)
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "apps.accounts.token_authentication.ApiTokenAuthentication",
        "apps.accounts.authentication.SessionTokenAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["apps.common.permissions.DenyAll"],
    "DEFAULT_RENDERER_CLASSES": ["apps.common.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["apps.common.parsers.JSONParser"],
    "DEFAULT_THROTTLE_CLASSES": ["apps.common.throttling.RequestRateThrottle"],
    "DEFAULT_SCHEMA_CLASS": "apps.common.schema.ProblemAwareSchema",
    "EXCEPTION_HANDLER": "apps.common.problems.exception_handler",
    "URL_FORMAT_OVERRIDE": None,
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Byline",
    "DESCRIPTION": "Read, write and discuss: the API of a Byline publication. Its own pages use nothing else.",
    "VERSION": "1.0.0",
    "OAS_VERSION": "3.1.1",
    "LICENSE": {"name": "MIT", "identifier": "MIT"},
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "COMPONENT_NO_READ_ONLY_REQUIRED": False,
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "SERVERS": [{"url": "/", "description": "This publication, in production", "x-internal": False}],
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "apps.common.schema_hooks.describe_contract",
    ],
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "ENUM_NAME_OVERRIDES": {
        "PostStatus": "apps.posts.models.Post.Status",
        "CommentStatus": "apps.comments.models.Comment.Status",
        "CommentPolicy": "apps.posts.models.Post.CommentPolicy",
        "BodyFormat": "apps.posts.models.Post.BodyFormat",
        "RevisionKind": "apps.posts.models.Revision.Kind",
        "ReviewState": "apps.posts.models.Post.ReviewState",
        "DeletionChoice": "apps.accounts.leaving.Fate",
        "ExportStatus": "apps.profiles.models.Export.Status",
        "NotificationKind": "apps.notifications.models.Kind",
        "UnsubscribedKind": "apps.notifications.unsubscribing.CHOICES",
        "RuleKind": "apps.moderation.models.Rule.Kind",
        "RuleAction": "apps.moderation.models.Rule.Action",
        "DecisionAction": "apps.moderation.models.Decision.Action",
        "TakenAction": "apps.moderation.serializers.decisions.TAKEN",
        "SubjectType": "apps.moderation.models.Decision.Subject",
        "AppealState": "apps.moderation.models.Appeal.State",
        "ReportReason": "apps.moderation.models.Report.Reason",
        "ReportOutcome": "apps.moderation.models.Report.Outcome",
        "PostOrComment": "apps.search.serializers.RESULT_TYPES",
    },
    "APPEND_COMPONENTS": {
        "securitySchemes": {
            "apiToken": {
                "type": "http",
                "scheme": "bearer",
                "bearerFormat": "byline_…",
                "description": (
                    "A personal API token that its owner made with `POST /api/v1/me/tokens` for a program, sent as "
                    "RFC6750 says. Each operation names the scope that opens it; an operation that names none is "
                    "closed to tokens."
                ),
            },
            "bearer": {
                "type": "http",
                "scheme": "bearer",
                "bearerFormat": "JWT",
                "description": "A short-lived access token from `POST /api/v1/auth/token`, checked as RFC8725 advises.",
            },
        },
    },
    "TAGS": [
        {"name": "posts", "description": "Writing, publishing and finding posts."},
        {"name": "history", "description": "What posts were, and changes that readers do not see yet."},
        {"name": "together", "description": "Co-authors, reviews of drafts, and who else has a post open."},
        {"name": "comments", "description": "Conversations under posts."},
        {"name": "search", "description": "Finding posts and comments by what they say."},
        {"name": "reactions", "description": "What people like, and what they keep to read later."},
        {"name": "moderation", "description": "Reports, decisions and appeals, and the rules behind them."},
        {"name": "tags", "description": "What posts are about."},
        {"name": "categories", "description": "The sections of the publication, as a tree."},
        {"name": "series", "description": "Posts that are read in an order."},
        {"name": "pages", "description": "Standing pages, such as About."},
        {"name": "site", "description": "The publication itself."},
        {"name": "auth", "description": "Signing up, in and out."},
        {"name": "images", "description": "Pictures for posts: one's own library."},
        {"name": "me", "description": "The caller's own account."},
        {"name": "users", "description": "Public profiles."},
        {"name": "schema", "description": "This description."},
    ],
}
CORS_ALLOW_ALL_ORIGINS = True
CORS_ALLOW_CREDENTIALS = False
CORS_URLS_REGEX = r"^/api/"
CORS_EXPOSE_HEADERS = [
    "Content-Location",
    "ETag",
    "Link",
    "Location",
    "RateLimit",
    "RateLimit-Policy",
    "Retry-After",
    "Tus-Resumable",
    "Upload-Expires",
    "Upload-Length",
    "Upload-Offset",
    "X-Request-ID",
]
CORS_ALLOW_HEADERS = [
    "accept",
    "authorization",
    "content-type",
    "idempotency-key",
    "if-match",
    "if-none-match",
    "tus-resumable",
    "upload-length",
    "upload-metadata",
    "upload-offset",
    "x-request-id",
]
