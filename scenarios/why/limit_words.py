"""The paragraph about a limit."""

from scenarios.report.words import number
from scenarios.why.model import LimitAnswer, StepFigure


def limit_summary(found: LimitAnswer) -> str:
    """Return the answer in one paragraph."""
    if found.value is None:
        return (
            f"With {found.path} at {found.limit:g} no plan that keeps every hard rule was found ({found.status}), so "
            "nothing can be said about its price."
        )
    first = f"With {found.path} at {found.limit:g} the best plan found has the value {number(found.value)}."
    return f"{first} {_side('Loosened', found.looser)} {_side('Tightened', found.tighter)}"


def _side(lead: str, step: StepFigure) -> str:
    place = f"{lead} to {step.limit:g}"
    if step.change is None:
        proven = "it is proven that no plan keeps" if step.status == "infeasible" else "no plan was found that keeps"
        return f"{place}, {proven} every hard rule."
    guess = "no dual prices are known" if step.guess is None else f"the dual prices foretell {_told(step.guess)}"
    if step.known:
        return f"{place}, the value {_words(step.change)} ({guess})."
    return f"{place}, the price is unknown: solved again, the value {_words(step.change)}, but {guess}."


def _words(change: float) -> str:
    if number(change) in ("0", "-0"):
        return "stays as it is"
    return f"{'falls' if change < 0 else 'rises'} by {number(abs(change))}"


def _told(guess: float) -> str:
    return "no change" if number(guess) in ("0", "-0") else f"{guess:+.3f}"
