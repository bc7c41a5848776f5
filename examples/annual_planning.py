"""Plan a year over the service: send the data, solve a base scenario and three what-ifs, compare and export.

Start the service first, in another window: `territory serve`. Then, from the root of the repository:

    python examples/annual_planning.py http://127.0.0.1:8000 --out planned
"""

import argparse
import os
from itertools import islice
from pathlib import Path
from typing import Any

from api.client import Client
from api.http.models.plans import PlanShown

SAMPLE = Path(__file__).parent.parent / "scenarios" / "samples" / "texas"
WHAT_IFS: dict[str, dict[str, Any]] = {
    "tighter balance": {"measures": {"workload": {"tolerance": 0.07}}},
    "less change": {"limits": {"disruption": {"potential": 0.4}}},
    "travel first": {"goals": {"travel": 2, "fit": 1, "balance": 0.5, "disruption": 0.5}},
}
"""Three changes of the base scenario, as JSON Merge Patch."""


def base_document(client: Client) -> dict[str, Any]:
    """Send the sample's files and return its document with the data sets in place of the files."""
    counties, reps = client.send(SAMPLE / "counties.geojson"), client.send(SAMPLE / "reps.csv")
    return {
        "schema_version": 1,
        "name": "Texas 2027",
        "units": {"file": counties.ref, "id": "fips", "name": "name", "current": "owner", "tenure": "tenure"},
        "measures": {
            "workload": {"column": "hours", "tolerance": 0.10, "aim": 0.05},
            "potential": {"column": "revenue", "tolerance": 0.15, "aim": 0.05},
        },
        "reps": {"file": reps.ref},
        "skills": [{"column": "industry"}],
        "limits": {"oversize": "split", "disruption": {"potential": 0.6}},
    }


def line(name: str, plan: PlanShown) -> str:
    """Return a plan as a line of the comparison."""
    summary = plan.summary
    gap = "" if summary["gap"] is None else f"{100 * summary['gap']:.1f} %"
    travel = summary["goals"].get("travel", 0.0)
    moved = summary["moved_units"]
    return f"{name:<18}{summary['status']:<12}{summary['broken']:>7}{travel:>11.1f}{moved!s:>8}{gap:>9}"


def main() -> None:
    """Run the example."""
    parser = argparse.ArgumentParser(description="Plan a year over the service.")
    parser.add_argument("url")
    parser.add_argument("--out", type=Path, default=Path("planned"))
    parser.add_argument("--seconds", type=float, default=20.0, help="Time limit of each solve.")
    parser.add_argument("--effort", type=float, help="Work of each solve, in place of a time limit.")
    parser.add_argument("--what-ifs", type=int, choices=(1, 2, 3), default=3, help="How many are tried.")
    given = parser.parse_args()
    work = {"effort": given.effort} if given.effort else {"time_limit_s": given.seconds}
    with Client(given.url, os.environ.get("TERRITORY_KEY", "")) as client:
        base = client.create(base_document(client))
        for finding in client.check(base.id).findings:
            print(f"{finding.level}: {finding.message}")
        chosen = islice(WHAT_IFS.items(), given.what_ifs)
        what_ifs = {name: client.fork(base.id, {"name": name, **patch}) for name, patch in chosen}
        studies = {"base": base, **what_ifs}
        jobs = {name: client.solve(study.id, **work) for name, study in studies.items()}
        plans = {name: client.wait(job) for name, job in jobs.items()}
        print(f"{'scenario':<18}{'status':<12}{'broken':>7}{'travel km':>11}{'moved':>8}{'gap':>9}")
        for name, plan in plans.items():
            print(line(name, plan))
        others = [study.id for study in what_ifs.values()]
        print(client.compare(base.id, *others)["verdict"]["headline"])
        given.out.mkdir(parents=True, exist_ok=True)
        for name in ("comparison.xlsx", "comparison.html"):
            client.save_comparison(given.out / name, base.id, *others)
        best = min(plans, key=lambda name: (plans[name].summary["broken"], plans[name].summary["goals"]["travel"]))
        for name in ("plan.csv", "plan.xlsx", "map.html"):
            client.save(plans[best], name, given.out / name)
        client.export(studies[best].id, "book", given.out / "book.pdf")
        print(f"Saved to {given.out}: the comparison, and of {best!r} plan, workbook, map and map book")


if __name__ == "__main__":
    main()
