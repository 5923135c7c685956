import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from apps.importers.tests.exports import author, category, comment, export, item, opening
from apps.importers.wordpress import items, threads
from apps.posts.models import Post
from apps.tags.models import Category

pytestmark = pytest.mark.django_db


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def run(path: Path, **options: object) -> tuple[str, str]:
    output, errors = StringIO(), options.pop("stderr", StringIO())
    call_command("import_wordpress", str(path), stdout=output, stderr=errors, **options)
    assert isinstance(errors, StringIO)
    return output.getvalue(), errors.getvalue()


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "small.xml"
    thread = [comment(1), comment(2, type="pingback")]
    path.write_text(export(author("maren"), item(1, "Ebb", "x", *thread), item(2, kind="nav_menu_item")))
    return path


def test_the_table_says_what_was_taken_and_what_was_not(small):
    output, errors = run(small)
    lines = {tuple(line.split()) for line in output.splitlines()}
    assert ("posts", "1", "0", "0") in lines
    assert ("comments", "1", "0", "1") in lines
    assert ("1", "comments:", "pingbacks", "and", "trackbacks") in lines
    assert ("1", "other", "items:", "of", "the", "type", "nav_menu_item") in lines
    assert "https://old.example.org/journal, WXR 1.2" in output
    assert "100% of" in errors
    assert "\r" not in errors


def test_a_terminal_gets_a_bar(small):
    _, errors = run(small, stderr=Terminal())
    assert "\r[" in errors
    assert "100%" in errors


def test_json_stands_alone_on_stdout(small):
    output, _ = run(small, json=True)
    summary = json.loads(output)
    assert summary["complete"] is True
    assert summary["imported"]["comments"] == 1


def test_quiet_is_quiet(small):
    _, errors = run(small, verbosity=0)
    assert errors == ""


def test_a_broken_file_keeps_what_came_before(tmp_path):
    path = tmp_path / "broken.xml"
    path.write_text(opening(author("maren"), category("shore", "Shore")) + item(1) + item(2) + "\n<item><oops</item>")
    output = StringIO()
    with pytest.raises(CommandError) as stop:
        call_command("import_wordpress", str(path), json=True, stdout=output, stderr=StringIO())
    text = path.read_text()
    line = text[: text.index("<oops")].count("\n") + 1
    assert f"Line {line}:" in str(stop.value)
    assert "kept" in str(stop.value)
    assert "\n" not in str(stop.value)
    assert Post.objects.count() == 2
    assert Category.objects.count() == 1
    assert json.loads(output.getvalue())["complete"] is False


@pytest.mark.parametrize(
    "content", ["<html></html>", "<rss><channel><title>News</title><item/></channel></rss>", "PK\x03\x04"]
)
def test_other_files_leave_nothing_behind(tmp_path, content, django_assert_num_queries):
    path = tmp_path / "other.xml"
    path.write_text(content)
    with pytest.raises(CommandError, match=r"other\.xml: .*"):
        call_command("import_wordpress", str(path), stdout=StringIO(), stderr=StringIO())
    assert not Post.objects.exists()


def test_a_feed_that_is_no_export_is_called_so(tmp_path):
    path = tmp_path / "feed.xml"
    path.write_text("<rss><channel><title>News</title><item><title>x</title></item></channel></rss>")
    with pytest.raises(CommandError, match="not a WordPress export"):
        call_command("import_wordpress", str(path), stdout=StringIO(), stderr=StringIO())


def test_missing_files_and_unknown_accounts_are_named(tmp_path, small):
    with pytest.raises(CommandError, match="no file"):
        call_command("import_wordpress", str(tmp_path / "none.xml"))
    with pytest.raises(CommandError, match="LOGIN=USERNAME"):
        call_command("import_wordpress", str(small), author=["maren=nobody"])


def test_an_item_is_whole_or_absent(tmp_path, monkeypatch):
    """Something fails between a post and its comments: the post is not there, and the next run brings both."""
    path = tmp_path / "export.xml"
    path.write_text(export(item(1), item(2, "Flood", "y", comment(1))))
    real = threads.import_comments

    def fail_on_the_second(item, post, context):
        if item.number == "2":
            raise KeyboardInterrupt
        real(item, post, context)

    monkeypatch.setattr(items, "import_comments", fail_on_the_second)
    with pytest.raises(KeyboardInterrupt):
        run(path)
    assert [post.title for post in Post.objects.all()] == ["Ebb"]
    monkeypatch.setattr(items, "import_comments", real)
    output, _ = run(path, json=True)
    summary = json.loads(output)
    assert (summary["imported"]["posts"], summary["unchanged"]["posts"]) == (1, 1)
    assert summary["imported"]["comments"] == 1
