import tracemalloc
from pathlib import Path

import pytest

from apps.importers.tests.exports import CLOSING, cdata, export, item, large_export, opening
from apps.importers.wordpress import reading
from apps.importers.wordpress.errors import ImportStopped
from apps.importers.wordpress.reading import Element, read_export


@pytest.fixture
def written(tmp_path: Path):
    def write(text: str | bytes) -> Path:
        path = tmp_path / "export.xml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def read_until_stop(path: Path) -> tuple[list[Element], ImportStopped]:
    elements: list[Element] = []
    with pytest.raises(ImportStopped) as stop:
        elements.extend(_collect(path, elements))
    return elements, stop.value


def _collect(path: Path, elements: list[Element]) -> list[Element]:
    for element in read_export(path):
        elements.append(element)  # noqa: PERF402 - what came before the stop counts
    return []


@pytest.mark.parametrize("scheme", ["http", "https"])
@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2", "1.3"])
def test_names_are_the_same_for_every_version_and_scheme(written, version, scheme):
    path = written(export(item(7, "Ebb", excerpt="Short."), version=version, scheme=scheme))
    found = next(element for element in read_export(path) if element.name == "item")
    assert found.text("wp:post_id") == "7"
    assert found.text("excerpt:encoded") == "Short."
    assert found.text("content:encoded") == "Low water at nine."
    assert found.text("dc:creator") == "maren"


def test_progress_adds_up_to_the_size_of_the_file(written):
    path = written(export(*(item(number) for number in range(200))))
    sizes: list[int] = []
    assert len([element for element in read_export(path, progress=sizes.append) if element.name == "item"]) == 200
    assert sum(sizes) == path.stat().st_size


LAUGHS = '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE rss [<!ENTITY secret SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("declaration", [LAUGHS, OUTSIDE, '<!DOCTYPE rss SYSTEM "http://example.org/x.dtd">'])
def test_a_document_type_is_refused_with_its_line(written, declaration):
    text = export(item(1)).replace("<rss ", f"{declaration}\n<rss ")
    elements, stop = read_until_stop(written(text))
    assert elements == []
    assert stop.line == 3
    assert "document type" in stop.reason


def test_an_entity_without_declaration_is_refused(written):
    _, stop = read_until_stop(written(export(item(1)).replace("<link>", "<link>&secret;")))
    assert "undefined entity" in stop.reason


def test_what_stands_before_a_mistake_is_read(written):
    text = opening() + item(1) + "\n" + item(2) + "\n<item><title>No end</channel>"
    elements, stop = read_until_stop(written(text))
    assert [element.text("wp:post_id") for element in elements if element.name == "item"] == ["1", "2"]
    assert stop.line == text[: text.index("No end")].count("\n") + 1
    assert "mismatched tag" in stop.reason


def test_a_file_that_was_cut_off_says_so(written):
    text = export(item(1), item(2))
    elements, stop = read_until_stop(written(text[: text.rindex("<wp:post_id>")]))
    assert [element.text("wp:post_id") for element in elements if element.name == "item"] == ["1"]
    assert "ends in the middle" in stop.reason
    _, inside_text = read_until_stop(written(text[: text.rindex("water at nine")]))
    assert inside_text.line is not None
    assert "unclosed CDATA section" in inside_text.reason


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("<!DOCTYPE html><html></html>", "document type"),
        ("<html><body>Hello</body></html>", "begins with <html>"),
        ("<rss><item/></rss>", "<item> instead of <channel>"),
        ("Dear reader", "not a WordPress export: the XML is not well-formed"),
        ("", "not a WordPress export: "),
        (b"\x00\x01\x02", "not well-formed"),
        ('<?xml version="1.0" encoding="klingon"?><rss/>', "encoding"),
    ],
)
def test_other_files_are_refused_in_one_line(written, content, reason):
    elements, stop = read_until_stop(written(content))
    assert elements == []
    assert reason in stop.reason
    assert "\n" not in str(stop)


def test_a_missing_file_is_named(tmp_path):
    _, stop = read_until_stop(tmp_path / "nothing.xml")
    assert "cannot be read" in stop.reason


def test_an_oversize_item_comes_out_empty_and_the_next_one_whole(written, monkeypatch):
    monkeypatch.setattr(reading, "MAX_ITEM", 20_000)
    path = written(export(item(1, "Long", "word " * 10_000), item(2)))
    first, second = [element for element in read_export(path) if element.name == "item"]
    assert first.is_oversize
    assert first.text("title") == "Long"
    assert first.text("content:encoded") == ""
    assert not second.is_oversize
    assert second.text("wp:post_id") == "2"


def test_constructions_that_exhaust_memory_are_refused(written, monkeypatch):
    monkeypatch.setattr(reading, "MAX_TOKEN", 200_000)
    monkeypatch.setattr(reading, "MAX_NAMES", 100)
    _, deep = read_until_stop(written(opening() + "<item>" + "<a>" * 100))
    assert "nested" in deep.reason
    _, many = read_until_stop(written(opening() + "".join(f"<a{number}/>" for number in range(200))))
    assert "element names" in many.reason
    _, endless = read_until_stop(written(opening() + '<item x="' + "y" * 600_000))
    assert "without end" in endless.reason


def test_reading_needs_the_same_memory_for_any_size(tmp_path):
    peaks = []
    for megabytes in (1, 8):
        path = tmp_path / f"{megabytes}.xml"
        with path.open("w") as output:
            output.writelines(large_export(megabytes))
        tracemalloc.start()
        count = sum(element.name == "item" for element in read_export(path))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert count > 20 * megabytes
    assert peaks[1] < peaks[0] * 1.5
    assert peaks[1] < 3_000_000


def test_character_data_that_ends_a_section_is_whole(written):
    text = opening() + f"<item><title>{cdata('a ]]> b')}</title></item>" + CLOSING
    found = next(element for element in read_export(written(text)) if element.name == "item")
    assert found.text("title") == "a ]]> b"
