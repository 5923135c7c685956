"""What the schema says of exports."""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema

from apps.common.schema import describe, operation, operation_errors
from apps.profiles.export_serializers import ExportSerializer

_WAITING = {
    "status": "waiting",
    "requested_at": "2026-11-21T12:00:00Z",
    "ready_at": None,
    "expires_at": None,
    "size": None,
}
_READY = {
    "status": "ready",
    "requested_at": "2026-11-21T12:00:00Z",
    "ready_at": "2026-11-21T12:00:09Z",
    "expires_at": "2026-11-28T12:00:09Z",
    "size": 184320,
}

export = describe(
    get=operation(
        "get_export",
        "See how far one's archive is",
        ExportSerializer,
        description="The latest archive that was asked for; `none` when there is none, or none any more.",
        tag="me",
        example=_READY,
    ),
    post=operation(
        "create_export",
        "Ask for an archive of everything about oneself",
        ExportSerializer,
        description="A job makes a zip file: the account as JSON, posts as Markdown, uploaded images. A mail says when "
        "it is ready. While one is being made, asking again returns that one; a new one takes the place of the one "
        "before. Needs a recent confirmation.",
        status=202,
        tag="me",
        example=_WAITING,
    ),
)

download = describe(
    get=extend_schema(
        operation_id="download_export",
        summary="Download one's archive",
        description="The zip file itself. It takes the access token of a session like every other operation, so that "
        "no address holds a secret; fetch it and save what comes. Needs a recent confirmation.",
        responses={
            (200, "application/zip"): OpenApiResponse(OpenApiTypes.BINARY, description="The archive."),
            **operation_errors({400, 401, 403, 404, 429, 503}),
        },
        tags=["me"],
        auth=[{"bearer": []}],  # type: ignore[list-item]
    )
)
