"""Says who would get a referral and why, for the website's decision aid; stores nothing."""

from collections.abc import Callable
from dataclasses import dataclass

from referral_api.domain.directory import Directory
from referral_api.domain.referral import Facts
from referral_api.domain.route_texts import ExplainedRule, RouteTexts
from referral_api.services.workplace import Router


@dataclass(frozen=True, slots=True)
class Door:
    """An organisation by id and name; `note` is what a reader must know about the door."""

    id: str
    name: str
    note: str | None = None


@dataclass(frozen=True, slots=True)
class ExplainedRoute:
    """A plan in words."""

    lead: Door
    others: tuple[Door, ...]
    shown: tuple[Door, ...]
    explanation: tuple[ExplainedRule, ...]


def explain_route(
    router: Router, directory: Directory, texts: RouteTexts, facts: Facts, language: str
) -> ExplainedRoute:
    """The plan without any consent: what happens before the person has agreed to more."""
    plan = router(facts, frozenset())
    name = _namer(directory)
    return ExplainedRoute(
        lead=Door(plan.lead, name(plan.lead)),
        others=tuple(Door(other, name(other)) for other in plan.others),
        shown=tuple(
            Door(door.organisation, name(door.organisation), texts.write(door.note, language))
            for door in plan.shown
        ),
        explanation=texts.explain(plan, language),
    )


def _namer(directory: Directory) -> Callable[[str], str]:
    def name(organisation_id: str) -> str:
        organisation = directory.find(organisation_id)
        return organisation.name if organisation else organisation_id

    return name
