"""Finds the Dutch texts in the editors' files, for Babel: see babel.cfg."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import frontmatter
import yaml

from help_site.page_text import read_blocks

# What Babel asks of an extractor: line, function name, message, comments for translators.
Found = tuple[int, str, str, list[str]]

NEUTRAL_TAB = "Translators: browser-tab title; it must tell nothing to somebody who looks on"
LINKS = "Translators: keep what stands between ( and ) after a link as it is"
SHORT_ANSWER = "Translators: what the chat computer says; short and kind"
BUTTON = "Translators: words on a button in the chat"


def extract_page(
    file: BytesIO, keywords: object, comment_tags: object, options: object
) -> Iterator[Found]:
    """Title, tab, lead and every block of a page, as `Page.texts` gives them at run time."""
    post = frontmatter.loads(file.read().decode())
    about: dict[str, Any] = dict(post.metadata)
    yield (1, "", about["title"], [])
    yield (1, "", about["tab"], [NEUTRAL_TAB])
    yield (1, "", about["lead"], [])
    for block in read_blocks(post.content):
        for text in block.texts():
            yield (1, "", text, [LINKS] if "](" in text else [])


def extract_organisations(
    file: BytesIO, keywords: object, comment_tags: object, options: object
) -> Iterator[Found]:
    """What each organisation does; names stay as they are."""
    listed: dict[str, Any] = yaml.safe_load(file.read())
    for organisation in listed["organisations"]:
        yield (1, "", organisation["summary"], [f"Translators: about {organisation['name']}"])


def extract_answers(
    file: BytesIO, keywords: object, comment_tags: object, options: object
) -> Iterator[Found]:
    """The labels of topics and the answers of the chat."""
    read: dict[str, Any] = yaml.safe_load(file.read())
    for label in read["topics"].values():
        yield (1, "", label, [BUTTON])
    for answer in read["answers"].values():
        yield (1, "", answer["text"].strip(), [SHORT_ANSWER])
