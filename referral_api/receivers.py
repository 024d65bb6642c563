"""The systems of organisations that get referrals by webhook, from one file of the operator."""

import hashlib
import hmac
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, NoReturn

import yaml
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError
from standardwebhooks import Webhook

SHORTEST_TOKEN = 32


class ReceiversError(ValueError):
    """The file with receivers cannot be used; the message never holds a secret."""


@dataclass(frozen=True, slots=True)
class Receiver:
    """One organisation's system: where to knock, how we sign, and how it shows who it is."""

    organisation: str
    url: str
    webhook_secret: SecretStr
    token: SecretStr


@dataclass(frozen=True, slots=True)
class Receivers:
    """All receivers by organisation id; an organisation without one reads at the desk."""

    by_organisation: Mapping[str, Receiver]

    def __iter__(self) -> Iterator[Receiver]:
        return iter(self.by_organisation.values())

    def find(self, organisation: str) -> Receiver | None:
        """The organisation's system, or None."""
        return self.by_organisation.get(organisation)

    def organisation_of(self, token: str) -> str | None:
        """Whose credential this is; every one is compared, so the time tells nothing."""
        given = _digest(token)
        found: str | None = None
        for receiver in self:
            if hmac.compare_digest(given, _digest(receiver.token.get_secret_value())):
                found = receiver.organisation
        return found


class _Entry(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid", hide_input_in_errors=True)

    organisation: Annotated[str, Field(min_length=1)]
    url: Annotated[str, Field(pattern=r"^https?://[^\s@]+$")]
    webhook_secret: Annotated[str, Field(pattern=r"^whsec_[A-Za-z0-9+/]{32,}=*$")]
    token: Annotated[str, Field(min_length=SHORTEST_TOKEN)]


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    receivers: list[_Entry]


def read_receivers(path: Path | None, *, insecure_http: bool = False) -> Receivers:
    """The receivers of a YAML or JSON file; none when there is no file.

    `insecure_http` allows http:// addresses, for development. Raises ReceiversError.
    """
    if path is None:
        return Receivers(MappingProxyType({}))
    try:
        raw: object = yaml.safe_load(path.read_bytes())
        entries = _File.model_validate(raw).receivers
    except OSError as error:
        _refuse(path, f"it cannot be read ({error.strerror})")
    except yaml.YAMLError:
        _refuse(path, "it is not valid YAML or JSON")
    except ValidationError as error:
        first = error.errors(include_input=False)[0]
        _refuse(path, f"at {' > '.join(map(str, first['loc']))}: {first['msg']}")
    for entry in entries:
        _check(path, entry, insecure_http=insecure_http)
    for values in ([entry.organisation for entry in entries], [entry.token for entry in entries]):
        if len(set(values)) < len(values):
            _refuse(path, "two receivers share an organisation or a token")
    return Receivers(
        MappingProxyType(
            {
                entry.organisation: Receiver(
                    entry.organisation,
                    entry.url,
                    SecretStr(entry.webhook_secret),
                    SecretStr(entry.token),
                )
                for entry in entries
            }
        )
    )


def _check(path: Path, entry: _Entry, *, insecure_http: bool) -> None:
    if entry.url.startswith("http:") and not insecure_http:
        _refuse(path, f"the address of '{entry.organisation}' must start with https://")
    try:
        Webhook(entry.webhook_secret)
    except ValueError:
        _refuse(path, f"the webhook secret of '{entry.organisation}' is not base64")


def _refuse(path: Path, why: str) -> NoReturn:
    message = f"{path}: {why}"
    raise ReceiversError(message) from None


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
