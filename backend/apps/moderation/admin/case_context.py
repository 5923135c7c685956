"""What the admin shows around a case."""

from django.contrib import admin
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.text import Truncator

from apps.accounts.models import User
from apps.moderation.admin.dashboard import in_words
from apps.moderation.context import Background
from apps.moderation.models import Case, Decision
from apps.moderation.services.cases import target_of

_PAGES = {
    "comment": "admin:comments_comment_change",
    "post": "admin:posts_post_change",
    "person": "admin:accounts_user_change",
}


class CaseContext:
    """A part of `CaseAdmin`."""

    @admin.display(description="about")
    def summary(self, case: Case) -> str:
        target = target_of(case)
        words = Truncator(" ".join(_said(case)[:400].split())).chars(120) or "(deleted by its author)"
        if self.is_a_list(case):
            return words
        return format_html('<a href="{}">{}</a>', reverse(_PAGES[target.kind], args=[target.pk]), words)

    @staticmethod
    def is_a_list(case: Case) -> bool:
        """In the list the whole cell leads to the case."""
        return not vars(case).get("is_opened", False)

    @admin.display(description="kind")
    def kind(self, case: Case) -> str:
        status = f" ({case.comment.get_status_display()})" if case.comment else ""
        return f"{target_of(case).kind}{status}"

    @admin.display(description="by")
    def who(self, case: Case) -> str:
        person = target_of(case).person
        return person.username if person else "a guest"

    @admin.display(description="reports", ordering="report_count")
    def reported(self, case: Case) -> int:
        return case.report_count

    @admin.display(description="waits", ordering="opened_at")
    def waited(self, case: Case) -> str:
        return in_words((case.closed_at or timezone.now()) - case.opened_at)

    @admin.display(description="text")
    def text(self, case: Case) -> str:
        """The source, so that nothing in it is followed or loaded by accident."""
        said = {"comment": case.comment and case.comment.body, "person": case.person and case.person.bio}
        return format_html("<blockquote>{}</blockquote>", said.get(target_of(case).kind) or "–")

    @admin.display(description="in answer to")
    def thread(self, case: Case) -> str:
        if case.comment is None:
            return "–"
        post = case.comment.post
        lines = [("The post", post.title), *((row["author"], row["excerpt"]) for row in _background(case).thread(case))]
        return format_html_join("", "<blockquote>{}: {}</blockquote>", lines)

    @admin.display(description="reports")
    def reports(self, case: Case) -> str:
        rows = _background(case).reports(case)
        lines = ((row.reporter.username, row.get_reason_display(), row.detail or "–") for row in rows)
        return format_html_join("", "<blockquote>{}, {}: {}</blockquote>", lines) or "none"

    @admin.display(description="history")
    def history(self, case: Case) -> str:
        person, known = target_of(case).person, _background(case).history(case)
        if person is None or known is None:
            return "a guest"
        facts = [
            f"joined {person.date_joined:%Y-%m-%d}",
            f"comments shown: {known['comment_count']}",
            f"removed or spam: {known['removed']}",
            f"warnings: {known['warnings']}",
            *_sanctions(person),
        ]
        page = reverse("admin:accounts_user_change", args=[person.pk])
        return format_html('<a href="{}">{}</a>: {}', page, person.username, ", ".join(facts))

    @admin.display(description="decisions")
    def decisions(self, case: Case) -> str:
        target = target_of(case)
        rows = Decision.objects.filter(subject=target.kind, subject_id=target.pk).order_by("-number")[:20]
        lines = (
            (reverse("admin:moderation_decision_change", args=[row.pk]), row.number, row.action, row.rule or row.reason)
            for row in rows
        )
        return format_html_join(" · ", '<a href="{}">{}</a> {} {}', lines) or "none"


def _said(case: Case) -> str:
    """What it is about, in words. A post that is not public (any more) is nobody's to read, and its title neither."""
    if case.comment is not None:
        return case.comment.body
    if case.post is not None and not case.post.is_live:
        return f"post {case.post.pk}, which is not public"
    return str(target_of(case).thing)


def _sanctions(person: User) -> list[str]:
    """Those that are in force."""
    found = []
    if person.is_silenced:
        found.append(f"silenced until {person.silenced_until:%Y-%m-%d %H:%M}")
    if person.is_suspended:
        found.append(f"suspended until {person.suspended_until:%Y-%m-%d %H:%M}")
    return found


def _background(case: Case) -> Background:
    found: Background = vars(case)["background"]
    return found
