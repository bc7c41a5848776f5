"""`territory schema`: the JSON Schema of what goes in and what comes out."""

import json
import sys

from api.cli.exits import Exit
from api.cli.screen import Screen
from scenarios.compare.model import Comparison
from scenarios.document.schema import json_schema
from scenarios.export.certificate import CertificateFile
from scenarios.report.model import Report
from scenarios.report.part import Part


def print_schema(screen: Screen, document: str) -> int:
    """Print a schema, on one line with --json; it is the result, so --quiet doesn't hide it."""
    written: dict[str, type[Part]] = {"report": Report, "certificate": CertificateFile, "comparison": Comparison}
    schema = written[document].model_json_schema(mode="serialization") if document in written else json_schema()
    json.dump(schema, sys.stdout, indent=None if screen.as_json else 2)
    sys.stdout.write("\n")
    return Exit.DONE
