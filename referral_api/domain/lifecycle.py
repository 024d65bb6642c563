"""The life of a referral: which moves exist, and who owns it after each."""

from dataclasses import dataclass, replace
from typing import Final

from referral_api.domain.code_lists import Coded


class Status(Coded):
    """Where a referral stands."""

    RECEIVED = "received", "ontvangen", "received"
    OFFERED = "offered", "aangeboden aan een organisatie", "offered to an organisation"
    ACCEPTED = "accepted", "aangenomen", "accepted"
    DECLINED = "declined", "niet aangenomen", "declined"
    HELPED = "helped", "hulp geregeld", "help arranged"
    CLOSED = "closed", "afgesloten", "closed"
    WITHDRAWN = "withdrawn", "ingetrokken", "withdrawn"
    EXPIRED = "expired", "geen antwoord op tijd", "no answer in time"
    FAILED = "failed", "afleveren lukte niet", "could not be delivered"

    @property
    def is_open(self) -> bool:
        """Somebody still has to do something."""
        return self not in (Status.HELPED, Status.CLOSED, Status.WITHDRAWN)


# Every move that exists. What is not here cannot happen; nothing leads out of `withdrawn`.
MOVES: Final[dict[Status, frozenset[Status]]] = {
    Status.RECEIVED: frozenset(
        {Status.OFFERED, Status.ACCEPTED, Status.CLOSED, Status.FAILED, Status.WITHDRAWN}
    ),
    Status.OFFERED: frozenset(
        {
            Status.RECEIVED,
            Status.ACCEPTED,
            Status.DECLINED,
            Status.EXPIRED,
            Status.FAILED,
            Status.WITHDRAWN,
        }
    ),
    Status.ACCEPTED: frozenset({Status.OFFERED, Status.HELPED, Status.CLOSED, Status.WITHDRAWN}),
    Status.DECLINED: frozenset({Status.OFFERED, Status.ACCEPTED, Status.CLOSED, Status.WITHDRAWN}),
    Status.EXPIRED: frozenset({Status.OFFERED, Status.ACCEPTED, Status.CLOSED, Status.WITHDRAWN}),
    Status.FAILED: frozenset({Status.OFFERED, Status.ACCEPTED, Status.CLOSED, Status.WITHDRAWN}),
    Status.HELPED: frozenset({Status.OFFERED, Status.CLOSED, Status.WITHDRAWN}),
    Status.CLOSED: frozenset({Status.WITHDRAWN}),
    Status.WITHDRAWN: frozenset(),
}


class ForbiddenMove(Exception):
    """A referral cannot go from one status to the other."""

    def __init__(self, current: Status, wanted: Status) -> None:
        super().__init__(f"{current.value} -> {wanted.value}")
        self.current = current
        self.wanted = wanted


@dataclass(frozen=True, slots=True)
class Standing:
    """Status, the one owner, and to whom it is on offer (only while `offered`)."""

    status: Status
    owner: str
    offered_to: str | None = None

    def __post_init__(self) -> None:
        if not self.owner:
            raise ValueError("a referral always has an owner")
        if (self.status is Status.OFFERED) != (self.offered_to is not None):
            raise ValueError("a referral is on offer to somebody exactly while it is offered")


def start(intake_organisation: str) -> Standing:
    """A new referral: received, owned by the intake desk."""
    return Standing(Status.RECEIVED, intake_organisation)


def move(standing: Standing, wanted: Status, *, offered_to: str | None = None) -> Standing:
    """The standing after a move. Raises ForbiddenMove.

    Offering does not move ownership, accepting does. After a decline, an expiry or a failed
    delivery the referral stays with the owner it had: the desk, or whoever had accepted it.
    """
    if wanted not in MOVES[standing.status]:
        raise ForbiddenMove(standing.status, wanted)
    if wanted is Status.OFFERED:
        if offered_to is None or offered_to == standing.owner:
            raise ForbiddenMove(standing.status, wanted)
        return Standing(wanted, standing.owner, offered_to)
    if wanted is Status.ACCEPTED and standing.offered_to is not None:
        return Standing(wanted, standing.offered_to)
    return replace(standing, status=wanted, offered_to=None)
