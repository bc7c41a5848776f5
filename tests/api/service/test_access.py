"""Who may call what, and that nobody sees another workspace."""

from pathlib import Path
from typing import Any

import pytest

from api.http.access import ACCESS, ANYBODY, REGIONAL
from api.http.app import create_app
from api.settings import Settings
from api.web import pages
from scenarios.store.people import ROLES
from tests.api.service.world import bearer, match, regional_viewer, service, tiny_scenario, tokens, with_plan

NOBODY = "0" * 32
PAGES = {page.path.replace("{scenario_id}", NOBODY) for page in pages.PAGES}
"""They lead people to where they sign in."""


def path_of(call: str) -> tuple[str, str]:
    """Return the method of a call and its path with ids that nothing has."""
    method, path = call.split()
    for name in ("dataset_id", "scenario_id", "plan_id", "job_id", "user_id", "key_id", "comment_id", "unit"):
        path = path.replace(f"{{{name}}}", NOBODY)
    return method, path.replace("{version}", "1").replace("{number}", "1").replace("{name}", "plan.csv")


def test_every_call_lets_in_exactly_the_roles_of_the_table(tmp_path: Path) -> None:
    """No role can do more than the table says, no key is let in without being known, and none of it is a 500."""
    keys = tokens(tmp_path)
    with service(tmp_path, auth="keys", requests_per_minute=10_000) as client:
        keys["regional"] = regional_viewer(client, keys["admin"])
        for call, least in ACCESS.items():
            method, path = path_of(call)
            for role in (None, "regional", *ROLES):
                headers = bearer(keys[role]) if role else {}
                answer = client.request(method, path, headers=headers, follow_redirects=False)
                rank = ROLES.index("viewer" if role == "regional" else role or "viewer")
                if role is None and least != ANYBODY:
                    assert answer.status_code == (303 if path in PAGES else 401), call
                elif least != ANYBODY and rank < ROLES.index(least):
                    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden"), call
                elif role == "regional" and least != ANYBODY and path not in PAGES and call not in REGIONAL:
                    assert (answer.status_code, answer.json()["code"]) == (403, "region"), call
                else:
                    assert answer.status_code not in (401, 403) and answer.status_code < 500, (call, answer.text)


def test_the_description_names_what_each_call_needs(tmp_path: Path) -> None:
    """A generated client knows where to send its key, has the upload's both answers, and can send a plan as bytes."""
    key = tokens(tmp_path)["planner"]
    with service(tmp_path, auth="keys") as client:
        document = client.get("/openapi.json").json()
        needs = {
            f"{method.upper()} {path}": {name for way in operation["security"] for name in way}
            for path, calls in document["paths"].items()
            for method, operation in calls.items()
        }
        assert set(document["components"]["securitySchemes"]) == {"key", "session"}
        assert {call for call, ways in needs.items() if not ways} == {
            call for call, least in ACCESS.items() if least == ANYBODY and call in needs
        }
        assert all(ways in (set(), {"key", "session"}) for ways in needs.values())
        assert {"200", "201"} <= set(document["paths"]["/v1/datasets"]["post"]["responses"])
        client.headers.update(bearer(key))
        path = f"/v1/scenarios/{tiny_scenario(client)['id']}/plans"
        sent = {
            "content": "unit,rep\nA,R1\nB,R1\nC,R2\nD,R2\n",
            "headers": {"Content-Type": "application/octet-stream"},
        }
        assert client.post(path, **sent).status_code == 201


def test_nothing_of_another_workspace_can_be_seen(tmp_path: Path) -> None:
    """Ids of one company are worth nothing to another in any call, even to its admin."""
    ours, theirs = tokens(tmp_path, "ours"), tokens(tmp_path, "theirs")
    with service(tmp_path, auth="keys", requests_per_minute=10_000) as client:
        client.headers.update(bearer(ours["admin"]))
        written = tiny_scenario(client)
        scenario = with_plan(client, written)
        ids = {
            "scenario_id": scenario["id"],
            "plan_id": scenario["plan_id"],
            "job_id": client.post("/v1/jobs", json={"scenario_id": scenario["id"]}).json()["id"],
            "dataset_id": client.get("/v1/datasets").json()["items"][0]["id"],
            "user_id": client.get("/v1/users").json()["items"][0]["id"],
            "key_id": client.get("/v1/api-keys").json()["items"][0]["id"],
            "unit": "A",
            "version": "1",
            "number": "1",
        }
        client.headers.update(bearer(theirs["admin"]))
        for call in ACCESS:
            method, path = call.split()
            if "_id}" not in path or path in {page.path for page in pages.PAGES}:
                continue
            for name, value in ids.items():
                path = path.replace(f"{{{name}}}", value)
            answer = client.request(method, path.replace("{name}", "plan.csv"), json={}, headers={"If-Match": '"2"'})
            assert answer.status_code in ((404,) if method == "GET" else (404, 415, 422)), (call, answer.text)
        for kind in ("scenarios", "jobs", "datasets"):
            assert client.get(f"/v1/{kind}").json()["items"] == []
        stolen = {**written["document"], "name": "stolen"}
        assert client.post("/v1/scenarios", json=stolen).json()["errors"][0]["code"] == "missing-file"
        assert client.post("/v1/jobs", json={"scenario_id": scenario["id"]}).status_code == 404


def test_strangers_cannot_make_the_service_read_much(tmp_path: Path) -> None:
    """A body is parsed before anything else is checked, so a large one needs a key, however long it says it is."""
    keys = tokens(tmp_path)
    large = b"[" + b"1," * 10_000 + b"1]"
    json_body = {"Content-Type": "application/json"}
    with service(tmp_path, auth="keys") as client:
        for body in (large, iter([large])):
            answer = client.post("/v1/scenarios", content=body, headers=json_body | bearer("territory_x"))
            assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")
        known = client.post("/v1/scenarios", content=large, headers=json_body | bearer(keys["planner"]))
        assert known.json()["code"] == "invalid-input"
        begun = client.post("/v1/sessions", json={"api_key": keys["planner"]}).json()
        headers = json_body | {"X-CSRF-Token": begun["csrf_token"]}
        assert client.post("/v1/scenarios", content=large, headers=headers).json()["code"] == "invalid-input"


def test_secrets_stand_in_no_log(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Neither a key nor a cookie nor a body is in what the service writes, whatever goes wrong."""
    keys = tokens(tmp_path)
    with service(tmp_path, auth="keys") as client:
        begun = client.post("/v1/sessions", json={"api_key": keys["admin"]}).json()
        wrong = f"{keys['viewer'][:-5]}secrt"
        client.post("/v1/sessions", json={"api_key": wrong})
        client.post("/v1/sessions", json={"api_key": 5, "password": "hunter2-body"})
        client.get("/v1/me", headers=bearer(wrong))
        client.get(f"/v1/me?key={keys['planner']}")
        scenario = tiny_scenario(client, headers=bearer(keys["admin"]))
        store = client.app.state.service.store  # type: ignore[attr-defined]
        with store.engine.begin() as connection:
            connection.exec_driver_sql("DROP TABLE comments")
        answer = client.get(f"/v1/scenarios/{scenario['id']}/comments", headers=bearer(keys["admin"]))
        assert answer.status_code == 503, answer.text
        secrets = [key.split("_", 2)[-1] for key in (*keys.values(), wrong)]
        secrets += ["hunter2-body", begun["csrf_token"], client.cookies["territory_session"]]
    told = "".join(capfd.readouterr())
    assert "sign-in-refused" in told and "database-error" in told
    assert not [secret for secret in secrets if secret in told]


def test_without_authentication_only_this_machine_is_served() -> None:
    """A service that nobody must log in to can't be opened to a network by mistake."""
    with pytest.raises(ValueError, match="Maybe set TERRITORY_AUTH=keys"):
        create_app(Settings(host="0.0.0.0", database_url="sqlite://"))


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://elsewhere.example"}, {"Host": "elsewhere.example"}], ids=["origin", "host"]
)
def test_a_page_elsewhere_cannot_use_the_browser_of_a_planner(tmp_path: Path, headers: dict[str, str]) -> None:
    """Without authentication a foreign page could else plan on one's machine (CSRF, DNS rebinding)."""
    with service(tmp_path) as client:
        answer = client.post("/v1/jobs", json={"scenario_id": NOBODY}, headers=headers)
        assert answer.json()["code"] == "foreign-origin"


def test_a_revoked_key_and_a_disabled_user_are_shut_out(tmp_path: Path) -> None:
    """What is taken away is gone at once."""
    keys = tokens(tmp_path)
    with service(tmp_path, auth="keys") as client:
        admin = bearer(keys["admin"])
        user = client.post("/v1/users", json={"name": "script", "role": "planner"}, headers=admin).json()
        made = [client.post("/v1/api-keys", json={"user_id": user["id"]}, headers=admin).json() for _ in range(2)]
        first, second = (bearer(key["token"]) for key in made)
        assert client.get("/v1/me", headers=first).json()["role"] == "planner"
        client.delete(f"/v1/api-keys/{made[0]['id']}", headers=admin)
        assert client.get("/v1/me", headers=first).status_code == 401
        client.patch(f"/v1/users/{user['id']}", json={"disabled": True}, headers=admin)
        assert client.get("/v1/me", headers=second).status_code == 401
        stored = str(client.get("/v1/api-keys", headers=admin).json()) + str(
            client.get("/v1/audit-events", headers=admin).json()
        )
        assert made[0]["token"].split("_", 2)[2] not in stored


def test_nobody_approves_their_own_submission(tmp_path: Path) -> None:
    """Four eyes see every plan that goes into force."""
    keys = tokens(tmp_path)
    with service(tmp_path, auth="keys") as client:
        client.headers.update(bearer(keys["approver"]))
        scenario = with_plan(client, tiny_scenario(client))
        path = f"/v1/scenarios/{scenario['id']}"

        def step(name: str, revision: dict[str, Any]) -> Any:
            return client.post(f"{path}/{name}", headers=match(revision))

        submitted = step("submit", scenario).json()
        own = step("approve", submitted)
        assert (own.status_code, own.json()["code"]) == (409, "own-submission")
        assert client.patch(path, json={"name": "x"}, headers=match(submitted)).json()["code"] == "scenario-closed"
        client.headers.update(bearer(keys["admin"]))
        assert step("approve", submitted).json()["status"] == "approved"
        assert client.get(path).status_code == 200


def test_too_many_requests_are_told_when_to_go_on(tmp_path: Path) -> None:
    """One script that runs wild doesn't take the service from everybody."""
    with service(tmp_path, requests_per_minute=3) as client:
        answers = [client.get("/v1/me") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429, 429]
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 61
