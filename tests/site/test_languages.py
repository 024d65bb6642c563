"""Which language a visitor is offered, and what happens to a missing word."""

from pathlib import Path

import pytest

from help_site.languages import offered_to
from help_site.translating import Phrase, load_catalogues
from tests.site.small_content import write_catalogue


@pytest.mark.parametrize(
    ("accept_language", "tag"),
    [
        ("ar-SY,ar;q=0.9,en;q=0.5", "ar"),
        ("en;q=0.4, nl-BE;q=0.8", "nl"),
        ("ti, en;q=0.8", "en"),
        ("xx", "nl"),
        ("", "nl"),
        (";q=,,nonsense;q=high", "nl"),
    ],
)
def test_the_first_live_language_that_a_browser_asks_for_is_offered(
    accept_language: str, tag: str
) -> None:
    assert offered_to(accept_language).tag == tag


def test_a_missing_word_falls_back_to_english_and_then_to_dutch(tmp_path: Path) -> None:
    write_catalogue(tmp_path, "ar", "interface", {"Ja": "نعم"})
    write_catalogue(tmp_path, "en", "interface", {"Ja": "Yes", "Nee": "No"})

    arabic = load_catalogues(tmp_path)["ar"]

    assert arabic.phrase("interface", "Ja") == Phrase("نعم", "ar")
    assert arabic.phrase("interface", "Nee") == Phrase("No", "en")
    assert arabic.phrase("interface", "Misschien") == Phrase("Misschien", "nl")


def test_a_word_that_is_the_same_in_both_languages_is_no_fallback(tmp_path: Path) -> None:
    write_catalogue(tmp_path, "en", "interface", {"Chat": "Chat"})

    assert load_catalogues(tmp_path)["en"].phrase("interface", "Chat") == Phrase("Chat", "en")


def test_numbers_of_things_fall_back_too(tmp_path: Path) -> None:
    arabic = load_catalogues(tmp_path)["ar"]

    assert arabic.ngettext("%(count)s plek", "%(count)s plekken", 1) == "%(count)s plek"
    assert arabic.ngettext("%(count)s plek", "%(count)s plekken", 3) == "%(count)s plekken"


def test_a_guess_of_a_tool_is_not_shown(tmp_path: Path) -> None:
    write_catalogue(tmp_path, "en", "interface", {"Ja": "Yes"})
    path = tmp_path / "en" / "LC_MESSAGES" / "interface.po"
    path.write_text(path.read_text().replace('msgid "Ja"', '#, fuzzy\nmsgid "Ja"'))

    assert load_catalogues(tmp_path)["en"].gettext("Ja") == "Ja"
