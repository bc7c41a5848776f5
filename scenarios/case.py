"""A prepared scenario: the tables as people know them and the Problem made of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import geopandas as gpd
import pandas as pd

from geodata.findings import Finding
from optimizer.graph import IntArray
from optimizer.problem import FloatArray, Problem
from scenarios.document.scenario import Scenario
from scenarios.economics.economics import Economics


@dataclass(frozen=True)
class Rep:
    """One row of reps.csv. `skills` maps a skill column to its fit 0..1."""

    id: str
    name: str
    lat: float | None
    lon: float | None
    capacity: float
    hours: float | None
    status: str
    territory: str
    manager: str
    region: str
    cost: float | None
    start: date | None
    end: date | None
    crm_user_id: str
    email: str
    skills: Mapping[str, float]


@dataclass(frozen=True)
class Seat:
    """A territory to be filled: one column of the Problem.

    `rep` is the index in `Case.reps` of the incumbent, or None for a free territory of `count`.
    """

    code: str
    name: str
    rep: int | None


@dataclass(frozen=True, eq=False)
class Case:
    """A scenario ready to be solved.

    Attributes
    ----------
    scenario : Scenario
        The document.
    units : GeoDataFrame
        One row a unit, EPSG:4326: unit, name, geography ("" for a named account), segment, current (rep id as given,
        "" for none), tenure (years, NaN where unknown), lat, lon, accounts (count), geometry (polygon, or the point
        itself), reason (why it is locked, "" where it isn't or nobody said).
    attributes : DataFrame
        The customer's own columns of the units, same rows; what `where` looks at.
    amounts : (n_measures, n_rows) float64
        Measures of each unit in the customer's units; rows as `problem.measures`.
    reps : tuple of Rep
        Everybody in the list, leaving reps included.
    seats : tuple of Seat
        One per rep of the Problem, in its order.
    accounts : DataFrame or None
        The accounts, where they were given: account, name, unit ("" for nobody's), owner (today's rep id, as given
        where it is nobody in the list), potential (what accounts of a unit weigh against each other).
    links : DataFrame
        a, b (unit ids), border_km (NaN where unknown) and kind: border, point (they share points only, or a point
        lies in a polygon), voronoi (points whose cells touch), across (geographies without a unit of their segment
        lie between), file, bridge.
    problem : Problem
        The numbers.
    row_of : (n_units,) int32
        Row of `units` behind each unit of the Problem; several where a unit is split.
    share : (n_units,) float64
        Share of that row; shares of a row add to 1.
    economics : Economics
        What an alignment earns.
    findings : tuple of Finding
        Warnings and notes (a Case never has errors).
    histories : mapping
        Past sales of each row, (n_rows,) float64, by the measure of the quota that asks for them.
    input_hashes : mapping
        SHA-256 of every input file but the document itself, by the name the scenario uses.
    """

    scenario: Scenario
    units: gpd.GeoDataFrame
    attributes: pd.DataFrame
    amounts: FloatArray
    reps: tuple[Rep, ...]
    seats: tuple[Seat, ...]
    accounts: pd.DataFrame | None
    links: pd.DataFrame
    problem: Problem
    row_of: IntArray
    share: FloatArray
    economics: Economics
    findings: tuple[Finding, ...]
    histories: Mapping[str, FloatArray]
    input_hashes: Mapping[str, str]
