"""A what-if on the team: reps who go, reps who come, everything else as it was read."""

from dataclasses import dataclass, replace

import numpy as np

from geodata.findings import InputError
from optimizer.graph import IntArray
from optimizer.plan import Plan
from optimizer.problem import NOBODY
from scenarios.case import Case, Rep
from scenarios.document.economics import Economics
from scenarios.economics.linear import per_money
from scenarios.prepare.prepare import prepare_inputs
from scenarios.prepare.reading import Inputs, read_inputs
from scenarios.prepare.seats import build_team
from scenarios.reading.source import Source

LEAVING, PLANNED = "leaving", "planned"


@dataclass(frozen=True)
class Hire:
    """A planned rep at a place."""

    place: str
    lat: float
    lon: float


@dataclass(frozen=True)
class Staffing:
    """Who goes, by rep id, and who comes; or how many free territories there are."""

    gone: tuple[str, ...] = ()
    hired: tuple[Hire, ...] = ()
    count: int | None = None


@dataclass(frozen=True, eq=False)
class Base:
    """The scenario as written, read once, with the solver told to maximise contribution.

    Attributes
    ----------
    source : Source
    inputs : Inputs
        Everybody has the hours that the economics found, so that they do not change with the team's size.
    case : Case
    """

    source: Source
    inputs: Inputs
    case: Case


def open_base(source: Source) -> Base:
    """Read a scenario for sizing; raises InputError with every finding where one is an error."""
    document = source.scenario.economics or Economics()
    written = source.scenario.model_copy(
        update={"economics": document.model_copy(update={"objective": "contribution"}), "goals": None}
    )
    source = replace(source, scenario=written)
    inputs, findings = read_inputs(source)
    if inputs is None:
        raise InputError([*source.findings, *findings])
    case = prepare_inputs(source, inputs, [*source.findings, *findings])
    hours = case.economics.hours.tolist()
    reps = tuple(replace(rep, hours=time) for rep, time in zip(inputs.team.reps, hours, strict=True))
    if source.scenario.limits.hours == "off":
        inputs = replace(inputs, team=replace(inputs.team, reps=reps))
    return Base(source, inputs, case)


def staffed(base: Base, staffing: Staffing) -> Case | None:
    """Return the case with another team, None where a rule of the scenario does not allow it (a lock to who goes)."""
    source, team = base.source, base.inputs.team
    document = source.scenario.reps.model_copy(update={"count": staffing.count})
    left = tuple(replace(rep, status=LEAVING) if rep.id in staffing.gone else rep for rep in team.reps)
    hired = tuple(_rep(base, hire, i + 1) for i, hire in enumerate(staffing.hired))
    changed, findings = build_team(document, (*left, *hired))
    scenario = source.scenario.model_copy(update={"reps": document})
    try:
        case = prepare_inputs(replace(source, scenario=scenario), replace(base.inputs, team=changed), findings)
    except InputError:
        return None
    return case


def farewell_loss(base: Base, gone: tuple[str, ...]) -> float:
    """Return what is lost in the first year because these reps go: their relationships, in the contribution's unit."""
    case = base.case
    rows = case.units["current"].isin(gone).to_numpy()
    lost = float((case.economics.sales * case.economics.loss_rate)[rows].sum())
    return per_money(case) * case.economics.margin * lost


def carried(earlier: Case, plan: Plan, case: Case) -> Plan:
    """Return a plan of another team laid onto this one: units whose rep is not there any more are nobody's."""
    ids = [earlier.reps[seat.rep].id if seat.rep is not None else seat.code for seat in earlier.seats]
    seats = {case.reps[seat.rep].id if seat.rep is not None else seat.code: i for i, seat in enumerate(case.seats)}
    owner = [seats.get(ids[seat], NOBODY) if seat >= 0 else NOBODY for seat in plan.owner.tolist()]
    return Plan(np.array(owner, dtype=np.int32)[_same_part(earlier.row_of, case.row_of)])


def _same_part(earlier: IntArray, now: IntArray) -> IntArray:
    """Return, for each unit now, the unit of the earlier case that lies in the same place of the same row."""
    first, count = np.unique(earlier, return_index=True, return_counts=True)[1:]
    start, parts = np.unique(now, return_index=True, return_counts=True)[1:]
    nth = np.arange(len(now)) - start[now]
    return np.asarray(first[now] + nth * count[now] // parts[now], dtype=np.int32)


def _rep(base: Base, hire: Hire, number: int) -> Rep:
    """Return a rep like the others: their median capacity, their mean skills, typical hours and cost."""
    seated, economics = base.inputs.team.seated, base.case.economics
    skills = {name: float(np.mean([rep.skills[name] for rep in seated])) for name in seated[0].skills}
    taken = {rep.id for rep in base.inputs.team.reps}
    name = next(name for i in range(len(taken) + 1) if (name := f"NEW{number}" + "+" * i) not in taken)
    return Rep(
        id=name,
        name=f"New rep {number} ({hire.place})",
        lat=hire.lat,
        lon=hire.lon,
        capacity=float(np.median([rep.capacity for rep in seated])),
        hours=economics.typical_hours,
        status=PLANNED,
        territory="",
        manager="",
        region="",
        cost=economics.typical_cost,
        start=None,
        end=None,
        crm_user_id="",
        email="",
        skills=skills,
    )
