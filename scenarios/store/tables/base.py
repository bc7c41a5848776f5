"""What all tables share: ids that sort by time, and times in UTC."""

import secrets
import time
from datetime import UTC, datetime
from typing import Any, ClassVar

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Integer, MetaData, String
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

ID_LENGTH = 32
SHA256_LENGTH = 64
NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
"""How constraints are called, the same on every database."""

Json = dict[str, Any]
Number = BigInteger().with_variant(Integer(), "sqlite")
"""A key that counts up; SQLite only does so for INTEGER."""


class Utc(TypeDecorator[datetime]):
    """A moment in UTC, which SQLite would give back without its zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return what the database holds as a moment in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


class Base(DeclarativeBase):
    """The base of all tables."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {datetime: Utc(), Json: JSON(), list[Json]: JSON(), str: String()}


def new_id() -> str:
    """Return a new id of 32 hexadecimal digits: milliseconds first, so that ids sort by time, then 80 random bits."""
    return f"{time.time_ns() // 1_000_000:012x}{secrets.token_hex(10)}"


def now() -> datetime:
    """Return the present moment in UTC."""
    return datetime.now(UTC)
