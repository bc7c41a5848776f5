"""What was read, resolved to rows of the units and seats: the last place where an error can be found."""

from dataclasses import dataclass

from geodata.findings import Finding
from optimizer.graph import IntArray
from scenarios.document.scenario import Scenario
from scenarios.prepare.contiguity import UnitContiguity, contiguity_of
from scenarios.prepare.countries import Countries, read_countries
from scenarios.prepare.homes import home_rows, middle_findings
from scenarios.prepare.load_limits import check_hours
from scenarios.prepare.reading import Inputs
from scenarios.prepare.rules import RowRules, resolve_rules
from scenarios.prepare.skills import SkillFit, fit_of
from scenarios.prepare.today import check_budgets, current_seats
from scenarios.prepare.travel_matrix import TravelCosts, check_travel, lay_matrix


@dataclass(frozen=True, eq=False)
class Resolved:
    """Rules, skills and today's plan on rows and seats.

    Attributes
    ----------
    rules : RowRules
    skills : SkillFit
    travel : TravelCosts or None
        None where kilometres count.
    current : (n_rows,) int32
        Today's seat, NOBODY or GONE.
    contiguity : UnitContiguity
    countries : Countries
    homes : tuple of n_seats int32 arrays
        Rows of which each seat must own at least one; empty where the rule is off.
    """

    rules: RowRules
    skills: SkillFit
    travel: TravelCosts | None
    current: IntArray
    contiguity: UnitContiguity
    countries: Countries
    homes: tuple[IntArray, ...]


def resolve(scenario: Scenario, inputs: Inputs) -> tuple[Resolved, tuple[Finding, ...]]:
    """Resolve everything that names units or reps, whatever errors there are elsewhere."""
    table, team = inputs.table, inputs.team
    rules, about_rules = resolve_rules(inputs.rules, table, team)
    skills, about_skills = fit_of(scenario.skills, table, team)
    current, about_today = current_seats(table, team)
    contiguity, about_contiguity = contiguity_of(scenario.limits.contiguity, table)
    countries, about_countries = read_countries(scenario.neighbours.country, table)
    homes, about_homes = home_rows(scenario.limits, table, team)
    travel, about_travel = None, check_travel(scenario.travel, team)
    if scenario.travel is not None and inputs.matrix is not None and not about_travel:
        travel, about_travel = lay_matrix(inputs.matrix, scenario.travel.file, table, team)
    findings = (
        *about_rules,
        *about_skills,
        *about_today,
        *check_budgets(scenario.limits.disruption, table, team),
        *check_hours(scenario, team),
        *about_contiguity,
        *about_countries,
        *about_homes,
        *middle_findings(scenario.limits, scenario.travel, team),
        *about_travel,
    )
    return Resolved(rules, skills, travel, current, contiguity, countries, homes), findings
