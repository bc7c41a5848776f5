"""Packs: one archive a team, with its map, its workbook and a word on what to do."""

from geodata.draw.folium_map import draw_map
from geodata.findings import Finding, Level
from scenarios.export.archive import zipped
from scenarios.export.form import Made
from scenarios.export.pack.columns import ACCOUNTS, REASON, REQUESTED, UNITS, WORKBOOK
from scenarios.export.pack.teams import Team, file_names, teams
from scenarios.export.pack.view import team_view
from scenarios.export.pack.workbook import requests_workbook
from scenarios.export.written import WrittenPlan

MAP, README = "map.html", "README.txt"
TEXT = f"""{{title}}

{MAP}       what the plan gives to the team, on a map; open it in a browser, it needs no network
{WORKBOOK}  the same as tables: fill in the columns "{REQUESTED}" and "{REASON}" on the sheets {UNITS} and {ACCOUNTS}

Send {WORKBOOK} back. Nothing changes until the planner has accepted it.
"""


def packs(plan: WrittenPlan) -> Made:
    """Return an archive for each team, and a warning where territories are in no team."""
    found = teams(plan)
    names = file_names(found)
    return Made({f"{names[team.name]}.zip": make_pack(plan, team) for team in found}, _without_team(plan, found))


def make_pack(plan: WrittenPlan, team: Team) -> bytes:
    """Return the archive of one team: nothing in it tells of other teams."""
    files = {
        README: TEXT.format(title=f"{plan.report.name}: {team.name}").encode(),
        MAP: draw_map(team_view(plan, team)).encode(),
        WORKBOOK: requests_workbook(plan, team),
    }
    return zipped(files)


def _without_team(plan: WrittenPlan, found: tuple[Team, ...]) -> tuple[Finding, ...]:
    held = {code for team in found for code in team.territories}
    left = [code for code in plan.territories if code not in held]
    if not left:
        return ()
    message = f"{len(left)} territories have no {found[0].kind if found else 'manager'} and are in no pack: {left[0]}"
    message += " and others." if len(left) > 1 else "."
    hint = "Maybe fill in the column manager of the list of reps."
    return (Finding(Level.WARNING, "no-team", message, hint, field="manager", value=left[0]),)
