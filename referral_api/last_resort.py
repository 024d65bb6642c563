"""What is answered when all else failed; the intake and the desk each bring their own words."""

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from referral_api.event_log import Event, EventLog


class LastResort:
    """Sends `answer` when all else failed, and logs the class of the error only.

    The answer is made at the start, so that nothing can fail any more. A traceback can hold what
    somebody typed, so none is ever written.
    """

    def __init__(self, app: ASGIApp, event_log: EventLog, answer: Response) -> None:
        self._app = app
        self._event_log = event_log
        self._answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on; turn any error into the answer."""
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
                await self._answer(scope, receive, send)
