"""No plan reaches the police unless the person's consent names the organisation."""

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from referral_api.directory_files import read_routing_content
from referral_api.domain.code_lists import (
    AgeBand,
    Answer,
    Kind,
    Mode,
    Need,
    Police,
    Residence,
)
from referral_api.domain.directory import (
    NATIONAL_LEAD,
    Directory,
    MayReachPolice,
    Organisation,
    Region,
)
from referral_api.domain.htcds import Exploitation
from referral_api.domain.referral import Facts
from referral_api.domain.routing import Rule, plan_route

CONTENT = read_routing_content(Path("content"))
NAMES = sorted(CONTENT.directory.organisations)
CODES = st.sampled_from


@st.composite
def some_facts(draw: st.DrawFn) -> Facts:
    """Any referral whatever."""
    return Facts(
        kind=draw(CODES(list(Kind))),
        mode=draw(CODES(list(Mode))),
        needs=tuple(draw(st.lists(CODES(list(Need)), max_size=4, unique=True))),
        language="nl",
        safe_now=draw(st.none() | CODES(list(Answer))),
        exploitation=tuple(draw(st.lists(CODES(list(Exploitation)), max_size=3, unique=True))),
        age_band=draw(CODES(list(AgeBand))),
        residence=draw(CODES(list(Residence))),
        region=draw(CODES([*sorted(CONTENT.regions), "unknown", "atlantis"])),
        police=draw(CODES(list(Police))),
    )


@st.composite
def some_directory(draw: st.DrawFn) -> Directory:
    """The directory with entries that changed their link with the police, or went away."""
    changed = dict(CONTENT.directory.organisations)
    for name in draw(st.lists(CODES(NAMES), max_size=40, unique=True)):
        if name == NATIONAL_LEAD:
            continue
        if draw(st.booleans()):
            del changed[name]
            continue
        changed[name] = Organisation(
            name, name, draw(st.booleans()), draw(CODES(list(MayReachPolice)))
        )
    return Directory(changed)


@st.composite
def some_rules(draw: st.DrawFn) -> tuple[Rule, ...]:
    """The real rules in any order and number, with rules that name anybody at all."""
    wild = [
        Rule(
            id=f"wild-{number}",
            lead=draw(st.none() | CODES([*NAMES, "regional-coordinator", "nobody"])),
            others=tuple(draw(st.lists(CODES([*NAMES, "nobody"]), max_size=6))),
        )
        for number in range(draw(st.integers(0, 3)))
    ]
    real = draw(st.lists(CODES(list(CONTENT.rules)), max_size=22, unique_by=lambda rule: rule.id))
    return tuple(draw(st.permutations([*wild, *real])))


consents = st.frozensets(CODES(NAMES), max_size=5)


@settings(max_examples=2000, deadline=None)
@given(some_facts(), consents, some_directory(), some_rules())
def test_whoever_may_reach_the_police_is_planned_only_when_the_consent_names_it(
    facts: Facts, consented_to: frozenset[str], directory: Directory, rules: tuple[Rule, ...]
) -> None:
    plan = plan_route(facts, consented_to, directory, CONTENT.regions, rules)

    for name in plan.recipients:
        organisation = directory.find(name)
        assert organisation is not None
        assert not organisation.needs_police_consent or name in consented_to


@settings(max_examples=300, deadline=None)
@given(some_facts(), consents, some_directory(), some_rules())
def test_there_is_always_a_lead_and_nobody_is_named_twice(
    facts: Facts, consented_to: frozenset[str], directory: Directory, rules: tuple[Rule, ...]
) -> None:
    plan = plan_route(facts, consented_to, directory, CONTENT.regions, rules)

    shown = [door.organisation for door in plan.shown]
    assert plan.lead
    assert len({*plan.recipients, *shown}) == len(plan.recipients) + len(shown)
    assert {outcome.rule for outcome in plan.explanation} >= {rule.id for rule in rules}


@settings(max_examples=300, deadline=None)
@given(some_facts())
def test_without_consent_the_real_rules_never_plan_the_police(facts: Facts) -> None:
    plan = plan_route(facts, frozenset(), CONTENT.directory, CONTENT.regions, CONTENT.rules)

    organisations = [CONTENT.directory.organisations[name] for name in plan.recipients]
    assert not any(organisation.needs_police_consent for organisation in organisations)
    assert not any(organisation.investigates for organisation in organisations)


def test_a_region_whose_coordinator_sits_with_the_police_is_led_by_the_national_one() -> None:
    coordinator = Organisation("coordinator-x", "X", False, MayReachPolice.POSSIBLY)
    national = CONTENT.directory.organisations[NATIONAL_LEAD]
    directory = Directory({NATIONAL_LEAD: national, coordinator.id: coordinator})
    regions = {"x": Region("x", "X", coordinator.id)}
    facts = Facts(Kind.OWN, Mode.ANONYMOUS, (Need.TALK,), "nl", region="x")
    rules = (Rule("near", lead="regional-coordinator"), Rule("far", lead=NATIONAL_LEAD))

    plan = plan_route(facts, frozenset(), directory, regions, rules)

    assert plan.lead == NATIONAL_LEAD
    assert [door.organisation for door in plan.shown] == [coordinator.id]
    assert [outcome.matched for outcome in plan.explanation] == [False, True]
