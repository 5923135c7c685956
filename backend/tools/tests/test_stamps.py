"""A step is skipped only when it was finished with the very same input."""

from tools.stamps import Stamp, digest


def test_digest_follows_content_names_and_salt(tmp_path):
    folder = tmp_path / "src"
    folder.mkdir()
    (folder / "a.txt").write_text("one")
    first = digest([folder])
    assert digest([folder]) == first
    assert digest([folder], salt="20") != first
    (folder / "a.txt").write_text("two")
    second = digest([folder])
    assert second != first
    (folder / "a.txt").rename(folder / "b.txt")
    assert digest([folder]) not in {first, second}


def test_digest_of_nothing_is_not_an_error(tmp_path):
    assert digest([tmp_path / "missing"]) == digest([])


def test_stamp_matches_only_what_was_written(tmp_path):
    stamp = Stamp(tmp_path / "deep" / "stamp")
    assert not stamp.matches("x")
    stamp.write("x")
    assert stamp.matches("x")
    assert not stamp.matches("y")
    stamp.clear()
    assert not stamp.matches("x")
