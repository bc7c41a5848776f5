"""`territory explain`: why a unit is where it is, what changed for a rep, what a limit costs."""

from dataclasses import dataclass
from pathlib import Path

from rich.table import Table
from rich.text import Text

from api.cli.exits import Exit
from api.cli.interrupt import run_beside, stop_on_interrupt
from api.cli.screen import Screen
from geodata.draw.text import clean
from geodata.findings import Finding, InputError, Level
from optimizer.options import SolveOptions
from optimizer.result import Stop
from scenarios.options import solve_options
from scenarios.report.words import number
from scenarios.why.limit import explain_limit
from scenarios.why.model import LimitAnswer, RepAnswer, UnitAnswer
from scenarios.why.question import Asked, asked_about
from scenarios.why.rep import explain_rep
from scenarios.why.unit import explain_unit

UNIT_EFFORT = 0.1
"""Work on each swap's neighbourhood, where the user says nothing."""
LIMIT_TIME_S = 10.0
"""Seconds of each solve with a moved limit, where neither the user nor the scenario says more."""
MOST_LINES = 12
"""Lines of a table on the screen; --json has all of them."""


@dataclass(frozen=True)
class Question:
    """What is asked: one of unit, rep and limit."""

    unit: str | None
    rep: str | None
    limit: str | None


def explain_plan(
    screen: Screen, target: Path, plan: Path | None, question: Question, changes: dict[str, float | int | None]
) -> int:
    """Answer a question about a plan and return the exit code."""
    if sum(asked is not None for asked in (question.unit, question.rep, question.limit)) != 1:
        message, hint = "Ask one thing at a time.", "Maybe give one of --unit, --rep and --limit."
        raise InputError([Finding(Level.ERROR, "conflicting-fields", message, hint, field="--unit")])
    asked = asked_about(target, plan)
    screen.findings(found for found in asked.answer.findings if found.level is not Level.NOTE)
    with stop_on_interrupt(screen, "Stopping with what is known so far") as stop:
        answer = run_beside(lambda: _answer(asked, question, changes, stop.is_set))
    screen.say("")
    screen.say(answer.summary)
    table = _table(answer)
    if table is not None:
        screen.say("")
        screen.say(table)
    screen.answer({"exit_code": int(Exit.DONE), "answer": answer.model_dump(mode="json")})
    return Exit.DONE


def _answer(
    asked: Asked, question: Question, changes: dict[str, float | int | None], stop: Stop
) -> UnitAnswer | RepAnswer | LimitAnswer:
    if question.unit is not None:
        return explain_unit(asked, question.unit, _options(asked, changes, {"effort": UNIT_EFFORT, "gap": 1e-4}), stop)
    if question.rep is not None:
        return explain_rep(asked, question.rep)
    written = asked.case.scenario.solve
    default = {"time_limit_s": LIMIT_TIME_S} if written.effort is None else {}
    return explain_limit(asked, question.limit or "", _options(asked, changes, {**default, "gap": 1e-4}), stop)


def _options(
    asked: Asked, changes: dict[str, float | int | None], default: dict[str, float | int | None]
) -> SolveOptions:
    """Return the user's options, else our own, else the scenario's; a clock of the user's replaces our effort."""
    given = {name: value for name, value in changes.items() if value is not None}
    clocks = {"effort", "time_limit_s"}
    kept = {name: value for name, value in default.items() if not (name in clocks and clocks & given.keys())}
    return solve_options(asked.case.scenario.solve, kept | given, None)


def _table(answer: UnitAnswer | RepAnswer | LimitAnswer) -> Table | None:
    if isinstance(answer, UnitAnswer):
        return _rows(("other rep", "km", "alone", "with repairs", "moves", "alone it would break"), _unit_rows(answer))
    if isinstance(answer, RepAnswer):
        return _rows(("", "unit", "name", "", *answer.after, "why"), _rep_rows(answer))
    return None


def _rep_rows(answer: RepAnswer) -> list[tuple[str, ...]]:
    hands = [("gained", "from", hand) for hand in answer.gained] + [("lost", "to", hand) for hand in answer.lost]
    return [
        (
            kind,
            hand.unit,
            hand.name,
            f"{link} {hand.other or 'nobody'}",
            *map(number, hand.measures.values()),
            hand.reason,
        )
        for kind, link, hand in hands
    ]


def _unit_rows(answer: UnitAnswer) -> list[tuple[str, ...]]:
    swaps = {swap.territory: swap for swap in answer.swaps}
    rows: list[tuple[str, ...]] = []
    for item in sorted(answer.candidates, key=lambda item: item.territory not in swaps):
        swap = swaps.get(item.territory)
        cost = "" if swap is None else "none found" if swap.cost is None else f"{swap.cost:+.3f}"
        moves = "" if swap is None or not swap.possible else str(len(swap.moves))
        km = "-" if item.km is None else f"{item.km:,.0f}"
        stops = ", ".join(item.rules) if item.allowed else item.obstacles[0]
        rows.append((item.territory, km, f"{sum(item.terms.values()):+.3f}", cost, moves, stops))
    return rows


def _rows(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> Table | None:
    if not rows:
        return None
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in head:
        table.add_column(Text(clean(name)))
    for row in rows[:MOST_LINES]:
        table.add_row(*(Text(clean(cell)) for cell in row))
    if len(rows) > MOST_LINES:
        table.add_row(f"... and {len(rows) - MOST_LINES} more")
    return table
