"""What an import took, found already there, and left out with the reason."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

KINDS = ("authors", "categories", "tags", "posts", "pages", "comments", "attachments")
MAX_NOTES = 50


@dataclass
class Summary:
    """Counts by kind; `notes` are remarks for the person who runs the import, the first fifty of them."""

    site: str = ""
    version: str = ""
    imported: Counter[str] = field(default_factory=Counter)
    unchanged: Counter[str] = field(default_factory=Counter)
    skipped: Counter[tuple[str, str]] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    """Imported posts by status."""
    extra_tags: int = 0
    """Tags made of categories, for posts that were in several."""
    notes: list[str] = field(default_factory=list)
    notes_left_out: int = 0
    error: str = ""

    def skip(self, kind: str, reason: str) -> None:
        """Count something that was left out."""
        self.skipped[kind, reason] += 1

    def note(self, text: str) -> None:
        """Remember a remark."""
        if len(self.notes) < MAX_NOTES:
            self.notes.append(text)
        else:
            self.notes_left_out += 1

    def as_data(self) -> dict[str, Any]:
        """For `--json`."""
        return {
            "site": self.site,
            "wxr_version": self.version,
            "complete": not self.error,
            "error": self.error or None,
            "imported": {kind: self.imported[kind] for kind in KINDS},
            "unchanged": {kind: self.unchanged[kind] for kind in KINDS},
            "tags_from_categories": self.extra_tags,
            "posts_by_status": dict(sorted(self.statuses.items())),
            "skipped": [
                {"kind": kind, "reason": reason, "count": count}
                for (kind, reason), count in sorted(self.skipped.items())
            ],
            "notes": self.notes,
            "notes_left_out": self.notes_left_out,
        }

    def as_table(self) -> str:
        """For people."""
        lines = [f"{'':12} {'imported':>10} {'there before':>13} {'skipped':>9}"]
        kinds = [*KINDS, *sorted({kind for kind, _ in self.skipped} - set(KINDS))]
        for kind in kinds:
            skipped = sum(count for (name, _), count in self.skipped.items() if name == kind)
            lines.append(f"{kind:12} {self.imported[kind]:>10,} {self.unchanged[kind]:>13,} {skipped:>9,}")
        if self.statuses:
            lines += ["", "Posts: " + ", ".join(f"{count:,} {name}" for name, count in sorted(self.statuses.items()))]
        if self.extra_tags:
            lines.append(f"Posts in several categories: {self.extra_tags:,} further categories became tags as well")
        if self.skipped:
            lines += ["", "Skipped, and why:"]
            lines += [f"{count:>7,} {kind}: {reason}" for (kind, reason), count in sorted(self.skipped.items())]
        if self.notes:
            lines += ["", "Notes:", *(f"  {note}" for note in self.notes)]
        if self.notes_left_out:
            lines.append(f"  … and {self.notes_left_out:,} more")
        return "\n".join(lines)
