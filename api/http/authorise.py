"""The check that every call passes: who asks, may they, and did they mean to."""

from contextlib import suppress
from hmac import compare_digest

from fastapi import Depends, Request
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool

from api.http.access import ACCESS, ANYBODY, REGIONAL
from api.http.problems import ProblemError, SignInError
from api.http.service import Service, service_of
from scenarios.store.people import Principal, authenticate
from scenarios.store.sessions import csrf_token, note_seen, signed_in

SAFE = ("GET", "HEAD", "OPTIONS")
BEARER = "Bearer "
COOKIE = "territory_session"
CSRF_HEADER = "X-CSRF-Token"


async def authorise(request: Request) -> None:
    """Let a request pass or answer it with a problem; `request.state.who` is then who asks."""
    if any("\x00" in value for value in request.path_params.values()):
        raise ProblemError("not-found", "No name holds a NUL.")  # PostgreSQL would not even look for it
    service, route = service_of(request), request.scope["route"]
    asked = f"{request.method} {route.path}"
    role, is_page = ACCESS[asked], not route.include_in_schema
    _refuse_foreign_pages(request)
    if role == ANYBODY:
        return
    who = service.local or await run_in_threadpool(_principal, service, request)
    if who is None and is_page:
        raise SignInError(request.url.path + (f"?{request.url.query}" if request.url.query else ""))
    if who is None:
        message = "This call needs a valid API key. Maybe add the header `Authorization: Bearer territory_...`."
        raise ProblemError("unauthenticated", message, {"WWW-Authenticate": "Bearer"})
    _refuse_unmeant(service, request)
    if not who.may(role):
        raise ProblemError("forbidden", f"This call needs the role {role}; {who.name} is {who.role}.")
    if who.region is not None and asked not in REGIONAL and not is_page:
        raise ProblemError("region", f"{who.name} sees {who.region.field} {', '.join(who.region.values)} only.")
    _count(service, who)
    request.state.who = who


def _count(service: Service, who: Principal) -> None:
    """Count a request; refuse it where somebody sends too many."""
    wait_s = service.rate.wait_s(who.user_id)
    if wait_s:
        message = f"More than {service.settings.requests_per_minute} requests a minute."
        raise ProblemError("rate-limited", message, {"Retry-After": str(wait_s)})


def is_known(request: Request) -> bool:
    """Return whether somebody asks whom the service knows; they may still not be allowed to."""
    try:
        return _principal(service_of(request), request) is not None
    except SQLAlchemyError:
        return True  # the call itself will tell


def is_still(request: Request, who: Principal) -> bool:
    """Return whether who asked once still may: an answer that goes on for long looks now and then."""
    try:
        return _identify(service_of(request), request)[0] == who
    except SQLAlchemyError:
        return True  # the answer itself will tell


def _principal(service: Service, request: Request) -> Principal | None:
    """Return who asks, and note that they were seen."""
    who, is_due = _identify(service, request)
    if who is not None and is_due:
        with suppress(SQLAlchemyError), service.store.transaction() as session:
            note_seen(session, request.cookies.get(COOKIE, ""))  # where a full disk keeps it, people can still read
    return who


def _identify(service: Service, request: Request) -> tuple[Principal | None, bool]:
    """Return who asks, and whether a session is to be noted as seen; a key counts, whatever cookie comes with it."""
    if service.local is not None:
        return service.local, False
    key = request.headers.get("authorization")
    with service.store.transaction() as session:
        if key is not None:
            return authenticate(session, key.removeprefix(BEARER) if key.startswith(BEARER) else ""), False
        return signed_in(session, request.cookies.get(COOKIE, ""), service.settings.session_lifetime)


def _refuse_unmeant(service: Service, request: Request) -> None:
    """Refuse a change that a cookie alone asks for: any page could have made the browser send it."""
    if service.settings.auth == "off" or request.method in SAFE or "authorization" in request.headers:
        return
    expected = csrf_token(request.cookies.get(COOKIE, ""))
    if not compare_digest(request.headers.get(CSRF_HEADER, "").encode(), expected.encode()):
        message = f"A browser session changes things only with {CSRF_HEADER}. Maybe take it from /v1/sessions/current."
        raise ProblemError("csrf", message)


def _refuse_foreign_pages(request: Request) -> None:
    """Refuse what a page of another site may have a browser send: without authentication it would be obeyed."""
    origin = request.headers.get("origin")
    if origin is not None and request.method not in SAFE and origin.split("://")[-1] != request.headers.get("host"):
        raise ProblemError("foreign-origin", f"{origin[:100]} may not call this service.")


Passed = Depends(authorise)
