"""Clients that read: all in one process and on plain sockets, so that they measure the service and not themselves."""

import asyncio
import time
from collections.abc import Sequence
from urllib.parse import urlsplit

PAUSE_S = 0.5
"""Between two requests of a client."""
PATIENCE_S = 60.0
"""After which an answer is lost, and the run with it."""


def read(url: str, paths: Sequence[str], clients: int, seconds: float) -> tuple[list[float], int]:
    """Be some clients for a while; return the seconds of every answer, and how many were not well."""
    return asyncio.run(_read(url, paths, clients, seconds))


async def _read(url: str, paths: Sequence[str], clients: int, seconds: float) -> tuple[list[float], int]:
    end = time.monotonic() + seconds
    shares = await asyncio.gather(*(_be(url, paths, i / clients, end) for i in range(clients)))
    took = [moment for share, _ in shares for moment in share]
    return took, sum(errors for _, errors in shares)


async def _be(url: str, paths: Sequence[str], offset: float, end: float) -> tuple[list[float], int]:
    """Be one client, who begins at some part of a pause."""
    place = urlsplit(url)
    reader, writer = await asyncio.open_connection(place.hostname, place.port)
    took, errors = [], 0
    await asyncio.sleep(offset * PAUSE_S)
    while time.monotonic() < end:
        for path in paths:
            begun = time.monotonic()
            writer.write(f"GET {path} HTTP/1.1\r\nHost: {place.netloc}\r\nAccept-Encoding: deflate\r\n\r\n".encode())
            async with asyncio.timeout(PATIENCE_S):
                errors += await _status(reader) != 200
            took.append(time.monotonic() - begun)
            await asyncio.sleep(PAUSE_S)
    writer.close()
    return took, errors


async def _status(reader: asyncio.StreamReader) -> int:
    """Read an answer to its end; return its status."""
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    length = head.partition(b"\r\ncontent-length:")[2].partition(b"\r\n")[0]
    await reader.readexactly(int(length))
    return int(head.split()[1])
