"""The columns of plan.csv before those of the measures: no measure may bear such a name."""

PLAN_COLUMNS = (
    "unit",
    "name",
    "territory",
    "rep",
    "share",
    "current_rep",
    "change",
    "locked",
    "reason",
    "layer",
)
