"""Puts the website together; everything it does is elsewhere."""

from fastapi import Depends, FastAPI
from starlette.types import ASGIApp

from help_site.error_pages import ErrorBoundary, add_error_pages
from help_site.kept_responses import ServeKeptResponses
from help_site.pages import find_help, health, home, leave, read
from help_site.rendering import create_renderer, require_live_language
from help_site.security_headers import SecurityHeaders
from help_site.settings import Settings
from help_site.static_files import load_static_files
from help_site.website import load_website

# The doors (read) match any single word, so they come last.
PAGES = (home, find_help, leave, read)


def create_app(settings: Settings | None = None) -> ASGIApp:
    """The website as one ASGI app; without settings they are read from the environment."""
    website = load_website(settings or Settings.model_validate({}))
    renderer = create_renderer(website.catalogues, load_static_files(), website.settings.leave_url)

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False)
    app.state.website = website
    app.state.renderer = renderer
    app.include_router(health.router)
    app.include_router(home.chooser)
    for page in PAGES:
        app.include_router(
            page.router, prefix="/{language}", dependencies=[Depends(require_live_language)]
        )
    add_error_pages(app)

    protected = SecurityHeaders(ErrorBoundary(app, renderer))
    return ServeKeptResponses(protected, renderer.kept)
