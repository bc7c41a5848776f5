"""Robustness of a plan that was made before."""

from dataclasses import dataclass
from pathlib import Path

from geodata.findings import Finding, InputError, Level
from scenarios.document.scenario import CommonError
from scenarios.report.answer import given_answer
from scenarios.robust.model import Robustness
from scenarios.robust.robustness import robustness
from scenarios.study import open_study

MOST_DRAWS = 100_000


@dataclass(frozen=True)
class RobustWish:
    """What is asked: the measure, the spreads as text ("0.1,0.2"), a common error, and the draws."""

    measure: str
    spreads: str
    common_spread: float | None
    common_column: str | None
    draws: int
    seed: int


def robust_study(place: Path, plan: Path | None, wish: RobustWish) -> tuple[list[Robustness], tuple[Finding, ...]]:
    """Return the robustness for each spread, and what was found in the plan's file.

    Raises InputError for what cannot be asked.
    """
    spreads, common = _spreads(wish), _common(wish)
    case, laid, found = open_study(place, plan)
    answer = given_answer(case, laid)
    figures = [robustness(answer, wish.measure, spread, common, wish.draws, wish.seed) for spread in spreads]
    return figures, found


def _spreads(wish: RobustWish) -> list[float]:
    if not 1 <= wish.draws <= MOST_DRAWS:
        raise _refused("--draws", str(wish.draws), f"must be 1 to {MOST_DRAWS:,}", "Maybe 200.")
    if wish.seed < 0:
        raise _refused("--seed", str(wish.seed), "must be at least 0", "Maybe 0.")
    return [_spread("--spread", text) for text in wish.spreads.split(",")]


def _common(wish: RobustWish) -> CommonError | None:
    if (wish.common_spread is None) != (wish.common_column is None):
        raise _refused("--common", "", "and --by belong together", "Maybe give both, e.g. --common 0.1 --by segment.")
    if wish.common_spread is None or wish.common_column is None:
        return None
    return CommonError(column=wish.common_column, spread=_spread("--common", str(wish.common_spread)))


def _spread(option: str, text: str) -> float:
    try:
        spread = float(text)
    except ValueError:
        spread = -1.0
    if not 0.0 < spread < 1.0:
        raise _refused(option, text, "must be shares above 0 and below 1", "Maybe 0.1 for 10 %.")
    return spread


def _refused(option: str, value: str, wrong: str, hint: str) -> InputError:
    named = f"{option} {value}".strip()
    return InputError([Finding(Level.ERROR, "invalid-value", f"{named} {wrong}.", hint, field=option, value=value)])
