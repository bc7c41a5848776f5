"""The JSON Schema of the scenario document."""

from typing import Any

from scenarios.document.scenario import Scenario

_ALSO_TEXT = {"number": ["number", "string"], "integer": ["integer", "string"], "boolean": ["boolean", "string"]}
_ALSO_PLAIN = ["string", "number", "boolean"]


def json_schema() -> dict[str, Any]:
    """Return the schema of version 1, the same on every call.

    It describes the document as YAML and JSON libraries load it, so it takes 48201 where an id is wanted, "0.05" where
    a number is, `false` where `off` is, and nothing at all for a field with a default.
    """
    schema: dict[str, Any] = _as_loaded(Scenario.model_json_schema())
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": "Territory scenario"}


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
