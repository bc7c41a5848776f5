"""One walk through every call of the API, on the tiny study. What is sent and answered are the API's examples.

They are written anew to api/http/examples.json by

    python -m tests.api.service.walk
"""

import io
import json
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
from fastapi.testclient import TestClient

import api.http
from api.http.examples import KEPT
from scenarios.export.pack.columns import REASON, REQUESTED, UNITS
from tests.api.service.test_rebase import NEW
from tests.api.service.test_sweeps import work
from tests.api.service.walk_told import Told, tidy
from tests.api.service.world import bearer, service, tokens
from tests.scenarios.tiny_study import DOCUMENT
from tests.scenarios.tiny_study import UNITS as TABLE

REPS = "id,lat,lon,manager\nR1,50.0,10.0,Mona\nR2,50.0,10.3,Mona\n"
BY_HAND = "unit,rep\nA,R1\nB,R1\nC,R2\nD,R2\n"
MAPPING = "rows: units\ncolumns:\n  - {column: Unit, from: unit}\n  - {column: Owner, from: rep}\n"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Walk:
    """A walk of somebody through the service; `told` keeps the first request and answer of each call."""

    def __init__(self, client: TestClient, keys: dict[str, str]) -> None:
        self.client, self.keys, self.told = client, keys, Told()

    def __call__(self, call: str, given: Any = None, role: str = "planner", query: str = "", **names: Any) -> Any:
        """Make a call, e.g. `GET /v1/jobs/{job_id}`, with its names; return its answer.

        `given` is a body: JSON, a table as text, or (name, bytes) of a file. `seen` among the names is a revision.
        """
        method, path = call.split()
        headers = bearer(self.keys[role]) | ({"If-Match": f'"{names.pop("seen")}"'} if "seen" in names else {})
        request: dict[str, Any] = {} if given is None else {"json": given}
        if isinstance(given, str):
            request, headers["Content-Type"] = {"content": given}, "text/csv"
        if isinstance(given, tuple):
            request = {"files": {"files" if path.endswith("requests") else "file": given}}
        answer = self.client.request(method, path.format(**names) + query, headers=headers, **request)
        assert 200 <= answer.status_code < 300, f"{call}: {answer.status_code} {answer.text[:500]}"
        self.told.keep(call, given, answer)
        return answer.json() if answer.headers.get("content-type") == "application/json" else answer.content


def walk(client: TestClient, keys: dict[str, str]) -> Told:
    """Walk through every call once, in the order of a planner's work."""
    ask = Walk(client, keys)
    _arrive(ask)
    document = _send(ask)
    scenario = _write(ask, document)
    solved = _solve(ask, scenario)
    changed = _change(ask, solved)
    _share(ask, changed)
    _discuss(ask, _compare(ask, changed))
    _leave(ask)
    return ask.told


def _arrive(ask: Walk) -> None:
    for call in ("GET /healthz", "GET /readyz", "GET /version", "GET /v1/me", "GET /v1/samples"):
        ask(call)
    ask("POST /v1/samples/{name}", name="france")
    region = {"field": "region", "values": ["West"]}
    user = ask("POST /v1/users", {"name": "Wendy", "role": "viewer", "region": region}, "admin")
    ask("PATCH /v1/users/{user_id}", {"role": "planner", "region": None}, "admin", user_id=user["id"])
    key = ask("POST /v1/api-keys", {"user_id": user["id"], "label": "nightly script"}, "admin")
    ask("POST /v1/sessions", {"api_key": key["token"]})
    for call in ("GET /v1/sessions/current", "DELETE /v1/sessions/current"):
        ask(call)
    ask("DELETE /v1/api-keys/{key_id}", None, "admin", key_id=key["id"])


def _send(ask: Walk) -> dict[str, Any]:
    """Send the tiny study; return its document."""
    units = ask("POST /v1/datasets", ("units.csv", TABLE.encode()))["id"]
    reps = ask("POST /v1/datasets", ("reps.csv", REPS.encode()))["id"]
    for part in ("", "/rows", "/content"):
        ask(f"GET /v1/datasets/{{dataset_id}}{part}", dataset_id=units)
    ask("POST /v1/scenario-drafts", {"datasets": [{"id": units}, {"id": reps}], "name": "Guessed"})
    parts = {"units": {**DOCUMENT["units"], "file": f"dataset:{units}"}, "reps": {"file": f"dataset:{reps}"}}
    return {**DOCUMENT, **parts, "name": "Four towns", "solve": {"effort": 0.01}}


def _write(ask: Walk, document: dict[str, Any]) -> Any:
    """Write the scenario; return it."""
    ask("POST /v1/scenario-checks", document)
    made = ask("POST /v1/scenarios", document)
    name = made["id"]
    patch = {"measures": {"workload": {"tolerance": 0.9}}}
    ask("PATCH /v1/scenarios/{scenario_id}", patch, scenario_id=name, seen=1)
    ask("GET /v1/scenarios/{scenario_id}/versions/{version}", scenario_id=name, version=1)
    ask("GET /v1/scenarios/{scenario_id}/findings", scenario_id=name)
    return ask("GET /v1/scenarios/{scenario_id}", scenario_id=name)


def _solve(ask: Walk, scenario: Any) -> Any:
    """Solve the scenario, and look at job and plan; return the scenario."""
    body = {"scenario_id": scenario["id"], "options": {"effort": 0.01}}
    job = ask("POST /v1/jobs", body)["id"]
    list(work(ask.client))
    for part in ("", "/events", "/incumbents", "/result"):
        ask(f"GET /v1/jobs/{{job_id}}{part}", job_id=job)
    ask("GET /v1/jobs/{job_id}/incumbents/{number}", job_id=job, number="last")
    unwanted = [ask("POST /v1/jobs", body)["id"] for _ in range(2)]
    for call, other in zip(("stop", "cancel"), unwanted, strict=True):
        ask(f"POST /v1/jobs/{{job_id}}/{call}", job_id=other)
    again = ask("POST /v1/jobs/{job_id}/retry", job_id=unwanted[0])["id"]
    ask("POST /v1/jobs/{job_id}/cancel", job_id=again)
    for part in ("cells", "assignments", "metrics", "map"):
        ask(f"GET /v1/scenarios/{{scenario_id}}/{part}", scenario_id=scenario["id"])
    ask("GET /v1/scenarios/{scenario_id}/units/{unit}/why", scenario_id=scenario["id"], unit="B")
    ask("GET /v1/jobs")
    return ask("GET /v1/scenarios/{scenario_id}", scenario_id=scenario["id"])


def _change(ask: Walk, scenario: Any) -> Any:
    """Bring a plan made by hand, move and lock a unit; return the scenario."""
    here = {"scenario_id": scenario["id"]}
    plan = ask("POST /v1/scenarios/{scenario_id}/plans", BY_HAND, **here)["id"]
    seen = ask("PUT /v1/scenarios/{scenario_id}/plan", {"plan_id": plan}, **here, seen=scenario["revision"])["revision"]
    for part in ("", "/ways-out"):
        ask(f"GET /v1/plans/{{plan_id}}{part}", plan_id=plan)
    ask("GET /v1/plans/{plan_id}/files/{name}", plan_id=plan, name="plan.csv")
    moved = {"units": ["B"], "territory": "R2"}
    seen = ask("POST /v1/scenarios/{scenario_id}/moves", moved, **here, seen=seen)["revision"]
    for step in ("undo", "redo", "undo"):
        seen = ask(f"POST /v1/scenarios/{{scenario_id}}/{step}", **here, seen=seen)["revision"]
    keep = {"lock": [{"unit": "A", "rep": "R1", "reason": "a long friendship"}], "unlock": ["B"]}
    seen = ask("POST /v1/scenarios/{scenario_id}/locks", keep, **here, seen=seen)["revision"]
    seen = ask("PUT /v1/scenarios/{scenario_id}/locks/{unit}", {"rep": "R2"}, **here, unit="D", seen=seen)["revision"]
    for part in ("plans", "moves", "locks"):
        ask(f"GET /v1/scenarios/{{scenario_id}}/{part}", **here)
    return ask("DELETE /v1/scenarios/{scenario_id}/locks/{unit}", **here, unit="D", seen=seen)


def _share(ask: Walk, scenario: Any) -> None:
    """Export the plan, send packs to managers, and read what comes back."""
    here = {"scenario_id": scenario["id"]}
    ask("GET /v1/scenarios/{scenario_id}/exports", **here)
    ask("GET /v1/scenarios/{scenario_id}/exports/{form}", **here, form="outlines")
    for part in ("", "/changes"):
        ask(f"POST /v1/scenarios/{{scenario_id}}/exports{part}", {"form": "mapped", "mapping": MAPPING}, **here)
    team = ask("GET /v1/scenarios/{scenario_id}/packs", **here)[0]["name"]
    pack = ask("GET /v1/scenarios/{scenario_id}/pack", query=f"?team={team}", **here)
    ask("POST /v1/scenarios/{scenario_id}/pack-requests", ("mona.xlsx", _filled(pack), WORKBOOK), **here)


def _filled(pack: bytes) -> bytes:
    """Return the workbook of a pack that asks for a unit."""
    with zipfile.ZipFile(io.BytesIO(pack)) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".xlsx"))
        book = openpyxl.load_workbook(io.BytesIO(archive.read(name)))
    sheet = book[UNITS]
    columns = {cell.value: cell.column for cell in sheet[1]}
    sheet.cell(3, columns[REQUESTED]).value = "R2"
    sheet.cell(3, columns[REASON]).value = "It lies on the way."
    memory = io.BytesIO()
    book.save(memory)
    return memory.getvalue()


def _compare(ask: Walk, scenario: Any) -> Any:
    """Try what-ifs, one by one and as a sweep, and carry one to new data; return that one."""
    fork = ask("POST /v1/scenarios/{scenario_id}/fork", scenario_id=scenario["id"])
    new = f"dataset:{ask('POST /v1/datasets', ('units-2028.csv', NEW.encode()))['id']}"
    task = {"kind": "sweep", "scenario_id": scenario["id"], "options": {"effort": 0.01}, "proposals": 1}
    job = ask("POST /v1/jobs", {**task, "vary": {"measures.workload.tolerance": [0.3, 0.9]}})["id"]
    list(work(ask.client))
    ask("GET /v1/jobs/{job_id}/points", job_id=job)
    ask("GET /v1/jobs/{job_id}/files/{name}", job_id=job, name="sweep.csv")
    adopted = ask(
        "POST /v1/jobs/{job_id}/points/{point}/scenario", {"name": "Wide tolerance"}, job_id=job, point="P02"
    )["id"]
    ask("GET /v1/comparisons", query=f"?base={scenario['id']}&scenario={adopted}")
    rebased = {"datasets": [new]}
    ask("POST /v1/scenarios/{scenario_id}/rebase", rebased, scenario_id=fork["id"], seen=fork["revision"])
    return ask("GET /v1/scenarios/{scenario_id}", scenario_id=scenario["id"])


def _discuss(ask: Walk, scenario: Any) -> None:
    """Comment on the plan, and decide on it."""
    here, seen = {"scenario_id": scenario["id"]}, scenario["revision"]
    said = {"about": "unit", "subject": "B", "text": "Does Bray want another face?"}
    comment = ask("POST /v1/scenarios/{scenario_id}/comments", said, **here)["id"]
    for mark in ("resolve", "reopen"):
        ask(f"POST /v1/scenarios/{{scenario_id}}/comments/{{comment_id}}/{mark}", **here, comment_id=comment)
    for step, role, words in (
        ("submit", "planner", "Ready."),
        ("reject", "approver", "Ask Bray first."),
        ("submit", "planner", "Bray agrees."),
        ("approve", "approver", "Go."),
    ):
        call = f"POST /v1/scenarios/{{scenario_id}}/{step}"
        seen = ask(call, {"comment": words}, role, **here, seen=seen)["revision"]
    ask("POST /v1/scenarios/{scenario_id}/archive", **here, seen=seen)
    for part in ("comments", "history"):
        ask(f"GET /v1/scenarios/{{scenario_id}}/{part}", **here)


def _leave(ask: Walk) -> None:
    """Solve a small scenario at once, and list what there is by now."""
    document = {**DOCUMENT, "name": "At once", "solve": {"effort": 0.01}}
    ask("POST /v1/solve", {"scenario": document, "files": {"units.csv": TABLE, "reps.csv": REPS}})
    for call in ("GET /v1/datasets", "GET /v1/scenarios"):
        ask(call)
    for call in ("GET /v1/users", "GET /v1/api-keys", "GET /v1/audit-events", "GET /metrics"):
        ask(call, None, "admin")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        keys = tokens(Path(folder))
        with service(Path(folder), auth="keys") as client:
            examples = tidy(walk(client, keys))
    text = json.dumps(examples, indent=1, ensure_ascii=False)
    Path(api.http.__file__).with_name(KEPT).write_text(f"{text}\n", encoding="utf-8")
