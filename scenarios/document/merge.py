"""Changes to a document as JSON Merge Patch (RFC 7396)."""

from typing import Any


def merged(document: Any, patch: Any) -> Any:
    """Return the document with the patch laid over it: null removes a field, mappings are merged, all else replaces."""
    if not isinstance(patch, dict):
        return patch
    result = dict(document) if isinstance(document, dict) else {}
    for name, value in patch.items():
        if value is None:
            result.pop(name, None)
        else:
            result[name] = merged(result.get(name), value)
    return result
