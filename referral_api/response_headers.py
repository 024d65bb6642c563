"""The headers on every answer of the API, as an outermost layer in plain ASGI."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

API_VERSION = "1.0.0"

_HEADERS: tuple[tuple[bytes, bytes], ...] = (
    (b"api-version", API_VERSION.encode()),
    (b"cache-control", b"no-store"),
    (
        b"content-security-policy",
        b"default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; "
        b"frame-ancestors 'none'",
    ),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"referrer-policy", b"no-referrer"),
    (b"strict-transport-security", b"max-age=63072000; includeSubDomains"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
)
_NAMES = frozenset(name for name, _ in _HEADERS)


class ResponseHeaders:
    """Puts the same headers on every answer, errors included; nobody downstream can differ.

    No CORS header: no browser page of another origin has business here. The description of the
    API is the one exception, and sets its own.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, with the headers added to the start of the answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = [pair for pair in message.get("headers", []) if pair[0] not in _NAMES]
                message["headers"] = [*own, *_HEADERS]
            await send(message)

        await self._app(scope, receive, send_with_headers)
