"""Owner changes: every account that gets another owner, and the file that gives it back."""

from geodata.findings import Finding, Level
from scenarios.accounts.crm_ids import bare_id
from scenarios.export.crm.people import Users
from scenarios.export.form import Made
from scenarios.export.tables import Cell, Rows
from scenarios.export.text import csv_bytes
from scenarios.export.written import WrittenPlan

CHANGES, ROLLBACK = "owner-changes.csv", "owner-changes-rollback.csv"
COLUMNS = ("account", "new_owner", "old_owner", "name", "new_owner_name", "old_owner_name")


def owner_changes(plan: WrittenPlan) -> Made:
    """Return both files, one row an account that really changes; ids stay as they were given.

    The same id in its two lengths is no change. An account without an owner today is in the changes, with a blank
    old owner, and not in the rollback, since nothing can be given back; an account that nobody will have stays out.
    """
    users = Users(plan)
    rows = [row for row in _rows(plan, users) if bare_id(str(row[1])) != bare_id(str(row[2]))]
    back = [(account, old, new, name, was, will) for account, new, old, name, will, was in rows if old]
    findings = (*users.findings(), *_nobody(rows))
    changes = Rows(COLUMNS, tuple(rows))
    files = {CHANGES: csv_bytes(changes), ROLLBACK: csv_bytes(Rows(COLUMNS, tuple(back)))}
    return Made(files, findings, changes)


def _rows(plan: WrittenPlan, users: Users) -> list[tuple[Cell, ...]]:
    """Return every account that somebody with a user will have."""
    assert plan.accounts is not None
    columns = plan.accounts[["account", "name", "rep", "current_rep"]].itertuples(index=False)
    made: list[tuple[Cell, ...]] = []
    for account, name, rep, current in columns:
        new = users.of(rep) if rep else ""
        if new:
            names = plan.rep_name(rep), plan.rep_name(current) if current else ""
            made.append((account, new, _old_owner(users, current), name, *names))
    return made


def _old_owner(users: Users, current: str) -> str:
    return (users.of(current) or current) if current else ""


def _nobody(rows: list[tuple[Cell, ...]]) -> tuple[Finding, ...]:
    count = sum(not row[2] for row in rows)
    if count == 0:
        return ()
    message = f"{count} accounts have no owner today; the rollback leaves them with their new one."
    return (Finding(Level.NOTE, "no-old-owner", message, file=ROLLBACK),)
