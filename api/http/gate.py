"""What is turned away before anything is read: bodies that are too large, and names of other hosts."""

from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.problems import problem

ANY = "*"
SHORT_BYTES = 10_000
CLOSE = {"Connection": "close"}


class Gate:
    """Middleware that lets a request pass only by a known host name and up to a size.

    Without authentication the host name matters: a page elsewhere could else have its own name point to this machine
    and read all answers (DNS rebinding). A body of more than a few lines is taken from those only whom `knows` knows:
    a body is parsed before anything else is checked.
    """

    def __init__(
        self, app: ASGIApp, hosts: tuple[str, ...], body_limit_bytes: int, knows: Callable[[Request], bool]
    ) -> None:
        self._app, self._hosts, self._most, self._knows = app, hosts, body_limit_bytes, knows

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        if ANY not in self._hosts and (request.url.hostname or "") not in self._hosts:
            refusal = problem(request, "foreign-origin", "The request names a host that is not this one.")
            await refusal(scope, receive, send)
        elif self._length(request) > self._most:
            refusal = problem(request, "too-large", self._said(), headers=CLOSE)
            await refusal(scope, receive, send)
        elif self._length(request) > SHORT_BYTES and not await run_in_threadpool(self._knows, request):
            refusal = problem(request, "unauthenticated", "This body is read with a valid API key only.", headers=CLOSE)
            await refusal(scope, receive, send)
        else:
            await self._app(scope, self._counted(receive), send)

    def _length(self, request: Request) -> int:
        """Return how long a body is, as it is announced; as long as may be where nothing is."""
        length = request.headers.get("content-length", "")
        if length.isascii() and length.isdecimal():
            return int(length[:18])
        return self._most if length or "transfer-encoding" in request.headers else 0

    def _counted(self, receive: Receive) -> Receive:
        """Return `receive` with an error where more comes than allowed, whatever was announced."""
        taken = 0

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self._most:
                raise HTTPException(413, self._said())
            return message

        return counted

    def _said(self) -> str:
        return f"At most {self._most:,} bytes are taken. Maybe send the data in parts, or as XLSX."
