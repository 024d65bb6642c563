"""The first page: three doors, what to do in danger, and the choice of language."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from help_site.languages import LANGUAGES, offered_to
from help_site.rendering import render, render_public

router = APIRouter()
chooser = APIRouter()


@chooser.get("/")
async def choose_language(request: Request) -> Response:
    """Offers the languages, the browser's own first; nobody is sent anywhere."""
    offered = offered_to(request.headers.get("accept-language", ""))
    ordered = sorted(LANGUAGES, key=lambda language: language != offered)
    return render(request, "pages/choose_language.html", ordered=ordered)


@router.get("")
@router.get("/")
async def home(request: Request) -> Response:
    """The home page of one language."""
    return render_public(request, "pages/home.html")
