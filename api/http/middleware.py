"""Around every request: its id, its line in the log, its metrics, and headers that keep browsers careful."""

import re
import secrets
from time import monotonic

import structlog
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.http.meters import Meters
from api.logs import logger

ID = re.compile(rb"[\w.-]{1,64}", re.ASCII)
CAREFUL = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
    "img-src data:; sandbox allow-scripts; frame-ancestors 'self'",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
"""Even a map opened here runs in a sandbox without an origin, and nothing it holds can reach the network."""


class Watched:
    """Middleware that gives each request an id, logs and measures it."""

    def __init__(self, app: ASGIApp, meters: Meters) -> None:
        self._app, self._meters = app, meters

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = _request_id(scope)
        scope.setdefault("state", {})["request_id"] = request_id
        begun, status = monotonic(), 500

        async def told(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers["X-Request-Id"] = request_id
                for name, value in CAREFUL.items():
                    headers.setdefault(name, value)
            await send(message)

        structlog.contextvars.bind_contextvars(request=request_id)
        try:
            await self._app(scope, receive, told)
        finally:
            self._finish(scope, status, monotonic() - begun)
            structlog.contextvars.unbind_contextvars("request")

    def _finish(self, scope: Scope, status: int, seconds: float) -> None:
        route = scope.get("route")
        path = getattr(route, "path", "unknown")
        self._meters.count(scope["method"], path, status, seconds)
        who = scope["state"].get("who")
        user = None if who is None else who.user_id
        logger().info("request", method=scope["method"], path=path, status=status, ms=round(1000 * seconds), user=user)


def _request_id(scope: Scope) -> str:
    given = dict(scope["headers"]).get(b"x-request-id", b"")
    return given.decode() if ID.fullmatch(given) else secrets.token_hex(8)
