"""Repair a plan in mid-year when a rep leaves: of everybody else's potential, little changes hands.

Start the service first, in another window: `territory serve`. Then, from the root of the repository:

    python examples/rep_leaves.py http://127.0.0.1:8000 R07 --plan last/plan.csv --out repaired

Without --plan the plan of the year is solved first.
"""

import argparse
import csv
import json
import os
import tempfile
from pathlib import Path
from typing import Any

from api.client import Client
from api.http.models.scenarios import DatasetShown, ScenarioWhole

SAMPLE = Path(__file__).parent.parent / "scenarios" / "samples" / "texas"


def planned(client: Client, plan: Path | None, seconds: float) -> ScenarioWhole:
    """Return the scenario of the year with its plan."""
    counties, reps = client.send(SAMPLE / "counties.geojson"), client.send(SAMPLE / "reps.csv")
    scenario = client.create(
        {
            "schema_version": 1,
            "name": "Texas, as planned",
            "units": {"file": counties.ref, "id": "fips", "name": "name", "current": "owner"},
            "measures": {
                "workload": {"column": "hours", "tolerance": 0.25},
                "potential": {"column": "revenue", "tolerance": 0.4},
            },
            "reps": {"file": reps.ref},
            "limits": {"oversize": "split"},
        }
    )
    if plan is None:
        client.wait(client.solve(scenario.id, time_limit_s=seconds))
        return client.scenario(scenario.id)
    return client.choose(scenario, client.judge(scenario.id, plan))


def counties_of(client: Client, scenario: ScenarioWhole, folder: Path) -> DatasetShown:
    """Send the counties with those as today's owners who have them in the plan; of a shared one who has most."""
    owner: dict[str, str] = {}
    for row in sorted(client.assignments(scenario.id), key=lambda row: float(row["share"])):
        owner[row["unit"]] = row["rep"]
    counties: dict[str, Any] = json.loads((SAMPLE / "counties.geojson").read_text(encoding="utf-8"))
    for feature in counties["features"]:
        feature["properties"]["owner"] = owner[feature["properties"]["fips"]]
    path = folder / "counties-mid-year.geojson"
    path.write_text(json.dumps(counties), encoding="utf-8")
    return client.send(path)


def reps_without(client: Client, leaver: str, folder: Path) -> DatasetShown:
    """Send the list of reps with the one who leaves marked as such."""
    with (SAMPLE / "reps.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    if leaver not in {row["id"] for row in rows}:
        raise SystemExit(f"There is no rep {leaver}. Maybe one of {', '.join(row['id'] for row in rows)}.")
    path = folder / "reps-mid-year.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows({**row, "status": "leaving"} if row["id"] == leaver else row for row in rows)
    return client.send(path)


def main() -> None:
    """Run the example."""
    parser = argparse.ArgumentParser(description="Repair a plan when a rep leaves.")
    parser.add_argument("url")
    parser.add_argument("leaver", help="Id of the rep who leaves, e.g. R07.")
    parser.add_argument("--plan", type=Path, help="plan.csv of the year.")
    parser.add_argument("--budget", type=float, default=0.1, help="Share of all others' potential that may move.")
    parser.add_argument("--out", type=Path, default=Path("repaired"))
    parser.add_argument("--seconds", type=float, default=20.0)
    given = parser.parse_args()
    key = os.environ.get("TERRITORY_KEY", "")
    with Client(given.url, key) as client, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        reps = reps_without(client, given.leaver, folder)
        base = planned(client, given.plan, given.seconds)
        patch = {"reps": {"file": reps.ref}, "limits": {"disruption": {"potential": given.budget}}}
        fork = client.fork(base.id, {"name": f"{given.leaver} leaves", **patch})
        rebased = client.rebase(fork, counties_of(client, fork, folder))
        repaired = rebased.scenario
        print(f"Owners since the plan: {rebased.changes[0]['counts'].get('reowned unit', 0)} counties")
        plan = client.wait(client.solve(repaired.id, repaired.plan_id, time_limit_s=given.seconds))
        print(f"{plan.summary['status']}, {plan.summary['broken']} broken rules")
        print(f"{plan.summary['moved_units']} counties change hands, those of {given.leaver} among them")
        comparison = client.compare(base.id, repaired.id)
        print(f"{comparison['shifts'][-1]['people']} reps gain or lose; {comparison['verdict']['headline']}")
        given.out.mkdir(parents=True, exist_ok=True)
        client.save_comparison(given.out / "comparison.html", base.id, repaired.id)
        for file in ("plan.csv", "map.html"):
            client.save(plan, file, given.out / file)
        print(f"Saved to {given.out}: plan.csv, map.html, comparison.html")


if __name__ == "__main__":
    main()
