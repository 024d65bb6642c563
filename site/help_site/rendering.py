"""Turns templates into pages in the reader's language, and keeps public pages as bytes.

How a page module uses it (paths without the language prefix; main.py adds `/{language}`):

    router = APIRouter()

    @router.post("/find")
    async def find(request: Request) -> Response:
        return render(request, "pages/find_help.html", status=200, results=results)

`render_public` does the same for a page that is equal for everybody, and keeps the bytes.

Every template has: `_`, `ngettext`, `language` (Language), `languages` (the live list), `path`
(without prefix, for the language switch), `page_url("shelter")`, `asset("site.css")` and
`leave_url`. They are globals, so macros have them too; only `path` needs to be handed to a macro.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from fastapi import HTTPException
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import Response

from help_site.addresses import page_path
from help_site.kept_responses import KeptResponses, encoded, keep, preferred_encoding
from help_site.languages import BY_TAG, LANGUAGES, Language, offered_to
from help_site.security_headers import SECURITY_HEADERS
from help_site.static_files import StaticFiles
from help_site.translating import Catalogue

TEMPLATES_DIR = Path(__file__).parent / "templates"
HTML = "text/html; charset=utf-8"
NO_STORE = "no-store"


@dataclass(frozen=True, slots=True)
class Renderer:
    """One template environment for each language, so that macros speak that language too."""

    environments: dict[str, Environment]
    kept: KeptResponses

    def html(self, language: Language, template: str, path: str, **context: object) -> str:
        """The page as text; `path` is the page's own path without the language prefix."""
        environment = self.environments[language.tag]
        return environment.get_template(template).render(path=path, **context)


def create_renderer(
    catalogues: dict[str, Catalogue], static_files: StaticFiles, leave_url: str
) -> Renderer:
    """Sets up the environments; templates are compiled when first used."""
    environments = {
        language.tag: _environment(language, catalogues[language.tag], static_files, leave_url)
        for language in LANGUAGES
    }
    return Renderer(environments, KeptResponses(dict(static_files.responses)))


def _environment(
    language: Language, catalogue: Catalogue, static_files: StaticFiles, leave_url: str
) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES_DIR),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    # The i18n extension adds this method at run time, so type checkers cannot see it.
    install: Callable[..., None] = getattr(environment, "install_gettext_callables")  # noqa: B009
    install(catalogue.gettext, catalogue.ngettext, newstyle=True)
    words: dict[str, Any] = {
        "language": language,
        "languages": LANGUAGES,
        "page_url": partial(page_url, language),
        "asset": static_files.address,
        "leave_url": leave_url,
    }
    environment.globals.update(words)
    return environment


def page_url(language: Language, card: str) -> str:
    """The address of a card or task page in one language: `/nl/p/shelter`."""
    return f"/{language.tag}{page_path(card)}"


def language_of(request: Request) -> Language:
    """The language of the address; outside a live language the one the browser asks for."""
    tag = str(request.path_params.get("language", "")) or request.url.path.split("/")[1]
    return BY_TAG.get(tag) or offered_to(request.headers.get("accept-language", ""))


def require_live_language(request: Request) -> None:
    """A dependency for every page below `/{language}`: an unknown language is not found."""
    if request.path_params.get("language") not in BY_TAG:
        raise HTTPException(404)


def path_without_language(request: Request) -> str:
    """The path the language switch keeps: `/p/shelter` for `/nl/p/shelter`."""
    tag = str(request.path_params.get("language", ""))
    return request.url.path.removeprefix(f"/{tag}") or "/"


def render(request: Request, template: str, status: int = 200, **context: object) -> Response:
    """A page made for this request only; it is never stored, here or on the phone."""
    renderer: Renderer = request.app.state.renderer
    path = str(context.pop("path", path_without_language(request)))
    text = renderer.html(language_of(request), template, path, **context)
    return html_response(request, text, status)


def html_response(request: Request, text: str, status: int) -> Response:
    """A compressed HTML answer. No cookie exists, so compression gives nothing away (BREACH)."""
    encoding = preferred_encoding(request.headers.get("accept-encoding", ""))
    body = encoded(text.encode(), encoding, brotli_quality=4)
    headers = {"Cache-Control": NO_STORE, "Vary": "Accept-Encoding"}
    if encoding != "identity":
        headers["Content-Encoding"] = encoding
    return Response(body, status, headers, media_type=HTML)


def render_public(request: Request, template: str, **context: object) -> Response:
    """A page that is equal for every reader of this language: made once, then kept as bytes."""
    renderer: Renderer = request.app.state.renderer
    text = renderer.html(language_of(request), template, path_without_language(request), **context)
    kept = keep(text.encode(), HTML, NO_STORE, SECURITY_HEADERS)
    renderer.kept.by_path[request.url.path] = kept
    headers, body = kept.chosen_for(request.headers.get("accept-encoding", ""))
    response = Response(body)
    response.raw_headers = list(headers)
    return response
