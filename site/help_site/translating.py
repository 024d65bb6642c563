"""Loads the catalogues and gives each language its words, with an honest fallback."""

from dataclasses import dataclass
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Literal

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from help_site.languages import FALLBACK, LANGUAGES, SOURCE, Language

Domain = Literal["interface", "content", "bot"]
DOMAINS: tuple[Domain, ...] = ("interface", "content", "bot")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A text together with the tag of the language it is really in."""

    text: str
    language: str


class Catalogue:
    """The words of one language; a missing one falls back to English, then Dutch."""

    def __init__(
        self,
        language: Language,
        own: dict[Domain, NullTranslations],
        fallback: dict[Domain, NullTranslations],
    ) -> None:
        self.language = language
        self._own = own
        self._fallback = fallback

    def phrase(self, domain: Domain, source_text: str) -> Phrase:
        """The text for a Dutch source text, and the language it turned out to be in."""
        if self.language == SOURCE:
            return Phrase(source_text, SOURCE.tag)
        own = self._own[domain].gettext(source_text)
        if own != source_text or _holds(self._own[domain], source_text):
            return Phrase(own, self.language.tag)
        english = self._fallback[domain].gettext(source_text)
        if english != source_text:
            return Phrase(english, FALLBACK.tag)
        return Phrase(source_text, SOURCE.tag)

    def gettext(self, source_text: str) -> str:
        """The interface word for a Dutch source text."""
        return self.phrase("interface", source_text).text

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        """The interface word for a number of things; falls back as `phrase` does."""
        own = self._own["interface"].ngettext(singular, plural, count)
        if own not in (singular, plural):
            return own
        return self._fallback["interface"].ngettext(singular, plural, count)


def _holds(translations: NullTranslations, source_text: str) -> bool:
    catalogue: dict[object, str] = getattr(translations, "_catalog", {})
    return source_text in catalogue


def load_catalogues(translations_dir: Path) -> dict[str, Catalogue]:
    """One catalogue for each live language, by tag; compiled in memory, nothing on disk.

    Fuzzy entries are left out: a guess is worse than an honest fallback.
    """
    loaded = {language.tag: _load(translations_dir, language) for language in LANGUAGES}
    english = loaded[FALLBACK.tag]
    return {
        language.tag: Catalogue(language, loaded[language.tag], english) for language in LANGUAGES
    }


def _load(translations_dir: Path, language: Language) -> dict[Domain, NullTranslations]:
    return {domain: _compile(translations_dir, language, domain) for domain in DOMAINS}


def _compile(translations_dir: Path, language: Language, domain: Domain) -> NullTranslations:
    path = translations_dir / language.tag.replace("-", "_") / "LC_MESSAGES" / f"{domain}.po"
    if language == SOURCE or not path.exists():
        return NullTranslations()
    with path.open("rb") as po_file:
        catalog = read_po(po_file, locale=language.tag.replace("-", "_"))
    compiled = BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return GNUTranslations(compiled)
