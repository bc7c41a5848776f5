"""Every file a scenario names, read once, with all findings."""

from dataclasses import dataclass

import pandas as pd

from geodata.findings import Finding
from optimizer.problem import FloatArray
from scenarios.accounts.roll_up import RollUp, roll_up, with_owners
from scenarios.document.scenario import Reps, Scenario
from scenarios.prepare.histories import read_histories
from scenarios.prepare.link_names import NamedLinks, read_named_links
from scenarios.prepare.measures import measure_names, read_amounts
from scenarios.prepare.seats import Team, build_team
from scenarios.prepare.skills import skill_values
from scenarios.prepare.targets import read_quotas, target_columns
from scenarios.prepare.today import name_owners, read_budget_amounts
from scenarios.prepare.unit_table import UnitTable
from scenarios.prepare.units import read_units
from scenarios.reading.matrix_file import read_matrix
from scenarios.reading.rule_files import RuleLists, read_rules
from scenarios.reading.source import Source
from scenarios.team.reps import read_reps


@dataclass(frozen=True, eq=False)
class Inputs:
    """What stands in the files.

    Attributes
    ----------
    table : UnitTable
    amounts : (n_measures, n_rows) float64
    budget_amounts : dict of (n_rows,) float64
        What each unit counts in each limited disruption budget.
    team : Team
    quotas : dict of (n_seats,) float64
        Columns of the reps' file that targets are taken from.
    matrix : DataFrame or None
        unit, rep, cost.
    links : NamedLinks
    rules : RuleLists
    accounts : DataFrame or None
        As `Case.accounts`.
    histories : dict of (n_rows,) float64
        As `Case.histories`.
    """

    table: UnitTable
    amounts: FloatArray
    budget_amounts: dict[str, FloatArray]
    team: Team
    quotas: dict[str, FloatArray]
    matrix: pd.DataFrame | None
    links: NamedLinks
    rules: RuleLists
    accounts: pd.DataFrame | None
    histories: dict[str, FloatArray]


def read_inputs(source: Source) -> tuple[Inputs | None, tuple[Finding, ...]]:
    """Read all files; None where there are no units or no reps to speak of, which is an error among the findings."""
    scenario, folder = source.scenario, source.folder
    rules, about_rules = read_rules(scenario.rules, folder)
    table, rolled, about_units = _read_units(source, rules)
    team, about_team = _read_team(scenario.reps, source, table)
    matrix, about_matrix = _read_travel(source)
    findings = (*about_units, *about_team, *about_matrix, *about_rules)
    if table is None:
        return None, findings
    accounts = None
    if rolled is not None:
        keep = scenario.units is not None and scenario.units.current is not None
        table, accounts, about_owners = with_owners(rolled, team, keep_current=keep)
        findings += about_owners
    table, about_names = name_owners(table, team)
    findings += about_names
    amounts, about_amounts = read_amounts(scenario.measures, scenario.growth, table, team.reps)
    by_name = dict(zip(measure_names(scenario.measures), amounts, strict=True))
    counted, about_budgets = read_budget_amounts(scenario.limits.disruption, table, by_name.get)
    links, about_links = read_named_links(scenario.neighbours, folder, table)
    quotas, about_quotas = read_quotas(scenario, folder, team) if team.seats else ({}, ())
    histories, about_histories = read_histories(scenario.quota, table)
    inputs = Inputs(table, amounts, counted, team, quotas, matrix, links, rules, accounts, histories)
    findings += (*about_amounts, *about_budgets, *about_links, *about_quotas, *about_histories)
    return (inputs if team.seats else None), findings


def _read_units(source: Source, rules: RuleLists) -> tuple[UnitTable | None, RollUp | None, tuple[Finding, ...]]:
    """Return the units, with the accounts rolled up to them; None where there is nothing to speak of."""
    scenario, folder = source.scenario, source.folder
    table, findings = (None, ()) if scenario.units is None else read_units(scenario.units, folder)
    if table is not None and len(table) == 0:
        return None, None, findings
    if scenario.accounts is None:
        return table, None, findings
    if _has_no_ids(findings):
        return None, None, findings
    rolled, about_accounts = roll_up(scenario, scenario.accounts, folder, table, rules)
    return (None if rolled is None else rolled.table), rolled, (*findings, *about_accounts)


def _has_no_ids(findings: tuple[Finding, ...]) -> bool:
    """Return whether units have no ids of their own, so that no account could find its own."""
    return any(finding.code == "unknown-column" and finding.field == "units.id" for finding in findings)


def _read_team(reps: Reps, source: Source, table: UnitTable | None) -> tuple[Team, tuple[Finding, ...]]:
    scenario = source.scenario
    values = () if table is None else skill_values(scenario.skills, table)
    people, about_people = read_reps(reps, source.folder, values, list(target_columns(scenario.measures)))
    team, about_seats = build_team(reps, people)
    return team, (*about_people, *about_seats)


def _read_travel(source: Source) -> tuple[pd.DataFrame | None, tuple[Finding, ...]]:
    travel = source.scenario.travel
    return (None, ()) if travel is None else read_matrix(source.folder / travel.file, travel.file)


def input_files(scenario: Scenario) -> tuple[str, ...]:
    """Return the name of every file the scenario uses, each once, in the order of the document."""
    neighbours, rules, units, accounts = scenario.neighbours, scenario.rules, scenario.units, scenario.accounts
    names = [
        units.file if units else None,
        units.geography.file if units and units.geography else None,
        accounts.file if accounts else None,
        neighbours.file,
        neighbours.bridges if neighbours.bridges not in ("none", "nearest") else None,
        neighbours.barriers,
        scenario.travel.file if scenario.travel else None,
        scenario.reps.file,
        *(rule if isinstance(rule, str) else None for rule in (rules.lock, rules.forbid, rules.together, rules.apart)),
        *(response.file for response in (scenario.economics.response if scenario.economics else ())),
    ]
    return tuple(dict.fromkeys(name for name in names if name is not None))
