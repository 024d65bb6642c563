"""Safe use of the phone and of this site, and what the leave button can and cannot do."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from help_site.rendering import render_public

router = APIRouter()


@router.get("/safety")
async def safety(request: Request) -> Response:
    """How to read here without being seen."""
    return render_public(request, "pages/safety.html")
