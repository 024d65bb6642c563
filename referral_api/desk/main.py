"""Puts the desk together: `uvicorn --factory referral_api.desk.main:create_app`."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse

from referral_api.clock import Clock, utc_now
from referral_api.desk.desk import Desk, open_desk
from referral_api.desk.error_pages import UNEXPECTED, install_error_pages
from referral_api.desk.pages import health, inbox, referral, sign_in
from referral_api.desk.rendering import create_renderer
from referral_api.desk.security_headers import DeskHeaders
from referral_api.desk.settings import DeskSettings, read_desk_settings
from referral_api.desk.translating import SOURCE
from referral_api.last_resort import LastResort

# Every page of the desk; a test checks that each of their routes says who may come in.
PAGES = (health, sign_in, inbox, referral)
# How often keys of sessions that nobody uses any more are let go.
SWEEP_SECONDS = 30.0


def create_app(settings: DeskSettings | None = None, clock: Clock = utc_now) -> FastAPI:
    """The desk. Without settings they are read from the environment."""
    chosen = settings or read_desk_settings()
    desk = open_desk(chosen, clock)
    renderer = create_renderer(desk)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncGenerator[None]:
        await run_in_threadpool(desk.start)
        sweeping = asyncio.create_task(_sweep(desk))
        yield
        sweeping.cancel()
        with suppress(asyncio.CancelledError):
            await sweeping
        desk.close()

    app = FastAPI(
        lifespan=lifespan,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.desk = desk
    app.state.renderer = renderer
    for module in PAGES:
        app.include_router(module.router)
    install_error_pages(app)
    last_page = renderer.html(
        SOURCE, "pages/error.html", session=None, kind=UNEXPECTED, kept_text=""
    )
    last_answer = HTMLResponse(last_page, 500)
    app.add_middleware(LastResort, event_log=desk.event_log, answer=last_answer)
    app.add_middleware(DeskHeaders)
    return app


async def _sweep(desk: Desk) -> None:
    while True:
        await asyncio.sleep(SWEEP_SECONDS)
        desk.sessions.sweep()
