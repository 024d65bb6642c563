"""Every query on organisations and their public keys."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from referral_api.persistence.tables import (
    ContentKeyRow,
    DeliveryRow,
    OrganisationKeyRow,
    OrganisationRow,
)


@dataclass(frozen=True, slots=True)
class OrganisationKey:
    """The public half of an organisation's key pair."""

    id: UUID
    organisation_id: str
    public_key: bytes


class OrganisationRepository:
    """Organisations as the database guards them; names and phones are in the directory."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def keep_in_step(self, needs_consent: Mapping[str, bool]) -> list[str]:
        """Make the table equal to the directory; the organisations that were closed off.

        An organisation that now needs consent loses, in this transaction, every key and every
        delivery that no consent covers. Without that the database refuses the change.
        """
        known = {row.id: row for row in self._session.scalars(select(OrganisationRow))}
        closed_off = [
            name
            for name, row in known.items()
            if needs_consent.get(name, False) and not row.needs_consent
        ]
        for name in closed_off:
            self._close_off(name)
        for name, needs in needs_consent.items():
            if name not in known:
                self._session.add(OrganisationRow(id=name, needs_consent=needs))
            elif known[name].needs_consent != needs or not known[name].listed:
                self._change(name, needs_consent=needs, listed=True)
        for name, row in known.items():
            if name not in needs_consent and row.listed:
                self._change(name, needs_consent=row.needs_consent, listed=False)
        self._session.flush()
        return closed_off

    def _change(self, name: str, *, needs_consent: bool, listed: bool) -> None:
        self._session.execute(
            update(OrganisationRow)
            .where(OrganisationRow.id == name)
            .values(needs_consent=needs_consent, listed=listed)
        )

    def _close_off(self, name: str) -> None:
        for table in (ContentKeyRow, DeliveryRow):
            self._session.execute(
                delete(table).where(table.organisation_id == name, table.consent_id.is_(None))
            )

    def needs_consent(self, organisation_id: str) -> bool | None:
        """Whether only a consent may bring a referral there; None for an unknown one."""
        return self._session.scalar(
            select(OrganisationRow.needs_consent).where(OrganisationRow.id == organisation_id)
        )

    def active_key(self, organisation_id: str) -> OrganisationKey | None:
        """The newest key that was not retired."""
        row = self._session.scalars(
            select(OrganisationKeyRow)
            .where(
                OrganisationKeyRow.organisation_id == organisation_id,
                OrganisationKeyRow.retired_day.is_(None),
            )
            .order_by(OrganisationKeyRow.created_day.desc(), OrganisationKeyRow.id)
            .limit(1)
        ).one_or_none()
        return OrganisationKey(row.id, row.organisation_id, row.public_key) if row else None

    def all_keys(self) -> list[OrganisationKey]:
        """Every key that was not retired."""
        rows = self._session.scalars(
            select(OrganisationKeyRow)
            .where(OrganisationKeyRow.retired_day.is_(None))
            .order_by(OrganisationKeyRow.organisation_id)
        )
        return [OrganisationKey(row.id, row.organisation_id, row.public_key) for row in rows]

    def find_key(self, public_key: bytes) -> OrganisationKey | None:
        """The key that was not retired with this public half."""
        return next((key for key in self.all_keys() if key.public_key == public_key), None)

    def add_key(self, organisation_id: str, public_key: bytes, today: date) -> OrganisationKey:
        """Record a new public key of an organisation."""
        row = OrganisationKeyRow(
            organisation_id=organisation_id, public_key=public_key, created_day=today
        )
        self._session.add(row)
        self._session.flush()
        return OrganisationKey(row.id, organisation_id, public_key)
