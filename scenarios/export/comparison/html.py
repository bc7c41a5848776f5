"""Small pieces of HTML, with every foreign text made inert."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from geodata.draw.text import inert


@dataclass(frozen=True)
class Markup:
    """HTML that is ready, as against text that is still to be made inert."""

    html: str


Words = str | Markup


def html(words: Words) -> str:
    """Return words as HTML."""
    return words.html if isinstance(words, Markup) else inert(words)


def element(tag: str, words: Words, **attributes: str) -> Markup:
    """Return an element; `class_` is its class."""
    told = "".join(f' {name.rstrip("_").replace("_", "-")}="{inert(value)}"' for name, value in attributes.items())
    return Markup(f"<{tag}{told}>{html(words)}</{tag}>")


def join(parts: Iterable[Words], between: str = "") -> Markup:
    """Return words one after another."""
    return Markup(between.join(html(part) for part in parts))


def table(caption: str, heads: Sequence[Words], rows: Sequence[Sequence[Words]], texts: int = 1) -> Markup:
    """Return a table that scrolls by itself; its first column heads the rows, the first `texts` columns are text."""
    head = join(element("th", word, scope="col", class_=_side(at, texts)) for at, word in enumerate(heads))
    body = join(
        element(
            "tr",
            join(
                element("th", word, scope="row") if at == 0 else element("td", word, class_=_side(at, texts))
                for at, word in enumerate(row)
            ),
        )
        for row in rows
    )
    inner = join([element("caption", caption), element("thead", element("tr", head)), element("tbody", body)])
    return element("div", element("table", inner), class_="scroll", tabindex="0", role="region", aria_label=caption)


def section(title: str, key: str, *parts: Words) -> Markup:
    """Return a section with a heading."""
    head = element("h2", title, id=key)
    return element("section", join([head, *parts]), aria_labelledby=key)


def details(title: str, *parts: Words) -> Markup:
    """Return a part that opens on demand."""
    return element("details", join([element("summary", title), *parts]))


def bar(share: float, colour: str) -> Markup:
    """Return a bar, a share of 0..1 of its full length; the number beside it says the same."""
    width = max(0.0, min(1.0, share)) * 100
    return Markup(
        '<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        '<rect width="100" height="6" fill="#e9edf2"></rect>'
        f'<rect width="{width:.1f}" height="6" fill="{colour}"></rect>'
        "</svg>"
    )


def swatch(colour: str) -> Markup:
    """Return a patch of colour that only decorates."""
    return Markup(
        '<svg class="swatch" viewBox="0 0 10 10" aria-hidden="true" focusable="false">'
        f'<rect width="10" height="10" rx="2" fill="{inert(colour)}"></rect></svg>'
    )


def _side(at: int, texts: int) -> str:
    return "text" if at < texts else "number"
