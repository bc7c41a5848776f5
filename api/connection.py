"""A connection to the service that sends again what was not answered, and takes up what broke."""

import json
import secrets
import time
from collections.abc import Iterator, Mapping
from typing import Any

import httpx2

Fields = Mapping[str, Any]
TRIES = 5
PAUSE_S = 0.5
"""Seconds before the second try; each further pause is twice as long."""
AGAIN = (429, 502, 503, 504)
TIMEOUT_S = 120.0


class ServiceError(RuntimeError):
    """The service answered with a problem: `status`, `code`, and `errors` with a place and a hint each."""

    def __init__(self, status: int, problem: Fields) -> None:
        self.status = status
        self.code = str(problem.get("code", ""))
        self.errors = list(problem.get("errors", []))
        details = "".join(f"\n- {error.get('message')} {error.get('hint', '')}" for error in self.errors)
        super().__init__(f"{status} {self.code}: {problem.get('detail', '')}{details}")


class Connection:
    """What `Client` speaks through.

    Parameters
    ----------
    url : str
        Address of the service.
    key : str
        API key, "" for a service without authentication.
    """

    def __init__(self, url: str, key: str) -> None:
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._http = httpx2.Client(base_url=url, headers=headers, timeout=TIMEOUT_S)

    def close(self) -> None:
        """Close it."""
        self._http.close()

    def is_ready(self) -> bool:
        """Return whether the service answers and has its database."""
        try:
            return self._http.get("/readyz").is_success
        except httpx2.TransportError:
            return False

    def ask(self, method: str, path: str, **request: Any) -> dict[str, Any]:
        """Send a request and return what it is answered with, as plain values; raises as `answer`."""
        answer: dict[str, Any] = self.answer(method, path, **request).json()
        return answer

    def answer(
        self, method: str, path: str, headers: Mapping[str, str] | None = None, **request: Any
    ) -> httpx2.Response:
        """Send a request, again where the service could not be reached or is busy: its key makes that safe.

        Raises ServiceError where the service refuses it or cannot be reached.
        """
        all_headers = {"Idempotency-Key": secrets.token_hex(16), **(headers or {})}
        for attempt in range(TRIES):
            try:
                answer = self._http.request(method, path, headers=all_headers, **request)
                if answer.status_code not in AGAIN or attempt == TRIES - 1:
                    _need_well(answer)
                    return answer
                wait_s = float(answer.headers.get("Retry-After", 0))
            except httpx2.TransportError as error:
                if attempt == TRIES - 1:
                    unreachable = {"code": "unavailable", "detail": f"The service cannot be reached: {error}."}
                    raise ServiceError(503, unreachable) from error
                wait_s = 0.0
            time.sleep(max(wait_s, PAUSE_S * 2**attempt))
        raise AssertionError("the last attempt returns or raises")

    def events(self, path: str) -> Iterator[Fields]:
        """Yield server-sent events until the one named `end`; a stream that breaks is taken up where it broke."""
        last, failures = "", 0
        while failures < TRIES:
            try:
                with self._http.stream("GET", path, headers={"Last-Event-ID": last}) as answer:
                    _need_well(answer)
                    for event in _events(answer.iter_lines()):
                        last, failures = event.get("id", last), 0
                        yield event
                        if event["event"] == "end":
                            return
            except httpx2.TransportError:
                pass
            failures += 1
            time.sleep(PAUSE_S * 2**failures)
        raise ServiceError(503, {"code": "unavailable", "detail": "The stream of events broke again and again."})


def _need_well(answer: httpx2.Response) -> None:
    if answer.is_success:
        return
    answer.read()
    try:
        problem = answer.json()
    except ValueError:
        problem = {"detail": answer.text[:200]}
    raise ServiceError(answer.status_code, problem if isinstance(problem, dict) else {})


def _events(lines: Iterator[str]) -> Iterator[dict[str, Any]]:
    """Yield server-sent events: their data with `id` and `event`."""
    fields: dict[str, str] = {}
    for line in lines:
        name, _, value = line.partition(":")
        if name:
            fields[name] = value.removeprefix(" ")
        elif not line and "data" in fields:
            yield {"id": fields.get("id", ""), "event": fields.get("event", ""), **json.loads(fields["data"])}
            fields = {}
