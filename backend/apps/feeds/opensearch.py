"""How browsers search here from their address bar: an OpenSearch 1.1 description."""

from apps.feeds.addresses import absolute
from apps.feeds.formats.xml import XmlWriter
from apps.site.services import get_site

MEDIA_TYPE = "application/opensearchdescription+xml"


def description() -> bytes:
    """The document. Its short name may have sixteen characters."""
    site, xml = get_site(), XmlWriter()
    with xml.within("OpenSearchDescription", {"xmlns": "http://a9.com/-/spec/opensearch/1.1/"}):
        xml.add("ShortName", site.name[:16].strip())
        xml.add("LongName", site.name[:48].strip())
        xml.add("Description", site.description or site.name)
        xml.add("Language", site.language)
        xml.add("InputEncoding", "UTF-8")
        xml.add("OutputEncoding", "UTF-8")
        xml.add("Image", absolute("/favicon.svg"), {"type": "image/svg+xml", "width": "16", "height": "16"})
        xml.add("Url", attributes={"type": "text/html", "template": absolute("/search") + "?q={searchTerms}"})
        own = {"type": MEDIA_TYPE, "rel": "self", "template": absolute("/opensearch.xml")}
        xml.add("Url", attributes=own)
    return xml.document()
