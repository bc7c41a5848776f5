"""Rows that may be there already."""

from typing import Any

from sqlalchemy import Table, inspect
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from scenarios.store.tables.base import Base


def insert_once(session: Session, row: Base) -> bool:
    """Insert a row unless one with its key is there; return whether it was inserted. Every field must be set."""
    table = inspect(type(row)).local_table
    assert isinstance(table, Table)
    values: dict[str, Any] = {column.name: getattr(row, column.name) for column in table.columns}
    make = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
    done = session.execute(make(table).values(values).on_conflict_do_nothing().returning(*table.primary_key.columns))
    return done.first() is not None
