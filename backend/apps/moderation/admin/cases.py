"""The queue in the admin: each case with its context, decided on through the same service as on the site."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.helpers import ActionForm
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone

from apps.accounts.models import User
from apps.comments.admin import moderator_of
from apps.common.admin import ServiceAdmin, ServiceForm
from apps.common.errors import FieldProblem, InvalidState
from apps.moderation.admin.case_context import CaseContext
from apps.moderation.admin.dashboard import dashboard
from apps.moderation.context import Background
from apps.moderation.models import Case, Decision, Report
from apps.moderation.policies import can_moderate
from apps.moderation.services.cases import target_of
from apps.moderation.services.decisions import decide
from apps.moderation.services.effects import Terms

Action = Decision.Action
OFFERED = (
    (Action.APPROVE, "Approve"),
    (Action.DISMISS, "Dismiss the reports: nothing has to be done"),
    (Action.REMOVE, "Remove from sight"),
    (Action.SPAM, "Mark as spam"),
    (Action.LOCK, "Lock the thread"),
    (Action.UNLOCK, "Unlock the thread"),
    (Action.SLOW, "Slow the thread down"),
    (Action.WARN, "Warn its author"),
    (Action.SILENCE, "Silence its author"),
    (Action.SUSPEND, "Suspend its author"),
    (Action.LIFT, "Lift a silence or suspension"),
)
DECISIONS = [(str(action), label) for action, label in OFFERED]
REASONS = [("", "reason …"), *((str(value), str(label).capitalize()) for value, label in Report.Reason.choices)]
DAYS = [("", "for …"), ("1", "a day"), ("7", "a week"), ("30", "30 days"), ("365", "a year")]
PAUSES = [
    ("", "pause …"),
    ("0", "none"),
    ("30", "30 seconds"),
    ("60", "a minute"),
    ("300", "5 minutes"),
    ("3600", "an hour"),
]
_TIMED = {str(Action.SILENCE), str(Action.SUSPEND)}
LEAN = (
    *("comment__post__body", "comment__post__body_html", "comment__post__excerpt", "comment__body_html"),
    *("post__body", "post__body_html", "rule__settings"),
    *(f"{who}__{column}" for who in ("person", "post__author", "comment__author") for column in ("password", "bio")),
)


class CaseActionForm(ActionForm):
    """What goes with the decision on many."""

    reason = forms.ChoiceField(
        choices=REASONS, required=False, label="", widget=forms.Select(attrs={"aria-label": "Reason"})
    )
    days = forms.ChoiceField(
        choices=DAYS, required=False, label="", widget=forms.Select(attrs={"aria-label": "For how long"})
    )


class CaseForm(ServiceForm):
    """A decision about a case. Of two moderators at once, the second finds it closed."""

    seen_version = None  # type: ignore[assignment]
    decision = forms.ChoiceField(choices=[("", "–"), *DECISIONS], required=True)
    reason = forms.ChoiceField(choices=REASONS, required=False)
    days = forms.ChoiceField(choices=DAYS, required=False, label="How long", help_text="Silence and suspension.")
    pause = forms.ChoiceField(choices=PAUSES, required=False, help_text="Between two comments of a person: slow mode.")
    note = forms.CharField(
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For the person concerned, who is told the decision and its reason, but not who decided.",
    )
    field_names = {"until": "days", "seconds": "pause", "action": "decision"}

    class Meta:
        model = Case
        fields = ()


class OpenFilter(admin.SimpleListFilter):
    """Open cases unless others are asked for."""

    title = "state"
    parameter_name = "show"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("closed", "Decided"), ("all", "All")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == "all":
            return queryset
        return queryset.closed() if self.value() == "closed" else queryset.open()

    def choices(self, changelist: Any) -> Any:
        first, *others = super().choices(changelist)
        return [{**first, "display": "Open"}, *others]


@admin.register(Case)
class CaseAdmin(CaseContext, ServiceAdmin):
    form = CaseForm
    action_form = CaseActionForm
    list_display = ("summary", "kind", "who", "rule", "reported", "waited")
    list_filter = (OpenFilter, ("rule", admin.EmptyFieldListFilter), "opened_at")
    list_select_related = ("rule", "person", "post__author", "comment__author", "comment__post")
    list_defer = LEAN
    ordering = ("-id",)
    actions = ("approve", "dismiss", "remove_from_sight", "mark_as_spam", "warn", "silence", "suspend")
    readonly_fields = ("summary", "kind", "text", "thread", "history", "reports", "decisions", "rule", "opened_at")
    fieldsets = (
        (None, {"fields": ("summary", "kind", "text", "thread", "rule", "opened_at"), "classes": ("case-context",)}),
        ("Reports", {"fields": ("reports",)}),
        ("Its author", {"fields": ("history",)}),
        ("Decided so far", {"fields": ("decisions",)}),
        ("Decide", {"fields": ("decision", "reason", "days", "pause", "note")}),
    )

    class Media:
        css = {"all": ["moderation/dashboard.css"]}

    def get_urls(self) -> list[Any]:
        page: Callable[..., HttpResponse] = self.admin_site.admin_view(dashboard)
        own: list[URLPattern] = [path("figures/", page, name="moderation_dashboard")]
        return [*own, *super().get_urls()]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Case]:
        """Nobody sees cases about themselves."""
        return super().get_queryset(request).for_moderator(request.user)  # type: ignore[attr-defined, no-any-return]

    def get_fieldsets(self, request: HttpRequest, obj: Case | None = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        return fieldsets if self.has_change_permission(request, obj) else fieldsets[:-1]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # reports and rules open cases

    def has_delete_permission(self, request: HttpRequest, obj: Case | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Case | None = None) -> bool:
        return can_moderate(request.user) and (obj is None or obj.closed_at is None)

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Case | None:
        case: Case | None = super().get_object(request, object_id, from_field)
        if case is not None:
            vars(case).update(is_opened=True, background=Background([case]))
        return case

    # -- Deciding --------------------------------------------------------------------------------------------------

    def change(self, request: HttpRequest, obj: Case, form: Any) -> Case:
        given = form.cleaned_data
        _decide(
            moderator_of(request),
            obj,
            action=given["decision"],
            reason=given["reason"],
            days=given["days"],
            pause=given["pause"],
            note=given["note"],
        )
        return Case.objects.get(pk=obj.pk)

    def _each(self, request: HttpRequest, queryset: QuerySet[Case], action: str, *, done: str) -> None:
        moderator, reason, days = moderator_of(request), request.POST.get("reason", ""), request.POST.get("days", "")
        if reason not in dict(REASONS) or days not in dict(DAYS):
            self.message_user(request, "Choose a reason and a time that are offered.", "error")
            return

        def step(case: Case) -> None:
            _decide(moderator, case, action=str(action), reason=reason, days=days)

        self.run_on_each(request, queryset, step, done=done)

    @admin.action(description="Approve", permissions=["change"])
    def approve(self, request: HttpRequest, queryset: QuerySet[Case]) -> None:
        self._each(request, queryset, Action.APPROVE, done="approved")

    @admin.action(description="Dismiss the reports", permissions=["change"])
    def dismiss(self, request: HttpRequest, queryset: QuerySet[Case]) -> None:
        self._each(request, queryset, Action.DISMISS, done="dismissed")

    @admin.action(description="Remove from sight", permissions=["change"])
    def remove_from_sight(self, request: HttpRequest, queryset: QuerySet[Case]) -> None:
        self._each(request, queryset, Action.REMOVE, done="removed from sight")

    @admin.action(description="Mark as spam", permissions=["change"])
    def mark_as_spam(self, request: HttpRequest, queryset: QuerySet[Case]) -> None:
        self._each(request, queryset, Action.SPAM, done="marked as spam")

    @admin.action(description="Warn the authors", permissions=["change"])
    def warn(self, request: HttpRequest, queryset: QuerySet[Case]) -> None:
        self._each(request, queryset, Action.WARN, done="answered with a warning")

    @admin.action(description="Silence the authors for …", permissions=["change"])
    def silence(self, request: HttpRequest, queryset: QuerySet[Case]) -> None:
        self._each(request, queryset, Action.SILENCE, done="answered with a silence")

    @admin.action(description="Suspend the authors for …", permissions=["change"])
    def suspend(self, request: HttpRequest, queryset: QuerySet[Case]) -> None:
        self._each(request, queryset, Action.SUSPEND, done="answered with a suspension")


def _decide(
    moderator: User, case: Case, *, action: str, reason: str, days: str, pause: str = "", note: str = ""
) -> Decision:
    """Raises what the service does, and FieldProblem where a time is missing."""
    if case.closed_at is not None:
        raise InvalidState("This case was decided already.")
    if action in _TIMED and not days:
        raise FieldProblem("until", "Say for how long.", code="required")
    if action == Action.SLOW and not pause:
        raise FieldProblem("seconds", "Say how long.", code="required")
    until = timezone.now() + timedelta(days=int(days)) if action in _TIMED else None
    return decide(
        moderator=moderator,
        action=action,
        target=target_of(case),
        case=case,
        reason=reason,
        note=note,
        terms=Terms(until=until, seconds=int(pause) if pause else None),
    )
