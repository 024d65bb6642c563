"""What every page may use: settings, words, content and directory, made once at start."""

from dataclasses import dataclass

from starlette.requests import Request

from help_site.content import Content, load_content
from help_site.directory import Directory, load_directory
from help_site.languages import LANGUAGES
from help_site.localised import Localiser
from help_site.rendering import language_of
from help_site.settings import Settings
from help_site.translating import Catalogue, load_catalogues


@dataclass(frozen=True, slots=True)
class Website:
    """Everything read at start; nothing in it ever changes."""

    settings: Settings
    catalogues: dict[str, Catalogue]
    content: Content
    directory: Directory
    localisers: dict[str, Localiser]

    def localiser(self, request: Request) -> Localiser:
        """The content in the language of this request."""
        return self.localisers[language_of(request).tag]


def load_website(settings: Settings) -> Website:
    """Reads content and catalogues; ContentError stops the start with a sentence."""
    catalogues = load_catalogues(settings.translations_dir)
    directory = load_directory(
        settings.content_dir, require_rechecked=settings.require_rechecked_channels
    )
    content = load_content(settings.content_dir, directory.ids_shown_to)
    localisers = {
        language.tag: Localiser(catalogues[language.tag], content, directory)
        for language in LANGUAGES
    }
    return Website(settings, catalogues, content, directory, localisers)


def website_of(request: Request) -> Website:
    """The website that this request is for."""
    website: Website = request.app.state.website
    return website
