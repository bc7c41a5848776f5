"""Differences laid over a base document, with the place where each part was written."""

from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

from scenarios.document.variant import CHANGES
from scenarios.reading.yaml_text import Origin, Path, Tree


def overlay(base: Tree, label: str, variant: Tree) -> Tree:
    """Return the base with a variant's changes in it.

    Fields are laid over fields, a blank takes the base's field away, and anything else takes its place. Lists of what
    is added, removed or grown go on where the base's end.

    Parameters
    ----------
    base : Tree
        A whole document.
    label : str
        The base's file name, as the variant's folder knows it.
    variant : Tree
        A document with `name` and `changes`.
    """
    laid = _Laid(base, label, variant)
    laid.over(laid.value, variant.value.get(CHANGES) or {}, (), (CHANGES,))
    for name in ("schema_version", "name"):
        laid.put(laid.value, name, variant.value.get(name), (), (name,))
    laid.origins[()] = Origin("", (), variant.line(()))
    return Tree(laid.value, {}, laid.origins)


def accumulates(path: Path) -> bool:
    """Return whether the list at a path goes on in a variant instead of being replaced."""
    return path == ("growth",) or path[:2] in (
        ("reps", "add"),
        ("reps", "remove"),
        ("rules", "add"),
        ("rules", "remove"),
    )


class _Laid:
    """A document while changes are laid over it."""

    def __init__(self, base: Tree, label: str, variant: Tree) -> None:
        self.value: Any = deepcopy(base.value) if isinstance(base.value, dict) else {}
        self.origins = dict(origins_in(base, label))
        self._variant = variant

    def over(self, into: dict[str, Any], changes: Mapping[str, Any], at: Path, written: Path) -> None:
        """Lay changes over the fields at a path; `written` is their path in the variant."""
        for name, new in changes.items():
            old = into.get(name)
            if isinstance(old, dict) and isinstance(new, dict):
                self.over(old, new, (*at, name), (*written, name))
            elif isinstance(old, list) and isinstance(new, list) and accumulates((*at, name)):
                self._go_on(old, new, (*at, name), (*written, name))
            else:
                self.put(into, name, new, at, (*written, name))

    def put(self, into: dict[str, Any], name: str, new: Any, at: Path, written: Path) -> None:
        """Replace one field, or take it away where `new` is None."""
        path = (*at, name)
        self.origins = {known: origin for known, origin in self.origins.items() if known[: len(path)] != path}
        into.pop(name, None)
        if new is not None:
            into[name] = deepcopy(new)
            self._record(path, written)

    def _go_on(self, old: list[Any], new: list[Any], at: Path, written: Path) -> None:
        for i, item in enumerate(new):
            self._record((*at, len(old)), (*written, i))
            old.append(deepcopy(item))

    def _record(self, path: Path, written: Path) -> None:
        """Note the origin of everything that the variant wrote below a path."""
        for place, line in self._variant.lines.items():
            if place[: len(written)] == written:
                self.origins[(*path, *place[len(written) :])] = Origin("", place, line)


def origins_in(tree: Tree, label: str) -> Iterator[tuple[Path, Origin]]:
    """Yield the origin of every path of a document, told from outside of it, where its name is `label`."""
    for path in tree.origins or tree.lines:
        origin = tree.origin(path)
        yield path, Origin(origin.file or label, origin.path, origin.line)
