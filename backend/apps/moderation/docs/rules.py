"""What the schema says of the rules."""

from apps.common.schema import describe, operation
from apps.moderation.serializers import rules as shapes

_RULE = {
    "id": 3,
    "name": "Casinos",
    "kind": "links",
    "settings": {"hosts": ["casino.example"]},
    "action": "hold",
    "enabled": False,
    "updated_at": "2026-01-31T12:00:00Z",
    "version": 1,
}
_NEW = {"name": "Casinos", "kind": "links", "settings": {"hosts": ["casino.example"]}, "action": "hold"}
_TRIED = {
    "id": 41,
    "post": "first-post",
    "post_title": "First post",
    "author": {"username": "mina", "display_name": "Mina Okafor", "avatar_url": ""},
    "excerpt": "Win at casino.example!",
    "status": "visible",
    "created_at": "2026-01-31T12:00:00Z",
}

rules = describe(
    list=operation(
        "list_moderation_rules",
        "List the rules",
        shapes.RuleSerializer,
        description="The rules that new and edited comments are held against, oldest first, those that are off among "
        "them. For moderators.",
        page=True,
        tag="moderation",
        example={"results": [_RULE], "next": None, "previous": None},
    ),
    create=operation(
        "create_moderation_rule",
        "Write a rule",
        shapes.RuleSerializer,
        description="A rule is off until `enabled` is set. Comments of moderators, and of the author under their own "
        "post, pass all rules. What a rule holds opens a case and stands in the log by the rule's name.",
        request=shapes.RuleCreateSerializer,
        status=201,
        idempotent=True,
        tag="moderation",
        example=_RULE,
        request_example=_NEW,
    ),
    retrieve=operation("get_moderation_rule", "Read a rule", shapes.RuleSerializer, tag="moderation", example=_RULE),
    partial_update=operation(
        "change_moderation_rule",
        "Change a rule",
        shapes.RuleSerializer,
        description="Name, action, whether it is on, or its settings as a whole. The kind stays.",
        request=shapes.RuleChangeSerializer,
        if_match=True,
        errors=[422],
        tag="moderation",
        example={**_RULE, "enabled": True, "version": 2},
        request_example={"enabled": True},
    ),
    destroy=operation(
        "delete_moderation_rule",
        "Delete a rule",
        None,
        description="What it has held stays held until a moderator decides.",
        status=204,
        if_match=True,
        tag="moderation",
    ),
    try_out=operation(
        "try_moderation_rule",
        "Try a rule on past comments",
        shapes.RuleTrialSerializer,
        description="Holds the newest 1,000 comments of people with accounts against a rule that need not exist, with "
        "what was known of their authors when they were written. It ends after two seconds with what it has looked at, "
        "and changes nothing. `akismet` cannot be tried: 422.",
        request=shapes.RuleTryWriteSerializer,
        errors=[422],
        tag="moderation",
        example={"looked_at": 1000, "matches": 1, "examples": [_TRIED]},
        request_example={"kind": "links", "settings": {"hosts": ["casino.example"]}},
    ),
)
