"""The schema goes up and down with data in it, and is what the code thinks it is."""

import re
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect, text

from referral_api.migrations import downgrade, is_current, upgrade
from referral_api.persistence.database import Database
from referral_api.persistence.tables import Base
from referral_api.settings import Settings
from tests.factories.api import open_api
from tests.factories.referrals import make_consented_referral, make_key


def schema(database: Database) -> dict[str, list[str]]:
    """The statements that made a SQLite store, line by line, whatever their order."""
    with database.engine.connect() as connection:
        rows = connection.execute(
            text("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        ).all()
    return {
        name: sorted(line.strip() for line in re.split(r",\s*\n|\n", sql))
        for name, sql in rows
        if not name.startswith("alembic")
    }


def test_migrations_give_the_tables_of_the_code(database: Database) -> None:
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection)

        assert compare_metadata(context, Base.metadata) == []


def test_migrations_give_the_checks_and_keys_of_the_code_too(tmp_path: Path) -> None:
    migrated = Database(f"sqlite:///{tmp_path / 'migrated.sqlite'}")
    made = Database(f"sqlite:///{tmp_path / 'made.sqlite'}")
    upgrade(migrated.engine)
    Base.metadata.create_all(made.engine)

    assert schema(migrated) == schema(made)
    migrated.close()
    made.close()


def test_going_up_twice_changes_nothing(database: Database) -> None:
    assert is_current(database.engine)
    upgrade(database.engine)
    assert is_current(database.engine)


def test_a_store_that_was_never_migrated_is_not_current(database_url: str) -> None:
    empty = Database(database_url)

    assert not is_current(empty.engine)
    empty.close()


def test_a_full_store_goes_down_and_up_again(settings: Settings) -> None:
    with open_api(settings) as api:
        body = make_consented_referral(("intake-desk", "fairwork", "politie"))
        code = api.submit(body)["code"]
        api.post("/v1/conversations/_reply", {"code": code, "text": "hallo"}, make_key())
        engine = api.workplace.database.engine

        downgrade(engine, "base")
        left = set(inspect(engine).get_table_names())
        upgrade(engine)

        assert left == {"alembic_version"}
        assert is_current(engine)
