"""The page for an error nobody foresaw; made at the start, so that nothing can fail any more."""

from starlette.responses import HTMLResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from referral_api.event_log import Event, EventLog


class LastPage:
    """Answers 500 when all else failed, and logs the class of the error only.

    A traceback can hold what somebody typed, so none is ever written.
    """

    def __init__(self, app: ASGIApp, event_log: EventLog, page: str) -> None:
        self._app = app
        self._event_log = event_log
        self._page = page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on; turn any error into the page."""
        started = False

        async def watch(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, watch)
        except Exception as error:
            if scope["type"] != "http":
                raise
            self._event_log.write(Event.REQUEST_FAILED, error=type(error).__name__)
            if not started:
                await HTMLResponse(self._page, 500)(scope, receive, send)
