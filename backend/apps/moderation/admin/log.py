"""The log of decisions in the admin: to look at, with whether it is as it was written."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html

from apps.accounts.models import User
from apps.comments.admin import moderator_of
from apps.common.admin import ReadOnlyAdmin
from apps.moderation.models import Appeal, Decision, Report
from apps.moderation.policies import can_moderate
from apps.moderation.services.log import digest
from apps.moderation.services.taking_back import answer_appeal, undo
from apps.moderation.services.verification import verify_log

VERIFIED_AT_ONCE = 50_000
"""Rows that are verified while somebody waits; of more, the command is the way."""
_CHANGE_PAGES = {
    Decision.Subject.POST: "admin:posts_post_change",
    Decision.Subject.COMMENT: "admin:comments_comment_change",
    Decision.Subject.PERSON: "admin:accounts_user_change",
}


class ReasonFilter(admin.SimpleListFilter):
    title = "reason"
    parameter_name = "reason"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(value, str(label)) for value, label in Report.Reason.choices]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Decision]) -> QuerySet[Decision]:
        return queryset.filter(reason=self.value()) if self.value() else queryset


class AppealedFilter(admin.SimpleListFilter):
    title = "appeal"
    parameter_name = "appeal"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(value, str(label)) for value, label in Appeal.State.choices]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Decision]) -> QuerySet[Decision]:
        return queryset.filter(appeal__state=self.value()) if self.value() else queryset


@admin.register(Decision)
class DecisionAdmin(ReadOnlyAdmin):
    """Rows are added by decisions alone: those that take others back, and answer appeals, among them."""

    list_display = ("number", "created_at", "action", "about", "person", "moderator", "reason", "rule", "is_intact")
    list_filter = ("action", "subject", ReasonFilter, AppealedFilter)
    search_fields = ("number",)
    search_help_text = "A number, or the whole username of whom it concerns or who decided"
    ordering = ("-number",)
    fields = (
        *("number", "created_at", "action", "about", "person", "moderator", "reason", "rule", "note", "case_id"),
        *("answers", "appeal_text", "before", "after", "previous_hash", "hash", "is_intact"),
    )
    readonly_fields = fields
    actions = ("undo", "uphold", "overturn")

    class Media:
        css = {"all": ["moderation/dashboard.css"]}

    def has_moderate_permission(self, request: HttpRequest) -> bool:
        return can_moderate(request.user)

    def get_urls(self) -> list[Any]:
        verify: Callable[..., HttpResponse] = self.admin_site.admin_view(self.verify)
        own: list[URLPattern] = [path("verify/", verify, name="moderation_verify")]
        return [*own, *super().get_urls()]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """By indexes alone."""
        term = search_term.strip()
        if not term:
            return queryset, False
        if term.isdecimal() and len(term) < 16:
            return queryset.filter(number=int(term)), False
        user = User.objects.named(term).first()
        if user is None:
            return queryset.none(), False
        return queryset.filter(Q(person_id=user.pk) | Q(moderator_id=user.pk)), False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """With the people whom the page names: the log itself knows ids alone."""
        response = super().changelist_view(request, extra_context)
        changelist = getattr(response, "context_data", {}).get("cl")
        if changelist is not None:
            _name_people(changelist.result_list)
        return response

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Decision | None:
        decision: Decision | None = super().get_object(request, object_id, from_field)
        if decision is not None:
            _name_people([decision])
        return decision

    @admin.display(description="about")
    def about(self, decision: Decision) -> str:
        page = reverse(_CHANGE_PAGES[Decision.Subject(decision.subject)], args=[decision.subject_id])
        return format_html('<a href="{}">{} {}</a>', page, decision.subject, decision.subject_id)

    @admin.display(description="concerns")
    def person(self, decision: Decision) -> str:
        return _name(decision, decision.person_id)

    @admin.display(description="decided by")
    def moderator(self, decision: Decision) -> str:
        return _name(decision, decision.moderator_id) if decision.moderator_id else "a rule"

    @admin.display(description="appeal")
    def appeal_text(self, decision: Decision) -> str:
        appeal = Appeal.objects.filter(decision=decision).first()
        return f"{appeal.get_state_display()}: {appeal.text}" if appeal else "none"

    @admin.display(description="as written", boolean=True)
    def is_intact(self, decision: Decision) -> bool:
        """Whether the row's hash is that of its content. Whether rows are missing, only the whole log tells."""
        return decision.hash == digest(decision)

    @admin.action(description="Undo: make it as it was before", permissions=["moderate"])
    def undo(self, request: HttpRequest, queryset: QuerySet[Decision]) -> None:
        moderator = moderator_of(request)
        self.run_on_each(request, queryset, lambda row: undo(moderator=moderator, number=row.number), done="undone")

    @admin.action(description="Answer the appeal: the decision stands", permissions=["moderate"])
    def uphold(self, request: HttpRequest, queryset: QuerySet[Decision]) -> None:
        self._answer(request, queryset, Decision.Action.UPHOLD, done="upheld")

    @admin.action(description="Answer the appeal: take the decision back", permissions=["moderate"])
    def overturn(self, request: HttpRequest, queryset: QuerySet[Decision]) -> None:
        self._answer(request, queryset, Decision.Action.OVERTURN, done="overturned")

    def _answer(self, request: HttpRequest, queryset: QuerySet[Decision], action: str, *, done: str) -> None:
        moderator = moderator_of(request)
        self.run_on_each(
            request,
            queryset,
            lambda row: answer_appeal(moderator=moderator, number=row.number, action=action),
            done=done,
        )

    def verify(self, request: HttpRequest) -> HttpResponse:
        """The page that verifies the whole log."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        count = Decision.objects.count()
        too_many = count > VERIFIED_AT_ONCE
        count, findings = (count, []) if too_many else verify_log()
        context = {
            **self.admin_site.each_context(request),
            "title": "Verification of the log",
            "opts": self.opts,
            "count": count,
            "too_many": too_many,
            "findings": findings[:100],
            "newest": Decision.objects.order_by("-number").first(),
        }
        return TemplateResponse(request, "admin/moderation/verification.html", context)


def _name_people(decisions: Any) -> None:
    """Tell each row who is who: one query for the page."""
    ids = {pk for row in decisions for pk in (row.person_id, row.moderator_id) if pk is not None}
    names = dict(User.objects.filter(pk__in=ids).values_list("pk", "username"))
    for row in decisions:
        vars(row)["people"] = names


def _name(decision: Decision, pk: int | None) -> str:
    if pk is None:
        return "nobody"
    return str(vars(decision).get("people", {}).get(pk, f"account {pk}"))
