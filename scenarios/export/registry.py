"""The one list of the forms a plan can be exported in: command line, service and workspace read it.

Nothing heavy is imported until a form is made, so that `territory --help` answers at once.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from geodata.findings import Finding, InputError, Level
from scenarios.export.form import Extras, Form, Group, Made, Need
from scenarios.near_names import maybe

if TYPE_CHECKING:
    from scenarios.export.written import WrittenPlan

Make = Callable[["WrittenPlan", Extras], Made]


def _drawing(name: str) -> Make:
    def make(plan: "WrittenPlan", _: Extras) -> Made:
        from scenarios.export.drawings import drawing

        return drawing(plan, name)

    return make


def _layer(name: str) -> Make:
    def make(plan: "WrittenPlan", _: Extras) -> Made:
        from scenarios.export.layers import layer

        return layer(plan, name)

    return make


def _owners(plan: "WrittenPlan", _: Extras) -> Made:
    from scenarios.export.crm.owners import owner_changes

    return owner_changes(plan)


def _routing(plan: "WrittenPlan", _: Extras) -> Made:
    from scenarios.export.crm.routing import routing

    return routing(plan)


def _mapped(plan: "WrittenPlan", extras: Extras) -> Made:
    from scenarios.export.crm.mapped import mapped

    return mapped(plan, extras.mapping or b"")


def _territory2(plan: "WrittenPlan", extras: Extras) -> Made:
    from scenarios.export.crm.territory2 import territory2

    return territory2(plan, extras.earlier)


def _delta(plan: "WrittenPlan", extras: Extras) -> Made:
    from scenarios.export.crm.territory2 import territory2_delta

    assert extras.earlier is not None
    return territory2_delta(plan, extras.earlier)


def _slides(plan: "WrittenPlan", _: Extras) -> Made:
    from scenarios.export.deck.deck import deck_slides

    return deck_slides(plan)


def _pages(plan: "WrittenPlan", _: Extras) -> Made:
    from scenarios.export.deck.deck import deck_pages

    return deck_pages(plan)


def _scorecards(plan: "WrittenPlan", _: Extras) -> Made:
    from scenarios.export.scorecards import scorecards

    return scorecards(plan)


def _packs(plan: "WrittenPlan", _: Extras) -> Made:
    from scenarios.export.pack.pack import packs

    return packs(plan)


def _star(plan: "WrittenPlan", _: Extras) -> Made:
    from scenarios.export.star.files import star

    return star(plan)


PICTURES, LAYERS, CRM = Group.PICTURES, Group.LAYERS, Group.CRM
FORMS: tuple[Form, ...] = (
    Form("png", PICTURES, "Picture", "The whole plan as one picture for a slide.", "plan.png", _drawing("png")),
    Form("svg", PICTURES, "Vector picture", "The same, sharp at any size.", "plan.svg", _drawing("svg")),
    Form("pdf", PICTURES, "Page", "The same as a page to print.", "plan.pdf", _drawing("pdf")),
    Form(
        "book", PICTURES, "Map book", "The plan, then a page a territory with its units.", "book.pdf", _drawing("book")
    ),
    Form(
        "outlines",
        PICTURES,
        "Light map",
        "A map of the territories' outlines, small enough to mail.",
        "outlines.html",
        _drawing("outlines"),
    ),
    Form(
        "deck",
        Group.PEOPLE,
        "Slides",
        "The plan for leadership: figures, maps, balance, territories, changes, proof, next steps; to be edited.",
        "deck.pptx",
        _slides,
    ),
    Form("deck-pdf", Group.PEOPLE, "Slides as PDF", "The same to be sent.", "deck.pdf", _pages),
    Form(
        "scorecards",
        Group.PEOPLE,
        "Scorecards",
        "A page for each rep: figures against bands, map, what was gained and lost, largest accounts.",
        "scorecards.pdf",
        _scorecards,
    ),
    Form(
        "packs",
        Group.PEOPLE,
        "Managers' packs",
        "For each manager the team's map, and a workbook to ask for changes in.",
        "packs/",
        _packs,
        (Need.MANAGERS,),
    ),
    Form(
        "owners",
        CRM,
        "Owner changes",
        "Accounts that get another owner, old and new, with the file that undoes it.",
        "owners/",
        _owners,
        (Need.ACCOUNTS,),
    ),
    Form(
        "routing", CRM, "Routing table", "Postal codes and the territory and rep each goes to.", "routing.csv", _routing
    ),
    Form(
        "territory2",
        CRM,
        "Salesforce territories",
        "Territory2Model, Territory2 and the associations of users and accounts, all of them.",
        "territory2/",
        _territory2,
        takes=(Need.EARLIER,),
    ),
    Form(
        "territory2-delta",
        CRM,
        "Salesforce changes",
        "The same as deletes, inserts and updates against what is there now, and the steps that undo them.",
        "territory2-delta/",
        _delta,
        (Need.EARLIER,),
    ),
    Form(
        "mapped",
        CRM,
        "Any CRM",
        "A table with the columns that a mapping document names.",
        "mapped.csv",
        _mapped,
        (Need.MAPPING,),
    ),
    Form(
        "star",
        Group.ANALYSIS,
        "Star schema",
        "Facts and dimensions for Tableau and Power BI, with a dictionary.",
        "star/",
        _star,
    ),
    Form("gpkg", LAYERS, "GeoPackage", "The units for GIS programs.", "plan.gpkg", _layer("gpkg")),
    Form("shp", LAYERS, "Shapefile", "The same, zipped; names are cut to ten letters.", "plan.zip", _layer("shp")),
    Form("kml", LAYERS, "KML", "The same for Google Earth.", "plan.kml", _layer("kml")),
    Form("fgb", LAYERS, "FlatGeobuf", "The same for web maps.", "plan.fgb", _layer("fgb")),
    Form("parquet", LAYERS, "GeoParquet", "The same for notebooks and databases.", "plan.parquet", _layer("parquet")),
)
"""Every form, in the order of a menu."""
HINTS: dict[Need, str] = {
    Need.ACCOUNTS: "Maybe give the scenario accounts and solve it again.",
    Need.TODAY: "Maybe name today's rep of each unit in units.current and solve again.",
    Need.MANAGERS: "Maybe add a column manager or region to the list of reps and solve again.",
    Need.EARLIER: "Maybe add --earlier and the folder of an earlier plan.",
    Need.MAPPING: "Maybe add --mapping and a mapping document, see docs/crm.md.",
}


def find_form(name: str) -> Form:
    """Return the form of a name; raises InputError with the nearest one."""
    forms = {form.name: form for form in FORMS}
    if name not in forms:
        message = f"There is no form {name}."
        raise InputError([Finding(Level.ERROR, "unknown-form", message, maybe(name, forms), value=name)])
    return forms[name]


def missing(form: Form, plan: "WrittenPlan", extras: Extras) -> tuple[Need, ...]:
    """Return what a form needs and does not have."""
    report = plan.report
    has = {
        Need.ACCOUNTS: plan.accounts is not None,
        Need.TODAY: report.today is not None,
        Need.MANAGERS: any(rep.manager or rep.region for rep in report.reps),
        Need.EARLIER: extras.earlier is not None,
        Need.MAPPING: extras.mapping is not None,
    }
    return tuple(need for need in form.needs if not has[need])


def make_form(name: str, plan: "WrittenPlan", extras: Extras) -> Made:
    """Make a form of a plan; raises InputError where it is unknown or something is missing."""
    form = find_form(name)
    lacks = missing(form, plan, extras)
    if lacks:
        raise InputError([_missing(form, need) for need in lacks])
    return form.make(plan, extras)


def _missing(form: Form, need: Need) -> Finding:
    message = f"The form {form.name} needs {need}, and there is nothing of it."
    return Finding(Level.ERROR, "form-needs", message, HINTS[need], value=form.name)
