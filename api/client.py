"""A client of the service for planning scripts: typed, waits with progress, and sends again safely.

It needs httpx2 and pydantic only, neither solver nor map library.

>>> with Client("http://127.0.0.1:8000") as client:                                # doctest: +SKIP
...     units = client.send("units.csv")
...     scenario = client.create({**document, "units": {"file": units.ref, "id": "id"}})
...     plan = client.wait(client.solve(scenario.id), watch=print)
...     client.save(plan, "plan.csv", "plan.csv")
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from api.connection import Connection, Fields, ServiceError
from api.http.models.jobs import JobShown, PointShown
from api.http.models.plans import FormShown, Moved, PlanShown
from api.http.models.scenarios import Checked, DatasetShown, RebaseShown, ScenarioShown, ScenarioWhole

__all__ = ["Client", "JobFailedError", "ServiceError"]


class JobFailedError(RuntimeError):
    """A job ended without a result; `job` says why."""

    def __init__(self, job: JobShown) -> None:
        self.job = job
        super().__init__(f"The job {job.id} is {job.status} ({job.stop_reason}): {job.error}")


class Client:
    """One connection to a service.

    Parameters
    ----------
    url : str
        Address of the service.
    key : str
        API key, "" for a service without authentication.
    """

    def __init__(self, url: str, key: str = "") -> None:
        self._connection = Connection(url, key)

    def __enter__(self) -> "Client":
        """Use the client until the block ends."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Close the connection."""
        self._connection.close()

    def is_ready(self) -> bool:
        """Return whether the service answers and has its database."""
        return self._connection.is_ready()

    def send(self, path: str | Path) -> DatasetShown:
        """Send a file. In a scenario it is named `dataset:` and its id."""
        file = Path(path)
        return DatasetShown.model_validate(
            self._connection.ask("POST", "/v1/datasets", files={"file": (file.name, file.read_bytes())})
        )

    def create(self, document: Fields) -> ScenarioWhole:
        """Create a scenario from its document."""
        return ScenarioWhole.model_validate(self._connection.ask("POST", "/v1/scenarios", json=document))

    def sample(self, name: str) -> ScenarioWhole:
        """Create a bundled scenario, e.g. `texas`, with its files."""
        return self.scenario(self._connection.ask("POST", f"/v1/samples/{name}")["id"])

    def fork(self, scenario_id: str, patch: Fields | None = None) -> ScenarioWhole:
        """Copy a scenario, and change the copy by a merge patch: a what-if."""
        copy = ScenarioWhole.model_validate(self._connection.ask("POST", f"/v1/scenarios/{scenario_id}/fork"))
        return copy if patch is None else self.change(copy, patch)

    def change(self, scenario: ScenarioShown, patch: Fields) -> ScenarioWhole:
        """Change a scenario that is still as it was read, by a merge patch."""
        headers = _if_match(scenario)
        return ScenarioWhole.model_validate(
            self._connection.ask("PATCH", f"/v1/scenarios/{scenario.id}", json=patch, headers=headers)
        )

    def rebase(self, scenario: ScenarioShown, *datasets: DatasetShown) -> RebaseShown:
        """Carry a scenario that is still as it was read, and its plan, to new data sets."""
        body = {"datasets": [dataset.id for dataset in datasets]}
        path = f"/v1/scenarios/{scenario.id}/rebase"
        return RebaseShown.model_validate(self._connection.ask("POST", path, json=body, headers=_if_match(scenario)))

    def scenario(self, scenario_id: str) -> ScenarioWhole:
        """Return a scenario."""
        return ScenarioWhole.model_validate(self._connection.ask("GET", f"/v1/scenarios/{scenario_id}"))

    def check(self, scenario_id: str) -> Checked:
        """Return everything wrong or doubtful in a scenario and its data."""
        return Checked.model_validate(self._connection.ask("GET", f"/v1/scenarios/{scenario_id}/findings"))

    def solve(self, scenario_id: str, from_plan_id: str | None = None, priority: int = 5, **options: float) -> JobShown:
        """Submit a solve; options are time_limit_s, effort, gap, seed and workers."""
        body = {"scenario_id": scenario_id, "from_plan_id": from_plan_id, "priority": priority, "options": options}
        return JobShown.model_validate(self._connection.ask("POST", "/v1/jobs", json=body))

    def sweep(
        self,
        scenario_id: str,
        vary: Mapping[str, Sequence[Any]] | None = None,
        proposals: int = 7,
        priority: int = 5,
        **options: float,
    ) -> JobShown:
        """Submit many what-ifs of a scenario: values by the path of a field, or points that the sweep chooses itself.

        Options are as of `solve`, for each what-if.
        """
        body = {
            "kind": "sweep",
            "scenario_id": scenario_id,
            "vary": dict(vary or {}),
            "proposals": proposals,
            "priority": priority,
            "options": options,
        }
        return JobShown.model_validate(self._connection.ask("POST", "/v1/jobs", json=body))

    def adopt(self, job_id: str, point: str, name: str | None = None) -> ScenarioWhole:
        """Make a scenario of a what-if of a sweep, with its plan as the present one."""
        path = f"/v1/jobs/{job_id}/points/{point}/scenario"
        return ScenarioWhole.model_validate(self._connection.ask("POST", path, json={"name": name}))

    def compare(self, base_id: str, *others: str) -> dict[str, Any]:
        """Return the present plans of scenarios side by side; the first is what the others are held against."""
        return self._connection.ask("GET", "/v1/comparisons", params={"base": base_id, "scenario": list(others)})

    def save_comparison(self, path: str | Path, base_id: str, *others: str) -> None:
        """Save a comparison: as a workbook, a page or a table by the path's ending, .xlsx, .html or .csv."""
        form = Path(path).suffix.removeprefix(".").lower()
        asked = {"base": base_id, "scenario": list(others), "format": form}
        Path(path).write_bytes(self._connection.answer("GET", "/v1/comparisons", params=asked).content)

    def submit_comparison(self, base_id: str, *others: str, priority: int = 5) -> JobShown:
        """Submit a comparison that is too large to be answered at once."""
        body = {"kind": "compare", "scenario_id": base_id, "against": list(others), "priority": priority}
        return JobShown.model_validate(self._connection.ask("POST", "/v1/jobs", json=body))

    def points(self, job_id: str) -> list[PointShown]:
        """Return the what-ifs of a sweep with what is known of each so far."""
        return [
            PointShown.model_validate(point)
            for point in self._connection.answer("GET", f"/v1/jobs/{job_id}/points").json()
        ]

    def job(self, job_id: str) -> JobShown:
        """Return a job."""
        return JobShown.model_validate(self._connection.ask("GET", f"/v1/jobs/{job_id}"))

    def stop(self, job_id: str) -> JobShown:
        """End a solve and keep its best plan."""
        return JobShown.model_validate(self._connection.ask("POST", f"/v1/jobs/{job_id}/stop"))

    def cancel(self, job_id: str) -> JobShown:
        """End a job and keep nothing."""
        return JobShown.model_validate(self._connection.ask("POST", f"/v1/jobs/{job_id}/cancel"))

    def wait(self, job: JobShown, watch: Callable[[Fields], None] | None = None) -> PlanShown:
        """Wait for the end of a solve, told its progress, and return its plan; raises JobFailedError without one."""
        done = self._finished(job, watch)
        return PlanShown.model_validate(self._connection.ask("GET", f"/v1/plans/{done.plan_id}"))

    def result(self, job: JobShown, watch: Callable[[Fields], None] | None = None) -> dict[str, Any]:
        """Wait for the end of a sweep or a comparison and return sweep.json or comparison.json."""
        done = self._finished(job, watch)
        return self._connection.ask("GET", f"/v1/jobs/{done.id}/result")

    def _finished(self, job: JobShown, watch: Callable[[Fields], None] | None) -> JobShown:
        for event in self.events(job.id):
            if watch is not None:
                watch(event)
        done = self.job(job.id)
        if done.status != "succeeded":
            raise JobFailedError(done)
        return done

    def events(self, job_id: str) -> Iterator[Fields]:
        """Yield what happens to a job until its end; a connection that breaks is taken up where it broke."""
        return self._connection.events(f"/v1/jobs/{job_id}/events")

    def assignments(self, scenario_id: str) -> list[dict[str, str]]:
        """Return who has which unit in the present plan: the rows of plan.csv."""
        rows: list[dict[str, str]] = self._connection.ask("GET", f"/v1/scenarios/{scenario_id}/assignments")["items"]
        return rows

    def judge(self, scenario_id: str, path: str | Path) -> PlanShown:
        """Judge a plan made by hand, a table with the columns of plan.csv, and keep it."""
        content, kind = Path(path).read_bytes(), {"Content-Type": "text/csv"}
        address = f"/v1/scenarios/{scenario_id}/plans"
        return PlanShown.model_validate(self._connection.ask("POST", address, content=content, headers=kind))

    def choose(self, scenario: ScenarioShown, plan: PlanShown) -> ScenarioWhole:
        """Make a plan the present one of a scenario that is still as it was read."""
        address, body = f"/v1/scenarios/{scenario.id}/plan", {"plan_id": plan.id}
        self._connection.ask("PUT", address, json=body, headers=_if_match(scenario))
        return self.scenario(scenario.id)

    def metrics(self, scenario_id: str) -> dict[str, Any]:
        """Return the report of the present plan."""
        return self._connection.ask("GET", f"/v1/scenarios/{scenario_id}/metrics")

    def move(self, scenario: ScenarioShown, units: list[str], territory: str) -> Moved:
        """Give units to a territory in the present plan."""
        body = {"units": units, "territory": territory}
        return Moved.model_validate(
            self._connection.ask("POST", f"/v1/scenarios/{scenario.id}/moves", json=body, headers=_if_match(scenario))
        )

    def save_result(self, job: JobShown, name: str, path: str | Path) -> None:
        """Save a file of a sweep or a comparison, e.g. sweep.html, sweep.csv, front.png or comparison.xlsx."""
        Path(path).write_bytes(self._connection.answer("GET", f"/v1/jobs/{job.id}/files/{name}").content)

    def forms(self, scenario_id: str) -> list[FormShown]:
        """Return the further forms that a plan can be had in, each with what it still needs."""
        answer = self._connection.answer("GET", f"/v1/scenarios/{scenario_id}/exports").json()
        return [FormShown.model_validate(form) for form in answer]

    def export(self, scenario_id: str, form: str, path: str | Path, mapping: str | None = None) -> None:
        """Save the present plan in a form, e.g. book, gpkg or owners; a zip where the form has several files."""
        address = f"/v1/scenarios/{scenario_id}/exports"
        if mapping is None:
            answer = self._connection.answer("GET", f"{address}/{form}")
        else:
            answer = self._connection.answer("POST", address, json={"form": form, "mapping": mapping})
        Path(path).write_bytes(answer.content)

    def save(self, plan: PlanShown, name: str, path: str | Path) -> None:
        """Save a file of a plan, e.g. plan.csv, map.html, plan.xlsx, report.json, plan.gpkg or book.pdf."""
        Path(path).write_bytes(self._connection.answer("GET", f"/v1/plans/{plan.id}/files/{name}").content)


def _if_match(scenario: ScenarioShown) -> dict[str, str]:
    return {"If-Match": f'"{scenario.revision}"'}
