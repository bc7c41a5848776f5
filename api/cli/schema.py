"""`territory schema`: the JSON Schema of the scenario document."""

import json
import sys

from api.cli.exits import Exit
from api.cli.screen import Screen
from scenarios.schema import json_schema


def print_schema(screen: Screen) -> int:
    """Print the schema, on one line with --json; it is the result, so --quiet doesn't hide it."""
    json.dump(json_schema(), sys.stdout, ensure_ascii=False, indent=None if screen.as_json else 2)
    sys.stdout.write("\n")
    return Exit.DONE
