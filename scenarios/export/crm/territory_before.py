"""Sales territories as they are: out of an earlier plan, or out of tables from the CRM."""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from geodata.findings import Finding, InputError, Level, has_errors
from scenarios.accounts.crm_ids import bare_id
from scenarios.export.crm.territory_set import Link, Node, RecordIds, TerritorySet, territory_set
from scenarios.export.crm.territory_tables import ACCOUNTS, MANUAL, MODEL, TERRITORY2, USERS
from scenarios.export.files import REPORT
from scenarios.export.written import read_written
from scenarios.tables.table import column, read_table

TYPE = "Territory2Type"


@dataclass(frozen=True)
class _Tables:
    """Tables of a folder, each empty where its file is missing, and the territories' names by their bare id."""

    frames: dict[str, pd.DataFrame]
    name_of: dict[str, str]


def territories_before(folder: Path) -> TerritorySet:
    """Return the territories of a folder that solve or score wrote, or that tables of the CRM were exported to.

    Raises
    ------
    InputError
        Where neither report.json nor Territory2.csv is there, or a column is missing.
    """
    if (folder / REPORT).exists():
        return territory_set(read_written(folder))
    if not (folder / f"{TERRITORY2}.csv").exists():
        message = f"{folder.name} holds neither an earlier plan nor {TERRITORY2}.csv."
        hint = "Maybe name the folder of the plan that is loaded now, or export its territories, see docs/crm.md."
        raise InputError([Finding(Level.ERROR, "no-earlier-territories", message, hint, value=str(folder))])
    tables = _read(folder)
    nodes = tuple(_nodes(tables))
    users, user_ids = _links(tables, USERS, "UserId")
    accounts, account_ids = _links(tables, ACCOUNTS, "ObjectId")
    territory_ids = {name.casefold(): id_ for name, id_ in _ids(tables.frames[TERRITORY2]).items()}
    ids = RecordIds(_by_name(tables, MODEL), _by_name(tables, TYPE), territory_ids, user_ids, account_ids)
    return TerritorySet(_parents_first(nodes), users, accounts, (), ids)


def _read(folder: Path) -> _Tables:
    frames, wrong = {}, []
    for name in (MODEL, TYPE, TERRITORY2, USERS, ACCOUNTS):
        path = folder / f"{name}.csv"
        table = read_table(path, path.name) if path.exists() else None
        frames[name] = pd.DataFrame() if table is None else table.frame
        wrong += [] if table is None else [finding for finding in table.findings if has_errors([finding])]
    _, missing = column(frames[TERRITORY2], "DeveloperName", f"{TERRITORY2}.csv", "DeveloperName")
    if wrong or missing:
        raise InputError([*wrong, *missing])
    name_of = {bare_id(id_): name for name, id_ in _ids(frames[TERRITORY2]).items() if id_}
    return _Tables(frames, name_of)


def _ids(frame: pd.DataFrame) -> dict[str, str]:
    """Return the ids of records by DeveloperName."""
    if "Id" not in frame or "DeveloperName" not in frame:
        return {}
    return dict(zip(frame["DeveloperName"], frame["Id"], strict=True))


def _by_name(tables: _Tables, name: str) -> dict[str, str]:
    return {text.casefold(): id_ for text, id_ in _ids(tables.frames[name]).items()}


def _nodes(tables: _Tables) -> Iterator[Node]:
    frame = tables.frames[TERRITORY2]
    for row in frame.to_dict("records"):
        name = row["DeveloperName"]
        kind = row.get("Territory2Type.DeveloperName", "")
        yield Node(name, row.get("Name", name), kind, _territory(tables, row, "ParentTerritory2"))


def _territory(tables: _Tables, row: Mapping[Hashable, str], relation: str) -> str:
    """Return the DeveloperName that a row refers to, by name or by id."""
    return row.get(f"{relation}.DeveloperName", "") or tables.name_of.get(bare_id(row.get(f"{relation}Id", "")), "")


def _links(tables: _Tables, name: str, record: str) -> tuple[tuple[Link, ...], dict[tuple[str, str], str]]:
    """Return links and their ids; those that rules made, and those of territories that are not listed, are left out."""
    links, ids = [], {}
    for row in tables.frames[name].to_dict("records"):
        territory = _territory(tables, row, "Territory2")
        if row.get(record) and territory and row.get("AssociationCause", MANUAL) in ("", MANUAL):
            link = Link(row[record], territory)
            links.append(link)
            ids[link.key] = row.get("Id", "")
    return tuple(links), ids


def _parents_first(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """Return the nodes with parents before children; a circle, which no CRM has, is cut where it is met."""
    by_name = {node.developer_name: node for node in nodes}
    ordered: dict[str, Node] = {}
    for node in nodes:
        chain, at = [], node
        while at.developer_name not in ordered and at not in chain:
            chain.append(at)
            at = by_name.get(at.parent, node)
        ordered |= {one.developer_name: one for one in reversed(chain)}
    return tuple(ordered.values())
