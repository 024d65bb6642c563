"""Alive and ready, for the launcher and for whoever runs the service."""

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool

from referral_api.authentication import anybody
from referral_api.errors import NotReady
from referral_api.intake import intake_of

router = APIRouter(prefix="/health", include_in_schema=False, dependencies=[anybody])


@router.get("/live")
async def live() -> JSONResponse:
    """The process runs."""
    return JSONResponse({"status": "ok"})


@router.get("/ready")
async def ready(request: Request) -> JSONResponse:
    """The database answers and has the newest schema."""
    intake = intake_of(request)
    try:
        is_ready = await run_in_threadpool(intake.is_ready)
    except SQLAlchemyError:
        is_ready = False
    if not is_ready:
        raise NotReady
    return JSONResponse({"status": "ok"})
