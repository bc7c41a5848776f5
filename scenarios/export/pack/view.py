"""What the map of a pack shows: one team's units and territories, and nothing of the others."""

from collections.abc import Collection
from dataclasses import replace

from geodata.draw.view import Alignment, KeyFigure, MapView
from scenarios.export.pack.teams import Team
from scenarios.export.written import WrittenPlan
from scenarios.report.changes import MOVED
from scenarios.report.model import TerritoryFigure
from scenarios.report.summary import banded, in_band_count, mean_travel_km


def team_view(plan: WrittenPlan, team: Team) -> MapView:
    """Return the view of a team; today's territories of other teams are nobody's."""
    view = plan.view
    own = view.units["territory"].isin(team.territories)
    units = view.units[own].reset_index(drop=True)
    units["current"] = units["current"].where(units["current"].isin(team.today), "")
    broken = [rule for rule in plan.report.broken if rule.territories and {*rule.territories} <= {*team.territories}]
    return replace(
        view,
        title=f"{view.title}: {team.name}",
        gap="",
        summary=story(plan, team),
        figures=_figures(plan, team),
        units=units,
        amounts=view.amounts[own].reset_index(drop=True),
        proposed=_within(view.proposed, team.territories),
        today=None if view.today is None else _within(view.today, team.today),
        bridges=(),
        broken=tuple(f"{rule.where}: {rule.cause}" for rule in broken),
        findings=(),
    )


def story(plan: WrittenPlan, team: Team) -> str:
    """Return what the plan means for a team, in a few sentences."""
    figures = ", ".join(f"{figure.value} {figure.label}" for figure in _figures(plan, team))
    return f"The plan for {team.name}: {figures}. Requests go into the workbook of this pack."


def come_and_go(plan: WrittenPlan, team: Team) -> tuple[int, int]:
    """Return how many units the team gets from others, and how many it gives away."""
    units = plan.units
    will, was = units["territory"].isin(team.territories), units["current_territory"].isin(team.today)
    came = units[will & ~was & (units["change"] == MOVED)]["unit"].nunique()
    return came, units[was & ~will]["unit"].nunique()


def _figures(plan: WrittenPlan, team: Team) -> tuple[KeyFigure, ...]:
    rows = [row for row in plan.report.territories if row.territory in team.territories]
    came, went = come_and_go(plan, team)
    figures = [
        *_bands(rows),
        KeyFigure(f"{plan.units[plan.units['territory'].isin(team.territories)]['unit'].nunique()}", "units"),
    ]
    km = mean_travel_km(rows) if rows else None
    figures += [] if km is None else [KeyFigure(f"{km:.1f} km", "mean distance to the rep")]
    if plan.report.today is not None:
        figures += [
            KeyFigure(f"{came}", "coming from other teams"),
            KeyFigure(f"{went}", "going to other teams"),
        ]
    return tuple(figures)


def _bands(rows: list[TerritoryFigure]) -> list[KeyFigure]:
    total = len(banded(rows))
    return [KeyFigure(f"{in_band_count(rows)} of {total}", "territories in band")] if total else []


def _within(alignment: Alignment, codes: Collection[str]) -> Alignment:
    kept = alignment.territories["territory"].isin(codes)
    facts = {
        title: tuple(text for text, keep in zip(texts, kept, strict=True) if keep)
        for title, texts in alignment.facts.items()
    }
    loads = alignment.loads[alignment.loads["territory"].isin(codes)]
    return Alignment(alignment.territories[kept].reset_index(drop=True), loads.reset_index(drop=True), facts)
