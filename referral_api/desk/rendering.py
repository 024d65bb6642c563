"""Turns templates into pages of the desk, in the language of whoever is looking."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response

from referral_api.desk.desk import Desk, desk_of
from referral_api.desk.guards import session_of
from referral_api.desk.translating import SOURCE, Words
from referral_api.desk.wording import Wording

TEMPLATES_DIR = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class Renderer:
    """One template environment for each language, so that macros speak that language too."""

    environments: dict[str, Environment]

    def html(self, tag: str, template: str, **context: object) -> str:
        """The page as text."""
        return self.environments[tag].get_template(template).render(**context)


def create_renderer(desk: Desk) -> Renderer:
    """Sets up the environments; templates are compiled when first used."""
    return Renderer({tag: _environment(desk, words) for tag, words in desk.words.items()})


def _environment(desk: Desk, words: Words) -> Environment:
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
    install(words.gettext, words.ngettext, newstyle=True)
    names: dict[str, Any] = {
        "language": words.tag,
        "say": Wording(words, desk.content),
        "asset": desk.static_files.address,
    }
    environment.globals.update(names)
    return environment


def language_of(request: Request) -> str:
    """The language of the session; before that the first one the browser asks for that we have."""
    session = session_of(request)
    if session is not None:
        return session.language
    words = desk_of(request).words
    for part in request.headers.get("accept-language", "").split(","):
        tag = part.split(";")[0].strip().lower().split("-")[0]
        if tag in words:
            return tag
    return SOURCE


def words_of(request: Request) -> Words:
    """The words of whoever is looking."""
    return desk_of(request).words[language_of(request)]


def render(request: Request, template: str, status: int = 200, **context: object) -> Response:
    """A page for this request only."""
    renderer: Renderer = request.app.state.renderer
    text = renderer.html(language_of(request), template, session=session_of(request), **context)
    return HTMLResponse(text, status)
