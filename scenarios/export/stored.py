"""A folder that solve or score wrote, read back: nothing in it is trusted until it is checked."""

import csv
import io
import json
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from geodata.draw.view import MapView
from geodata.findings import Finding, InputError, Level
from scenarios.export.certificate import CertificateFile
from scenarios.export.files import CERTIFICATE, GEOJSON, REPORT
from scenarios.export.view import map_view
from scenarios.reading.files import read_bytes
from scenarios.report.model import Report

Model = TypeVar("Model", bound=BaseModel)
HINT = "Maybe the file was edited or cut off; solve again."


def stored_report(folder: Path) -> Report:
    """Return report.json; raises InputError where it is missing or not a report."""
    return _stored(folder, REPORT, Report)


def stored_certificate(folder: Path) -> CertificateFile:
    """Return certificate.json; raises InputError where it is missing or not a certificate."""
    return _stored(folder, CERTIFICATE, CertificateFile)


def stored_view(folder: Path) -> MapView:
    """Return what the map shows; raises InputError where the folder's files are missing or not of one run."""
    report, features = stored_report(folder), stored_document(folder, GEOJSON)
    try:
        return map_view(features, report)
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise damaged(GEOJSON, f"{type(error).__name__} {error}") from error


def stored_bytes(folder: Path, name: str) -> bytes:
    """Return the bytes of one file; raises InputError where it cannot be read."""
    data, findings = read_bytes(folder / name, name)
    if data is None:
        raise InputError(findings)
    return data


def stored_rows(folder: Path, name: str) -> list[list[str]]:
    """Return the lines of a CSV file as cells; raises InputError where it is missing or not UTF-8."""
    try:
        text = stored_bytes(folder, name).decode("utf-8-sig")
        return list(csv.reader(io.StringIO(text, newline="")))
    except (ValueError, csv.Error) as error:
        raise damaged(name, str(error)) from error


def _stored(folder: Path, name: str, model: type[Model]) -> Model:
    try:
        return model.model_validate_json(stored_bytes(folder, name))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise damaged(name, f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from error


def stored_document(folder: Path, name: str) -> Any:
    """Return a JSON file; raises InputError where it is missing or not JSON."""
    try:
        return json.loads(stored_bytes(folder, name).decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise damaged(name, str(error)) from error


def damaged(name: str, why: str) -> InputError:
    """Return the error of a file that is not what solve writes."""
    message = f"{name} is not what solve writes: {why}."
    return InputError([Finding(Level.ERROR, "damaged-file", message, HINT, file=name)])
