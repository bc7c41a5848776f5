"""The JSON Schema of the scenario document, whole or as a variant."""

from typing import Any

from scenarios.document.scenario import Scenario
from scenarios.document.variant import CHANGES, OWN_FIELDS, Variant

_ALSO_TEXT = {"number": ["number", "string"], "integer": ["integer", "string"], "boolean": ["boolean", "string"]}
_ALSO_PLAIN = ["string", "number", "boolean"]
_DEFS = "#/$defs/"
_DIFFERENCES = "Changes"
"""What the name of a part ends with where it states only differences."""


def json_schema() -> dict[str, Any]:
    """Return the schema of version 1, the same on every call.

    It describes the document as YAML and JSON libraries load it, so it takes 48201 where an id is wanted, "0.05" where
    a number is, `false` where `off` is, and nothing at all for a field with a default. With `extends` it is a variant:
    its changes are the same fields, all of which may be left out.
    """
    whole = Scenario.model_json_schema()
    variant = Variant.model_json_schema()
    whole["$defs"] |= _differences(whole)
    variant["properties"][CHANGES] = {
        "$ref": f"{_DEFS}Scenario{_DIFFERENCES}",
        "description": variant["properties"][CHANGES]["description"],
    }
    whole["$defs"]["Variant"] = variant
    schema: dict[str, Any] = _as_loaded(whole)
    for name in ("extends", CHANGES):
        schema["properties"][name] = schema["$defs"]["Variant"]["properties"][name]
    absent: dict[str, Any] = {"properties": {"extends": False, CHANGES: False}, "required": schema.pop("required")}
    choice = {"if": {"required": ["extends"]}, "then": {"$ref": f"{_DEFS}Variant"}, "else": absent}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        **choice,
        "title": "Territory scenario",
    }


def _differences(whole: dict[str, Any]) -> dict[str, Any]:
    """Return every part that a variant can lay over its base's, once more with all its fields optional."""
    top = {name: value for name, value in whole.items() if name != "$defs"}
    top["properties"] = {name: field for name, field in top["properties"].items() if name not in OWN_FIELDS}
    found = {"Scenario": _optional(top)}
    while missing := _referred(found) - {f"{name}{_DIFFERENCES}" for name in found}:
        names = [name.removesuffix(_DIFFERENCES) for name in sorted(missing)]
        found |= {name: _optional(whole["$defs"][name]) for name in names}
    return {f"{name}{_DIFFERENCES}": part for name, part in found.items()}


def _optional(node: Any) -> Any:
    """Return a part of the schema with nothing required, down to the items of lists, which are written whole."""
    if isinstance(node, list):
        return [_optional(item) for item in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        return node | {"$ref": f"{node['$ref']}{_DIFFERENCES}"}
    kept = {name: value if name == "items" else _optional(value) for name, value in node.items() if name != "required"}
    if isinstance(kept.get("additionalProperties"), dict):
        kept["additionalProperties"] = {"anyOf": [kept["additionalProperties"], {"type": "null"}]}
    return kept


def _referred(node: Any) -> set[str]:
    """Return the names of the parts of differences that a part of the schema refers to."""
    if isinstance(node, list):
        return {name for item in node for name in _referred(item)}
    if not isinstance(node, dict):
        return set()
    own = str(node.get("$ref", "")).removeprefix(_DEFS)
    below = {name for value in node.values() for name in _referred(value)}
    return below | ({own} if own.endswith(_DIFFERENCES) else set())


def _as_loaded(node: Any) -> Any:
    if isinstance(node, list):
        return [_as_loaded(item) for item in node]
    if not isinstance(node, dict):
        return node
    loaded = {name: _as_loaded(value) for name, value in node.items() if name not in ("default", "title")}
    if "properties" in node:
        loaded["properties"] = _properties(node["properties"], node.get("required", []))
    kind = node.get("type")
    if "off" in node.get("enum", []):
        return {**loaded, "enum": [*node["enum"], False], "type": ["string", "boolean"]}
    if kind in _ALSO_TEXT:
        return {**loaded, "type": _ALSO_TEXT[kind]}
    return {**loaded, "type": _ALSO_PLAIN} if kind == "string" and "enum" not in node else loaded


def _properties(fields: dict[str, Any], required: list[str]) -> dict[str, Any]:
    loaded = {name: _as_loaded(field) for name, field in fields.items()}
    return {name: field if name in required else _or_blank(field) for name, field in loaded.items()}


def _or_blank(field: dict[str, Any]) -> dict[str, Any]:
    blank = {"type": "null"}
    if blank in field.get("anyOf", []):
        return field
    rest = {name: value for name, value in field.items() if name != "description"}
    description = {name: value for name, value in field.items() if name == "description"}
    return {**description, "anyOf": [rest, blank]}
