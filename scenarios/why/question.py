"""What is asked about: a scenario, and a plan for it."""

from dataclasses import dataclass
from pathlib import Path

from geodata.findings import Finding, InputError, Level
from optimizer.problem import NOBODY
from scenarios.case import Case
from scenarios.export.files import PLAN
from scenarios.export.stored import stored_report
from scenarios.near_names import maybe
from scenarios.prepare.plan import read_plan
from scenarios.prepare.prepare import prepare
from scenarios.reading.source import Source, read
from scenarios.report.answer import Answer, given_answer
from scenarios.verify.verify import same_source


@dataclass(frozen=True, eq=False)
class Asked:
    """A scenario and a plan in which every unit has a rep."""

    source: Source
    answer: Answer

    @property
    def case(self) -> Case:
        """The prepared scenario."""
        return self.answer.case


def asked_about(target: Path, plan: Path | None) -> Asked:
    """Return what is asked about: a folder that solve or score wrote, or a scenario with a plan.

    Raises
    ------
    InputError
        If something cannot be read, has changed since the folder was written, or the plan leaves units to nobody.
    """
    if target.is_dir():
        report = stored_report(target)
        source, plan = same_source(report, target / report.timing.scenario_path), plan or target / PLAN
    elif plan is None:
        message, hint = "There is no plan to explain.", "Maybe add --plan plan.csv, or name the folder of a plan."
        raise InputError([Finding(Level.ERROR, "missing-field", message, hint, field="--plan")])
    else:
        source = read(target)
    case = prepare(source)
    answer = given_answer(case, *read_plan(plan, case))
    if (answer.plan.owner == NOBODY).any():
        raise InputError([found for found in answer.findings if found.code == "unassigned-unit"] + [_incomplete(plan)])
    return Asked(source, answer)


def seat_of(asked: Asked, name: str) -> int:
    """Return the seat of a rep's id or a territory's code; raises InputError where there is none."""
    reps = [asked.answer.incumbent(seat) for seat in range(len(asked.case.seats))]
    by_rep = {rep.id: seat for seat, rep in enumerate(reps) if rep is not None}
    by_code = {seat.code: index for index, seat in enumerate(asked.case.seats)}
    if name in by_rep or name in by_code:
        return by_rep.get(name, by_code.get(name, NOBODY))
    message = f"There is no rep or territory {name} in the plan."
    hint = maybe(name, [*by_rep, *by_code])
    raise InputError([Finding(Level.ERROR, "unknown-rep", message, hint, field="--rep", value=name)])


def seat_name(answer: Answer, seat: int) -> str:
    """Return a seat as people call it: its code, and its incumbent where there is one."""
    code, rep = answer.case.seats[seat].code, answer.incumbent(seat)
    if rep is None or rep.id == code:
        return code if rep is None or rep.name in ("", rep.id) else f"{code} ({rep.name})"
    return f"{code} ({rep.name or rep.id})"


def rep_id(answer: Answer, seat: int) -> str | None:
    """Return the id of a seat's incumbent, None while nobody is matched."""
    rep = answer.incumbent(seat)
    return None if rep is None else rep.id


def _incomplete(plan: Path) -> Finding:
    message = f"{plan.name} leaves units to nobody, so it cannot be explained."
    return Finding(Level.ERROR, "unassigned-unit", message, "Maybe add a row for each.", plan.name)
