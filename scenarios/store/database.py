"""The one door to the database: an engine, transactions, and the tables brought up to date."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.orm import Session

MIGRATIONS = Path(__file__).parent / "migrations"
SQLITE_SETTINGS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA busy_timeout=30000",
    "PRAGMA foreign_keys=ON",
)
UPGRADE_LOCK = 7_321_154
"""Number of the PostgreSQL advisory lock under which one process at a time brings the tables up to date."""


class Store:
    """A database that is open.

    Parameters
    ----------
    url : str
        sqlite:///FILE, or postgresql://USER:PASSWORD@HOST/NAME.
    """

    def __init__(self, url: str) -> None:
        self.url = normal_url(url)
        self.engine = _engine(self.url)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """Give a session whose work is committed at the end, or undone where an error leaves it."""
        with Session(self.engine, expire_on_commit=False) as session, session.begin():
            yield session

    def upgrade(self, target: str = "head") -> None:
        """Bring the tables to a version, under a lock so that several processes may start at once."""
        script = ScriptDirectory(str(MIGRATIONS))

        def steps(revision: Any, _context: MigrationContext) -> Any:
            return script._upgrade_revs(target, revision)

        with self.engine.connect() as connection, _unbound(connection), connection.begin():
            _lock_upgrade(connection)
            with EnvironmentContext(Config(), script, fn=steps, destination_rev=target) as environment:
                environment.configure(connection=connection, render_as_batch=True)
                environment.run_migrations()

    def version(self) -> str | None:
        """Return the version of the tables, None where there are none."""
        with self.engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision()

    def check(self) -> None:
        """Raise SQLAlchemyError where the database does not answer."""
        with self.engine.connect() as connection:
            connection.execute(text("SELECT 1"))

    def check_room(self) -> None:
        """Raise SQLAlchemyError where nothing can be written, for want of room or right; changes nothing."""
        with self.engine.begin() as connection:
            connection.execute(text("UPDATE alembic_version SET version_num = version_num"))

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()


def newest_version() -> str | None:
    """Return the version of the tables that this program needs."""
    return ScriptDirectory(str(MIGRATIONS)).get_current_head()


def normal_url(url: str) -> str:
    """Return the URL with the driver we use; raises ValueError for another kind of database."""
    parsed = make_url(url)
    kind = parsed.drivername.split("+")[0]
    if kind not in ("sqlite", "postgresql", "postgres"):
        raise ValueError(f"{kind} is no database the service knows. Maybe sqlite:///service.db or postgresql://...")
    driver = "sqlite" if kind == "sqlite" else "postgresql+psycopg"
    return parsed.set(drivername=driver).render_as_string(hide_password=False)


def _engine(url: str) -> Engine:
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True, pool_size=10, max_overflow=20, hide_parameters=True)
    engine = create_engine(url, pool_size=10, max_overflow=20, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _record: Any) -> None:
        # A writer waits for its turn when it begins; a lock that is taken later could not wait.
        connection.isolation_level = "IMMEDIATE"
        for setting in SQLITE_SETTINGS:
            connection.execute(setting)

    return engine


@contextmanager
def _unbound(connection: Connection) -> Iterator[None]:
    """Let SQLite rebuild a table that rows of others name: it forbids that even within a transaction."""
    if connection.dialect.name != "sqlite":
        yield
        return
    _set_foreign_keys(connection, "OFF")
    try:
        yield
    finally:
        _set_foreign_keys(connection, "ON")


def _set_foreign_keys(connection: Connection, state: str) -> None:
    connection.exec_driver_sql(f"PRAGMA foreign_keys={state}")
    connection.commit()


def _lock_upgrade(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": UPGRADE_LOCK})
    else:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
