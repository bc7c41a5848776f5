"""Every field name of the scenario document, and the one somebody probably meant."""

from collections.abc import Iterator
from typing import Any, get_args

from pydantic import BaseModel

from scenarios.document.scenario import Scenario
from scenarios.near_names import nearest


def fields_of(model: type[BaseModel]) -> dict[str, Any]:
    """Return the annotation of each field by the name it is written with."""
    return {info.alias or name: info.annotation for name, info in model.model_fields.items()}


def parts_in(annotation: Any) -> list[type[BaseModel]]:
    """Return the parts of the document that an annotation can hold, in its order."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [part for inner in get_args(annotation) for part in parts_in(inner)]


def known_at(path: tuple[str | int, ...]) -> list[str]:
    """Return the names of the fields that may stand in the part of the document at `path`."""
    parts: list[type[BaseModel]] = [Scenario]
    for name in path:
        inside = [part for model in parts if name in fields_of(model) for part in parts_in(fields_of(model)[str(name)])]
        # A list position, or a name people chose (a measure), stays in the same part.
        parts = inside or parts
    return list(dict.fromkeys(name for part in parts for name in fields_of(part)))


def all_paths(model: type[BaseModel] = Scenario, above: str = "") -> Iterator[tuple[str, str]]:
    """Yield name and dotted path of every field of the document."""
    for name, annotation in fields_of(model).items():
        yield name, f"{above}{name}"
        chosen = "<name>." if name in ("measures", "quota") else ""
        for part in parts_in(annotation):
            yield from all_paths(part, f"{above}{name}.{chosen}")


def likely_path(name: str, path: tuple[str | int, ...]) -> str:
    """Return the field meant by the unknown `name` in the part at `path`: from there, or else from anywhere."""
    here = known_at(path)
    anywhere = dict(reversed([*all_paths()]))
    near = nearest(name, here, at_least=0.8)
    if near is None and (elsewhere := nearest(name, anywhere, at_least=0.8)):
        return anywhere[elsewhere]
    near = near or nearest(name, here, at_least=0.0) or here[0]
    return ".".join([*(str(part) for part in path if isinstance(part, str)), near])
