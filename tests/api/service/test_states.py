"""Whatever people and workers do to scenarios, in whatever order: each is in the state that a simple model says.

`TERRITORY_STATE_RUNS=200 python -m pytest -n 0 tests/api/service/test_states.py` searches for longer.
"""

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient
from hypothesis import HealthCheck, settings
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule, run_state_machine_as_test
from hypothesis.strategies import booleans, integers, lists, sampled_from

from tests.api.service.test_jobs import attempt
from tests.api.service.world import service, tiny_document

RUNS = int(os.environ.get("TERRITORY_STATE_RUNS", "3"))
STEPS = 12
UNITS, REPS = "ABCD", ("R1", "R2")
UNIT, REP = sampled_from(UNITS), sampled_from(REPS)


@dataclass
class Model:
    """What a scenario should be: who has which unit now, and before each move that can be undone or made again."""

    path: str
    locks: dict[str, str] = field(default_factory=dict)
    plan: dict[str, str] | None = None
    before: list[dict[str, str]] = field(default_factory=list)
    after: list[dict[str, str]] = field(default_factory=list)
    revision: int = 1
    version: int = 1
    moves: int = 0
    is_open: bool = True

    @property
    def refusal(self) -> str:
        """Why a change of the plan is refused."""
        return "scenario-closed" if not self.is_open else "no-plan" if self.plan is None else ""


class Machine(RuleBasedStateMachine):
    """Planners and a worker at one service."""

    scenarios = Bundle("scenarios")
    jobs = Bundle("jobs")

    def __init__(self, client: TestClient, document: dict[str, Any]) -> None:
        super().__init__()
        self.client, self.document, self.models = client, document, list[Model]()

    def call(self, model: Model, method: str, path: str, refusal: str, **request: Any) -> Any:
        """Send a change with the present revision; check that it is refused as it should be, or return its answer."""
        answer = self.client.request(method, model.path + path, headers=seen(model.revision), **request)
        problem = answer.json()
        found = "" if answer.is_success else problem["errors"][0]["code"] if problem["errors"] else problem["code"]
        assert found == refusal, (method, path, answer.text)
        return None if refusal else problem

    @rule(target=scenarios)
    def create(self) -> Model:
        """Create a scenario without a plan."""
        return self.added(self.client.post("/v1/scenarios", json=self.document), {})

    @rule(target=scenarios, model=scenarios)
    def fork(self, model: Model) -> Model:
        """Fork one, which has its locks, and its plan where forks carry it."""
        copy = self.client.post(f"{model.path}/fork")
        forked = self.added(copy, model.locks)
        forked.plan = model.plan if copy.json()["plan_id"] else None
        return forked

    def added(self, answer: Any, locks: dict[str, str]) -> Model:
        """Return the model of a new scenario."""
        assert answer.status_code == 201, answer.text
        model = Model(answer.headers["Location"], dict(locks))
        self.models.append(model)
        return model

    @rule(model=scenarios, owners=lists(REP, min_size=4, max_size=4))
    def choose(self, model: Model, owners: list[str]) -> None:
        """Judge a plan made by hand and choose it: no move led there."""
        rows = "".join(f"{unit},{rep}\n" for unit, rep in zip(UNITS, owners, strict=True))
        table = {"content": f"unit,rep\n{rows}", "headers": {"Content-Type": "text/csv"}}
        given = self.client.post(f"{model.path}/plans", **table)
        assert given.status_code == 201, given.text
        refusal = "" if model.is_open else "scenario-closed"
        if self.call(model, "PUT", "/plan", refusal, json={"plan_id": given.json()["id"]}):
            model.plan, model.before, model.after = dict(zip(UNITS, owners, strict=True)), [], []
            model.revision += 1

    @rule(model=scenarios, units=lists(UNIT, min_size=1, unique=True), rep=REP)
    def move(self, model: Model, units: list[str], rep: str) -> None:
        """Move units, unless one is locked to somebody else."""
        held = any(model.locks.get(unit, rep) != rep for unit in units)
        refusal = model.refusal or ("locked-unit" if held else "")
        if self.call(model, "POST", "/moves", refusal, json={"units": units, "territory": rep}):
            assert model.plan is not None
            model.before.append(model.plan)
            model.after = []
            model.plan = model.plan | dict.fromkeys(units, rep)
            model.moves, model.revision = model.moves + 1, model.revision + 1

    @rule(model=scenarios)
    def undo(self, model: Model) -> None:
        """Take the last move back."""
        refusal = model.refusal or ("" if model.before else "nothing-to-undo")
        if self.call(model, "POST", "/undo", refusal):
            assert model.plan is not None
            model.after.append(model.plan)
            model.plan = model.before.pop()
            model.moves, model.revision = model.moves + 1, model.revision + 1

    @rule(model=scenarios)
    def redo(self, model: Model) -> None:
        """Make the move again that was taken back last."""
        refusal = model.refusal or ("" if model.after else "nothing-to-redo")
        if self.call(model, "POST", "/redo", refusal):
            assert model.plan is not None
            model.before.append(model.plan)
            model.plan = model.after.pop()
            model.moves, model.revision = model.moves + 1, model.revision + 1

    @rule(model=scenarios, unit=UNIT, rep=REP)
    def lock(self, model: Model, unit: str, rep: str) -> None:
        """Lock a unit, in place of its lock before."""
        if self.call(model, "PUT", f"/locks/{unit}", "" if model.is_open else "scenario-closed", json={"rep": rep}):
            model.locks[unit] = rep
            model.version, model.revision = model.version + 1, model.revision + 1

    @rule(model=scenarios, unit=UNIT)
    def unlock(self, model: Model, unit: str) -> None:
        """Remove a lock, if there is one."""
        refusal = "not-found" if unit not in model.locks else "" if model.is_open else "scenario-closed"
        if self.call(model, "DELETE", f"/locks/{unit}", refusal):
            del model.locks[unit]
            model.version, model.revision = model.version + 1, model.revision + 1

    @rule(model=scenarios)
    def archive(self, model: Model) -> None:
        """Close a scenario for good."""
        self.call(model, "POST", "/archive", "")
        model.is_open, model.revision = False, model.revision + 1

    @rule(model=scenarios, behind=integers(1, 3))
    def be_late(self, model: Model, behind: int) -> None:
        """Change a scenario as it was before somebody else changed it."""
        if model.is_open:
            patch = {"json": {"name": "late"}, "headers": seen(model.revision - behind)}
            answer = self.client.patch(model.path, **patch)
            assert (answer.status_code, answer.headers["ETag"]) == (412, f'"{model.revision}"')

    @rule(target=jobs, model=scenarios)
    def submit(self, model: Model) -> tuple[Model, str]:
        """Submit a job, of an archived scenario too."""
        answer = self.client.post("/v1/jobs", json={"scenario_id": model.path.rpartition("/")[2]})
        assert answer.status_code == 202, answer.text
        return model, f"/v1/jobs/{answer.json()['id']}"

    @rule(job=consumes(jobs), is_cancelled=booleans())
    def work(self, job: tuple[Model, str], is_cancelled: bool) -> None:
        """Do a job, or cancel it before; its plan is the present one where there was none."""
        model, path = job
        if is_cancelled:
            assert self.client.post(f"{path}/cancel").json()["status"] == "cancelled"
        attempt(self.client, path.rpartition("/")[2])
        done = self.client.get(path).json()
        assert done["status"] == ("cancelled" if is_cancelled else "succeeded"), done
        assert self.client.post(f"{path}/stop").json()["code"] == "job-over"
        if not is_cancelled and model.plan is None:
            model.plan, model.revision = self.owners(model), model.revision + 1

    @invariant()
    def is_as_the_model_says(self) -> None:
        """Look at every scenario."""
        for model in self.models:
            found = self.client.get(model.path).json()
            assert (found["revision"], found["version"]) == (model.revision, model.version), model
            assert (found["status"] == "draft") == model.is_open
            locks = {rule["unit"]: rule["rep"] for rule in self.client.get(f"{model.path}/locks").json()}
            assert locks == model.locks
            assert self.owners(model) == model.plan
            assert len(self.client.get(f"{model.path}/moves").json()["items"]) == model.moves

    def owners(self, model: Model) -> dict[str, str] | None:
        """Return who has which unit, None without a plan."""
        answer = self.client.get(f"{model.path}/assignments")
        if answer.status_code == 409:
            return None
        return {row["unit"]: row["rep"] for row in answer.json()["items"]}


def seen(revision: int) -> dict[str, str]:
    """Return the header that says which state was seen."""
    return {"If-Match": f'"{revision}"'}


def test_no_order_of_changes_confuses_the_service(tmp_path: Path) -> None:
    """Locks hold, undo restores, forks stand alone, closed is closed, and no job replaces what people work on."""
    with service(tmp_path, requests_per_minute=1_000_000, active_jobs=1_000) as client:
        document = tiny_document(client)
        short = settings(
            max_examples=RUNS,
            stateful_step_count=STEPS,
            deadline=None,
            database=None,
            derandomize=RUNS < 10,
            suppress_health_check=list(HealthCheck),
        )
        run_state_machine_as_test(lambda: Machine(client, document), settings=short)
