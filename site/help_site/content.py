"""Reads the editors' pages at start into typed objects; a wrong file stops the start."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

import frontmatter
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from help_site.addresses import TASK_PAGES, Audience
from help_site.page_text import Block, PageTextError, link_targets, read_blocks


class ContentError(ValueError):
    """Content files that cannot be used; the message names every file and what is wrong."""


class Source(BaseModel):
    """Where a statement on a page comes from."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: str
    supports: str


# YAML reads an unquoted 112 as a number.
Identifier = Annotated[str, BeforeValidator(str)]


class FrontMatter(BaseModel):
    """The lines between `---` at the top of a page."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    card: str
    audience: Audience
    order: int
    title: str = Field(min_length=1)
    tab: str = Field(min_length=1)
    lead: str = Field(min_length=1)
    actions: tuple[Identifier, ...] = Field(default=(), max_length=3)
    organisations: tuple[Identifier, ...] = ()
    checked_on: date
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the editors, in Dutch."""

    about: FrontMatter
    blocks: tuple[Block, ...]

    @property
    def card(self) -> str:
        """The name of the page in links, in the bot and in the address."""
        return self.about.card

    def texts(self) -> Iterator[str]:
        """Every text of the page that is translated, in reading order."""
        yield from (self.about.title, self.about.tab, self.about.lead)
        for block in self.blocks:
            yield from block.texts()

    def linked_cards(self) -> set[str]:
        """The cards that the text links to."""
        targets = (target for text in self.texts() for target in link_targets(text))
        return {t.removeprefix("page:") for t in targets if t.startswith("page:")}


@dataclass(frozen=True, slots=True)
class Content:
    """All pages, by card."""

    pages: dict[str, Page]

    def menu(self, audience: Audience) -> list[Page]:
        """The pages behind one door, in the order the editors gave them."""
        pages = (page for page in self.pages.values() if page.about.audience == audience)
        return sorted(pages, key=lambda page: (page.about.order, page.card))


def read_page(path: Path) -> Page:
    """One page file; ValueError or ValidationError when it cannot be used."""
    post = frontmatter.loads(path.read_text(encoding="utf-8"))
    about = FrontMatter.model_validate(post.metadata)
    if about.card != path.stem:
        raise PageTextError(f"card is {about.card}, so the file must be {about.card}.md")
    return Page(about, read_blocks(post.content))


def load_content(content_dir: Path, organisation_ids: Callable[[Audience], set[str]]) -> Content:
    """Reads every page; `organisation_ids` says which organisations an audience may be shown.

    Raises ContentError that names every wrong file at once.
    """
    pages: dict[str, Page] = {}
    problems: list[str] = []
    for path in sorted((content_dir / "pages").glob("*.md")):
        try:
            page = read_page(path)
        except ValidationError as error:
            problems += [f"{path.name}: {_said(detail)}" for detail in error.errors()]
        except ValueError as error:
            problems.append(f"{path.name}: {error}")
        else:
            pages[page.card] = page
    for page in pages.values():
        known = organisation_ids(page.about.audience)
        problems += [f"{page.card}.md: {problem}" for problem in _dead_ends(page, pages, known)]
    if problems:
        raise ContentError("Content cannot be used:\n" + "\n".join(problems))
    return Content(pages)


def _dead_ends(page: Page, pages: dict[str, Page], organisations: set[str]) -> Iterator[str]:
    cards = {*pages, *TASK_PAGES}
    for card in sorted(page.linked_cards() - cards):
        yield f"links to page:{card}, which does not exist"
    for action in page.about.actions:
        if action not in cards and action not in organisations:
            yield f"action {action} is no page and no organisation for {page.about.audience}"
    for organisation in page.about.organisations:
        if organisation not in organisations:
            yield f"organisation {organisation} is not in the directory for {page.about.audience}"


def _said(detail: ErrorDetails) -> str:
    return f"{'.'.join(str(part) for part in detail['loc'])}: {detail['msg']}"
