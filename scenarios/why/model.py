"""What `territory explain` answers, as types; amounts of value are weight x amount of the goals."""

from typing import Literal

from pydantic import Field, FiniteFloat

from scenarios.report.part import Number, Part


class CandidateFigure(Part):
    """Another rep who might own a unit, and what stops that."""

    territory: str = Field(description="Code of the seat.")
    rep: str | None = Field(description="Id of the incumbent; null while nobody is matched.")
    km: Number = Field(description="Distance from the unit to the rep's home, or to the territory's centre.")
    terms: dict[str, FiniteFloat] = Field(
        description="By goal: how much more the unit alone adds to the value with this rep."
    )
    allowed: bool = Field(description="Whether the rules on single units let the rep own it.")
    rules: list[str] = Field(description="Kinds of rules that moving the unit alone would break.")
    obstacles: list[str] = Field(description="Rules that moving the unit alone would break, in words.")


class MoveFigure(Part):
    """One unit, or a share of it, that changes hands in a repair."""

    unit: str
    name: str
    share: FiniteFloat = Field(description="Part of the unit.")
    of: str = Field(description="Territory it leaves.")
    to: str = Field(description="Territory it joins.")


class SwapFigure(Part):
    """What it costs to give the unit to another rep, repairs included."""

    territory: str = Field(description="Code of the seat that gets the unit.")
    rep: str | None = Field(description="Id of its incumbent.")
    possible: bool = Field(description="Whether a plan that keeps every hard rule was found around the swap.")
    cost: Number = Field(description="Value with swap and repairs less the plan's value; null where impossible.")
    proven: bool = Field(
        description="No cheaper repair exists within `territories`; where impossible, none at all within them."
    )
    terms: dict[str, FiniteFloat] = Field(description="The cost by goal: weight x change of the amount.")
    moves: list[MoveFigure] = Field(description="The swap and its repairs; applied, they give the value with the swap.")
    territories: list[str] = Field(description="Seats whose territories were free to change.")


class UnitAnswer(Part):
    """Why a unit belongs to its rep."""

    question: Literal["unit"] = "unit"
    summary: str = Field(description="The answer in one paragraph.")
    unit: str
    name: str
    territory: str
    rep: str | None
    share: FiniteFloat = Field(description="Part of the unit that this territory holds.")
    current_rep: str | None = Field(description="Who has it today.")
    km: Number
    terms: dict[str, FiniteFloat] = Field(description="What the unit adds to the value with its rep, by goal.")
    binding: list[str] = Field(description="Rules that settle or tie its owner: lock, group, the only rep allowed.")
    others: int = Field(description="Number of other reps.")
    others_allowed: int = Field(description="Those of them whom the rules on single units let own the unit.")
    candidates: list[CandidateFigure] = Field(
        description="At most twenty other reps: those who may own it first, the cheapest for the unit alone first."
    )
    swaps: list[SwapFigure] = Field(description="Swaps that were solved, the cheapest first.")


class HandFigure(Part):
    """A unit that a rep gained or lost."""

    unit: str
    name: str
    other: str = Field(description="The rep it comes from or goes to.")
    measures: dict[str, FiniteFloat] = Field(description="By measure, in the customer's unit.")
    reason: str = Field(description="What speaks most for the move.")


class RepAnswer(Part):
    """What a rep gained and lost against today, and why."""

    question: Literal["rep"] = "rep"
    summary: str
    rep: str
    territory: str
    kept: int = Field(description="Units that stay.")
    gained: list[HandFigure]
    lost: list[HandFigure]
    before: dict[str, Number] = Field(description="Index of each measure today; null without a target.")
    after: dict[str, Number] = Field(description="Index of each measure in the plan.")
    mean_km_before: Number
    mean_km_after: Number


class StepFigure(Part):
    """A limit moved by one step, and what that is worth."""

    limit: FiniteFloat = Field(description="The limit after the step.")
    status: str = Field(description="Of the solve with this limit.")
    value: Number
    bound: Number
    guess: Number = Field(description="Change of the value that the dual prices foretell; null without prices.")
    change: Number = Field(description="Change of the value when solved again; null where a plan is missing.")
    known: bool = Field(description="Whether both have one sign and differ by a factor of two at most, or both are 0.")


class LimitAnswer(Part):
    """What a limit costs."""

    question: Literal["limit"] = "limit"
    summary: str
    path: str
    limit: FiniteFloat = Field(description="As it stands in the scenario.")
    step: FiniteFloat = Field(description="One point: 0.01 for a share, else 1 % of the limit.")
    status: str
    value: Number = Field(description="Value of the best plan with the limit as it stands.")
    bound: Number
    looser: StepFigure
    tighter: StepFigure
