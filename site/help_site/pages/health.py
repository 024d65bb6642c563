"""Tells the operator's machines that the website lives and can serve pages."""

from fastapi import APIRouter

router = APIRouter(prefix="/health")


@router.get("/live")
async def live() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@router.get("/ready")
async def ready() -> dict[str, str]:
    """Content and catalogues are read before the first request, so answering is being ready.

    The bot and the referral API are left out on purpose: pages help without them.
    """
    return {"status": "ok"}
