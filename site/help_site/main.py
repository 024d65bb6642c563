"""Puts the website together; everything it does is elsewhere."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from fastapi import Depends, FastAPI
from starlette.types import ASGIApp

from help_site.bot_client import BotClient
from help_site.error_pages import ErrorBoundary, add_error_pages
from help_site.kept_responses import ServeKeptResponses
from help_site.pages import chat, find_help, health, home, leave, my_code, read, refer
from help_site.referral_client import ReferralClient
from help_site.rendering import create_renderer, require_live_language
from help_site.security_headers import SecurityHeaders
from help_site.settings import Settings
from help_site.static_files import load_static_files
from help_site.visitor_services import create_services
from help_site.website import load_website

# The doors (read) match any single word, so they come last.
PAGES = (home, find_help, leave, refer, my_code, chat, read)


def create_app(
    settings: Settings | None = None,
    referrals: ReferralClient | None = None,
    bot: BotClient | None = None,
) -> ASGIApp:
    """The website as one ASGI app; without settings they are read from the environment.

    `referrals` and `bot` are the neighbours it talks to; without them, over HTTP.
    """
    website = load_website(settings or Settings.model_validate({}))
    services = create_services(website, referrals, bot)
    renderer = create_renderer(website.catalogues, load_static_files(), website.settings.leave_url)

    @asynccontextmanager
    async def closing_services(_: FastAPI) -> AsyncGenerator[None]:
        yield
        await services.close()

    app = FastAPI(
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        lifespan=closing_services,
    )
    app.state.website = website
    app.state.renderer = renderer
    app.state.services = services
    app.include_router(health.router)
    app.include_router(home.chooser)
    for page in PAGES:
        app.include_router(
            page.router, prefix="/{language}", dependencies=[Depends(require_live_language)]
        )
    add_error_pages(app)

    protected = SecurityHeaders(ErrorBoundary(app, renderer))
    return ServeKeptResponses(protected, renderer.kept)
