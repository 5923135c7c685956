"""What the schema says of the queue."""

from apps.common.schema import describe, operation
from apps.moderation.serializers import queue as shapes

queue = describe(
    get=operation(
        "list_moderation_queue",
        "Read the queue",
        shapes.CaseSerializer,
        description=(
            "For moderators. What was reported, or held by a rule, each with its thread, its reports and what there "
            "was with its author before. Open cases: the longest waiting first; closed ones: the newest first. Cases "
            "about the caller, or what the caller wrote, are for others, and not in it."
        ),
        page=True,
        tag="moderation",
    ),
)

summary = describe(
    get=operation(
        "get_moderation_summary",
        "Read how much waits",
        shapes.SummarySerializer,
        description="For moderators: open cases and appeals that the caller may decide. Counts end at 1,000.",
        tag="moderation",
        example={"open": 3, "appeals": 1},
    ),
)
