"""The base of every model on the wire: camelCase, strict types, no unknown keys."""

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel


class Wire(BaseModel):
    """A JSON object; numbers, texts and booleans are never turned into one another."""

    model_config = ConfigDict(
        alias_generator=to_camel,
        validate_by_name=True,
        validate_by_alias=True,
        extra="forbid",
        strict=True,
        frozen=True,
        # An error message must never repeat what somebody typed.
        hide_input_in_errors=True,
    )
