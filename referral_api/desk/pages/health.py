"""Alive and ready, and the files that every page needs."""

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import JSONResponse, Response
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool

from referral_api.desk.desk import desk_of
from referral_api.desk.guards import anybody
from referral_api.desk.static_files import FOREVER

router = APIRouter(dependencies=[anybody])


@router.get("/health/live")
async def live() -> JSONResponse:
    """The process runs."""
    return JSONResponse({"status": "ok"})


@router.get("/health/ready")
async def ready(request: Request) -> JSONResponse:
    """The database answers and has the newest schema."""
    try:
        is_ready = await run_in_threadpool(desk_of(request).is_ready)
    except SQLAlchemyError:
        is_ready = False
    return JSONResponse(
        {"status": "ok" if is_ready else "not ready"}, status_code=200 if is_ready else 503
    )


@router.get("/static/{name}")
async def static_file(request: Request, name: str) -> Response:
    """A style sheet or a picture, from memory."""
    file = desk_of(request).static_files.by_address.get(f"/static/{name}")
    if file is None:
        raise HTTPException(404)
    return Response(file.body, media_type=file.media_type, headers={"Cache-Control": FOREVER})
