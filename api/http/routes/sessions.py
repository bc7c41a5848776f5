"""Browser sessions: one signs in with an API key, and a cookie that no script can read stands for it."""

from typing import Annotated

from fastapi import APIRouter, Cookie, Request, Response

from api.http import show
from api.http.authorise import COOKIE
from api.http.models.people import SessionGiven, SessionShown
from api.http.problems import ProblemError
from api.http.replies import Reply
from api.http.service import Asked, Call, Service, service_of
from api.logs import logger
from scenarios.store.people import local_principal, workspace_name
from scenarios.store.sessions import csrf_token, sign_in, sign_out

router = APIRouter(prefix="/v1/sessions", tags=["sessions"])
S_PER_H = 3600
Token = Annotated[str, Cookie(alias=COOKIE, include_in_schema=False)]


@router.post("", status_code=201, response_model=SessionShown)
def begin_session(request: Request, given: SessionGiven) -> Response:
    """Sign in with an API key: the answer sets a cookie, and has the token that changes need besides it."""
    service = service_of(request)
    if service.settings.auth == "off":
        with service.store.transaction() as session:
            return Reply(_shown(Call(service, local_principal(session), ""), ""), 201).response()
    call, token = _begin(service, request, given.api_key.get_secret_value())
    response = Reply(_shown(call, token), 201).response()
    is_https = service.settings.https or request.url.scheme == "https"
    most_s = int(service.settings.session_h * S_PER_H)
    response.set_cookie(COOKIE, token, max_age=most_s, secure=is_https, httponly=True, samesite="strict")
    return response


@router.get("/current")
def get_session(call: Asked, token: Token = "") -> SessionShown:
    """Tell who is signed in."""
    return _shown(call, token)


@router.delete("/current", status_code=204)
def end_session(call: Asked, token: Token = "") -> Response:
    """Sign out."""
    with call.transaction() as session:
        sign_out(session, token)
        call.record(session, "session.end", call.who.user_id)
    response = Response(status_code=204)
    response.delete_cookie(COOKIE, httponly=True, samesite="strict")
    return response


def _begin(service: Service, request: Request, api_key: str) -> tuple[Call, str]:
    """Begin the session of a key; raises ProblemError, also where an address tries too often."""
    address = request.client.host if request.client else ""
    wait_s = service.sign_in_rate.wait_s(address)
    if wait_s:
        raise ProblemError("rate-limited", "Too many attempts to sign in.", {"Retry-After": str(wait_s)})
    with service.store.transaction() as session:
        begun = sign_in(session, api_key)
        if begun is None:
            logger().warning("sign-in-refused", address=address)
            raise ProblemError("unauthenticated", "This key is not valid. Maybe ask an admin for a new one.")
        who, token = begun
        call = Call(service, who, request.state.request_id)
        call.record(session, "session.begin", who.user_id)
    return call, token


def _shown(call: Call, token: str) -> SessionShown:
    who = call.who
    with call.transaction() as session:
        workspace = workspace_name(session, who.workspace_id)
    return SessionShown(
        user=who.name,
        role=who.role,
        region=show.region(who.region),
        workspace=workspace,
        csrf_token=csrf_token(token) if token else "",
    )
