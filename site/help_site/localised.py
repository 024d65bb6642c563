"""A page and its parts in the reader's language, ready for a template."""

from dataclasses import dataclass
from functools import partial

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from markupsafe import Markup

from help_site.content import Content, Page
from help_site.directory import Channel, Directory, Organisation
from help_site.hours import hours_in_words
from help_site.languages import BY_TAG, SOURCE, Language
from help_site.page_text import Block, BlockKind, inline_html, link_targets
from help_site.rendering import page_url
from help_site.translating import Catalogue


@dataclass(frozen=True, slots=True)
class LocalText:
    """A text as HTML; `foreign` is the language it fell back to, None when it is the reader's."""

    html: Markup
    foreign: Language | None

    @property
    def attributes(self) -> Markup:
        """The attributes that tell a screen reader about the other language (WCAG 3.1.2)."""
        if self.foreign is None:
            return Markup()
        return Markup(' lang="{}" dir="{}"').format(self.foreign.tag, self.foreign.direction)


@dataclass(frozen=True, slots=True)
class LocalBlock:
    """A block of a page with its own text, or with parts."""

    kind: BlockKind
    text: LocalText | None
    parts: tuple["LocalBlock", ...]


@dataclass(frozen=True, slots=True)
class LocalAction:
    """A button: the address, the label, and the number if it starts a call."""

    address: str
    label: LocalText
    number: str | None = None


@dataclass(frozen=True, slots=True)
class LocalOrganisation:
    """A contact card."""

    organisation: Organisation
    summary: LocalText
    channels: tuple[Channel, ...]
    hours: tuple[str, ...]
    languages: str
    open_now: bool | None = None


@dataclass(frozen=True, slots=True)
class LocalPage:
    """A page of the editors in the reader's language."""

    page: Page
    title: LocalText
    tab: str
    lead: LocalText
    blocks: tuple[LocalBlock, ...]
    actions: tuple[LocalAction, ...]
    organisations: tuple[LocalOrganisation, ...]
    checked_on: str
    partly_foreign: bool


class Localiser:
    """Gives one language's version of what the editors wrote."""

    def __init__(self, catalogue: Catalogue, content: Content, directory: Directory) -> None:
        self.catalogue = catalogue
        self._content = content
        self._directory = directory
        self._locale = Locale.parse(catalogue.language.tag, sep="-")
        self._page_url = partial(page_url, catalogue.language)

    def text(self, source_text: str) -> LocalText:
        """One text of the content; a translation that lost or changed a link is not used."""
        phrase = self.catalogue.phrase("content", source_text)
        text, tag = phrase.text, phrase.language
        if link_targets(text) != link_targets(source_text):
            text, tag = source_text, SOURCE.tag
        foreign = None if tag == self.catalogue.language.tag else BY_TAG[tag]
        return LocalText(inline_html(text, self._page_url), foreign)

    def page(self, page: Page) -> LocalPage:
        """A whole page."""
        title, lead = self.text(page.about.title), self.text(page.about.lead)
        blocks = tuple(self._block(block) for block in page.blocks)
        texts = [self.catalogue.phrase("content", text) for text in page.texts()]
        return LocalPage(
            page=page,
            title=title,
            tab=self.catalogue.phrase("content", page.about.tab).text,
            lead=lead,
            blocks=blocks,
            actions=tuple(a for a in map(self._action, page.about.actions) if a is not None),
            organisations=tuple(self._named(name) for name in page.about.organisations),
            checked_on=format_date(page.about.checked_on, "long", self._locale),
            partly_foreign=any(p.language != self.catalogue.language.tag for p in texts),
        )

    def organisation(
        self, organisation: Organisation, *, open_now: bool | None = None
    ) -> LocalOrganisation:
        """A contact card with only what may be published."""
        hours = organisation.published_hours
        return LocalOrganisation(
            organisation=organisation,
            summary=self.text(organisation.summary),
            channels=tuple(self._directory.published(organisation)),
            hours=tuple(hours_in_words(hours, self.catalogue)) if hours else (),
            languages=self._named_languages(organisation.published_languages),
            open_now=open_now,
        )

    def _named_languages(self, codes: tuple[str, ...]) -> str:
        names = [Locale.parse(code, sep="-").get_display_name(self._locale) for code in codes]
        return format_list(
            [name or code for name, code in zip(names, codes, strict=True)], locale=self._locale
        )

    def _named(self, name: str) -> LocalOrganisation:
        return self.organisation(self._directory.organisations[name])

    def _block(self, block: Block) -> LocalBlock:
        return LocalBlock(
            block.kind,
            self.text(block.text) if block.text else None,
            tuple(self._block(part) for part in block.parts),
        )

    def _action(self, name: str) -> LocalAction | None:
        page = self._content.pages.get(name)
        if page is not None:
            return LocalAction(self._page_url(name), self.text(page.about.title))
        organisation = self._directory.organisations.get(name)
        channel = self._directory.first_phone(organisation) if organisation else None
        if organisation is None or channel is None:
            return None
        label = LocalText(Markup.escape(organisation.short_name), None)
        return LocalAction(channel.phone_link, label, channel.value)
