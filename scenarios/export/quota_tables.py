"""quotas.csv: the company, its regions and managers, and below each the territories, with sums both ways."""

from collections.abc import Iterator, Sequence

from scenarios.export.tables import Cell, Rows
from scenarios.quotas.model import LevelQuota, QuotaFigure, SeatQuota

QUOTA_COLUMNS = (
    "measure",
    "level",
    "region",
    "manager",
    "territory",
    "name",
    "rep",
    "status",
    "quota",
    "below",
    "over_assignment",
    "incumbent_share",
    "incumbent_quota",
    "open_quota",
    "history",
    "growth_percent",
    "index",
    "floor",
    "cap",
    "held",
)


def quota_rows(quotas: Sequence[QuotaFigure] | None) -> Rows | None:
    """Return quotas.csv, None where the scenario asks for no quotas."""
    if quotas is None:
        return None
    return Rows(QUOTA_COLUMNS, tuple(row for figure in quotas for row in _rows(figure)))


def _rows(figure: QuotaFigure) -> Iterator[tuple[Cell, ...]]:
    for level in figure.levels:
        yield _level_row(figure, level)
        yield from (_seat_row(figure, seat) for seat in _direct(figure, level))


def _direct(figure: QuotaFigure, level: LevelQuota) -> list[SeatQuota]:
    """Return the territories that stand directly below a node: those of the lowest level there is."""
    if level.level != figure.levels[-1].level:
        return []
    given = {node.level for node in figure.levels}
    return [
        seat
        for seat in figure.territories
        if ("region" not in given or seat.region == level.region)
        and ("manager" not in given or seat.manager == level.manager)
    ]


def _level_row(figure: QuotaFigure, level: LevelQuota) -> tuple[Cell, ...]:
    sums = (level.quota, level.below, level.over_assignment, None, level.incumbent_quota, level.open_quota)
    return (figure.measure, level.level, level.region, level.manager, "", "", "", "", *sums, *[None] * 6)


def _seat_row(figure: QuotaFigure, seat: SeatQuota) -> tuple[Cell, ...]:
    place = (seat.region, seat.manager, seat.territory, seat.name, seat.rep, seat.status)
    amounts = (seat.quota, None, None, seat.incumbent_share, seat.incumbent_quota, seat.open_quota)
    why = (seat.history, seat.growth_percent, seat.index, seat.floor, seat.cap, seat.held)
    return (figure.measure, "territory", *place, *amounts, *why)
