"""Somebody who works at the intake desk or a receiving organisation."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class StaffMember:
    """Who is looking. `sees_all` is true at the intake desk only.

    Everybody else sees what their organisation owns or is offered.
    """

    id: UUID
    username: str
    organisation_id: str
    role: str
    sees_all: bool = False
