"""An import from beginning to end.

The file is read twice: first authors, terms and attachments, then posts and pages, which refer to them. Each item is
one transaction, so that a stop at any moment leaves whole items, and the next run goes on where this one ended.
"""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from django.db import DataError, IntegrityError, connection, reset_queries

from apps.accounts.models import User
from apps.common.errors import DomainError
from apps.importers.wordpress.attachments import record_attachment
from apps.importers.wordpress.authors import Authors
from apps.importers.wordpress.context import Context
from apps.importers.wordpress.errors import ImportStopped
from apps.importers.wordpress.items import import_item
from apps.importers.wordpress.reading import Element, read_export
from apps.importers.wordpress.records import (
    Site,
    WxrAuthor,
    WxrItem,
    WxrTerm,
    read_author,
    read_item,
    read_site,
    read_term,
)
from apps.importers.wordpress.summary import Summary
from apps.importers.wordpress.terms import Terms
from apps.site.services import get_site

Progress = Callable[[int], None]
_TERMS = {"wp:category", "wp:tag", "wp:term"}


class WordPressImport:
    """One run over one file. `summary` is right at any moment, also after a failure."""

    def __init__(self, path: Path, *, mapping: Mapping[str, User] | None = None) -> None:
        self.path = path
        self.summary = Summary()
        self._mapping = dict(mapping or {})
        self._site: Site | None = None
        self._channel: dict[str, str] = {}
        self._authors: list[WxrAuthor] = []
        self._terms: dict[str, list[WxrTerm]] = {"category": [], "post_tag": []}

    def run(self, progress: Progress | None = None) -> Summary:
        """Take everything. Raises ImportStopped where the file cannot be read on; what came before it is kept."""
        stopped = None
        try:
            self._survey(progress)
        except ImportStopped as error:
            stopped = error
            if self._site is None:
                self.summary.error = str(error)
                raise
        context = self._prepare()
        try:
            self._take_items(context, progress)
        except ImportStopped as error:
            stopped = stopped or error
        if stopped:
            self.summary.error = str(stopped)
            raise stopped
        return self.summary

    def _survey(self, progress: Progress | None) -> None:
        """The first reading: site, authors, terms; attachments are recorded at once."""
        for element in read_export(self.path, progress=progress):
            if element.name == "item":
                site = self._known_site(element.line)
                if element.text("wp:post_type") == "attachment":
                    self._guarded(element, "attachments", partial(record_attachment, site=site, summary=self.summary))
            elif element.name == "wp:author":
                self._authors.append(read_author(element))
            elif element.name in _TERMS:
                taxonomy, term = read_term(element)
                if taxonomy in self._terms:
                    self._terms[taxonomy].append(term)
                else:
                    self.summary.skip("terms", f"of the taxonomy {taxonomy[:40]}")
            elif not element.children:
                self._channel.setdefault(element.name, element.content.strip()[:2000])
        self._known_site(None)

    def _known_site(self, line: int | None) -> Site:
        """The site, from what stood before the first item. Raises ImportStopped if that is no export of WordPress."""
        if self._site is None:
            if not self._channel.get("wp:wxr_version"):
                raise ImportStopped("this is not a WordPress export: it has no wp:wxr_version before its items.", line)
            self._site = read_site(self._channel)
            self.summary.site, self.summary.version = self._site.url, self._site.version
        return self._site

    def _prepare(self) -> Context:
        site = self._known_site(None)
        authors = Authors(site, self.summary, self._mapping)
        for author in self._authors:
            if author.login:
                authors.add(author)
        terms = Terms(self.summary)
        terms.add_categories(self._terms["category"])
        terms.add_tags(self._terms["post_tag"])
        self._authors, self._terms = [], {}
        return Context(site, site.language or get_site().language, authors, terms, self.summary)

    def _take_items(self, context: Context, progress: Progress | None) -> None:
        """The second reading: posts and pages with their comments."""
        for element in read_export(self.path, progress=progress):
            if element.name == "item" and element.text("wp:post_type") != "attachment":
                self._guarded(element, "other items", partial(import_item, context=context))

    def _guarded(self, element: Element, kind: str, take: Callable[[WxrItem], None]) -> None:
        """Take one item; what the database or a rule refuses is counted, and the next one has its turn."""
        try:
            take(read_item(element))
        except (DomainError, DataError, IntegrityError) as error:
            reason = " ".join(str(error).split())[:120]
            self.summary.skip(kind, f"refused ({error.__class__.__name__})")
            self.summary.note(f"Line {element.line}: “{element.text('title')[:60]}” was refused: {reason}")
        finally:
            if connection.queries_logged:
                reset_queries()
