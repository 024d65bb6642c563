"""Every example next to a rule in content/routes.yaml is a test of the rules as they stand."""

from pathlib import Path

import pytest

from referral_api.directory_files import Example, read_routing_content
from referral_api.domain.code_lists import Child
from referral_api.domain.routing import Plan, plan_route

CONTENT = read_routing_content(Path("content"))


def planned(example: Example) -> Plan:
    """The plan the real content gives for an example."""
    return plan_route(
        example.facts,
        example.consented_to,
        CONTENT.directory,
        CONTENT.regions,
        CONTENT.rules,
    )


@pytest.mark.parametrize("example", CONTENT.examples, ids=lambda example: example.rule)
def test_each_example_gets_the_plan_written_next_to_it(example: Example) -> None:
    plan = planned(example)

    assert plan.lead == example.lead
    assert plan.others == example.others
    assert set(example.doors) <= {door.organisation for door in plan.shown}


@pytest.mark.parametrize("example", CONTENT.examples, ids=lambda example: example.rule)
def test_each_example_is_one_its_own_rule_speaks_about(example: Example) -> None:
    outcomes = [outcome for outcome in planned(example).explanation if outcome.rule == example.rule]

    assert outcomes
    assert outcomes[0].reason.key != f"{example.rule}.rejected"


@pytest.mark.parametrize("example", CONTENT.examples, ids=lambda example: example.rule)
@pytest.mark.parametrize("language", ["nl", "en", "ar"])
def test_each_plan_is_explained_in_words_without_a_gap(example: Example, language: str) -> None:
    plan = planned(example)

    lines = CONTENT.texts.explain(plan, language)

    assert {line.rule for line in lines} >= {rule.id for rule in CONTENT.rules}
    assert all(line.text and "%(" not in line.text for line in lines)
    assert all(CONTENT.texts.write(door.note, language) for door in plan.shown)


@pytest.mark.parametrize("example", CONTENT.examples, ids=lambda example: example.rule)
def test_a_child_or_somebody_of_unknown_age_always_has_a_door_for_children(
    example: Example,
) -> None:
    plan = planned(example)
    named = {*plan.recipients, *(door.organisation for door in plan.shown)}

    if example.facts.child is not Child.NO:
        assert {"fier", "veilig-thuis"} <= named


def test_every_rule_fits_at_least_one_example() -> None:
    fitting = {
        outcome.rule
        for example in CONTENT.examples
        for outcome in planned(example).explanation
        if outcome.matched
    }

    assert fitting == {rule.id for rule in CONTENT.rules}
