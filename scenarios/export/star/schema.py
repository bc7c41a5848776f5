"""The star: its tables, their columns, and what each column means. The dictionary is made of this."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "number", "whole", "yes/no"]


@dataclass(frozen=True)
class Field:
    """A column; `refers` names the table whose key it holds, "key" marks the key of its own table."""

    name: str
    kind: Kind
    about: str
    refers: str = ""


@dataclass(frozen=True)
class StarTable:
    """A table of the star."""

    name: str
    about: str
    fields: tuple[Field, ...]


PLAN = Field("plan_key", "text", "The plan, or today's.", "dim_plan")
UNIT = Field("unit_key", "text", "The unit, by the customer's id.", "dim_unit")
TERRITORY = Field("territory_key", "text", "The territory, by its code.", "dim_territory")
REP = Field("rep_key", "text", "The rep, by the customer's id.", "dim_rep")
MEASURE = Field("measure_key", "text", "The measure, by its name in the scenario.", "dim_measure")
ACCOUNT = Field("account_key", "text", "The account, by the customer's id.", "dim_account")
CHANGE = Field("change", "text", "kept, moved or new against today; today's own rows are kept.")

TABLES: tuple[StarTable, ...] = (
    StarTable(
        "dim_plan",
        "One row a plan: the proposal, and today's where there is one.",
        (
            Field(
                "plan_key", "text", "Made of the scenario and of who has what: the same plan has the same key.", "key"
            ),
            Field("kind", "text", "proposed or today."),
            Field("scenario", "text", "Name of the scenario."),
            Field("year", "text", "Year that is planned; blank where none is given."),
            Field("starts", "text", "First day of the plan, ISO; blank where none is given."),
            Field("currency", "text", "Currency of the measure potential."),
            Field("status", "text", "optimal, feasible, infeasible or unknown; today's is given."),
            Field("value", "number", "Sum of weight x amount over the goals; smaller is better."),
            Field("bound", "number", "No plan under the rules has a smaller value; blank without proof."),
            Field("gap", "number", "(value - bound) / |value|, a share; blank without proof."),
            Field("scenario_sha256", "text", "SHA-256 of the scenario's file."),
        ),
    ),
    StarTable(
        "dim_unit",
        "One row a unit.",
        (
            Field("unit_key", "text", "The customer's id; leading zeros stay.", "key"),
            Field("name", "text", "Readable name."),
            Field("geography", "text", "Id of the place; blank for a named account."),
            Field("segment", "text", "Segment; blank for none."),
            Field("lat", "number", "Latitude that distances are measured to."),
            Field("lon", "number", "Longitude that distances are measured to."),
        ),
    ),
    StarTable(
        "dim_territory",
        "One row a territory, and one for what nobody has.",
        (
            Field("territory_key", "text", "Code of the seat; today's owners without a seat stand by their id.", "key"),
            Field("name", "text", "Readable name."),
            Field("is_seat", "yes/no", "Whether it is a seat of the plan."),
        ),
    ),
    StarTable(
        "dim_rep",
        "One row a rep, leaving and unlisted owners included, and one for nobody.",
        (
            Field("rep_key", "text", "The customer's id.", "key"),
            Field("name", "text", "Readable name."),
            Field("status", "text", "active, vacant, planned or leaving; gone where not in the list."),
            Field("manager", "text", "Manager; blank where none is given."),
            Field("region", "text", "Region; blank where none is given."),
            Field("capacity", "number", "Relative size; 1 is a full rep."),
            Field("hours", "number", "Selling hours a year."),
            Field("crm_user_id", "text", "User in the CRM."),
            Field("email", "text", "E-mail address."),
        ),
    ),
    StarTable(
        "dim_measure",
        "One row a measure.",
        (
            Field("measure_key", "text", "Name in the scenario.", "key"),
            Field("unit", "text", "The currency of potential; blank for the customer's own unit."),
            Field("tolerance", "number", "Hard band, as a share of the target; blank without one."),
        ),
    ),
    StarTable(
        "dim_account",
        "One row an account, where accounts were given.",
        (
            Field("account_key", "text", "The customer's id.", "key"),
            Field("name", "text", "Readable name."),
            Field("unit_key", "text", "The unit it counts in; blank where it has none.", "dim_unit"),
            Field("weight", "number", "Its potential; where accounts have none its workload, else 1."),
        ),
    ),
    StarTable(
        "fact_assignment",
        "Who has which unit: one row a plan, unit and territory.",
        (
            PLAN,
            UNIT,
            TERRITORY,
            REP,
            Field("share", "number", "Part of the unit; parts of a unit add to 1."),
            CHANGE,
            Field("locked", "yes/no", "Whether a lock holds the unit in the plan."),
        ),
    ),
    StarTable(
        "fact_unit_measure",
        "What a unit holds of each measure, by plan and territory.",
        (PLAN, UNIT, TERRITORY, REP, MEASURE, Field("amount", "number", "Amount x share, in the customer's unit.")),
    ),
    StarTable(
        "fact_account",
        "Who has which account, by plan.",
        (PLAN, ACCOUNT, UNIT, TERRITORY, REP, CHANGE),
    ),
    StarTable(
        "fact_territory_measure",
        "Each territory's load against its target, by plan and measure.",
        (
            PLAN,
            TERRITORY,
            REP,
            MEASURE,
            Field("load", "number", "Sum over its units, in the customer's unit."),
            Field("target", "number", "Balanced load; blank for an owner without a seat."),
            Field("index", "number", "100 x load / target."),
            Field("in_band", "yes/no", "Whether the hard band holds the load; blank without a band."),
        ),
    ),
    StarTable(
        "fact_territory",
        "Each territory's other figures, by plan.",
        (
            PLAN,
            TERRITORY,
            REP,
            Field("units", "whole", "Units of which it has a share."),
            Field("mean_km", "number", "Workload-weighted mean distance, km."),
            Field("max_km", "number", "Largest distance, km."),
            Field("fit", "number", "Potential-weighted mean skill fit, 0 to 1."),
            Field("pieces", "whole", "Connected pieces."),
            Field("moved", "whole", "Units that come from another rep."),
        ),
    ),
    StarTable(
        "fact_goal",
        "What each goal adds to the value, by plan.",
        (
            PLAN,
            Field("goal", "text", "travel, fit, balance, disruption or contribution."),
            Field("weight", "number", "Weight of the goal."),
            Field("amount", "number", "Amount in the goal's unit."),
        ),
    ),
    StarTable(
        "fact_quota",
        "Quota of each territory by measure, where quotas were asked for.",
        (
            PLAN,
            TERRITORY,
            REP,
            MEASURE,
            Field("quota", "number", "Quota of the seat for the whole period."),
            Field("incumbent_quota", "number", "Quota of who fills it."),
        ),
    ),
)
"""Every table, dimensions first."""
