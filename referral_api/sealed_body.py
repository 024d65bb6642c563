"""Turns the body of a referral into the JSON document that is sealed, and back."""

import re
from dataclasses import asdict
from typing import Any, cast
from uuid import UUID

from pydantic import TypeAdapter
from pydantic_core import from_json, to_json

from referral_api.domain.referral import Body
from referral_api.sealing import ContentKey

# Recipients decrypt this document themselves: a new version gets a new number.
VERSION = 1

_BODY = TypeAdapter(Body)


def seal_body(body: Body, key: ContentKey, referral_id: UUID) -> bytes:
    """The body as a sealed JSON document with camelCase names."""
    document = {"version": VERSION, **_renamed(asdict(body), _camel)}
    return key.encrypt(to_json(document), referral_id)


def open_body(sealed: bytes, key: ContentKey, referral_id: UUID) -> Body:
    """The body again. Raises CannotOpen."""
    document: dict[str, Any] = from_json(key.decrypt(sealed, referral_id))
    del document["version"]
    return _BODY.validate_python(_renamed(document, _snake))


def _renamed(value: Any, rename: Any) -> Any:
    if isinstance(value, dict):
        items = cast("dict[str, Any]", value).items()
        return {rename(name): _renamed(inner, rename) for name, inner in items}
    if isinstance(value, list | tuple):
        return [_renamed(inner, rename) for inner in cast("list[Any]", value)]
    return value


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


def _snake(name: str) -> str:
    return re.sub(r"[A-Z]", lambda letter: f"_{letter[0].lower()}", name)
