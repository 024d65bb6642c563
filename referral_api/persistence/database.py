"""Opens the database; the only place where a transaction begins and is committed."""

from collections.abc import Generator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from threading import Lock

from sqlalchemy import Connection, Dialect, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

# How long a writer waits for the one before it.
BUSY_MILLISECONDS = 10_000
# Writers on PostgreSQL; SQLite has one at a time whatever this says.
POOL_SIZE = 10

_PRAGMAS = (
    "journal_mode = WAL",
    # FULL syncs before every acknowledgement; NORMAL is faster and loses acknowledged referrals.
    "synchronous = FULL",
    f"busy_timeout = {BUSY_MILLISECONDS}",
    "foreign_keys = ON",
    # A prepared database file cannot make our connection run its functions.
    "trusted_schema = OFF",
    "secure_delete = ON",
    "temp_store = MEMORY",
)


class Database:
    """One engine; `transaction()` for writing, `reading()` for looking only."""

    def __init__(self, url: str) -> None:
        self.engine: Engine = open_engine(url)
        is_sqlite = self.engine.dialect.name == "sqlite"
        # SQLite has one writer: queueing here is fair, polling for its lock is not.
        self._turn: AbstractContextManager[object] = Lock() if is_sqlite else nullcontext()

    @contextmanager
    def transaction(self) -> Generator[Session]:
        """One use case, one transaction: committed at the end, undone by any error."""
        with self._turn, Session(self.engine, expire_on_commit=False) as session, session.begin():
            yield session

    @contextmanager
    def reading(self) -> Generator[Session]:
        """A session that never takes the writers' turn and never commits."""
        connection = self.engine.connect().execution_options(only_reading=True)
        with connection, Session(connection, autoflush=False) as session:
            yield session

    def is_alive(self) -> bool:
        """Whether the database answers."""
        with self.engine.connect().execution_options(only_reading=True) as connection:
            return bool(connection.execute(text("SELECT 1")).scalar_one())

    def close(self) -> None:
        """Give all connections back."""
        self.engine.dispose()


def open_engine(url: str) -> Engine:
    """An engine for sqlite:///path or postgresql://…; nothing connects before the first use."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _open_sqlite(url, parsed.database)
    # An error never carries the values of a statement: it could reach a log.
    # psycopg 3 is the one driver for PostgreSQL here, also when the URL names none.
    return create_engine(
        parsed.set(drivername="postgresql+psycopg"),
        hide_parameters=True,
        pool_size=POOL_SIZE,
        pool_pre_ping=True,
    )


def _open_sqlite(url: str, file: str | None) -> Engine:
    if file and file != ":memory:":
        Path(file).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        url, hide_parameters=True, connect_args={"timeout": BUSY_MILLISECONDS / 1000}
    )
    event.listen(engine, "do_connect", _make_private)
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)
    return engine


def _make_private(
    _dialect: Dialect,
    _entry: ConnectionPoolEntry,
    arguments: list[str],
    _options: dict[str, object],
) -> None:
    """Make the file for its owner only, before SQLite would make it for everybody.

    SQLite gives the files beside it (-wal, -shm) the same rights.
    """
    file = Path(arguments[0])
    if str(file) != ":memory:":
        file.touch(mode=0o600, exist_ok=True)


def _set_pragmas(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    # The driver's own BEGIN would come too late; see _begin.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    """Take the writer's turn at once: a transaction that reads first cannot be refused later."""
    only_reading = connection.get_execution_options().get("only_reading", False)
    connection.exec_driver_sql("BEGIN" if only_reading else "BEGIN IMMEDIATE")
