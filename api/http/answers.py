"""Answers about plans, packed as they are sent: a plan never changes, so the last few stay in memory."""

import threading
import zlib
from collections import OrderedDict
from collections.abc import Callable

from fastapi import Request, Response

MOST, MOST_BYTES = 64, 1_000_000
"""How many answers are kept, and how long one that is kept may be, packed."""
ENCODING = "deflate"
"""HTTP's name for what zlib packs."""


class Answers:
    """Packed answers by what they are about."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, str], bytes] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, plan_id: str, name: str, pack: Callable[[], bytes]) -> bytes:
        """Return an answer about a plan, packed by `pack` where it is not kept."""
        key = plan_id, name
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        packed = pack()
        if len(packed) <= MOST_BYTES:
            with self._lock:
                self._kept[key] = packed
                while len(self._kept) > MOST:
                    self._kept.popitem(last=False)
        return packed


def is_known_to(request: Request, tag: str) -> bool:
    """Return whether the sender has an answer with this ETag already."""
    return request.headers.get("if-none-match") == tag


def cached(tag: str) -> dict[str, str]:
    """Return the headers of an answer that may be kept, but is asked for again each time."""
    return {"ETag": tag, "Cache-Control": "private, no-cache", "Vary": "Accept-Encoding"}


def packed_response(request: Request, packed: bytes, kind: str, headers: dict[str, str]) -> Response:
    """Return a packed answer as it is to those who take that, and unpacked to others."""
    if ENCODING in request.headers.get("accept-encoding", ""):
        return Response(packed, headers={**headers, "Content-Encoding": ENCODING}, media_type=kind)
    return Response(zlib.decompress(packed), headers=headers, media_type=kind)
