"""From a scenario as it was read to a Case that can be solved, or every reason why not."""

import hashlib

import numpy as np

from geodata.findings import Finding, InputError, has_errors
from optimizer.problem import Problem
from scenarios.case import Case
from scenarios.document.scenario import Scenario
from scenarios.economics.linear import maximising
from scenarios.prepare.economics import read_economics
from scenarios.prepare.group_checks import group_findings
from scenarios.prepare.histories import quota_prospects
from scenarios.prepare.limit_checks import limit_findings
from scenarios.prepare.links import build_links
from scenarios.prepare.load_limits import load_limits
from scenarios.prepare.measures import measure_names
from scenarios.prepare.not_yet import refuse
from scenarios.prepare.oversize import Parts, heaviness, oversize_findings, split, whole
from scenarios.prepare.piece_checks import disconnected, unfit_pieces
from scenarios.prepare.problem import build_problem, loads_of
from scenarios.prepare.reach_checks import reach_findings
from scenarios.prepare.reading import Inputs, input_files, read_inputs
from scenarios.prepare.resolve import resolve
from scenarios.prepare.targets import targets
from scenarios.reading.source import Source


def prepare(source: Source) -> Case:
    """Read all files of a scenario and make its Problem.

    Raises
    ------
    InputError
        With every finding that can be known at once, where any is an error.
    """
    scenario = source.scenario
    findings = [*source.findings, *refuse(scenario)]
    inputs, about_inputs = read_inputs(source)
    findings += about_inputs
    if inputs is None:
        raise InputError(findings)
    resolved, about_names = resolve(scenario, inputs)
    economics, about_money = read_economics(scenario, source.folder, inputs)
    findings += (*about_names, *about_money)
    if has_errors(findings):
        raise InputError(findings)
    contiguity, countries = resolved.contiguity, resolved.countries
    links, about_links = build_links(scenario.neighbours, inputs.links, inputs.table, contiguity, countries)
    parts, about_parts = _parts(scenario, inputs)
    problem = build_problem(scenario, inputs, resolved, links, parts)
    findings += [*about_links, *disconnected(links, inputs.table, countries.rows_by_part(contiguity))]
    findings += about_parts
    findings += _prospects(problem, inputs, parts)
    findings += quota_prospects(scenario, inputs.histories, len(inputs.team.seats))
    case = Case(
        scenario=scenario,
        units=inputs.table.units.assign(reason=resolved.rules.reason),
        attributes=inputs.table.attributes,
        amounts=inputs.amounts,
        reps=inputs.team.reps,
        seats=inputs.team.seats,
        accounts=inputs.accounts,
        links=links.frame(inputs.table.ids),
        problem=problem,
        row_of=parts.row_of,
        share=parts.share,
        economics=economics,
        findings=tuple(findings),
        histories=inputs.histories,
        input_hashes=_hashes(source),
    )
    document = scenario.economics
    return maximising(case) if document is not None and document.objective == "contribution" else case


def _parts(scenario: Scenario, inputs: Inputs) -> tuple[Parts, tuple[Finding, ...]]:
    """Return the units behind each row, split where they outweigh a territory and the scenario says so."""
    load, per_amount = loads_of(inputs.amounts, whole(len(inputs.table)))
    target = targets(scenario.measures, load, per_amount, inputs.team, inputs.quotas)
    limits = load_limits(scenario, load, per_amount, target, inputs.team)
    territories, oversize = heaviness(load, target, limits)
    names = measure_names(scenario.measures)
    # A potential that workload stands in for is not limited, and says nothing that workload does not.
    oversize &= np.array([[name in scenario.measures] for name in names])
    parts = whole(len(inputs.table))
    if scenario.limits.oversize == "split":
        # A named account is assigned by its name, so it stays whole.
        parts = split(territories, oversize & inputs.table.on_map, len(inputs.team.seats))
    return parts, oversize_findings(territories, oversize, names, inputs.table, parts)


def _prospects(problem: Problem, inputs: Inputs, parts: Parts) -> list[Finding]:
    """Return warnings on whether a good plan can exist."""
    ids = [inputs.table.ids[row] for row in parts.row_of]
    codes = [seat.code for seat in inputs.team.seats]
    return [
        *limit_findings(problem, codes),
        *reach_findings(problem, ids, codes),
        *group_findings(problem, ids),
        *unfit_pieces(problem, ids),
    ]


def _hashes(source: Source) -> dict[str, str]:
    names = input_files(source.scenario)
    return {name: hashlib.sha256((source.folder / name).read_bytes()).hexdigest() for name in names}
