"""The long lists a question chooses from: the regions of the Netherlands, and languages."""

from collections.abc import Mapping
from dataclasses import dataclass

from babel import Locale, UnknownLocaleError

from help_site.languages import Language
from help_site.questions import Option, Question

# ISO 639-1: the site's languages, those prepared, and what people from the countries of origin
# named in the national figures speak most.
_TAGS = (
    "nl en ar pl ro bg es hu fr pt tr uk vi zh ti ru sq am so fa ps ku sw ha yo ig hi ur bn pa "
    "ne th id tl it de el sr hr bs sk cs lt lv ka hy mn"
)
ANSWER_LANGUAGES = tuple(_TAGS.split())
# Babel's data has Filipino, the standardised Tagalog, only under a tag of three letters.
_LOCALE_OF = {"tl": "fil"}


@dataclass(frozen=True, slots=True)
class FormLists:
    """Regions as (id, name) pairs; names of regions and languages are the same for every reader."""

    regions: tuple[Option, ...]
    languages: tuple[Option, ...]

    def options_of(self, question: Question) -> tuple[Option, ...]:
        """All answers to a question, those from a long list included."""
        if question.source == "regions":
            return self.regions + question.options
        if question.source == "languages":
            return self.languages
        return question.options


def create_form_lists(regions: Mapping[str, str]) -> FormLists:
    """The lists, with the names of the regions by id, in the order of their names."""
    ordered = sorted(regions.items(), key=lambda region: region[1].casefold())
    return FormLists(tuple(Option(*region) for region in ordered), language_options())


def language_options() -> tuple[Option, ...]:
    """Every language an answer may be in, by its own name."""
    named = [Option(tag, _own_name(tag)) for tag in ANSWER_LANGUAGES]
    return tuple(sorted(named, key=lambda option: option.label.casefold()))


def answer_language(language: Language) -> str:
    """The ISO 639-1 code that goes with a language of the site: `zh` for `zh-Hans`."""
    return language.tag.split("-")[0]


def _own_name(tag: str) -> str:
    try:
        name = Locale.parse(_LOCALE_OF.get(tag, tag)).get_display_name()
    except UnknownLocaleError:
        name = None
    name = name or tag
    # Title case and not upper case: Georgian has capitals that nobody uses in a name.
    return name[0].title() + name[1:]
