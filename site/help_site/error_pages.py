"""Kind error pages in the reader's language, also when our own code breaks."""

import logging
import traceback
from http import HTTPStatus

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from help_site.rendering import Renderer, html_response, language_of, render

logger = logging.getLogger("help_site")


def add_error_pages(app: FastAPI) -> None:
    """Every refusal of the app becomes a page with a way on and the phone number 112."""
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _unreadable)
    # Starlette answers with this and then raises the error again, for ErrorBoundary to note.
    app.add_exception_handler(Exception, _refused)


async def _refused(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    response = render(request, "pages/error.html", status, kind=_kind(status), path="/")
    if isinstance(error, HTTPException) and error.headers:
        response.headers.update(error.headers)
    return response


async def _unreadable(request: Request, _: Exception) -> Response:
    return render(request, "pages/error.html", 400, kind=_kind(400), path="/")


def _kind(status: int) -> str:
    if status in (HTTPStatus.NOT_FOUND, HTTPStatus.METHOD_NOT_ALLOWED):
        return "not_found"
    return "our_fault" if status >= HTTPStatus.INTERNAL_SERVER_ERROR else "not_understood"


class ErrorBoundary:
    """Notes a crash, and answers if nothing did. Pure ASGI, outside the app.

    Starlette would hand the exception on to the server, which logs its message; a message can
    quote what a visitor typed. Here only the kind of error and the place in our code are logged.
    """

    def __init__(self, app: ASGIApp, renderer: Renderer) -> None:
        self._app = app
        self._renderer = renderer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The ASGI entry point."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def send_noting_start(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, send_noting_start)
        except Exception as error:
            place = traceback.extract_tb(error.__traceback__)[-1]
            logger.error("page failed: %s in %s:%s", type(error).__name__, place.name, place.lineno)
            if not started:
                await self._apologise(scope, receive, send)

    async def _apologise(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        text = self._renderer.html(language_of(request), "pages/error.html", "/", kind="our_fault")
        await html_response(request, text, 500)(scope, receive, send)
