"""Puts the website together; everything it does is elsewhere."""

from fastapi import Depends, FastAPI
from starlette.types import ASGIApp

from help_site.error_pages import ErrorBoundary, add_error_pages
from help_site.kept_responses import ServeKeptResponses
from help_site.pages import health, home
from help_site.rendering import create_renderer, require_live_language
from help_site.security_headers import SecurityHeaders
from help_site.settings import Settings
from help_site.static_files import load_static_files
from help_site.translating import load_catalogues


def create_app(settings: Settings | None = None) -> ASGIApp:
    """The website as one ASGI app; without settings they are read from the environment."""
    settings = settings or Settings.model_validate({})
    catalogues = load_catalogues(settings.translations_dir)
    renderer = create_renderer(catalogues, load_static_files(), settings.leave_url)

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False)
    app.state.settings = settings
    app.state.catalogues = catalogues
    app.state.renderer = renderer
    app.include_router(health.router)
    app.include_router(home.chooser)
    for page in (home,):
        app.include_router(
            page.router, prefix="/{language}", dependencies=[Depends(require_live_language)]
        )
    add_error_pages(app)

    protected = SecurityHeaders(ErrorBoundary(app, renderer))
    return ServeKeptResponses(protected, renderer.kept)
