"""People in a browser: signed in by a cookie that no other site can use, and shut out when they should be."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from fastapi.testclient import TestClient
from sqlalchemy import select, update

from api.http import events
from api.http.access import ACCESS
from scenarios.store.tables.base import now
from scenarios.store.tables.people import BrowserSession
from tests.api.service.world import bearer, service, tiny_scenario, tokens
from tests.api.web.world import served

CURRENT = "/v1/sessions/current"
USER = {"name": "script", "role": "viewer"}


@pytest.fixture
def keys(tmp_path: Path) -> dict[str, str]:
    """A token for each role."""
    return tokens(tmp_path)


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    """A browser before a service that has just let the keys' users in."""
    with service(tmp_path, auth="keys", sign_ins_per_minute=5) as browser:
        yield browser


def sign_in(client: TestClient, key: str) -> dict[str, str]:
    """Sign in and return the header that changes need."""
    answer = client.post("/v1/sessions", json={"api_key": key})
    assert answer.status_code == 201, answer.text
    return {"X-CSRF-Token": answer.json()["csrf_token"]}


def test_a_browser_signs_in_changes_things_and_signs_out(client: TestClient, keys: dict[str, str]) -> None:
    """The cookie is out of reach of scripts and other sites, and worth nothing once somebody has signed out."""
    answer = client.post("/v1/sessions", json={"api_key": keys["admin"]})
    shown = answer.json()
    assert {name: shown[name] for name in ("user", "role", "workspace")} == {
        "user": "admin",
        "role": "admin",
        "workspace": "main",
    }
    cookie = answer.headers["Set-Cookie"].lower()
    assert all(part in cookie for part in ("httponly", "samesite=strict", "path=/")) and "secure" not in cookie
    assert client.get(CURRENT).json() == shown
    header = {"X-CSRF-Token": shown["csrf_token"]}
    assert client.post("/v1/users", json=USER, headers=header).status_code == 201
    kept = dict(client.cookies)
    assert client.delete(CURRENT, headers=header).status_code == 204 and not client.cookies
    client.cookies.update(kept)
    assert client.get(CURRENT).status_code == 401
    actions = [
        event["action"] for event in client.get("/v1/audit-events", headers=bearer(keys["admin"])).json()["items"]
    ]
    assert actions == ["session.begin", "user.add", "session.end"]


@pytest.mark.parametrize("headers", [{}, {"X-CSRF-Token": "0" * 64}, {"X-CSRF-Token": "\xe9"}])
def test_a_cookie_alone_changes_nothing(client: TestClient, keys: dict[str, str], headers: dict[str, str]) -> None:
    """A page of another site that makes the browser send a request can't know the token."""
    sign_in(client, keys["admin"])
    encoded = {name: value.encode("latin-1") for name, value in headers.items()}
    answer = client.post("/v1/users", json=USER, headers=encoded)  # type: ignore[arg-type]
    assert (answer.status_code, answer.json()["code"]) == (403, "csrf")
    elsewhere = {"Origin": "https://elsewhere.example"}
    foreign = client.post("/v1/sessions", json={"api_key": keys["admin"]}, headers=elsewhere)
    assert foreign.json()["code"] == "foreign-origin"


def test_a_session_ends_with_its_key_its_user_and_its_time(client: TestClient, keys: dict[str, str]) -> None:
    """Whoever is shut out is out of the browser as well, and a forgotten window doesn't stay open."""
    admin = bearer(keys["admin"])
    users = {user["name"]: user["id"] for user in client.get("/v1/users", headers=admin).json()["items"]}
    key_of = {key["user_id"]: key["id"] for key in client.get("/v1/api-keys", headers=admin).json()["items"]}
    sign_in(client, keys["viewer"])
    client.delete(f"/v1/api-keys/{key_of[users['viewer']]}", headers=admin)
    assert client.get(CURRENT).status_code == 401
    sign_in(client, keys["planner"])
    client.patch(f"/v1/users/{users['planner']}", json={"disabled": True}, headers=admin)
    assert client.get(CURRENT).status_code == 401
    store = client.app.state.service.store  # type: ignore[attr-defined]
    for column, ago in ((BrowserSession.seen_at, timedelta(hours=9)), (BrowserSession.created_at, timedelta(hours=25))):
        sign_in(client, keys["approver"])
        assert client.get(CURRENT).status_code == 200
        with store.transaction() as session:
            session.execute(update(BrowserSession).values({column.key: now() - ago}))
        assert client.get(CURRENT).status_code == 401
    sign_in(client, keys["approver"])
    with store.transaction() as session:
        session.execute(update(BrowserSession).values(seen_at=now() - timedelta(hours=7)))
    assert client.get(CURRENT).status_code == 200
    with store.transaction() as session:
        assert max(session.scalars(select(BrowserSession.seen_at))) > now() - timedelta(minutes=5)


def test_a_stream_of_events_ends_with_its_key(
    tmp_path: Path, keys: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever is shut out hears nothing more of a job that goes on, from the next heartbeat on."""
    monkeypatch.setattr(events, "HEARTBEAT_S", 0.1)
    admin, planner, viewer = (bearer(keys[role]) for role in ("admin", "planner", "viewer"))
    with served(tmp_path, auth="keys") as client:
        scenario = tiny_scenario(client, headers=planner)
        job = client.post("/v1/jobs", json={"scenario_id": scenario["id"]}, headers=planner).json()
        with client.stream("GET", f"/v1/jobs/{job['id']}/events", headers=viewer) as answer:
            lines = answer.iter_lines()
            assert ": still there" in lines
            used = keys["viewer"].split("_")[1]
            assert client.delete(f"/v1/api-keys/{used}", headers=admin).status_code == 200
            assert "event: end" not in list(lines)
        assert client.get(f"/v1/jobs/{job['id']}/events", headers=viewer).status_code == 401


def test_a_session_is_kept_as_a_hash_only(client: TestClient, keys: dict[str, str], tmp_path: Path) -> None:
    """Whoever reads the database or a backup of it can't act as somebody who is signed in."""
    header = sign_in(client, keys["admin"])
    stored = b"".join(path.read_bytes() for path in tmp_path.glob("service.db*"))
    for secret in (client.cookies["territory_session"], header["X-CSRF-Token"], keys["admin"].split("_", 2)[2]):
        assert secret.encode() not in stored


def test_keys_are_tried_only_so_often(client: TestClient, keys: dict[str, str]) -> None:
    """Guessing is slow, and every attempt counts, whether the key is well formed or not."""
    wrong = keys["admin"][:-4] + "0000"
    tried = [
        client.post("/v1/sessions", json={"api_key": key}) for key in (wrong, "x", "é\x00", "", "y", keys["admin"])
    ]
    assert [answer.status_code for answer in tried] == [401] * 5 + [429]
    assert not client.cookies and 0 < int(tried[-1].headers["Retry-After"]) <= 61


def test_the_cookie_is_for_https_where_the_service_is(tmp_path: Path, keys: dict[str, str]) -> None:
    """Behind a proxy with TLS nobody sends the cookie in the clear."""
    with service(tmp_path, auth="keys", https=True) as client:
        assert "secure" in client.post("/v1/sessions", json={"api_key": keys["viewer"]}).headers["Set-Cookie"].lower()


def test_without_authentication_one_page_code_works_too(tmp_path: Path) -> None:
    """The workspace asks who is there, whether anybody has to sign in or not."""
    with service(tmp_path) as client:
        assert client.get(CURRENT).json() == {
            "user": "local",
            "role": "admin",
            "region": None,
            "workspace": "local",
            "csrf_token": "",
        }
        assert client.post("/v1/sessions", json={"api_key": "any"}).status_code == 201
        assert client.delete(CURRENT).status_code == 204


def test_a_page_leads_strangers_to_the_place_where_they_sign_in(
    client: TestClient, keys: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """People see a form, not a problem document; and a page has the policy that it asks for, other answers ours."""
    pages = APIRouter(include_in_schema=False)
    policy = {"Content-Security-Policy": "default-src 'none'; script-src 'self'"}

    @pages.get("/page/{name}")
    def page(name: str) -> HTMLResponse:
        return HTMLResponse(name, headers=policy)

    monkeypatch.setitem(ACCESS, "GET /page/{name}", "planner")
    client.app.include_router(pages)  # type: ignore[attr-defined]
    led = client.get("/page/a%26b?c=d", follow_redirects=False)
    assert (led.status_code, led.headers["Location"]) == (303, "/signin?next=%2Fpage%2Fa%26b%3Fc%3Dd")
    sign_in(client, keys["viewer"])
    assert client.get("/page/a").json()["code"] == "forbidden"
    sign_in(client, keys["planner"])
    shown = client.get("/page/a")
    assert (shown.text, shown.headers["Content-Security-Policy"]) == ("a", policy["Content-Security-Policy"])
    assert "sandbox" in client.get(CURRENT).headers["Content-Security-Policy"]
