"""A plan as Salesforce's sales territories: a hierarchy, who works in it, and the accounts in it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from geodata.findings import Finding, Level
from scenarios.accounts.crm_ids import bare_id, is_record_id, long_id
from scenarios.export.crm.names import LONGEST, changed_names, developer_names
from scenarios.export.crm.people import UNFILLED, Users
from scenarios.export.written import WrittenPlan

REGION, DISTRICT, TERRITORY = "Region", "District", "Territory"


@dataclass(frozen=True)
class Node:
    """A territory record: DeveloperName, Name, DeveloperName of the type and of the parent ("" at the top)."""

    developer_name: str
    name: str
    kind: str
    parent: str


@dataclass(frozen=True)
class Link:
    """A user or an account in a territory, which stands by its DeveloperName."""

    record: str
    territory: str

    @property
    def key(self) -> tuple[str, str]:
        """What tells links apart: ids of both lengths are one, and names do not mind case."""
        return bare_id(self.record), self.territory.casefold()


@dataclass(frozen=True)
class RecordIds:
    """Ids of records that the CRM has already: models, types and territories by DeveloperName, links by their key."""

    models: Mapping[str, str] = field(default_factory=dict)
    types: Mapping[str, str] = field(default_factory=dict)
    territories: Mapping[str, str] = field(default_factory=dict)
    users: Mapping[tuple[str, str], str] = field(default_factory=dict)
    accounts: Mapping[tuple[str, str], str] = field(default_factory=dict)


@dataclass(frozen=True)
class TerritorySet:
    """Territories, parents before children, and what is in them."""

    nodes: tuple[Node, ...]
    users: tuple[Link, ...]
    accounts: tuple[Link, ...]
    findings: tuple[Finding, ...] = ()
    ids: RecordIds = RecordIds()


def territory_set(plan: WrittenPlan) -> TerritorySet:
    """Return a plan's territories below managers and regions, where the reps have any."""
    wanted = _wanted(plan)
    names = dict(zip(wanted, developer_names([text for _, text, _ in wanted.values()]), strict=True))
    nodes = tuple(
        Node(names[key], _name(plan, key, text), kind, names[parent] if parent else "")
        for key, (kind, text, parent) in wanted.items()
    )
    of_code = {key[1]: names[key] for key in wanted if key[0] == TERRITORY}
    users = Users(plan)
    people = tuple(_users(plan, users, of_code))
    accounts = tuple(_accounts(plan, of_code))
    changed = changed_names({text: names[key] for key, (_, text, _) in wanted.items()})
    found = (*users.findings(), *changed, *_long(nodes), *_no_ids("UserId", people), *_no_ids("ObjectId", accounts))
    return TerritorySet(nodes, people, accounts, found)


Key = tuple[str, ...]


def _wanted(plan: WrittenPlan) -> dict[Key, tuple[str, str, Key]]:
    """Return kind, wanted name and parent's key of every record, parents first."""
    regions: dict[Key, tuple[str, str, Key]] = {}
    districts: dict[Key, tuple[str, str, Key]] = {}
    territories: dict[Key, tuple[str, str, Key]] = {}
    for code in plan.territories:
        region, manager = plan.region(code), plan.manager(code)
        above: Key = ()
        if region:
            above = (REGION, region)
            regions[above] = (REGION, region, ())
        if manager:
            key = (DISTRICT, region, manager)
            districts[key] = (DISTRICT, manager, above)
            above = key
        territories[TERRITORY, code] = (TERRITORY, code, above)
    return {**regions, **districts, **territories}


def _name(plan: WrittenPlan, key: Key, text: str) -> str:
    return ((plan.territories[key[1]].name or text) if key[0] == TERRITORY else text)[:LONGEST]


def _users(plan: WrittenPlan, users: Users, of_code: Mapping[str, str]) -> Iterator[Link]:
    """Yield who fills each territory; a seat that nobody fills has no user, unless one looks after it."""
    for row in plan.report.territories:
        filled = row.rep in plan.reps and (row.status not in UNFILLED or plan.reps[row.rep].crm_user_id)
        user = users.of(row.rep) if row.rep and filled else ""
        if user:
            yield Link(long_id(user), of_code[row.territory])


def _accounts(plan: WrittenPlan, of_code: Mapping[str, str]) -> Iterator[Link]:
    if plan.accounts is not None:
        for account, code in plan.accounts[["account", "territory"]].itertuples(index=False, name=None):
            if code:
                yield Link(long_id(account), of_code[code])


def _long(nodes: tuple[Node, ...]) -> Iterator[Finding]:
    cut = [node for node in nodes if len(node.name) == LONGEST]
    if cut:
        message = f"{len(cut)} names are as long as Salesforce takes them, {LONGEST} characters, or were cut to that."
        yield Finding(Level.NOTE, "long-name", message, field="Name", value=cut[0].name)


def _no_ids(column: str, links: tuple[Link, ...]) -> Iterator[Finding]:
    wrong = [link.record for link in links if not is_record_id(link.record)]
    if wrong:
        message = (
            f"{len(wrong)} of {len(links)} values of {column} are no Salesforce ids, e.g. {wrong[0]}; none will load."
        )
        hint = (
            "Maybe fill in crm_user_id of the reps."
            if column == "UserId"
            else "Maybe name the column Id in accounts.id."
        )
        yield Finding(Level.WARNING, "no-record-id", message, hint, field=column, value=wrong[0])
