"""Reads what a caller sends: media type, size and the Idempotency-Key, before any model."""

import re
from collections.abc import Iterable
from typing import Final

from fastapi import Request
from starlette.requests import ClientDisconnect

from referral_api.errors import BodyTooLarge, FieldError, InvalidRequest, WrongMediaType
from referral_api.intake import intake_of

KEY_PATTERN: Final = r"^[A-Za-z0-9_-]{22,64}$"
_UTF8: Final = {"", "utf-8", "utf8"}


async def read_json(request: Request) -> bytes:
    """The raw body of a JSON request. Raises WrongMediaType, BodyTooLarge."""
    _require_json(request.headers.get("content-type", ""))
    limit = intake_of(request).settings.largest_body_bytes
    declared = request.headers.get("content-length", "")
    if declared.isascii() and declared.isdigit() and int(declared[:20]) > limit:
        raise BodyTooLarge
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > limit:
                raise BodyTooLarge
    except ClientDisconnect:
        # Nobody is left to read the answer; nothing was stored.
        raise InvalidRequest from None
    return bytes(body)


def read_idempotency_key(request: Request) -> tuple[str, list[FieldError]]:
    """The key, and what is wrong with it; told together with the errors in the body."""
    key = request.headers.get("idempotency-key")
    if key is None:
        return "", [_key_error("missing", "De header `Idempotency-Key` is verplicht.")]
    if not re.fullmatch(KEY_PATTERN, key):
        sentence = "De header `Idempotency-Key` heeft 22 tot 64 tekens: A-Z, a-z, 0-9, - en _."
        return "", [_key_error("invalid", sentence)]
    return key, []


def _key_error(code: str, detail: str) -> FieldError:
    return FieldError("/Idempotency-Key", code, detail)


def _require_json(content_type: str) -> None:
    media_type, *parameters = (part.strip().lower() for part in content_type.split(";"))
    if media_type != "application/json" or _charset(parameters) not in _UTF8:
        raise WrongMediaType


def _charset(parameters: Iterable[str]) -> str:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name == "charset":
            return value.strip('"')
    return ""
