"""Keeps the organisations table equal to the directory; runs when a process starts."""

from referral_api.domain.directory import Directory
from referral_api.event_log import Event, EventLog
from referral_api.persistence.database import Database
from referral_api.persistence.organisation_repository import OrganisationRepository


class UnsafeDesk(Exception):
    """The desk reads every referral, so it can never be one that reaches the police."""

    def __init__(self, organisation: str) -> None:
        super().__init__(
            f"'{organisation}' may reach the police according to the directory. "
            "Set REFERRAL_API_INTAKE_ORGANISATION to an organisation that does not."
        )


def keep_organisations(
    database: Database, directory: Directory, intake_organisation: str, event_log: EventLog
) -> None:
    """Write who needs consent; the intake desk is there even when no directory names it.

    Raises UnsafeDesk.
    """
    needs_consent = {entry.id: entry.needs_police_consent for entry in directory}
    if needs_consent.setdefault(intake_organisation, False):
        raise UnsafeDesk(intake_organisation)
    with database.transaction() as session:
        closed_off = OrganisationRepository(session).keep_in_step(needs_consent)
    for organisation in closed_off:
        event_log.write(Event.ORGANISATION_CLOSED_OFF, organisation=organisation)
