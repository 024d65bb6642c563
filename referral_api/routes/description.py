"""The API described: the OpenAPI document, a readable page of it, and a page for each problem."""

import re
from pathlib import Path
from typing import Any, Final

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, JSONResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from referral_api.authentication import anybody
from referral_api.errors import BY_SLUG, PROBLEMS, NotFound
from referral_api.response_headers import API_VERSION

_FOLDER: Final = Path(__file__).parent.parent / "templates"
_PAGES: Final = Environment(
    loader=FileSystemLoader(_FOLDER),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)

# The order of the fields is part of an example.
_PAGES.policies["json.dumps_kwargs"] = {"sort_keys": False}


def _marked(text: str) -> Markup:
    """The text with what stands between backticks as code."""
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(text))))  # noqa: S704 - escaped first


_PAGES.filters["marked"] = _marked

router = APIRouter(include_in_schema=False, dependencies=[anybody])


@router.get("/openapi.json")
async def openapi(request: Request) -> JSONResponse:
    """The document itself; the one answer that pages of other origins may read."""
    return JSONResponse(
        request.app.openapi(),
        headers={"Access-Control-Allow-Origin": "*"},
        media_type="application/json",
    )


@router.get("/reference")
async def reference(request: Request) -> HTMLResponse:
    """All operations on one page: no script, nothing from another host."""
    document: dict[str, Any] = request.app.openapi()
    page = _PAGES.get_template("reference.html")
    return HTMLResponse(page.render(api=document, problems=PROBLEMS, version=API_VERSION))


@router.get("/reference.css")
async def stylesheet() -> Response:
    """The looks of the page."""
    return Response(_STYLESHEET, media_type="text/css; charset=utf-8")


@router.get("/problems/{slug}")
async def problem(slug: str) -> HTMLResponse:
    """What a problem type means: the address in `type` leads here."""
    found = BY_SLUG.get(slug)
    if found is None:
        raise NotFound
    return HTMLResponse(_PAGES.get_template("problem.html").render(problem=found))


_STYLESHEET: Final = """
:root { color-scheme: light dark; font: 1.0625rem/1.6 system-ui, sans-serif; }
body { max-width: 60rem; margin: 0 auto; padding: 1.5rem; }
h1, h2, h3 { line-height: 1.25; }
h2 { margin-block-start: 3rem; }
article { border-block-start: 1px solid currentColor; padding-block: 1rem; }
code, pre { font: 0.9375rem/1.5 ui-monospace, monospace; }
pre { overflow-x: auto; padding: 1rem; border: 1px solid currentColor; border-radius: 0.25rem; }
.address { font-weight: 700; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: minmax(8rem, max-content) 1fr; gap: 0.5rem 1.5rem; }
dt { overflow-wrap: anywhere; }
dd { margin: 0; }
.required { font-weight: 700; }
@media (max-width: 40rem) { dl { grid-template-columns: 1fr; } dd { margin-block-end: 0.75rem; } }
"""
