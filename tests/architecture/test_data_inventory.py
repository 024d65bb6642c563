"""docs/data-inventory.md names every stored field, with a reason, a protection and an end."""

import re
from pathlib import Path

from referral_api.persistence.tables import Base

PAGE = Path("docs/data-inventory.md")


def described() -> dict[str, dict[str, list[str]]]:
    """Table -> field -> the other cells of its line."""
    found: dict[str, dict[str, list[str]]] = {}
    for section in re.split(r"^## ", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        name, _, lines = section.partition("\n")
        fields: dict[str, list[str]] = {}
        for line in lines.splitlines():
            cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
            if cells[0].startswith("`"):
                fields[cells[0].strip("`")] = cells[1:]
        found[name.strip()] = fields
    return found


def test_every_field_of_every_table_is_described_and_nothing_else() -> None:
    stored = {
        table.name: {column.name for column in table.columns}
        for table in Base.metadata.sorted_tables
    }

    assert {table: set(fields) for table, fields in described().items()} == stored


def test_every_field_has_a_reason_a_protection_and_an_end() -> None:
    for table, fields in described().items():
        for field, cells in fields.items():
            assert len(cells) == 3, f"{table}.{field}"
            assert all(cells), f"{table}.{field}"


def test_what_is_called_sealed_is_never_a_text_column() -> None:
    columns = {
        (table.name, column.name): column
        for table in Base.metadata.sorted_tables
        for column in table.columns
    }
    for table, fields in described().items():
        for field, (_, protection, _) in fields.items():
            if protection.startswith(("sealed", "keyed", "locked", "Argon2id")):
                assert columns[table, field].type.python_type is bytes, f"{table}.{field}"
