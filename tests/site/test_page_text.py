"""What an editor may write, and what it becomes."""

import pytest

from help_site.page_text import Block, PageTextError, inline_html, link_targets, read_blocks


def dutch_url(card: str) -> str:
    return f"/nl/p/{card}"


def test_a_page_is_read_as_headings_paragraphs_lists_and_callouts() -> None:
    markdown = (
        "## Kop\n\nEen zin\nop twee regels.\n\n- één\n- twee\n\n1. eerst\n\n> [!TIP]\n> Let op."
    )

    assert read_blocks(markdown) == (
        Block("heading", "Kop"),
        Block("paragraph", "Een zin op twee regels."),
        Block("bullets", parts=(Block("paragraph", "één"), Block("paragraph", "twee"))),
        Block("steps", parts=(Block("paragraph", "eerst"),)),
        Block("tip", parts=(Block("paragraph", "Let op."),)),
    )


@pytest.mark.parametrize(
    "markdown",
    [
        "# Grote kop",
        "### Kleine kop",
        "<b>vet</b>",
        "Een <script>alert(1)</script> zin",
        "![een foto](https://example.org/foto.jpg)",
        "> Een citaat zonder soort",
        "```\ncode\n```",
        "[klik](javascript:alert(1))",
        "[klik](http://example.org)",
        "[klik](/nl/p/shelter)",
        "- één\n\n  met een tweede alinea",
        "---",
    ],
)
def test_anything_else_is_refused_with_its_line(markdown: str) -> None:
    with pytest.raises(PageTextError, match="line 1"):
        read_blocks(markdown)


def test_a_link_to_a_page_keeps_the_language() -> None:
    html = inline_html("Lees over [wonen](page:shelter).", dutch_url)

    assert html == 'Lees over <a href="/nl/p/shelter">wonen</a>.'


def test_a_number_stays_in_order_in_arabic_and_a_sentence_does_not_turn_round() -> None:
    number = inline_html("[0800-2000](tel:08002000)", dutch_url)
    sentence = inline_html("[Bel 112](tel:112)", dutch_url)

    assert number == '<a href="tel:08002000"><bdi dir="ltr">0800-2000</bdi></a>'
    assert sentence == '<a href="tel:112">Bel 112</a>'


def test_another_website_does_not_learn_where_the_visitor_came_from() -> None:
    html = inline_html("[site](https://example.org)", dutch_url)

    assert 'rel="external nofollow noreferrer"' in html


def test_signs_of_html_in_a_text_are_shown_and_not_run() -> None:
    assert inline_html("2 < 3 & 5 > 4", dutch_url) == "2 &lt; 3 &amp; 5 &gt; 4"


def test_the_targets_of_links_can_be_compared_between_languages() -> None:
    dutch = "[wonen](page:shelter) of [bellen](tel:112)"
    english = "[call](tel:112) or [housing](page:shelter)"

    assert link_targets(dutch) == link_targets(english) == ["page:shelter", "tel:112"]
