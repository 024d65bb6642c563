"""Decides who gets a referral and which doors are only shown, and says why for every rule."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from types import MappingProxyType

from referral_api.domain.coded_facts import codes_of
from referral_api.domain.directory import NATIONAL_LEAD, Directory, Organisation, Region
from referral_api.domain.referral import Facts

# In a rule's `lead` or `others`: the care coordinator of the referral's own region.
REGIONAL_COORDINATOR = "regional-coordinator"

NEEDS_CONSENT = "needs-consent"
NO_COORDINATOR = "no-coordinator"
LEAD_TAKEN = "lead-taken"
NOT_IN_DIRECTORY = "not-in-directory"
LAST_RESORT = "last-resort"
ENGINE_REASONS = (NEEDS_CONSENT, NO_COORDINATOR, LEAD_TAKEN, NOT_IN_DIRECTORY, LAST_RESORT)

Conditions = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One ordered rule: when it applies, and which doors it opens or only shows.

    A door in both `others` and `shown` gets the referral when it may, else it is only shown.
    """

    id: str
    when: Conditions = field(default_factory=lambda: MappingProxyType({}))
    unless: Conditions = field(default_factory=lambda: MappingProxyType({}))
    lead: str | None = None
    others: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why, as the key of a text in content/routes.yaml and the names to put in it."""

    key: str
    parameters: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class ShownDoor:
    """A door the reader hears about and nothing is sent to."""

    organisation: str
    note: Reason


@dataclass(frozen=True, slots=True)
class RuleOutcome:
    """What became of one rule; a rule can give several (one for each door it could not use)."""

    rule: str
    matched: bool
    reason: Reason


@dataclass(frozen=True, slots=True)
class Plan:
    """The lead and the others get the referral; `shown` are doors for the person's own choice."""

    lead: str
    others: tuple[str, ...]
    shown: tuple[ShownDoor, ...]
    explanation: tuple[RuleOutcome, ...]

    @property
    def recipients(self) -> tuple[str, ...]:
        """Everybody the plan sends the referral to, lead first."""
        return (self.lead, *self.others)


def plan_route(
    facts: Facts,
    consented_to: Set[str],
    directory: Directory,
    regions: Mapping[str, Region],
    rules: Sequence[Rule],
) -> Plan:
    """The plan for a referral: always a lead, and the police only by a consent that names them.

    `consented_to` holds organisation ids from live consents. Rules are tried in order and all of
    them speak; the first usable lead leads.
    """
    draft = _Draft(facts, consented_to, directory, regions)
    for rule in rules:
        draft.follow(rule)
    return draft.finish()


class _Draft:
    """A plan in the making; the only place where an organisation can enter one."""

    def __init__(
        self,
        facts: Facts,
        consented_to: Set[str],
        directory: Directory,
        regions: Mapping[str, Region],
    ) -> None:
        self._facts = facts
        self._consented_to = consented_to
        self._directory = directory
        self._region = regions.get(facts.region)
        self._lead: str | None = None
        self._others: dict[str, None] = {}
        self._shown: dict[str, Reason] = {}
        self._outcomes: list[RuleOutcome] = []

    def follow(self, rule: Rule) -> None:
        """Apply one rule, or note that it does not apply."""
        if not _applies(rule, self._facts):
            self._note(rule, Reason(f"{rule.id}.rejected"), matched=False)
            return
        if rule.lead is None or self._take_lead(rule, rule.lead):
            self._note(rule, Reason(f"{rule.id}.matched", self._names(rule)), matched=True)
        for name in rule.shown:
            organisation = self._known(rule, name)
            if organisation is not None:
                self._shown.setdefault(organisation.id, Reason(f"{rule.id}.doors.{name}"))
        for name in rule.others:
            organisation = self._usable(rule, name)
            if organisation is not None:
                self._others[organisation.id] = None

    def finish(self) -> Plan:
        """The finished plan; the national coordinator leads when no rule named a lead."""
        lead = self._lead
        if lead is None:
            lead = NATIONAL_LEAD
            self._outcomes.append(RuleOutcome(LAST_RESORT, True, Reason(LAST_RESORT)))
        others = tuple(name for name in self._others if name != lead)
        shown = tuple(
            ShownDoor(name, note)
            for name, note in self._shown.items()
            if name != lead and name not in others
        )
        return Plan(lead, others, shown, tuple(self._outcomes))

    def _take_lead(self, rule: Rule, name: str) -> bool:
        """Whether the rule's lead now leads; the reason why not is noted."""
        if self._lead is not None:
            self._note(rule, Reason(LEAD_TAKEN, {"lead": self._name_of(self._lead)}), matched=False)
            return False
        organisation = self._usable(rule, name)
        if organisation is None:
            return False
        self._lead = organisation.id
        return True

    def _usable(self, rule: Rule, name: str) -> Organisation | None:
        """The organisation when it may get the referral; otherwise its door is only shown."""
        organisation = self._known(rule, name)
        if organisation is None:
            return None
        if organisation.needs_police_consent and organisation.id not in self._consented_to:
            reason = Reason(NEEDS_CONSENT, {"organisation": organisation.name})
            self._shown.setdefault(organisation.id, reason)
            self._note(rule, reason, matched=False)
            return None
        return organisation

    def _known(self, rule: Rule, name: str) -> Organisation | None:
        if name == REGIONAL_COORDINATOR:
            coordinator = self._region.coordinator if self._region else None
            if coordinator is None:
                self._note(rule, Reason(NO_COORDINATOR), matched=False)
                return None
            name = coordinator
        organisation = self._directory.find(name)
        if organisation is None:
            self._note(rule, Reason(NOT_IN_DIRECTORY, {"organisation": name}), matched=False)
        return organisation

    def _note(self, rule: Rule, reason: Reason, *, matched: bool) -> None:
        self._outcomes.append(RuleOutcome(rule.id, matched, reason))

    def _names(self, rule: Rule) -> Mapping[str, str]:
        names = {"region": self._region.name if self._region else ""}
        if rule.lead is not None and self._lead is not None:
            names["lead"] = self._name_of(self._lead)
        return names

    def _name_of(self, organisation: str) -> str:
        known = self._directory.find(organisation)
        return known.name if known else organisation


def _applies(rule: Rule, facts: Facts) -> bool:
    """Every `when` names a value the facts have, and no `unless` does."""
    return all(
        codes_of(facts, name) & accepted for name, accepted in rule.when.items()
    ) and not any(codes_of(facts, name) & refused for name, refused in rule.unless.items())
