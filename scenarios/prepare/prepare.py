"""From a scenario as it was read to a Case that can be solved, or every reason why not."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from geodata.findings import Finding, InputError, has_errors
from scenarios.case import Case
from scenarios.document.scenario import Scenario
from scenarios.economics.linear import maximising
from scenarios.family.scope import Ground, narrow
from scenarios.prepare.economics import read_economics
from scenarios.prepare.group_checks import group_findings
from scenarios.prepare.hedge_checks import check_hedge
from scenarios.prepare.histories import quota_prospects
from scenarios.prepare.limit_checks import limit_findings
from scenarios.prepare.links import build_links
from scenarios.prepare.load_limits import load_limits
from scenarios.prepare.measures import measure_names
from scenarios.prepare.oversize import LARGEST_SHARE, Parts, divide_anyway, heaviness, oversize_findings, split, whole
from scenarios.prepare.piece_checks import disconnected, unfit_pieces
from scenarios.prepare.plan import read_earlier
from scenarios.prepare.problem import build_problem, loads_of
from scenarios.prepare.reach_checks import reach_findings
from scenarios.prepare.reading import Inputs, input_files, read_inputs
from scenarios.prepare.resolve import resolve
from scenarios.prepare.targets import targets
from scenarios.reading.source import Source


def prepare(source: Source, before: Path | None = None) -> Case:
    """Read all files of a scenario and make its Problem.

    Parameters
    ----------
    source : Source
    before : Path or None
        The earlier plan whose units outside a scope stay; today's owners keep them without it.

    Raises
    ------
    InputError
        With every finding that can be known at once, where any is an error.
    """
    findings = list(source.findings)
    inputs, about_inputs = read_inputs(source)
    findings += about_inputs
    if inputs is None:
        raise InputError(source.placed(findings))
    return prepare_inputs(source, inputs, findings, before)


def prepare_inputs(source: Source, inputs: Inputs, found: Sequence[Finding] = (), before: Path | None = None) -> Case:
    """Make the Problem of what was read from the files, or of a what-if on it; `found` is known already.

    Raises
    ------
    InputError
        With every finding that can be known at once, where any is an error.
    """
    scenario, findings = source.scenario, list(found)
    resolved, about_names = resolve(scenario, inputs)
    economics, about_money = read_economics(scenario, source.folder, inputs)
    findings += (*about_names, *about_money, *check_hedge(scenario, inputs.table))
    if has_errors(findings):
        raise InputError(source.placed(findings))
    contiguity, countries = resolved.contiguity, resolved.countries
    links, about_links = build_links(scenario.neighbours, inputs.links, inputs.table, contiguity, countries)
    parts, about_parts = _parts(scenario, inputs)
    findings += [*about_links, *disconnected(links, inputs.table, countries.rows_by_part(contiguity)), *about_parts]
    case = Case(
        scenario=scenario,
        units=inputs.table.units.assign(reason=resolved.rules.reason),
        attributes=inputs.table.attributes,
        amounts=inputs.amounts,
        reps=inputs.team.reps,
        seats=inputs.team.seats,
        accounts=inputs.accounts,
        links=links.frame(inputs.table.ids),
        problem=build_problem(scenario, inputs, resolved, links, parts),
        row_of=parts.row_of,
        share=parts.share,
        economics=economics,
        findings=(),
        histories=inputs.histories,
        input_hashes=_hashes(source),
    )
    case, about_scope = _in_scope(case, inputs, before)
    findings += about_scope
    if has_errors(findings):
        raise InputError(source.placed(findings))
    findings += [*_prospects(case, inputs), *quota_prospects(scenario, inputs.histories, len(case.seats))]
    case = replace(case, findings=tuple(source.placed(findings)))
    document = scenario.economics
    return maximising(case) if document is not None and document.objective == "contribution" else case


def _in_scope(case: Case, inputs: Inputs, before: Path | None) -> tuple[Case, tuple[Finding, ...]]:
    """Return the case in which only the scope is planned, where the scenario has one."""
    scope = case.scenario.scope
    if scope is None:
        return case, ()
    owner = case.problem.current if before is None else read_earlier(before, case)[0].owner
    return narrow(Ground(case, inputs.table, inputs.team), scope, owner)


def _parts(scenario: Scenario, inputs: Inputs) -> tuple[Parts, tuple[Finding, ...]]:
    """Return the units behind each row, split where they outweigh a territory and the scenario says so."""
    load, per_amount = loads_of(inputs.amounts, whole(len(inputs.table)))
    target = targets(scenario.measures, load, per_amount, inputs.team, inputs.quotas)
    limits = load_limits(scenario, load, per_amount, target, inputs.team)
    territories, oversize = heaviness(load, target, limits)
    names = measure_names(scenario.measures)
    # A potential that workload stands in for is not limited, and says nothing that workload does not.
    oversize &= np.array([[name in scenario.measures] for name in names])
    about_names = divide_anyway(oversize, territories, scenario.limits.split_units, inputs.table)
    parts, mode = whole(len(inputs.table)), scenario.limits.oversize
    if mode != "refuse":
        # A named account is assigned by its name: it can be shared, but not cut.
        cut = oversize & (inputs.table.on_map | (mode == "share"))
        parts = split(territories, cut, len(inputs.team.seats), LARGEST_SHARE[mode])
    return parts, (*about_names, *oversize_findings(territories, oversize, names, inputs.table, parts, mode))


def _prospects(case: Case, inputs: Inputs) -> list[Finding]:
    """Return warnings on whether a good plan can exist."""
    problem = case.problem
    ids = [inputs.table.ids[row] for row in case.row_of]
    codes = [seat.code for seat in case.seats]
    return [
        *limit_findings(problem, codes),
        *reach_findings(problem, ids, codes),
        *group_findings(problem, ids),
        *unfit_pieces(problem, ids),
    ]


def _hashes(source: Source) -> dict[str, str]:
    names = input_files(source.scenario)
    read = {name: hashlib.sha256((source.folder / name).read_bytes()).hexdigest() for name in names}
    return read | dict(source.bases)
