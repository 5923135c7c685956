"""What the schema says of reports."""

from apps.common.schema import describe, operation
from apps.moderation.serializers import reports as shapes

reports = describe(
    post=operation(
        "report",
        "Report a post, a comment or a person",
        shapes.ReportAnswerSerializer,
        description=(
            "Moderators look at it, and the reporter learns what became of it. Who reports the same again gets the "
            "first report's answer with a 200. What the caller cannot see is answered like what is not there. At "
            "most 20 an hour."
        ),
        request=shapes.ReportWriteSerializer,
        status=201,
        also={200: shapes.ReportAnswerSerializer},
        idempotent=True,
        tag="moderation",
        request_example={"post": "the-quiet-tools", "reason": "spam", "detail": "It sells watches."},
        example={"id": 7, "outcome": "open"},
    ),
)

own_reports = describe(
    get=operation(
        "list_my_reports",
        "Read what became of one's reports",
        shapes.OwnReportSerializer,
        description="Newest first. What the caller cannot see any more has neither address nor words.",
        page=True,
        tag="moderation",
    ),
)
