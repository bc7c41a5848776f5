"""Why a plan is as it is: for a unit, for a rep, and what a limit costs."""
