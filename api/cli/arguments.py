"""Arguments and options of the commands, where several share them or they are long."""

from pathlib import Path
from typing import Annotated

import typer

ScenarioPath = Annotated[Path, typer.Argument(help="Scenario document, YAML or JSON.", show_default=False)]
PlanPath = Annotated[Path, typer.Argument(help="Plan, as plan.csv.", show_default=False)]
Folder = Annotated[Path, typer.Argument(metavar="DIR", help="Folder that solve or score wrote.", show_default=False)]
Out = Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="Folder for the results.", show_default=False)]
NoMap = Annotated[bool, typer.Option("--no-map", help="Don't draw map.html.")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object on stdout and nothing else there.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")]

Start = Annotated[
    Path | None,
    typer.Option("--from", metavar="PLAN", help="Earlier plan.csv to start from; territory codes stay with it."),
]
AcceptNearest = Annotated[
    bool, typer.Option("--accept-nearest", help="Exit with 0 also where only the nearest plan could be given.")
]
TimeLimit = Annotated[
    float | None, typer.Option("--time-limit", metavar="SECONDS", help="Instead of solve.time_limit_s and effort.")
]
Effort = Annotated[
    float | None, typer.Option("--effort", help="Work without a clock, instead of solve.effort and time_limit_s.")
]
Gap = Annotated[float | None, typer.Option("--gap", help="Stop at this proven gap, instead of solve.gap.")]
Seed = Annotated[int | None, typer.Option("--seed", help="Instead of solve.seed.")]
Vary = Annotated[
    list[str] | None,
    typer.Option(
        "--vary",
        metavar="PATH=VALUES",
        help="Field of the scenario and its values, e.g. measures.*.tolerance=0.05,0.1; repeatable: all combinations.",
    ),
]
SweepFile = Annotated[Path | None, typer.Option("--file", metavar="FILE", help="Sweep file instead of --vary.")]
Proposals = Annotated[
    int | None,
    typer.Option(
        "--proposals", help="Most proposals, 1 to 7; without --vary and --file the sweep chooses its points itself."
    ),
]
PointTime = Annotated[
    float | None, typer.Option("--time-limit", metavar="SECONDS", help="For each point; 12 if nothing is said.")
]
PlanOrScenario = Annotated[
    Path,
    typer.Argument(help="Folder that solve or score wrote, or a scenario with --plan.", show_default=False),
]
PlanToExplain = Annotated[
    Path | None, typer.Option("--plan", metavar="PLAN", help="Plan, as plan.csv, instead of the folder's.")
]
LimitPath = Annotated[
    str | None,
    typer.Option("--limit", metavar="PATH", help="What a limit costs, e.g. measures.workload.tolerance."),
]
SolveTime = Annotated[float | None, typer.Option("--time-limit", metavar="SECONDS", help="For each solve it takes.")]
SolveEffort = Annotated[float | None, typer.Option("--effort", help="Work of each solve, without a clock.")]
ScenarioToWrite = Annotated[Path, typer.Option("--out", "-o", metavar="FILE", help="Scenario to write.")]
Mapped = Annotated[
    list[str] | None,
    typer.Option("--map", metavar="FIELD=COLUMN", help="Column of a field, e.g. units.id=GEOID; repeatable."),
]
ScenarioOrFolder = Annotated[
    Path, typer.Argument(help="Scenario document, or a folder that solve or score wrote.", show_default=False)
]
Parts = Annotated[
    list[Path],
    typer.Argument(metavar="PART...", help="Folders that solve or score wrote, or plans.", show_default=False),
]
Plans = Annotated[
    list[Path],
    typer.Argument(metavar="PLAN...", help="Folders that solve or score wrote, or plan files.", show_default=False),
]
ScenarioOfPlans = Annotated[
    Path | None, typer.Option("--scenario", help="Scenario that judges plan files; folders know theirs.")
]
CsvFolder = Annotated[Path | None, typer.Option("--csv", metavar="DIR", help="Write the tables as CSV, and JSON.")]
XlsxFile = Annotated[Path | None, typer.Option("--xlsx", metavar="FILE", help="Write a workbook.")]
HtmlFile = Annotated[
    Path | None, typer.Option("--html", metavar="FILE", help="Write one HTML report with linked maps, for leadership.")
]
NewFile = Annotated[Path, typer.Argument(help="New table of units or accounts.", show_default=False)]
EarlierPlan = Annotated[
    Path | None, typer.Option("--plan", metavar="PLAN", help="Earlier plan to carry, instead of the folder's.")
]
NewSheet = Annotated[
    str | None, typer.Option("--sheet", help="Sheet of the new workbook, if it is not called as before.")
]

Study = Annotated[
    Path,
    typer.Argument(
        metavar="DIR|SCENARIO",
        help="Folder that solve or score wrote, or a scenario document with --plan.",
        show_default=False,
    ),
]
StudiedPlan = Annotated[Path | None, typer.Option("--plan", metavar="PLAN", help="Plan, instead of the folder's own.")]
RobustMeasure = Annotated[str, typer.Option("--measure", help="Measure that is off; it needs a tolerance.")]
Spreads = Annotated[
    str, typer.Option("--spread", help="Largest errors of a unit, as shares: each gives a table of its own.")
]
CommonSpread = Annotated[
    float | None, typer.Option("--common", help="Largest error that units with an equal value of --by share.")
]
CommonColumn = Annotated[str | None, typer.Option("--by", metavar="COLUMN", help="Column of the units for --common.")]
FormsOut = Annotated[
    Path | None, typer.Option("--out", "-o", metavar="DIR", help="Where to write, instead of the plan's folder.")
]
Forms = Annotated[
    list[str] | None, typer.Argument(metavar="FORM...", help="What to write; without one the forms are listed.")
]
EarlierFolder = Annotated[
    Path | None,
    typer.Option("--earlier", metavar="DIR", help="Earlier plan, or Territory2 tables out of the CRM, to change from."),
]
MappingFile = Annotated[
    Path | None, typer.Option("--mapping", metavar="FILE", help="Mapping document for the form mapped.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what loading the files would change; write nothing.")]
OptionalOut = Annotated[Path | None, typer.Option("--out", "-o", metavar="DIR", help="Folder for tables as CSV.")]


def solve_changes(
    time_limit_s: float | None, effort: float | None, gap: float | None, seed: int | None, workers: int | None
) -> dict[str, float | int | None]:
    """Return the options of a solve by the names of the scenario's fields, None where it decides."""
    return {"time_limit_s": time_limit_s, "effort": effort, "gap": gap, "seed": seed, "workers": workers}
