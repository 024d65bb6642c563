"""The life of a referral: exactly one owner, no way back from withdrawn, no move but the listed."""

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from referral_api.domain.lifecycle import MOVES, ForbiddenMove, Standing, Status, move, start

DESK = "intake-desk"
ORGANISATIONS = ("fairwork", "comensha", "veilig-thuis", DESK)


def test_a_new_referral_belongs_to_the_desk() -> None:
    assert start(DESK) == Standing(Status.RECEIVED, DESK)


def test_offering_moves_nothing_and_accepting_moves_ownership() -> None:
    offered = move(start(DESK), Status.OFFERED, offered_to="fairwork")
    accepted = move(offered, Status.ACCEPTED)

    assert (offered.owner, offered.offered_to) == (DESK, "fairwork")
    assert (accepted.owner, accepted.offered_to) == ("fairwork", None)


@pytest.mark.parametrize("answer", [Status.DECLINED, Status.EXPIRED, Status.FAILED])
def test_an_offer_that_comes_to_nothing_leaves_the_owner(answer: Status) -> None:
    offered = move(start(DESK), Status.OFFERED, offered_to="fairwork")

    assert move(offered, answer) == Standing(answer, DESK)


def test_nobody_can_be_offered_what_they_own() -> None:
    with pytest.raises(ForbiddenMove):
        move(start(DESK), Status.OFFERED, offered_to=DESK)


def test_an_offer_needs_somebody() -> None:
    with pytest.raises(ForbiddenMove):
        move(start(DESK), Status.OFFERED)


def test_every_status_has_a_line_and_all_but_the_last_can_be_withdrawn() -> None:
    assert MOVES.keys() == set(Status)
    assert MOVES[Status.WITHDRAWN] == frozenset()
    for status, targets in MOVES.items():
        assert status is Status.WITHDRAWN or Status.WITHDRAWN in targets


def test_every_status_can_be_reached() -> None:
    reached, todo = set[Status](), [Status.RECEIVED]
    while todo:
        status = todo.pop()
        if status not in reached:
            reached.add(status)
            todo += MOVES[status]

    assert reached == set(Status)


@pytest.mark.parametrize(
    ("status", "owner", "offered_to"),
    [
        (Status.OFFERED, DESK, None),
        (Status.ACCEPTED, "fairwork", "comensha"),
        (Status.RECEIVED, "", None),
    ],
)
def test_a_standing_that_cannot_be_does_not_exist(
    status: Status, owner: str, offered_to: str | None
) -> None:
    with pytest.raises(ValueError, match="referral"):
        Standing(status, owner, offered_to)


class LifeOfAReferral(RuleBasedStateMachine):
    """Tries every move in every order."""

    @initialize()
    def begin(self) -> None:
        self.standing = start(DESK)
        self.was_withdrawn = False

    @rule(wanted=st.sampled_from(Status), organisation=st.sampled_from(ORGANISATIONS))
    def try_a_move(self, wanted: Status, organisation: str) -> None:
        before = self.standing
        offered_to = organisation if wanted is Status.OFFERED else None
        try:
            self.standing = move(before, wanted, offered_to=offered_to)
        except ForbiddenMove:
            assert self.standing == before
            return
        assert wanted in MOVES[before.status]
        self.was_withdrawn = self.was_withdrawn or wanted is Status.WITHDRAWN
        if self.standing.owner != before.owner:
            assert wanted is Status.ACCEPTED
            assert self.standing.owner == before.offered_to

    @invariant()
    def there_is_one_owner(self) -> None:
        assert self.standing.owner in ORGANISATIONS
        assert self.standing.offered_to != self.standing.owner

    @invariant()
    def nothing_leads_back_from_withdrawn(self) -> None:
        assert not self.was_withdrawn or self.standing.status is Status.WITHDRAWN


TestLifeOfAReferral = LifeOfAReferral.TestCase
TestLifeOfAReferral.settings = settings(max_examples=200, stateful_step_count=30, deadline=None)
