"""The doors with their lists of pages, and the pages themselves."""

from fastapi import APIRouter, HTTPException
from starlette.requests import Request
from starlette.responses import Response

from help_site.addresses import DOORS
from help_site.rendering import render_public
from help_site.website import website_of

router = APIRouter()


@router.get("/p/{card}")
async def page(request: Request, card: str) -> Response:
    """One page of the editors."""
    website = website_of(request)
    found = website.content.pages.get(card)
    if found is None:
        raise HTTPException(404)
    local = website.localiser(request).page(found)
    return render_public(request, "pages/read.html", page=local, card=card)


@router.get("/{door}")
async def door(request: Request, door: str) -> Response:
    """The list of pages behind one of the three doors."""
    if door not in DOORS:
        raise HTTPException(404)
    website = website_of(request)
    localiser = website.localiser(request)
    menu = [localiser.page(found) for found in website.content.menu(door)]
    return render_public(request, "pages/door.html", menu=menu, door=door)
