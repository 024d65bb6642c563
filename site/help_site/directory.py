"""The organisations and regions, and the rule about which numbers may be shown."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar
from urllib.parse import urlsplit

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator

from help_site.addresses import Audience
from help_site.content import ContentError
from help_site.hours import check_hours

Confidence = Literal["stored", "stored_old", "memory"]
PoliceLink = Literal["never", "only_with_consent", "possibly", "always"]
Visitor = Literal["victim", "citizen", "professional"]
Identifier = Annotated[str, BeforeValidator(str)]


Entry = TypeVar("Entry", bound=BaseModel)


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Channel(_Entry):
    """One way to reach an organisation."""

    kind: Literal["phone", "chat", "email", "whatsapp"]
    value: Identifier
    cost: Literal["free", "normal", "international"] | None = None
    hours: str | None = None
    confidence: Confidence
    rechecked_on: date | None = None

    @property
    def phone_link(self) -> str:
        """The address behind a phone number: digits and a leading plus only."""
        return "tel:" + "".join(sign for sign in self.value if sign.isdigit() or sign == "+")


class SpokenLanguage(_Entry):
    """A language in which an organisation helps."""

    code: str
    confidence: Confidence


class DirectorySource(_Entry):
    """Where an entry comes from."""

    url: str
    age: str
    supports: str


class Organisation(_Entry):
    """One entry of the directory, as the editors wrote it."""

    id: Identifier
    name: Identifier
    kind: str
    summary: str = Field(min_length=1)
    audience: tuple[Visitor, ...]
    forms: tuple[str, ...]
    needs: tuple[str, ...]
    minors: bool
    adults: bool
    investigates: bool
    may_reach_police: PoliceLink
    anonymous: bool | None
    channels: tuple[Channel, ...]
    website: str | None
    hours: str | None
    hours_confidence: Confidence | None
    languages: tuple[SpokenLanguage, ...]
    region: str
    emergency: bool
    show_to_victims: bool
    checked_on: date
    sources: tuple[DirectorySource, ...]
    verify: tuple[str, ...]

    @field_validator("hours")
    @classmethod
    def _can_be_said(cls, hours: str | None) -> str | None:
        if hours is not None:
            check_hours(hours)
        return hours

    @property
    def short_name(self) -> str:
        """The name on a button: without what stands in brackets."""
        return self.name.split(" (")[0]

    @property
    def host(self) -> str:
        """The website's name as people know it, without www."""
        return urlsplit(self.website or "").netloc.removeprefix("www.")

    @property
    def published_hours(self) -> str | None:
        """The opening hours (OpenStreetMap syntax) when a source says so."""
        return self.hours if self.hours_confidence == "stored" else None

    @property
    def published_languages(self) -> tuple[str, ...]:
        """The tags of the languages that a source names."""
        return tuple(item.code for item in self.languages if item.confidence == "stored")


class Coordinator(_Entry):
    """The care coordinator of a region."""

    name: str
    investigates: bool
    may_reach_police: PoliceLink
    channels: tuple[Channel, ...]
    confidence: Confidence
    source: str | None
    age: str | None
    checked_on: date | None


class Region(_Entry):
    """One of the 35 central municipalities with a region; no coordinator means CoMensha."""

    id: str
    name: str
    coordinator: Coordinator | None


@dataclass(frozen=True, slots=True)
class Directory:
    """All organisations and regions, with the publish rule applied on the way out."""

    organisations: dict[str, Organisation]
    regions: dict[str, Region]
    require_rechecked: bool

    def shown_to(self, audience: Audience) -> list[Organisation]:
        """The organisations that this audience may ever see."""
        return [
            organisation
            for organisation in self.organisations.values()
            if organisation.show_to_victims or audience in ("citizen", "professional")
        ]

    def ids_shown_to(self, audience: Audience) -> set[str]:
        """Their ids."""
        return {organisation.id for organisation in self.shown_to(audience)}

    def published(self, organisation: Organisation | Coordinator) -> Iterator[Channel]:
        """The channels that may be shown: a source says so, and in production a person did too.

        112 and 113 need no re-check: a page without them would be the greater danger.
        """
        certain = isinstance(organisation, Organisation) and organisation.emergency
        for channel in organisation.channels:
            rechecked = channel.rechecked_on is not None or not self.require_rechecked or certain
            if channel.confidence == "stored" and rechecked:
                yield channel

    def first_phone(self, organisation: Organisation) -> Channel | None:
        """The number for a button, if one may be shown."""
        return next((c for c in self.published(organisation) if c.kind == "phone"), None)


def load_directory(content_dir: Path, *, require_rechecked: bool) -> Directory:
    """Reads organisations.yaml and regions.yaml; ContentError names every wrong entry."""
    organisations = _read(content_dir / "organisations.yaml", "organisations", Organisation)
    regions = _read(content_dir / "regions.yaml", "regions", Region)
    return Directory(
        {organisation.id: organisation for organisation in organisations},
        {region.id: region for region in regions},
        require_rechecked,
    )


def _read(path: Path, key: str, kind: type[Entry]) -> list[Entry]:
    listed: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    entries: list[Entry] = []
    problems: list[str] = []
    for raw in listed[key]:
        try:
            entries.append(kind.model_validate(raw))
        except ValidationError as error:
            problems += [
                f"{path.name}, {raw.get('id')}: {'.'.join(map(str, e['loc']))}: {e['msg']}"
                for e in error.errors()
            ]
    if problems:
        raise ContentError("The directory cannot be used:\n" + "\n".join(problems))
    return entries
