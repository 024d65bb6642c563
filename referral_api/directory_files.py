"""Reads the directory, the regions and the routing rules; a wrong file stops the start."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Any, NoReturn, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from referral_api.domain.coded_facts import FactsError, check_codes, facts_from_codes
from referral_api.domain.directory import (
    Directory,
    DirectoryError,
    MayReachPolice,
    Organisation,
    Region,
    coordinator_id,
)
from referral_api.domain.referral import Facts
from referral_api.domain.route_texts import RouteTextError, RouteTexts
from referral_api.domain.routing import REGIONAL_COORDINATOR, Rule

# A coordinator whose own line does not say how close it is to the police takes this entry's word.
COORDINATORS_IN_GENERAL = "zorgcoordinator"

File = TypeVar("File", bound=BaseModel)
Text = Annotated[str, Field(min_length=1)]
Versions = dict[str, Text]
Codes = dict[str, list[str]]


class ContentError(ValueError):
    """A file in content/ cannot be used; the message says which line of which file, and why."""


@dataclass(frozen=True, slots=True)
class Example:
    """A referral with the plan it must get; written next to the rule, run as a test."""

    rule: str
    facts: Facts
    consented_to: frozenset[str]
    lead: str
    others: tuple[str, ...]
    doors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoutingContent:
    """Everything routing reads, checked against each other."""

    directory: Directory
    regions: Mapping[str, Region]
    rules: tuple[Rule, ...]
    texts: RouteTexts
    examples: tuple[Example, ...]


class _OrganisationEntry(BaseModel):
    """The part of an organisation that routing needs; the website reads the rest."""

    model_config = ConfigDict(strict=True)

    id: Text
    name: Text
    investigates: bool
    may_reach_police: Annotated[MayReachPolice, Field(strict=False)]


class _CoordinatorEntry(BaseModel):
    model_config = ConfigDict(strict=True)

    name: Text
    investigates: bool | None = None
    may_reach_police: Annotated[MayReachPolice | None, Field(strict=False)] = None


class _RegionEntry(BaseModel):
    model_config = ConfigDict(strict=True)

    id: Text
    name: Text
    coordinator: _CoordinatorEntry | None = None


class _ExampleEntry(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")

    referral: dict[str, Any]
    consent: list[str] = Field(default_factory=list[str])
    lead: Text
    others: list[str]
    doors: list[str] = Field(default_factory=list[str])


class _RuleEntry(BaseModel):
    model_config = ConfigDict(strict=True, extra="forbid")

    id: Text
    why: Text
    when: Codes = Field(default_factory=Codes)
    unless: Codes = Field(default_factory=Codes)
    lead: Text | None = None
    others: list[str] = Field(default_factory=list[str])
    doors: dict[str, Versions] = Field(default_factory=dict[str, Versions])
    says: Versions
    otherwise: Versions
    examples: Annotated[list[_ExampleEntry], Field(min_length=1)]


class _OrganisationsFile(BaseModel):
    organisations: list[_OrganisationEntry]


class _RegionsFile(BaseModel):
    regions: list[_RegionEntry]


class _RoutesFile(BaseModel):
    model_config = ConfigDict(extra="forbid")

    texts: dict[str, Versions]
    rules: Annotated[list[_RuleEntry], Field(min_length=1)]


def read_routing_content(content_dir: Path) -> RoutingContent:
    """Directory, regions and rules from content/. Raises ContentError with one clear sentence."""
    organisations = _read(content_dir / "organisations.yaml", _OrganisationsFile).organisations
    regions = _read(content_dir / "regions.yaml", _RegionsFile).regions
    routes = _read(content_dir / "routes.yaml", _RoutesFile)
    by_id = {
        entry.id: Organisation(entry.id, entry.name, entry.investigates, entry.may_reach_police)
        for entry in organisations
    }
    _refuse_double("organisations.yaml", [entry.id for entry in organisations])
    _refuse_double("regions.yaml", [entry.id for entry in regions])
    _refuse_double("routes.yaml", [rule.id for rule in routes.rules])
    coordinators = _coordinators(regions, by_id.get(COORDINATORS_IN_GENERAL))
    try:
        directory = Directory(MappingProxyType(by_id | coordinators))
        texts = RouteTexts(MappingProxyType(_texts(routes)))
    except DirectoryError as error:
        _refuse("organisations.yaml", str(error))
    except RouteTextError as error:
        _refuse("routes.yaml", str(error))
    return RoutingContent(
        directory,
        MappingProxyType(
            {
                entry.id: Region(
                    entry.id, entry.name, coordinator_id(entry.id) if entry.coordinator else None
                )
                for entry in regions
            }
        ),
        tuple(_rule(entry, directory) for entry in routes.rules),
        texts,
        tuple(_example(entry.id, example) for entry in routes.rules for example in entry.examples),
    )


class _Loader(yaml.SafeLoader):
    """YAML 1.2 booleans: only true and false. An editor may write the answer `no` as it is."""


_Loader.yaml_implicit_resolvers = {
    first: [
        (tag, pattern) for tag, pattern in resolvers if first in "tTfF" or not tag.endswith(":bool")
    ]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _read(path: Path, model: type[File]) -> File:
    try:
        raw: object = yaml.load(path.read_bytes(), Loader=_Loader)  # noqa: S506  a SafeLoader
        return model.model_validate(raw)
    except OSError as error:
        _refuse(path.name, f"it cannot be read ({error.strerror})")
    except yaml.YAMLError as error:
        _refuse(path.name, f"it is not valid YAML: {error}")
    except ValidationError as error:
        first = error.errors()[0]
        place = " > ".join(str(part) for part in first["loc"])
        _refuse(path.name, f"at {place}: {first['msg']}")


def _refuse(file: str, why: str) -> NoReturn:
    message = f"content/{file}: {why}"
    raise ContentError(message)


def _refuse_double(file: str, ids: list[str]) -> None:
    for name in ids:
        if ids.count(name) > 1:
            _refuse(file, f"'{name}' stands there twice")


def _coordinators(
    regions: list[_RegionEntry], in_general: Organisation | None
) -> dict[str, Organisation]:
    """The care coordinators as organisations; where nothing is known, assume the police hears."""
    found: dict[str, Organisation] = {}
    for region in regions:
        entry = region.coordinator
        if entry is None:
            continue
        investigates = entry.investigates
        link = entry.may_reach_police
        if investigates is None:
            investigates = in_general.investigates if in_general else False
        if link is None:
            link = in_general.may_reach_police if in_general else MayReachPolice.POSSIBLY
        name = coordinator_id(region.id)
        found[name] = Organisation(name, entry.name, investigates, link)
    return found


def _texts(routes: _RoutesFile) -> dict[str, Versions]:
    texts = dict(routes.texts)
    for rule in routes.rules:
        texts[f"{rule.id}.matched"] = rule.says
        texts[f"{rule.id}.rejected"] = rule.otherwise
        texts |= {f"{rule.id}.doors.{door}": note for door, note in rule.doors.items()}
    for key, versions in texts.items():
        if not {"nl", "en"} <= versions.keys():
            _refuse("routes.yaml", f"the text '{key}' needs Dutch and English")
    return texts


def _rule(entry: _RuleEntry, directory: Directory) -> Rule:
    named = [*entry.others, *entry.doors, *([entry.lead] if entry.lead else [])]
    for name in named:
        if name != REGIONAL_COORDINATOR and directory.find(name) is None:
            _refuse(
                "routes.yaml", f"rule '{entry.id}' names '{name}', which no directory entry has"
            )
    try:
        for field, codes in (*entry.when.items(), *entry.unless.items()):
            check_codes(field, codes)
    except FactsError as error:
        _refuse("routes.yaml", f"rule '{entry.id}': {error}")
    return Rule(
        id=entry.id,
        when=_conditions(entry.when),
        unless=_conditions(entry.unless),
        lead=entry.lead,
        others=tuple(entry.others),
        shown=tuple(entry.doors),
    )


def _conditions(codes: Codes) -> Mapping[str, frozenset[str]]:
    return MappingProxyType({field: frozenset(accepted) for field, accepted in codes.items()})


def _example(rule: str, entry: _ExampleEntry) -> Example:
    try:
        facts = facts_from_codes(entry.referral)
    except FactsError as error:
        _refuse("routes.yaml", f"an example of rule '{rule}': {error}")
    return Example(
        rule,
        facts,
        frozenset(entry.consent),
        entry.lead,
        tuple(entry.others),
        tuple(entry.doors),
    )
