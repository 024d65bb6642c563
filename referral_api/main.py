"""Puts the intake together: `uvicorn --factory referral_api.main:create_app`."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool

from referral_api.authentication import Callers
from referral_api.clock import Clock, utc_now
from referral_api.errors import Unexpected, install_error_answers, respond
from referral_api.intake import open_intake
from referral_api.last_resort import LastResort
from referral_api.openapi import PREFIX, build_openapi
from referral_api.receivers import read_receivers
from referral_api.response_headers import ResponseHeaders
from referral_api.routes import conversations, description, explanations, health, offers, referrals
from referral_api.routes.service_errors import install_service_errors
from referral_api.settings import Settings, read_settings


def create_app(settings: Settings | None = None, clock: Clock = utc_now) -> FastAPI:
    """The intake API. Without settings they are read from the environment."""
    chosen = settings or read_settings()
    intake = open_intake(chosen, clock)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncGenerator[None]:
        await run_in_threadpool(intake.start)
        yield
        intake.close()

    app = FastAPI(
        lifespan=lifespan,
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.intake = intake
    receivers = read_receivers(chosen.receivers_file, insecure_http=not chosen.is_production)
    app.state.callers = Callers.of(chosen, receivers)
    for module in (referrals, conversations, explanations, offers, description):
        app.include_router(module.router, prefix=PREFIX)
    app.include_router(health.router)
    install_error_answers(app, chosen.api_url)
    install_service_errors(app, chosen.api_url)
    _describe(app, chosen)
    last_answer = respond(Unexpected(), chosen.api_url)
    app.add_middleware(LastResort, event_log=intake.event_log, answer=last_answer)
    app.add_middleware(ResponseHeaders)
    return app


def _describe(app: FastAPI, settings: Settings) -> None:
    built: dict[str, Any] = {}

    def openapi() -> dict[str, Any]:
        if not built:
            built.update(build_openapi(app, settings, app.state.intake.names))
        return built

    app.openapi = openapi  # type: ignore[method-assign]  # FastAPI's own way to replace it
