"""Short words for the columns that migrations are written with; never changed, only added to."""

from functools import partial
from typing import Any

import sqlalchemy as sa


def _column(
    kind: sa.types.TypeEngine[Any], name: str, *, null: bool = False, primary: bool = False
) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=null, primary_key=primary)


def text(name: str, length: int, *, null: bool = False) -> sa.Column[str]:
    """A text of at most `length` characters."""
    return sa.Column(name, sa.String(length), nullable=null)


raw = partial(_column, sa.LargeBinary())
identifier = partial(_column, sa.Uuid())
day = partial(_column, sa.Date())
number = partial(_column, sa.Integer())
yes_no = partial(_column, sa.Boolean())
moment = partial(_column, sa.DateTime(timezone=True))


def refers_to(column: str, target: str) -> sa.ForeignKeyConstraint:
    """A foreign key from one column to "table.column"."""
    return sa.ForeignKeyConstraint([column], [target])
