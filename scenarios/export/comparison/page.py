"""A comparison as one HTML file for leadership: no network, light, and fit to print."""

from collections.abc import Sequence

from geodata.draw.assets_text import asset
from geodata.draw.linked import linked_maps
from geodata.draw.policy import self_contained
from geodata.draw.text import inert
from scenarios.compare.model import TODAY, Comparison
from scenarios.compare.side import Side
from scenarios.export.comparison.html import Markup, element, html, join, section
from scenarios.export.comparison.maps import linked_view
from scenarios.export.comparison.page_tables import at_a_glance, definitions, everything, hands, inputs, people
from scenarios.report.summary import percent_up

TITLE = "Plans compared"


def comparison_page(comparison: Comparison, sides: Sequence[Side]) -> str:
    """Return the page; the same comparison gives the same text."""
    maps = linked_maps(linked_view(sides))
    names = " / ".join(plan.name for plan in comparison.plans)
    main = join(
        [
            section("At a glance", "glance", at_a_glance(comparison)),
            section("On the map", "map", *_maps(comparison, sides)),
            section("What changes hands", "hands", *hands(comparison)),
            section("Who holds what", "people", *people(comparison, maps.colours)),
            section("What differs in the input", "input", *inputs(comparison)),
            section("All figures", "all", everything(comparison)),
            section("How to read this", "read", *definitions(comparison, sides)),
        ]
    )
    body = html(join([_head(comparison), element("main", main)]))
    return self_contained(f"{TITLE}: {inert(names)}", maps.styles + asset("report.css"), body, maps.scripts)


def _head(comparison: Comparison) -> Markup:
    """Return the headline: which plan is better and why comes first."""
    lead = join([element("strong", comparison.verdict.headline), " ", comparison.verdict.text])
    notes = [element("p", note, class_="quiet") for note in comparison.notes]
    plans = [
        element("li", join([element("b", plan.key, class_="key"), *_plan(comparison, plan.key)]))
        for plan in comparison.plans
    ]
    parts = [
        element("h1", TITLE),
        element("p", lead, class_="lead"),
        element("ul", join(plans), class_="plans"),
        *notes,
    ]
    return element("header", join(parts))


def _plan(comparison: Comparison, key: str) -> list[Markup]:
    (plan,) = (plan for plan in comparison.plans if plan.key == key)
    sound = {"optimal": "keeps every hard rule", "feasible": "keeps every hard rule"}
    status = sound.get(plan.status, "breaks hard rules")
    proof = "" if plan.gap is None else f"; by its own goals it could be better by {percent_up(plan.gap)} % at most"
    best = [element("span", "best", class_="best")] if comparison.verdict.best == [key] else []
    return [element("span", plan.name, class_="name"), *best, element("span", f"{status}{proof}", class_="quiet")]


def _maps(comparison: Comparison, sides: Sequence[Side]) -> list[Markup]:
    today = any(side.report.today is not None for side in sides)
    shown = [(TODAY, "Today")] if today else []
    shown += [(plan.key, f"{plan.key} {plan.name}") for plan in comparison.plans]
    options = [element("option", "all territories", value="all")]
    options += [element("option", f"only what differs from {title}", value=key) for key, title in shown]
    colour = element("label", join(["Colour ", element("select", join(options), id="map-colour")]))
    everybody = element("option", "everybody", value="-1")
    holder = element("label", join(["Show ", element("select", everybody, id="map-holder")]))
    whole = element("button", "Whole map", id="map-whole", type="button")
    figures = [
        element(
            "figure",
            join(
                [
                    element("figcaption", title),
                    element(
                        "div", "", id=f"map-{key}", class_="linked-map", role="application", aria_label=f"Map: {title}"
                    ),
                ]
            ),
        )
        for key, title in shown
    ]
    hint = "Point at a place on any map to see who has it in each plan. A rep has the same colour on all maps."
    return [
        element("div", join([colour, holder, whole]), class_="map-tools"),
        element("div", element("p", hint), id="map-reading", aria_live="polite"),
        element("div", join(figures), class_="maps"),
    ]
