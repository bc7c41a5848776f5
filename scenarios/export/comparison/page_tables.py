"""The tables of the page."""

from collections.abc import Mapping, Sequence

from scenarios.compare.model import TODAY, Comparison, Figure, Holding, RepChange, Shift
from scenarios.compare.side import Side
from scenarios.compare.verdict import COUNTS, is_leader
from scenarios.export.comparison.html import Markup, Words, bar, details, element, join, swatch, table
from scenarios.export.comparison.tables import called, value_text

BLUE, GREEN, GREY = "#6b8fc4", "#2e7d4f", "#9aa5b1"
MOST_MOVES, MOST_INPUTS = 15, 40
"""Moves and differences of the input shown; all of them are in the CSV files and the workbook."""


def at_a_glance(comparison: Comparison) -> Markup:
    """Return the figures that people judge plans by, as bars, the best one marked."""
    names, keys = called(comparison), [plan.key for plan in comparison.plans]
    wanted = [count.figure for count in COUNTS]
    shown = sorted((f for f in comparison.figures if f.name in wanted), key=lambda figure: wanted.index(figure.name))
    rows = [[_label(figure), *(_glance(figure, key, keys) for key in (TODAY, *keys))] for figure in shown]
    heads = ["figure", *("Today" if key == TODAY else names[key] for key in (TODAY, *keys))]
    return table("The figures that count; the best plan in each is marked", heads, rows)


def _label(figure: Figure) -> Markup:
    way = {"lower": "less is better", "higher": "more is better", None: ""}[figure.better]
    return join([f"{figure.label[0].upper()}{figure.label[1:]} ", element("small", way)])


def _glance(figure: Figure, key: str, keys: Sequence[str]) -> Markup:
    amount = figure.today if key == TODAY else figure.amounts[key]
    if amount is None:
        return element("span", "\u2013", class_="quiet")
    known = [value for value in (figure.today, *figure.amounts.values()) if value is not None]
    largest = max(map(abs, known)) or 1.0
    best = key != TODAY and is_leader(figure, key, keys)
    mark = [element("span", "best", class_="best")] if best else []
    colour = GREY if key == TODAY else GREEN if best else BLUE
    return join([amount_words(figure, amount), " ", *mark, bar(abs(amount) / largest, colour)])


def amount_words(figure: Figure, amount: float | None, *, signed: bool = False) -> str:
    """Return an amount as people read it."""
    if amount is None:
        return "\u2013"
    rounded = round(amount, figure.decimals) + 0.0
    sign = "+" if signed and rounded > 0 else ""
    return f"{sign}{rounded:,.{figure.decimals}f}{f' {figure.unit}' if figure.unit else ''}".replace("-", "\u2212")


def everything(comparison: Comparison) -> Markup:
    """Return all figures with their differences."""
    names, keys = called(comparison), [plan.key for plan in comparison.plans]
    heads: list[Words] = [
        "figure",
        "Today",
        *(names[key] for key in keys),
        *(f"{key} \u2212 {keys[0]}" for key in keys[1:]),
    ]
    rows = [
        [
            figure.label,
            *(amount_words(figure, amount) for amount in (figure.today, *(figure.amounts[key] for key in keys))),
            *(amount_words(figure, figure.differences[key], signed=True) for key in keys[1:]),
        ]
        for figure in comparison.figures
    ]
    return table("Every figure, side by side", heads, rows)


def hands(comparison: Comparison) -> list[Markup]:
    """Return what changes hands: the counts, then the largest moves."""
    names = called(comparison)
    rows: list[list[Words]] = [
        [
            f"{_called(names, shift.before)} \u2192 {_called(names, shift.after)}",
            f"{shift.moved_units:,}",
            f"{shift.avoidable_units:,}",
            f"{shift.unavoidable_units:,}",
            f"{shift.moved_percent.get('potential', 0.0):.1f} %",
            "\u2013" if shift.moved_accounts is None else f"{shift.moved_accounts:,}",
            f"{shift.people:,}",
        ]
        for shift in comparison.shifts
    ]
    heads = ["from and to", "units", "avoidable", "unavoidable", "of potential", "accounts", "reps affected"]
    counts = table("What changes hands; unavoidable where the rep leaves or is not in the list", heads, rows)
    return [counts, *(_largest(shift, names) for shift in comparison.shifts if shift.moves)]


def _called(names: Mapping[str, str], key: str) -> str:
    return "Today" if key == TODAY else names[key]


def _largest(shift: Shift, names: Mapping[str, str]) -> Markup:
    people = {rep.rep: rep.name for rep in shift.reps}
    rows: list[list[Words]] = [
        [
            f"{move.name} ({move.unit})" if move.name != move.unit else move.unit,
            _person(move.before, people),
            _person(move.after, people),
            "yes" if move.avoidable else "new" if not move.before else "no",
            f"{100 * move.share:.0f} %",
            *(f"{amount:,.0f}" for amount in move.loads.values()),
        ]
        for move in shift.moves[:MOST_MOVES]
    ]
    measures = list(shift.moves[0].loads)
    heads = ["unit", "from", "to", "avoidable", "share", *measures]
    title = f"{_called(names, shift.before)} \u2192 {_called(names, shift.after)}"
    told = f"The {len(rows)} largest of {len(shift.moves)} moves: {title}"
    return details(told, table(told, heads, rows, texts=4))


def _person(rep: str, people: Mapping[str, str]) -> str:
    if not rep:
        return "nobody"
    name = people.get(rep, rep)
    return rep if name == rep else f"{name} ({rep})"


def people(comparison: Comparison, colours: Mapping[str, str]) -> list[Markup]:
    """Return every rep with what they hold in each plan, then what they gain and lose between plans."""
    from_today = [shift for shift in comparison.shifts if shift.before == TODAY]
    between = [shift for shift in comparison.shifts if shift.before != TODAY]
    return [_held(comparison, from_today or between, colours), *(_turnover(comparison, s) for s in comparison.shifts)]


def _held(comparison: Comparison, shifts: Sequence[Shift], colours: Mapping[str, str]) -> Markup:
    """Return the table of holdings: the index of workload and potential, and the distance, by plan."""
    plans, people = _holdings(shifts)
    shown = [name for name in ("workload", "potential") if name in shifts[0].moved_percent]
    figures = [*(f"{name} index" for name in shown), "mean km"]
    heads = ["rep", *(f"{'Today' if key == TODAY else key} {what}" for key in plans for what in figures)]
    rows: list[list[Words]] = [
        [
            join([swatch(colours.get(rep, "#dddddd")), " ", _person(rep, people)]),
            *(cell for held in plans.values() for cell in _holding(held.get(rep), shown)),
        ]
        for rep in people
    ]
    keys = ", ".join(name for key, name in called(comparison).items() if key != TODAY)
    return table(f"Every rep in every plan ({keys}); index 100 is exactly the target", heads, rows)


def _holdings(shifts: Sequence[Shift]) -> tuple[dict[str, dict[str, Holding | None]], dict[str, str]]:
    """Return what each rep holds by plan, today's as the first plan tells it, and the names of all reps."""
    plans: dict[str, dict[str, Holding | None]] = {}
    people: dict[str, str] = {}
    for shift in shifts:
        for rep in shift.reps:
            people.setdefault(rep.rep, rep.name)
            plans.setdefault(shift.before, {}).setdefault(rep.rep, rep.before)
            plans.setdefault(shift.after, {})[rep.rep] = rep.after
    return plans, people


def _holding(held: Holding | None, measures: Sequence[str]) -> list[Words]:
    if held is None:
        return ["\u2013"] * (len(measures) + 1)
    indices = [held.index.get(name) for name in measures]
    return [*(_number(index, 0) for index in indices), _number(held.mean_km, 0)]


def _number(amount: float | None, decimals: int) -> str:
    return "\u2013" if amount is None else f"{amount:,.{decimals}f}"


def _turnover(comparison: Comparison, shift: Shift) -> Markup:
    names = called(comparison)
    measures = list(shift.moved_percent)
    heads: list[Words] = ["rep", "units gained", "lost", *(f"{m} {w}" for m in measures for w in ("gained", "lost"))]
    heads += ["mean km", "fit"]
    if any(rep.gained.accounts is not None for rep in shift.reps):
        heads[3:3] = ["accounts gained", "lost"]
    rows = [_turned(rep, measures) for rep in shift.reps]
    title = f"Gains and losses: {_called(names, shift.before)} \u2192 {_called(names, shift.after)}"
    return details(title, table(title, heads, rows))


def _turned(rep: RepChange, measures: Sequence[str]) -> list[Words]:
    row: list[Words] = [rep.name if rep.name == rep.rep else f"{rep.name} ({rep.rep})"]
    row += [f"+{rep.gained.units:,}", f"\u2212{rep.lost.units:,}"]
    if rep.gained.accounts is not None:
        row += [f"+{rep.gained.accounts:,}", f"\u2212{rep.lost.accounts or 0:,}"]
    for name in measures:
        row += [f"+{rep.gained.loads.get(name, 0.0):,.0f}", f"\u2212{rep.lost.loads.get(name, 0.0):,.0f}"]
    ends = (rep.before, rep.after)
    km = [None if end is None else end.mean_km for end in ends]
    fit = [None if end is None else end.fit for end in ends]
    return [
        *row,
        f"{_number(km[0], 0)} \u2192 {_number(km[1], 0)}",
        f"{_number(fit[0], 2)} \u2192 {_number(fit[1], 2)}",
    ]


def inputs(comparison: Comparison) -> list[Markup]:
    """Return what differs in the input, or that nothing does."""
    if not comparison.inputs:
        return [element("p", "All plans were made from the same input.")]
    names = called(comparison)
    first = names[comparison.plans[0].key]
    rows: list[list[Words]] = [
        [names[change.plan], change.place, value_text(change.before) or "\u2013", value_text(change.after) or "\u2013"]
        for change in comparison.inputs[:MOST_INPUTS]
    ]
    more = len(comparison.inputs) - MOST_INPUTS
    rest = [element("p", f"and {more:,} more, in inputs.csv")] if more > 0 else []
    title = f"Differences from {first}"
    return [table(title, ["plan", "what", first, "there"], rows, texts=4), *rest]


def definitions(comparison: Comparison, sides: Sequence[Side]) -> list[Markup]:
    """Return what the words mean and where the figures come from."""
    words = (
        ("Tie", "The plans have the same goals, weights and data, and the proof leaves more open than the difference "
         "of their values: neither is proven better."),
        ("Value", "The sum of weight times amount over the goals of the plan; smaller is better."),
        ("Index", "100 times what a territory holds over its target: 100 is on target, 120 is a fifth too much."),
        ("In band", "A territory keeps the tolerance of every measure that has one."),
        ("Mean distance", "Kilometres as the crow flies from the rep's home to the work, weighted by workload."),
        ("Changes hands", "A unit of which any share has another rep than before. Unavoidable: that rep leaves or is "
         "not in the list. Units that nobody had before are new, not moved."),
    )  # fmt: skip
    meaning = join(join([element("dt", word), element("dd", text)]) for word, text in words)
    rows: list[list[Words]] = [
        [
            f"{side.key} {side.name}",
            side.source,
            side.report.provenance.product,
            side.report.provenance.scenario_sha256[:12],
            ", ".join(f"{name} {weight:g}" for name, weight in plan.weights.items()),
        ]
        for side, plan in zip(sides, comparison.plans, strict=True)
    ]
    heads = ["plan", "read from", "made by", "scenario SHA-256", "weights of the goals"]
    return [element("dl", meaning), table("Where the figures come from", heads, rows, texts=5)]
