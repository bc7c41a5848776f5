"""Check a CRM export every night: an exit code for cron, and the findings for whoever looks.

Start the service first, in another window: `territory serve`. Then, from the root of the repository:

    python examples/nightly_check.py http://127.0.0.1:8000 scenarios/samples/texas-accounts/accounts.csv

Exit code 0: fit for planning; 1: fit, with warnings; 2: not fit; 3: the service could not be asked.
"""

import argparse
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from api.client import Client, ServiceError
from api.http.models.scenarios import Checked

SAMPLE = Path(__file__).parent.parent / "scenarios" / "samples" / "texas"
FIT, WARNINGS, NOT_FIT, NOT_ASKED = 0, 1, 2, 3


def checked(client: Client, export: Path) -> Checked:
    """Send the export and return what is wrong or doubtful in a scenario of it; nothing is solved."""
    accounts, counties = client.send(export), client.send(SAMPLE / "counties.geojson")
    reps = client.send(SAMPLE / "reps.csv")
    scenario = client.create(
        {
            "schema_version": 1,
            "name": f"Nightly check of {export.name}",
            "units": {"file": counties.ref, "id": "fips", "name": "name"},
            "accounts": {
                "file": accounts.ref,
                "id": "Id",
                "name": "Name",
                "owner": "OwnerId",
                "geography": {"lat": "BillingLatitude", "lon": "BillingLongitude"},
                "workload": {"calls": "CallsAYear", "call_h": "0.75", "travel_h": 0.35},
                "unmatched": "unassigned",
            },
            "measures": {"workload": {}, "potential": {"column": "AnnualRevenue"}},
            "reps": {"file": reps.ref},
        }
    )
    return client.check(scenario.id)


def told(finding: Mapping[str, Any]) -> str:
    """Return a finding as a line."""
    row = "" if finding.get("row") is None else f" row {finding['row']}"
    return f"{finding['level']}: {finding.get('code', '')}{row}: {finding['message']} {finding.get('hint', '')}"


def main() -> int:
    """Run the example and return the exit code."""
    parser = argparse.ArgumentParser(description="Check a CRM export.")
    parser.add_argument("url")
    parser.add_argument("export", type=Path)
    given = parser.parse_args()
    with Client(given.url, os.environ.get("TERRITORY_KEY", "")) as client:
        try:
            answer = checked(client, given.export)
        except ServiceError as error:
            lines = [told(finding) for finding in error.errors] or [str(error)]
            print("\n".join(lines), file=sys.stderr)
            return NOT_FIT if error.status == 422 else NOT_ASKED
    for finding in answer.findings:
        print(told(finding.model_dump()))
    levels = [finding.level for finding in answer.findings]
    print(f"{levels.count('error')} errors, {levels.count('warning')} warnings, {levels.count('note')} notes")
    if not answer.usable:
        return NOT_FIT
    return WARNINGS if "warning" in levels else FIT


if __name__ == "__main__":
    sys.exit(main())
