"""The rows of the territories, of the plan and of today's."""

from dataclasses import dataclass

from optimizer.problem import FloatArray, LoadArray
from optimizer.score import Score
from scenarios.case import Case, Rep
from scenarios.report.figures import GroupFigures, finite, in_band
from scenarios.report.model import LoadFigure, TerritoryFigure

OPEN = "open"
GONE = "gone"


@dataclass(frozen=True)
class Holder:
    """Who holds a territory: a seat with or without an incumbent, or an owner of today without a seat.

    `seat` is the index in `case.seats`, None for an owner without a seat; `rep_id` may name somebody not in the list.
    """

    code: str
    name: str
    seat: int | None
    rep_id: str | None
    rep: Rep | None

    @property
    def status(self) -> str:
        """Status of the incumbent; `open` without one, `gone` for somebody not in the list."""
        if self.rep is not None:
            return self.rep.status
        return OPEN if self.rep_id is None else GONE


def seat_holder(case: Case, seat: int, rep: Rep | None) -> Holder:
    """Return the holder of a seat."""
    return Holder(case.seats[seat].code, case.seats[seat].name, seat, None if rep is None else rep.id, rep)


def territory_rows(
    case: Case, holders: list[Holder], figures: GroupFigures, score: Score, moved: LoadArray
) -> list[TerritoryFigure]:
    """Return one row a holder; `figures` and `moved` go by holder, `score` by seat."""
    loads = load_figures(case, holders, figures.load, score)
    return [
        TerritoryFigure(
            territory=holder.code,
            name=holder.name,
            rep=holder.rep_id,
            rep_name=holder.rep.name if holder.rep else None,
            status=holder.status,
            units=int(figures.units[i]),
            loads=loads[i],
            mean_km=finite(figures.mean_km[i]),
            max_km=finite(figures.max_km[i]),
            fit=finite(figures.fit[i]),
            pieces=None if holder.seat is None else int(score.pieces[holder.seat]),
            moved=int(moved[i]),
            home_lat=holder.rep.lat if holder.rep else None,
            home_lon=holder.rep.lon if holder.rep else None,
        )
        for i, holder in enumerate(holders)
    ]


def load_figures(case: Case, holders: list[Holder], load: FloatArray, score: Score) -> list[dict[str, LoadFigure]]:
    """Return each holder's loads by measure."""
    target = case.problem.target / case.problem.load_per_amount[:, None]
    bands = [in_band(case, m, score.load) for m in range(len(case.problem.measures))]
    return [
        {
            name: load_figure(
                load[m, i],
                None if holder.seat is None else target[m, holder.seat],
                _at(bands[m], holder.seat),
            )
            for m, name in enumerate(case.problem.measures)
        }
        for i, holder in enumerate(holders)
    ]


def load_figure(load: float, target: float | None, kept: bool | None) -> LoadFigure:
    """Return a load beside its target; no index without a target above 0."""
    index = 100.0 * load / target if target else None
    return LoadFigure(load=load, target=target, index=index, in_band=kept)


def _at(kept: list[bool | None] | None, seat: int | None) -> bool | None:
    return None if kept is None or seat is None else kept[seat]
