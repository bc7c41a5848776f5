"""From data to plan.csv with a client that openapi-python-client makes of the service's description.

Make the client beside a running service, in an environment of its own, and give this script the folder it is in:

    python3 -m venv generated && generated/bin/pip install openapi-python-client
    PATH=$PWD/generated/bin:$PATH openapi-python-client generate --url http://127.0.0.1:8000/openapi.json
    PYTHONPATH=territory-optimizer-client generated/bin/python examples/generated_client.py http://127.0.0.1:8000
"""

import argparse
import os
import time
from io import BytesIO
from pathlib import Path
from typing import Any

from territory_optimizer_client import AuthenticatedClient
from territory_optimizer_client.api.data_sets import send_dataset
from territory_optimizer_client.api.jobs import get_job, get_result, submit_job
from territory_optimizer_client.api.plans import get_file, judge_plan
from territory_optimizer_client.api.scenarios import create_scenario
from territory_optimizer_client.models import (
    BodySendDataset,
    CreateScenarioJsonBody,
    JobOptions,
    PlanShown,
    Problem,
    SolveGiven,
)
from territory_optimizer_client.types import File

SAMPLE = Path(__file__).parent.parent / "scenarios" / "samples" / "texas"
LOOK_S = 0.5


def need(answer: Any) -> Any:
    """Return what a call answers; end with the problem where it is one."""
    if isinstance(answer, Problem):
        raise SystemExit(f"{answer.code}: {answer.detail}")
    return answer


def send(client: AuthenticatedClient, path: Path) -> str:
    """Send a file and return the name that scenarios have for it."""
    body = BodySendDataset(file=File(BytesIO(path.read_bytes()), path.name))
    return f"dataset:{need(send_dataset.sync(client=client, body=body)).id}"


def created(client: AuthenticatedClient) -> str:
    """Create a scenario of the sample and return its id."""
    document = {
        "schema_version": 1,
        "name": "Texas, by a generated client",
        "units": {"file": send(client, SAMPLE / "counties.geojson"), "id": "fips", "name": "name"},
        "measures": {"workload": {"column": "hours", "tolerance": 0.25}},
        "reps": {"file": send(client, SAMPLE / "reps.csv")},
        "limits": {"oversize": "split"},
    }
    body = CreateScenarioJsonBody.from_dict(document)
    return str(need(create_scenario.sync(client=client, body=body)).id)


def solved(client: AuthenticatedClient, scenario_id: str, seconds: float) -> PlanShown:
    """Solve a scenario, wait for the end, and return its plan."""
    given = SolveGiven(scenario_id=scenario_id, options=JobOptions(time_limit_s=seconds))
    job = need(submit_job.sync(client=client, body=given))
    while job.ended_at is None:
        time.sleep(LOOK_S)
        job = need(get_job.sync(job.id, client=client))
    print(f"{job.status}: {job.solution_status}, {job.stop_reason}")
    plan: PlanShown = need(get_result.sync(job.id, client=client))
    return plan


def main() -> None:
    """Solve the sample, save plan.csv, and have it judged as if it were made by hand."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url")
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--out", type=Path, default=Path("plan.csv"))
    asked = parser.parse_args()
    # Without authentication any key is as good as none.
    client = AuthenticatedClient(asked.url, os.environ.get("TERRITORY_KEY", "none"), timeout=120.0)
    scenario_id = created(client)
    plan = solved(client, scenario_id, asked.seconds)
    file = get_file.sync_detailed(plan.id, "plan.csv", client=client)
    need(file.parsed)
    asked.out.write_bytes(file.content)
    print(f"Saved {asked.out}: {len(asked.out.read_text(encoding='utf-8-sig').splitlines()) - 1} rows.")
    with asked.out.open("rb") as table:
        again = need(judge_plan.sync(scenario_id, client=client, body=File(table)))
    print(f"Judged again: value {again.summary['value']}, solved: {plan.summary['value']}.")


if __name__ == "__main__":
    main()
