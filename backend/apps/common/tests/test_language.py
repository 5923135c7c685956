"""The language of errors: asked for by Accept-Language, English for everybody else."""

from typing import Any

import pytest
from django.utils import translation

from apps.common.language import language_asked_for
from apps.common.wording import in_the_callers_words

pytestmark = pytest.mark.django_db

MISSING = "/api/v1/posts/there-is-none"


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "en"),
        ("*", "en"),
        ("de", "de"),
        ("de-AT,de;q=0.9,en;q=0.8", "de"),
        ("fr,de;q=0.5,en;q=0.1", "de"),
        ("en-GB,de;q=0.9", "en"),
        ("fr, es", "en"),
        ("de;q=0, en", "en"),
        ("\x00;;;q=q,,", "en"),
        ("x" * 100_000, "en"),
        ("a-" * 5_000, "en"),
    ],
)
def test_language_is_the_first_that_there_is_a_catalogue_for(header: str, language: str) -> None:
    assert language_asked_for(header) == language


def test_errors_speak_german_to_those_who_read_german(api: Any) -> None:
    response = api().get(MISSING, HTTP_ACCEPT_LANGUAGE="de-DE,de;q=0.9,en;q=0.5")

    assert response.status_code == 404
    assert response.json()["title"] == "Hier ist nichts"
    assert response.json()["detail"] == "Unter dieser Adresse gibt es keinen Beitrag."
    assert response.json()["code"] == "not_found"
    assert response.headers["Content-Language"] == "de"
    assert "Accept-Language" in response.headers["Vary"]


def test_errors_speak_english_to_programs_that_ask_for_nothing(api: Any) -> None:
    response = api().get(MISSING)

    assert response.json()["detail"] == "There is no post at this address."
    assert response.headers["Content-Language"] == "en"
    assert "Accept-Language" in response.headers["Vary"]


def test_what_is_no_error_is_the_same_in_every_language(api: Any) -> None:
    answers = [api().get("/api/v1/site", HTTP_ACCEPT_LANGUAGE=language) for language in ("de", "en")]

    assert answers[0].content == answers[1].content
    assert answers[0].headers.get("ETag") == answers[1].headers.get("ETag")
    assert "Accept-Language" not in answers[0].headers.get("Vary", "")


def test_fields_and_the_sentence_above_them_are_translated(api: Any, reader: Any) -> None:
    def asked(change: dict[str, Any]) -> dict[str, Any]:
        response = api(reader).patch("/api/v1/me", change, format="json", HTTP_ACCEPT_LANGUAGE="de")
        return dict(response.json())

    unknown = asked({"nonsense": 1})
    assert unknown["title"] == "Einige Werte wurden nicht angenommen"
    assert unknown["errors"][0]["detail"] == unknown["detail"] == "Ein Feld mit diesem Namen gibt es nicht."
    long = asked({"display_name": "x" * 81, "bio": "x" * 1001})
    assert len(long["errors"]) == 2
    assert "Ensure" not in long["detail"]
    assert long["detail"] == " ".join(row["detail"] for row in long["errors"])


def test_values_stay_in_their_places() -> None:
    with translation.override("de"):
        assert in_the_callers_words("Use at most 10 tags.") == "Nimm höchstens 10 Schlagwörter."
        said = "The post is at version 7. Bring its changes into the working copy and save that with `base_version` 7."
        assert "Version 7." in in_the_callers_words(said)
        assert "`base_version` 7" in in_the_callers_words(said)
        assert in_the_callers_words("Nobody has ever said this.") == "Nobody has ever said this."
        assert in_the_callers_words("") == ""
    with translation.override("en"):
        assert in_the_callers_words("Use at most 10 tags.") == "Use at most 10 tags."


def test_words_of_others_are_never_taken_for_gaps() -> None:
    with translation.override("de"):
        strange = "{0} {1} %s %(name)s {x!r}"
        assert in_the_callers_words(f"{strange} cannot be a tag: it has no letters or digits.").startswith(strange)


def test_language_ends_with_the_request(api: Any) -> None:
    api().get(MISSING, HTTP_ACCEPT_LANGUAGE="de")

    assert translation.get_language() == "en"
