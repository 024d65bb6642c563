"""Find help: organisations by need, age and region. Nothing chosen gets into an address."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import Response

from help_site.directory import Channel, Directory, Organisation, PoliceLink, Region
from help_site.hours import amsterdam_now, is_open
from help_site.localised import LocalOrganisation
from help_site.questions import NEEDS
from help_site.rendering import render, render_public
from help_site.translatable import N_
from help_site.website import Website, website_of

router = APIRouter()

# With no region known, or none with a coordinator of its own, CoMensha is the way in.
NATIONAL_COORDINATOR = "comensha"
AUDIENCES = (
    ("victim", N_("Voor mij")),
    ("citizen", N_("Voor iemand anders")),
    ("professional", N_("Voor mijn werk")),
)
AGES = (("minor", N_("Jonger dan 18")), ("adult", N_("18 of ouder")))
# Never, and only if the person wants it, are equally good doors for somebody who fears the police.
_POLICE_ORDER: dict[PoliceLink, int] = {
    "never": 0,
    "only_with_consent": 0,
    "possibly": 1,
    "always": 2,
}


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody chose; an empty string is no choice."""

    need: str = ""
    audience: str = ""
    age: str = ""
    region: str = ""


@router.get("/find")
async def form(request: Request) -> Response:
    """The empty form."""
    return render_public(
        request, "pages/find_help.html", **_choices(request), wish=Wish(), found=None
    )


@router.post("/find")
async def results(
    request: Request,
    need: Annotated[str, Form()] = "",
    audience: Annotated[str, Form()] = "",
    age: Annotated[str, Form()] = "",
    region: Annotated[str, Form()] = "",
) -> Response:
    """The organisations that fit: the whole page, or only the list when htmx asks."""
    website = website_of(request)
    wish = Wish(need, audience, age, region)
    template = "pages/find_help.html"
    if request.headers.get("hx-request") == "true":
        template = "fragments/find_help_results.html"
    return render(
        request, template, **_choices(request), wish=wish, **_answer(request, website, wish)
    )


def _choices(request: Request) -> dict[str, Any]:
    translate = website_of(request).localiser(request).catalogue.gettext
    regions = website_of(request).directory.regions.values()
    return {
        "needs": [(option.value, translate(option.label)) for option in NEEDS.options],
        "audiences": [(value, translate(label)) for value, label in AUDIENCES],
        "ages": [(value, translate(label)) for value, label in AGES],
        "regions": sorted(((r.id, r.name) for r in regions), key=lambda pair: pair[1].casefold()),
    }


def _answer(request: Request, website: Website, wish: Wish) -> dict[str, Any]:
    localiser = website.localiser(request)
    now = amsterdam_now()

    def shown(organisation: Organisation) -> LocalOrganisation:
        hours = organisation.published_hours
        open_now = is_open(hours, now) if hours else None
        return localiser.organisation(organisation, open_now=open_now)

    region = website.directory.regions.get(wish.region)
    national = website.directory.organisations.get(NATIONAL_COORDINATOR)
    return {
        "found": [shown(organisation) for organisation in fitting(website.directory, wish)],
        "region": region,
        "region_channels": _region_channels(website.directory, region),
        "national": shown(national) if national else None,
    }


def _region_channels(directory: Directory, region: Region | None) -> list[Channel]:
    if region is None or region.coordinator is None:
        return []
    return list(directory.published(region.coordinator))


def fitting(directory: Directory, wish: Wish) -> list[Organisation]:
    """The organisations for a wish: farthest from the police first, then nearest, then reachable.

    In danger comes first what is there for danger, whoever runs it: life before everything.
    """
    found = [
        organisation
        for organisation in directory.shown_to("victim")
        if _fits(organisation, wish, directory)
    ]
    return sorted(found, key=lambda organisation: _rank(organisation, wish, directory))


def _fits(organisation: Organisation, wish: Wish, directory: Directory) -> bool:
    return (
        (not wish.need or wish.need in organisation.needs)
        and (not wish.audience or wish.audience in organisation.audience)
        and (wish.age != "minor" or organisation.minors)
        and (wish.age != "adult" or organisation.adults)
        and (
            not wish.region
            or organisation.region == wish.region
            or organisation.region not in directory.regions
        )
    )


def _rank(organisation: Organisation, wish: Wish, directory: Directory) -> tuple[int, ...]:
    first_aid = organisation.emergency and wish.need in organisation.needs
    return (
        not first_aid,
        organisation.investigates,
        _POLICE_ORDER[organisation.may_reach_police],
        _distance(organisation, wish),
        not any(directory.published(organisation)),
    )


def _distance(organisation: Organisation, wish: Wish) -> int:
    if not wish.region or organisation.region == wish.region:
        return 0
    # Regions in the editors' own words may or may not include the chosen one.
    return 1 if organisation.region == "national" else 2
