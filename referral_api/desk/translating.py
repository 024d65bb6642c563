"""The desk's words: catalogue `desk` in each language of staff, source Dutch."""

from dataclasses import dataclass
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

SOURCE = "nl"
# Languages in which staff can work; one is offered when its catalogue is there.
LANGUAGES = {"nl": "Nederlands", "en": "English"}


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language."""

    tag: str
    own_name: str
    translations: NullTranslations

    @property
    def locale(self) -> Locale:
        """How this language writes days, numbers and names of languages."""
        return Locale.parse(self.tag)

    def gettext(self, source_text: str) -> str:
        """The word for a Dutch source text."""
        return self.translations.gettext(source_text)

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        """The word for a number of things."""
        return self.translations.ngettext(singular, plural, count)


def load_words(translations_dir: Path) -> dict[str, Words]:
    """The words of every language that has a catalogue, by tag; compiled in memory."""
    loaded = {SOURCE: Words(SOURCE, LANGUAGES[SOURCE], NullTranslations())}
    for tag, own_name in LANGUAGES.items():
        path = translations_dir / tag / "LC_MESSAGES" / "desk.po"
        if tag != SOURCE and path.exists():
            loaded[tag] = Words(tag, own_name, _compile(path, tag))
    return loaded


def _compile(path: Path, tag: str) -> GNUTranslations:
    with path.open("rb") as po_file:
        catalog = read_po(po_file, locale=tag)
    compiled = BytesIO()
    write_mo(compiled, catalog)
    compiled.seek(0)
    return GNUTranslations(compiled)
