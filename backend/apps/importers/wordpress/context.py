"""What every item of one export needs."""

from dataclasses import dataclass

from apps.importers.wordpress.authors import Authors
from apps.importers.wordpress.records import Site
from apps.importers.wordpress.summary import Summary
from apps.importers.wordpress.terms import Terms


@dataclass(frozen=True)
class Context:
    """The site that the export comes from, what was made of its authors and terms, and the count of it all."""

    site: Site
    language: str
    authors: Authors
    terms: Terms
    summary: Summary
