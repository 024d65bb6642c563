"""Every public page in every language: sound, small, and with a way out."""

from pathlib import Path

import pytest

from help_site.addresses import DOORS
from help_site.languages import LANGUAGES
from help_site.settings import Settings
from help_site.website import load_website
from tests.site.conftest import Visitor
from tests.site.page_checks import attributes

CARDS = sorted(path.stem for path in Path("content/pages").glob("*.md"))
PATHS = ["/", *(f"/{door}" for door in DOORS), "/find", "/safety", *(f"/p/{c}" for c in CARDS)]
TAGS = [language.tag for language in LANGUAGES]
# One round trip over TLS 1.3 and HTTP/2, measured: the step lies between 11 and 12 KB.
FIRST_FLIGHT = 11 * 1024


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("path", PATHS)
def test_every_page_is_sound_in_every_language(visitor: Visitor, path: str, tag: str) -> None:
    visitor.opens(f"/{tag}{path}")


@pytest.mark.parametrize("encoding", ["br", "gzip"])
@pytest.mark.parametrize("path", PATHS)
def test_the_first_html_fits_in_one_round_trip(visitor: Visitor, path: str, encoding: str) -> None:
    for tag in TAGS:
        answer = visitor.client.get(f"/{tag}{path}", headers={"Accept-Encoding": encoding})

        assert answer.headers["content-encoding"] == encoding
        assert int(answer.headers["content-length"]) <= FIRST_FLIGHT


@pytest.mark.parametrize("path", PATHS)
def test_the_language_switch_keeps_the_page(visitor: Visitor, path: str) -> None:
    page = visitor.opens(f"/nl{path}")

    offered = [attributes(link)["href"] for link in page.tree.query(".languages a")]
    assert offered == [f"/{tag}{path}" for tag in TAGS]
    for address in offered:
        visitor.opens(address)


def test_every_link_inside_the_site_leads_to_a_page(visitor: Visitor) -> None:
    seen: set[str] = set()
    waiting = ["/nl/", "/ar/"]
    while waiting:
        address = waiting.pop()
        seen.add(address)
        page = visitor.opens(address, tag=address.split("/")[1] or "nl")
        inside = {link for link in page.links() if link.startswith("/")}
        waiting += sorted(inside - seen - set(waiting))

    assert {f"/nl/p/{card}" for card in CARDS} <= seen


def test_the_same_page_comes_back_the_same(visitor: Visitor) -> None:
    first = visitor.opens("/nl/p/talk").response

    again = visitor.opens("/nl/p/talk").response

    assert again.content == first.content
    assert sorted(again.headers.raw) == sorted(first.headers.raw)


@pytest.mark.parametrize("path", ["/", "/nl/", "/ar/find", "/nl/p/shelter", "/nl/ask", "/nl/chat"])
def test_a_head_request_gives_the_headers_only(visitor: Visitor, path: str) -> None:
    answer = visitor.client.head(path)

    assert answer.status_code == 200
    assert answer.content == b""


def test_the_first_page_offers_the_browsers_own_language_and_sends_nobody_on(
    visitor: Visitor,
) -> None:
    visitor.client.headers["Accept-Language"] = "ar-SY,ar;q=0.9,en;q=0.5"

    page = visitor.opens("/", tag="ar")

    assert page.response.history == []
    assert [link for link in page.links() if link in ("/nl/", "/en/", "/ar/")][0] == "/ar/"


def test_every_victim_page_says_first_what_can_be_done_now(
    visitor: Visitor, settings: Settings
) -> None:
    for page in load_website(settings).content.menu("victim"):
        shown = visitor.opens(f"/nl/p/{page.card}")

        assert shown.tree.query(".buttons a.button"), page.card


def test_the_site_is_alive_and_ready(visitor: Visitor) -> None:
    assert visitor.client.get("/health/live").json() == {"status": "ok"}
    assert visitor.client.get("/health/ready").json() == {"status": "ok"}
