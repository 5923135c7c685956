"""What the schema says of decisions and appeals."""

from apps.common.schema import describe, operation
from apps.moderation.serializers import decisions as shapes

decisions = describe(
    get=operation(
        "list_decisions",
        "Read the log of decisions",
        shapes.DecisionSerializer,
        description="For moderators. Newest first; rows are only ever added, each vouching for the one before it.",
        page=True,
        tag="moderation",
    ),
    post=operation(
        "decide",
        "Decide",
        shapes.DecisionResultsSerializer,
        description=(
            "About up to 100 `cases`, or one `subject`; each by itself, with a result of its own. `approve`, `remove`, "
            "`spam` (comments) and `dismiss` close the case; a post is removed by turning it into a draft. `lock`, "
            "`unlock` and `slow` concern the thread, `warn`, `silence`, `suspend` and `lift` the author: they close "
            "a case only when that is what it is about. `undo` makes it as it was before the decisions that it "
            "`answers`, and opens their cases again; `uphold` and `overturn` answer appeals against them. Nobody "
            "decides about themselves, and only admins about admins. Where another moderator was quicker, the problem "
            "says `already_decided`."
        ),
        request=shapes.DecisionWriteSerializer,
        errors=[422],
        tag="moderation",
        request_example={
            "action": "remove",
            "cases": [1],
            "reason": "spam",
            "note": "Please do not sell things here.",
        },
    ),
)

own_decisions = describe(
    get=operation(
        "list_my_decisions",
        "Read what moderators decided about one",
        shapes.OwnDecisionSerializer,
        description="About what the caller wrote, or about the caller. Newest first.",
        page=True,
        tag="moderation",
    ),
)

appeals = describe(
    list=operation(
        "list_appeals",
        "Read the appeals",
        shapes.AppealSerializer,
        description="For moderators. The longest waiting first; one's own are for others, and not in it.",
        page=True,
        tag="moderation",
    ),
    create=operation(
        "appeal",
        "Appeal against a decision",
        shapes.AppealStandingSerializer,
        description="Once for each decision that concerns the caller, within 90 days; another moderator answers.",
        request=shapes.AppealWriteSerializer,
        status=201,
        errors=[409, 422],
        tag="moderation",
        request_example={"decision": 1, "text": "It was a quotation from the post."},
    ),
)

appealing_by_link = describe(
    post=operation(
        "appeal_by_link",
        "Appeal by the link in a mail",
        shapes.AppealStandingSerializer,
        description="For people who are suspended, and cannot sign in: the mail of that decision has a link with a "
        "token, which lets them appeal against it, and opens nothing else. Once, as by anybody.",
        request=shapes.LinkedAppealSerializer,
        status=201,
        errors=[404, 409, 422],
        public=True,
        tag="moderation",
        request_example={"token": "7.12.SvFHrDhEVNB", "text": "It was a quotation from the post."},
    ),
)
