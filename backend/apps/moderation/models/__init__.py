"""What is reported, what is decided about it, and by which rules."""

from apps.moderation.models.cases import Case, Report
from apps.moderation.models.decisions import Appeal, Decision, LogHead
from apps.moderation.models.rules import Rule

__all__ = ["Appeal", "Case", "Decision", "LogHead", "Report", "Rule"]
