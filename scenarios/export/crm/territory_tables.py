"""Records of Salesforce's sales territories as tables, each with the columns that its load takes."""

from collections.abc import Iterable

from scenarios.export.crm.territory_set import Link, Node, RecordIds
from scenarios.export.tables import Rows

MODEL, TERRITORY2 = "Territory2Model", "Territory2"
USERS, ACCOUNTS = "UserTerritory2Association", "ObjectTerritory2Association"
MANUAL = "Territory2Manual"
"""AssociationCause of what is not assigned by rules."""
NODE_COLUMNS = (
    "Id",
    "DeveloperName",
    "Name",
    "Territory2ModelId",
    "Territory2TypeId",
    "ParentTerritory2Id",
    "Territory2Model.DeveloperName",
    "Territory2Type.DeveloperName",
    "ParentTerritory2.DeveloperName",
)
USER_COLUMNS = ("Id", "UserId", "Territory2Id", "RoleInTerritory2", "Territory2.DeveloperName")
ACCOUNT_COLUMNS = ("Id", "ObjectId", "Territory2Id", "AssociationCause", "Territory2.DeveloperName")


def node_rows(nodes: Iterable[Node], model: str, ids: RecordIds) -> Rows:
    """Return records of Territory2; ids are blank where the CRM has none yet."""
    cells = [
        (
            ids.territories.get(node.developer_name.casefold(), ""),
            node.developer_name,
            node.name,
            ids.models.get(model.casefold(), ""),
            ids.types.get(node.kind.casefold(), ""),
            ids.territories.get(node.parent.casefold(), ""),
            model,
            node.kind,
            node.parent,
        )
        for node in nodes
    ]
    return Rows(NODE_COLUMNS, tuple(cells))


def user_rows(links: Iterable[Link], ids: RecordIds) -> Rows:
    """Return records of UserTerritory2Association; the role is left to whoever loads them."""
    cells = [(ids.users.get(link.key, ""), link.record, _territory(link, ids), "", link.territory) for link in links]
    return Rows(USER_COLUMNS, tuple(cells))


def account_rows(links: Iterable[Link], ids: RecordIds) -> Rows:
    """Return records of ObjectTerritory2Association."""
    cells = [
        (ids.accounts.get(link.key, ""), link.record, _territory(link, ids), MANUAL, link.territory) for link in links
    ]
    return Rows(ACCOUNT_COLUMNS, tuple(cells))


def _territory(link: Link, ids: RecordIds) -> str:
    return ids.territories.get(link.territory.casefold(), "")
