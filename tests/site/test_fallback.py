"""A page that is not wholly translated says so, and says which part is in which language."""

from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from help_site.main import create_app
from help_site.settings import Settings
from help_site.website import load_website
from tests.site.conftest import SeenPage, Visitor
from tests.site.page_checks import attributes
from tests.site.small_content import write_catalogue

Translate = Callable[[dict[str, str]], SeenPage]
NOTICE = "Een deel van deze pagina is nog niet vertaald."


def texts_of_talk(settings: Settings) -> list[str]:
    return list(load_website(settings).content.pages["talk"].texts())


@pytest.fixture
def talk_with(settings: Settings, tmp_path: Path) -> Translate:
    """The page `talk` in Arabic, with only these translations of the content."""

    def open_page(words: dict[str, str]) -> SeenPage:
        write_catalogue(tmp_path, "ar", "content", words)
        own = settings.model_copy(update={"translations_dir": tmp_path})
        with TestClient(create_app(own)) as client:
            return Visitor(client, own).opens("/ar/p/talk")

    return open_page


def test_every_block_that_fell_back_says_its_language(talk_with: Translate) -> None:
    page = talk_with({})

    for block in page.tree.query("h1, .lead, .text > p, .text > h2, .text li"):
        assert (attributes(block).get("lang"), attributes(block).get("dir")) == ("nl", "ltr")
    assert NOTICE in page.text


def test_a_translated_block_stands_in_the_readers_language(
    talk_with: Translate, settings: Settings
) -> None:
    title = texts_of_talk(settings)[0]

    heading = talk_with({title: "التحدث مع شخص"}).tree.query("h1")[0]

    assert heading.to_text() == "التحدث مع شخص"
    assert "lang" not in attributes(heading)


def test_a_whole_translation_has_no_notice(talk_with: Translate, settings: Settings) -> None:
    words = {text: text for text in texts_of_talk(settings)}

    assert NOTICE not in talk_with(words).text


def test_a_translation_that_changed_a_number_is_not_shown(
    talk_with: Translate, settings: Settings
) -> None:
    source = next(text for text in texts_of_talk(settings) if "(tel:112)" in text)

    page = talk_with({source: source.replace("tel:112", "tel:09001234")})

    assert "tel:112" in page.links()
    assert "tel:09001234" not in page.links()
