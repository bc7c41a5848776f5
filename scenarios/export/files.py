"""Every file of a plan as bytes, by its name."""

from scenarios.export.certificate import certificate_file
from scenarios.export.geojson import plan_geojson
from scenarios.export.quota_tables import quota_rows
from scenarios.export.tables import account_rows, plan_rows, territory_table
from scenarios.export.text import csv_bytes, json_bytes, lines_json_bytes
from scenarios.export.workbook import workbook_bytes
from scenarios.report.answer import Answer
from scenarios.report.model import Report

PLAN = "plan.csv"
TERRITORIES = "territories.csv"
QUOTAS = "quotas.csv"
ACCOUNTS = "accounts.csv"
GEOJSON = "plan.geojson"
WORKBOOK = "plan.xlsx"
CERTIFICATE = "certificate.json"
MAP = "map.html"
REPORT = "report.json"
ALL = (PLAN, TERRITORIES, QUOTAS, ACCOUNTS, GEOJSON, WORKBOOK, CERTIFICATE, MAP, REPORT)
"""Every file a plan may have; the report is written last."""


def plan_files(answer: Answer, report: Report) -> dict[str, bytes]:
    """Return the files of a plan but for the map."""
    return {**plan_tables(answer, report), GEOJSON: geojson_bytes(answer), WORKBOOK: workbook_bytes(answer, report)}


def plan_tables(answer: Answer, report: Report) -> dict[str, bytes]:
    """Return the files that a plan is known by, without shapes and pages: they take a moment to make.

    quotas.csv and accounts.csv only where they were asked for.
    """
    accounts, quotas = account_rows(answer), quota_rows(report.quotas)
    return {
        PLAN: csv_bytes(plan_rows(answer)),
        TERRITORIES: csv_bytes(territory_table(report)),
        **({} if quotas is None else {QUOTAS: csv_bytes(quotas)}),
        **({} if accounts is None else {ACCOUNTS: csv_bytes(accounts)}),
        CERTIFICATE: json_bytes(certificate_file(answer).model_dump(mode="json")),
        REPORT: json_bytes(report.model_dump(mode="json")),
    }


def geojson_bytes(answer: Answer) -> bytes:
    """Return plan.geojson."""
    return lines_json_bytes(plan_geojson(answer), "features")
