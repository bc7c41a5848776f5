"""What comments are about: that the plan has it."""

import csv
import io

from geodata.findings import Finding, InputError, Level
from scenarios.export.files import ACCOUNTS, PLAN
from scenarios.formula_guard import unguarded
from scenarios.near_names import maybe

FILES = {"unit": PLAN, "territory": PLAN, "account": ACCOUNTS}
"""File of a plan that has a column of this name."""
UNKNOWN = {"unit": "unknown-unit", "territory": "unknown-territory", "account": "unknown-account"}
"""Code of the finding where an id is not in it."""


def need_subject(about: str, subject: str, table: bytes) -> None:
    """Raise InputError where the file of a plan has no such unit, territory or account."""
    rows = csv.DictReader(io.StringIO(table.decode("utf-8-sig"), newline=""))
    known = {unguarded(row[about]) for row in rows}
    if subject not in known:
        message = f"There is no {about} {subject} in the present plan."
        hint = maybe(subject, sorted(known))
        raise InputError([Finding(Level.ERROR, UNKNOWN[about], message, hint, field="subject", value=subject)])
