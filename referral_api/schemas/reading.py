"""Reads a request body and finds all its errors at once, each with a pointer and a sentence."""

from collections.abc import Iterable, Sequence
from typing import Any, Final, TypeVar, cast

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails, from_json

from referral_api.domain.code_lists import Kind, Mode
from referral_api.errors import FieldError, InvalidRequest
from referral_api.schemas.known_names import KnownNames
from referral_api.schemas.referral_request import MODELS, OwnAnonymousReferral, OwnReferral

Model = TypeVar("Model", bound=BaseModel)

_LONGEST_POINTER: Final = 200
# Keys that a mode may have and its sibling may not: no error as long as the mode is unknown.
_KEYS_OF_OTHER_MODELS: Final = frozenset({"contact", "consent"})

_CODES: Final = {
    "missing": "missing",
    "extra_forbidden": "unknown_key",
    "string_too_long": "too_long",
    "too_long": "too_long",
}
_SENTENCES: Final = {
    "missing": "Dit veld is verplicht.",
    "extra_forbidden": "Dit veld bestaat hier niet.",
    "string_too_long": "Deze tekst is te lang.",
    "string_too_short": "Deze tekst is te kort.",
    "too_long": "Hier staan te veel waarden.",
    "too_short": "Hier is minstens één waarde nodig.",
    "enum": "Deze waarde staat niet in de lijst.",
    "literal_error": "Deze waarde staat niet in de lijst.",
    "string_pattern_mismatch": "Deze tekst heeft niet de goede vorm.",
    "bool_type": "Hier hoort `true` of `false`.",
    "string_type": "Hier hoort een tekst.",
    "tuple_type": "Hier hoort een lijst.",
    "model_type": "Hier hoort een object.",
    "json_invalid": "Dit is geen geldige JSON in UTF-8.",
    "unknown_region": "Deze regio kennen we niet.",
    "unknown_organisation": "Deze organisatie kennen we niet.",
    "intake_not_named": "De intake hoort er altijd bij: zonder lezer komt er geen hulp.",
    "value_error": "Deze waarde klopt niet.",
}


def read_request(
    model: type[Model],
    raw: bytes,
    names: KnownNames,
    others: Sequence[FieldError] = (),
) -> Model:
    """The request, or InvalidRequest with every error; `others` come first (headers)."""
    try:
        request = model.model_validate_json(raw, context=names)
    except ValidationError as error:
        raise InvalidRequest([*others, *_errors(error)]) from None
    if others:
        raise InvalidRequest(others)
    return request


def read_referral(raw: bytes, names: KnownNames, others: Sequence[FieldError] = ()) -> OwnReferral:
    """A referral, read with the model of its kind and mode. Raises InvalidRequest."""
    kind, mode = _discriminators(raw)
    model = MODELS.get((kind, mode))
    if model is not None:
        return read_request(model, raw, names, others)
    # The kind or mode is wrong; the nearest model finds that error and all the others.
    nearest = MODELS.get((Kind.OWN.value, mode), OwnAnonymousReferral)
    try:
        nearest.model_validate_json(raw, context=names)
    except ValidationError as error:
        found = [
            found
            for found in _errors(error)
            if found.pointer.lstrip("/") not in _KEYS_OF_OTHER_MODELS
        ]
        raise InvalidRequest([*others, *found]) from None
    raise AssertionError("a kind and mode without a model passed another one")


def _discriminators(raw: bytes) -> tuple[str, str]:
    try:
        document: Any = from_json(raw)
    except ValueError:
        return "", ""
    if not isinstance(document, dict):
        return "", ""
    values = cast("dict[str, Any]", document)
    return _text(values.get("kind")), _text(values.get("mode"))


def _text(value: Any) -> str:
    known = {*(kind.value for kind in Kind), *(mode.value for mode in Mode)}
    return value if isinstance(value, str) and value in known else ""


def _errors(error: ValidationError) -> list[FieldError]:
    found = error.errors(include_url=False, include_context=False, include_input=False)
    return [_describe(one) for one in found if not _is_echo(one, found)]


def _is_echo(error: ErrorDetails, found: Iterable[ErrorDetails]) -> bool:
    """Whether a list counts as too short only because its own items are wrong."""
    place = error["loc"]
    return error["type"] == "too_short" and any(
        other["loc"][: len(place)] == place and len(other["loc"]) > len(place) for other in found
    )


def _describe(error: ErrorDetails) -> FieldError:
    kind = error["type"]
    return FieldError(
        pointer=_pointer(error["loc"]),
        code=_CODES.get(kind, "invalid"),
        detail=_SENTENCES.get(kind, _SENTENCES["value_error"]),
    )


def _pointer(place: Iterable[str | int]) -> str:
    parts = (str(part).replace("~", "~0").replace("/", "~1") for part in place)
    return "".join(f"/{part}" for part in parts)[:_LONGEST_POINTER]
