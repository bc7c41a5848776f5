"""Salesforce sales territories: the full set, and what changes against what is there now."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from geodata.findings import Finding, Level
from scenarios.export.crm.names import developer_names
from scenarios.export.crm.territory_before import territories_before
from scenarios.export.crm.territory_set import Link, Node, RecordIds, TerritorySet, territory_set
from scenarios.export.crm.territory_tables import (
    ACCOUNTS,
    MODEL,
    TERRITORY2,
    USERS,
    account_rows,
    node_rows,
    user_rows,
)
from scenarios.export.form import Made
from scenarios.export.tables import Rows
from scenarios.export.text import csv_bytes
from scenarios.export.written import WrittenPlan

Step = tuple[str, str, Rows]
"""What to do, with which object, and its records."""
CHANGE_COLUMNS = ("action", "object", "record", "territory", "id")


def territory2(plan: WrittenPlan, earlier: Path | None) -> Made:
    """Return every record of a plan, in files to be loaded in the order Territory2Model, Territory2, associations.

    `earlier` names tables of the CRM whose ids are filled in.
    """
    new = territory_set(plan)
    ids = RecordIds() if earlier is None else territories_before(earlier).ids
    model = _model(plan)
    named = Rows(
        ("Id", "Name", "DeveloperName"), ((ids.models.get(model.casefold(), ""), plan.report.name[:80], model),)
    )
    tables = {
        MODEL: named,
        TERRITORY2: node_rows(new.nodes, model, ids),
        USERS: user_rows(new.users, ids),
        ACCOUNTS: account_rows(new.accounts, ids),
    }
    return Made({f"{name}.csv": csv_bytes(rows) for name, rows in tables.items()}, (*new.findings, *_no_accounts(plan)))


def territory2_delta(plan: WrittenPlan, earlier: Path) -> Made:
    """Return what to delete, insert and update, step by step, and the steps that undo it.

    Associations cannot be updated, so a move is a delete and an insert. Every file is written, with its head only
    where there is nothing to do, so that no file of an earlier delta stays behind.
    """
    before, after = territories_before(earlier), territory_set(plan)
    after = replace(after, ids=before.ids)
    steps = [*_steps(before, after, _model(plan))]
    back = [*_steps(after, before, _model(plan))]
    files = {f"{i}-{action}-{name}.csv": csv_bytes(rows) for i, (action, name, rows) in enumerate(steps, start=1)}
    files |= {
        f"rollback-{i}-{action}-{name}.csv": csv_bytes(rows) for i, (action, name, rows) in enumerate(back, start=1)
    }
    changes = Rows(CHANGE_COLUMNS, tuple(cells for step in steps for cells in _changes(step)))
    return Made(files, (*after.findings, *_no_accounts(plan), *_no_ids(steps)), changes)


def _model(plan: WrittenPlan) -> str:
    return developer_names([plan.report.name])[0]


def _steps(before: TerritorySet, after: TerritorySet, model: str) -> Iterator[Step]:
    """Yield the steps in the order they are loaded: links off, territories on, links on, territories off."""
    was, will = ({node.developer_name.casefold(): node for node in one.nodes} for one in (before, after))
    ids = after.ids
    gone, come = _apart(before.accounts, after.accounts)
    left, joined = _apart(before.users, after.users)
    yield "delete", ACCOUNTS, account_rows(gone, ids)
    yield "delete", USERS, user_rows(left, ids)
    yield "insert", TERRITORY2, node_rows([node for key, node in will.items() if key not in was], model, ids)
    changed = [node for key, node in will.items() if key in was and _differs(was[key], node)]
    yield "update", TERRITORY2, node_rows(changed, model, ids)
    yield "insert", USERS, user_rows(joined, ids)
    yield "insert", ACCOUNTS, account_rows(come, ids)
    removed = [node for key, node in was.items() if key not in will]
    yield "delete", TERRITORY2, node_rows(reversed(removed), model, ids)


def _apart(before: tuple[Link, ...], after: tuple[Link, ...]) -> tuple[list[Link], list[Link]]:
    """Return what is only before and what is only after."""
    was, will = {link.key for link in before}, {link.key for link in after}
    return [link for link in before if link.key not in will], [link for link in after if link.key not in was]


def _differs(was: Node, will: Node) -> bool:
    return (was.name, was.parent.casefold()) != (will.name, will.parent.casefold())


def _changes(step: Step) -> Iterator[tuple[str, ...]]:
    action, name, rows = step
    record = rows.columns[1]
    territory = rows.columns[-1]
    for row in rows.cells:
        cells = dict(zip(rows.columns, map(str, row), strict=True))
        yield (action, name, cells[record], cells[territory], cells["Id"])


def _no_ids(steps: list[Step]) -> Iterator[Finding]:
    without = sum(not row[0] for action, _, rows in steps if action != "insert" for row in rows.cells)
    if without:
        message = f"{without} records to delete or update have no Id, which Salesforce needs."
        hint = "Maybe name tables exported from the CRM in --earlier, see docs/crm.md."
        yield Finding(Level.WARNING, "unknown-record-ids", message, hint, field="Id")


def _no_accounts(plan: WrittenPlan) -> Iterator[Finding]:
    if plan.accounts is None:
        message = f"The plan has no accounts, so {ACCOUNTS} is empty; assignment rules by postal code can do without."
        yield Finding(Level.NOTE, "no-accounts", message, "", f"{ACCOUNTS}.csv")
