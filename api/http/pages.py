"""Lists in pages: `limit` items after an opaque `cursor`."""

import base64
import binascii
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Generic, TypeVar

from fastapi import Depends, Query
from pydantic import BaseModel

from api.http.problems import ProblemError

MOST, USUAL = 500, 100
Item = TypeVar("Item")
Row = TypeVar("Row")


class Page(BaseModel, Generic[Item]):
    """Some items, and the cursor of the next page, null on the last one."""

    items: list[Item]
    next_cursor: str | None


@dataclass(frozen=True)
class Place:
    """Where a page begins, and how long it is at most."""

    after: str
    limit: int

    @property
    def number(self) -> int:
        """The place as a number, for lists that count."""
        if self.after and not (self.after.isascii() and self.after.isdecimal() and len(self.after) < 19):
            raise _unknown()
        return int(self.after or 0)

    def page(self, rows: Sequence[Row], show: Callable[[Row], Item], key: str = "id") -> Page[Item]:
        """Return a page of rows that were read with this limit."""
        full = len(rows) == self.limit
        return Page(items=[show(row) for row in rows], next_cursor=_pack(getattr(rows[-1], key)) if full else None)


async def _place(
    cursor: Annotated[str, Query(max_length=200, description="`next_cursor` of the page before.")] = "",
    limit: Annotated[int, Query(ge=1, le=MOST)] = USUAL,
) -> Place:
    return Place(_unpack(cursor), limit)


Wanted = Annotated[Place, Depends(_place)]
"""The page that a call asks for, as a parameter of a route."""


def _pack(key: object) -> str:
    return base64.urlsafe_b64encode(str(key).encode()).decode()


def _unpack(cursor: str) -> str:
    try:
        text = base64.b64decode(cursor, altchars=b"-_", validate=True).decode("ascii")
    except (binascii.Error, ValueError) as error:
        raise _unknown() from error
    if not text.isprintable():
        raise _unknown()
    return text


def _unknown() -> ProblemError:
    return ProblemError("invalid-request", "The cursor is none of ours. Maybe start without one.")
