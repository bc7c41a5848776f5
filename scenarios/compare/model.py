"""A comparison as types: every figure with its meaning and unit in the field's description."""

from typing import Literal

from pydantic import Field, FiniteFloat, JsonValue

from optimizer.result import Status
from scenarios.report.part import Number, Part

TODAY = "today"
"""Key of the current plan among the keys of plans."""


class PlanFigure(Part):
    """One of the plans that are compared."""

    key: str = Field(description="A, B, C or D, in the order given.")
    name: str = Field(description="Name of its scenario, made different from the others'.")
    source: str = Field(description="The folder or file it was read from.")
    status: Status = Field(description="What is known of the plan.")
    value: FiniteFloat = Field(description="Sum of weight x amount over its goals; smaller is better.")
    bound: Number = Field(description="No plan of its scenario has a smaller value; null without proof.")
    gap: Number = Field(description="(value - bound) / |value|; null without proof.")
    weights: dict[str, FiniteFloat] = Field(description="Weight of each goal.")


class Figure(Part):
    """One figure of every plan."""

    name: str = Field(description="Stable name, see docs/reference/figures.md.")
    label: str = Field(description="What it is, in words.")
    unit: str = Field(description="Its unit; empty for plain numbers.")
    decimals: int = Field(description="Decimals worth showing.")
    better: Literal["lower", "higher"] | None = Field(description="Which way is better; null where neither is.")
    today: Number = Field(description="Today's; null where there is none.")
    amounts: dict[str, Number] = Field(description="By plan.")
    differences: dict[str, Number] = Field(description="By plan: its amount - the first plan's.")
    from_today: dict[str, Number] = Field(description="By plan: its amount - today's.")


class Pair(Part):
    """Two plans held against each other by value."""

    left: str = Field(description="Key of one plan.")
    right: str = Field(description="Key of the other.")
    relation: Literal["left", "right", "tie", "unknown"] = Field(
        description="Which is better; tie: the proof leaves more open than the difference; unknown: not comparable."
    )
    difference: Number = Field(description="Value of the right plan - value of the left; null where not comparable.")
    open: Number = Field(
        description="By how much the plan of the larger value could still be better: its value - its bound; or null."
    )
    reasons: list[str] = Field(description="Why the values can't be compared; empty where they can.")


class Verdict(Part):
    """Which plan is better and why, in words."""

    headline: str = Field(description="One sentence.")
    text: str = Field(description="The reasons, in a few sentences.")
    best: list[str] = Field(description="Keys of the best plans by value: one, or several that tie; none if unknown.")


class Holding(Part):
    """What a rep holds in one plan."""

    units: int = Field(description="Distinct units.")
    accounts: int | None = Field(description="Accounts; null where none were given.")
    loads: dict[str, FiniteFloat] = Field(description="By measure, in the customer's unit.")
    index: dict[str, Number] = Field(description="By measure: 100 x load / target; null without a target.")
    mean_km: Number = Field(description="Workload-weighted mean distance, km.")
    fit: Number = Field(description="Potential-weighted mean fit, 0..1.")


class Turnover(Part):
    """What a rep gains or loses from one plan to another."""

    units: int = Field(description="Units of which any share is gained or lost.")
    accounts: int | None = Field(description="Accounts; null where none were given.")
    loads: dict[str, FiniteFloat] = Field(description="By measure: sum of amount x share.")


class RepChange(Part):
    """One rep from one plan to another."""

    rep: str = Field(description="Rep id; the territory's code while nobody is matched.")
    name: str = Field(description="Name.")
    before: Holding | None = Field(description="In the first of the two plans; null where the rep holds nothing.")
    after: Holding | None = Field(description="In the second.")
    gained: Turnover
    lost: Turnover


class Move(Part):
    """A unit, or a share of one, that changes hands."""

    unit: str
    name: str
    share: FiniteFloat = Field(description="Part of the unit that moves.")
    before: str = Field(description="Rep (or territory) that had it; blank for nobody.")
    after: str = Field(description="Rep (or territory) that gets it; blank for nobody.")
    avoidable: bool = Field(description="False where the one who had it leaves or is not in the second plan's list.")
    loads: dict[str, FiniteFloat] = Field(description="By measure: amount x share, of the second plan.")


class Shift(Part):
    """Everything that changes hands from one plan to another."""

    before: str = Field(description="Key of the plan before, or `today`.")
    after: str = Field(description="Key of the plan after.")
    moved_units: int = Field(description="Distinct units of which any share changes hands.")
    avoidable_units: int = Field(description="Those of which an avoidable share does.")
    unavoidable_units: int = Field(description="The other moved units.")
    new_units: int = Field(description="Units that nobody had before.")
    moved_percent: dict[str, FiniteFloat] = Field(description="By measure: 100 x what changes hands / its total.")
    moved_accounts: int | None = Field(description="Accounts that change hands; null where none were given.")
    people: int = Field(description="Reps who gain or lose anything.")
    reps: list[RepChange] = Field(description="Every rep of either plan, in the order of the second.")
    moves: list[Move] = Field(description="What changes hands, the most potential first.")


class InputChange(Part):
    """One difference between the first plan's input and another's."""

    plan: str = Field(description="Key of the other plan.")
    kind: Literal["scenario", "file", "rep", "units", "total", "today"] = Field(description="What differs.")
    place: str = Field(description="Dotted field of the scenario, file, rep or measure.")
    before: JsonValue = Field(description="In the first plan; null where there is nothing.")
    after: JsonValue = Field(description="In the other plan.")


class Comparison(Part):
    """One to four plans side by side, today's plan included."""

    schema_version: Literal[1] = Field(default=1, description="Version of this document: 1.")
    plans: list[PlanFigure]
    verdict: Verdict
    pairs: list[Pair] = Field(description="Every two plans.")
    figures: list[Figure]
    shifts: list[Shift] = Field(description="From today to each plan, then from the first plan to each other.")
    inputs: list[InputChange]
    notes: list[str] = Field(description="What to know before reading the figures.")
