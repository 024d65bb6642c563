"""Reads what a browser posts: whole, bounded, cleaned, and never as an error of the visitor's."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl

from starlette.requests import Request

from help_site.visitor_text import clean_text

# Room for a text of a million signs, so that even a huge paste comes back with a kind error.
LARGEST_BODY = 2 * 1024 * 1024
MOST_FIELDS = 600
_FORM = "application/x-www-form-urlencoded"


class FormTooLarge(Exception):
    """More was posted than any page of ours could hold."""


@dataclass(frozen=True, slots=True)
class PostedForm:
    """Every posted name with its values, cleaned, in the order of the page."""

    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])

    def one(self, name: str) -> str:
        """The last value of a name, or an empty text."""
        return self.values.get(name, ("",))[-1]

    def many(self, name: str) -> tuple[str, ...]:
        """All values of a name."""
        return self.values.get(name, ())


async def read_posted_form(request: Request) -> PostedForm:
    """The form in the body of a request; one of another type is an empty form.

    Raises FormTooLarge. Bytes that are no UTF-8 become U+FFFD, which the form then asks about.
    """
    if request.headers.get("content-type", "").split(";")[0].strip().lower() != _FORM:
        return PostedForm()
    received = bytearray()
    async for chunk in request.stream():
        received += chunk
        if len(received) > LARGEST_BODY:
            raise FormTooLarge
    return parse_posted_form(bytes(received))


def parse_posted_form(body: bytes) -> PostedForm:
    """The fields of an urlencoded body. Raises FormTooLarge when there are too many."""
    try:
        pairs = parse_qsl(
            body.decode("utf-8", "replace"),
            keep_blank_values=True,
            encoding="utf-8",
            errors="replace",
            max_num_fields=MOST_FIELDS,
        )
    except ValueError:
        raise FormTooLarge from None
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(clean_text(value))
    return PostedForm({name: tuple(several) for name, several in values.items()})
