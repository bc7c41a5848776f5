"""The units of a scenario: their own table, and the accounts rolled up to them."""

from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag, model_validator

from scenarios.document.types import AS_MAPPING, FileName, NotNegative, Part, Text, TextShape, mistake, shape


class Geography(Part):
    """Where the polygons or points of a table's rows come from."""

    file: FileName | None = Field(None, description="Map file with one feature a geography.")
    id: Text | None = Field(None, description="Id column of the map file.")
    bundled: Literal["us-counties", "us-zips"] | None = Field(
        None, description="A geography that ships with the product."
    )
    key: Text = Field(description="Column of the units table that names the geography.")

    @model_validator(mode="after")
    def _one_source(self) -> "Geography":
        if self.file is not None and self.bundled is not None:
            raise mistake("conflicting-fields", "has both file and bundled. Maybe remove one of them.")
        if self.file is None and self.bundled is None:
            raise mistake("missing-field", "has neither file nor bundled. Maybe add `bundled: us-counties`.")
        if self.file is not None and self.id is None:
            raise mistake("missing-field", "has a file but no id. Maybe add the id column of the map file.")
        return self


class Units(Part):
    """The table of units."""

    file: FileName = Field(
        description="GeoJSON, GeoPackage, Shapefile, GeoParquet, or a table (CSV, XLSX, Parquet) with lat, lon."
    )
    sheet: Text | None = Field(None, description="Sheet of an XLSX workbook; the first one by default.")
    id: Text = Field(description="Column with the customer's unit id, kept as text.")
    digits: int | None = Field(
        None, ge=1, le=20, description="Ids of digits get lost leading zeros back, up to so many, and lose decimals."
    )
    name: Text | None = Field(None, description="Column with a readable name.")
    segment: Text | None = Field(None, description="Column with the segment; a unit is then geography x segment.")
    current: Text | None = Field(None, description="Column with today's rep id.")
    tenure: Text | None = Field(None, description="Column with the years today's rep has held the unit.")
    lat: Text | None = Field(None, description="Latitude column of a table; `lat` by default.")
    lon: Text | None = Field(None, description="Longitude column of a table; `lon` by default.")
    geography: Geography | None = Field(None, description="Map file or bundled geography the rows are joined to.")


class PointColumns(Part):
    """Columns that place an account as a point."""

    lat: Text = Field(description="Latitude column.")
    lon: Text = Field(description="Longitude column.")


class WorkloadBuildUp(Part):
    """Workload of an account as calls a year x (call length + travel allowance), after Talley."""

    calls: Text = Field(description="Column with calls a year.")
    call_h: Text = Field(description="Column with hours a call, or a number.")
    travel_h: NotNegative = Field(0.0, description="Travel allowance a call, in hours.")


class Accounts(Part):
    """A CRM export that is rolled up to units."""

    file: FileName = Field(description="CSV, XLSX or Parquet table with one row an account.")
    sheet: Text | None = Field(None, description="Sheet of an XLSX workbook; the first one by default.")
    id: Text = Field(description="Column with the account id.")
    name: Text | None = Field(None, description="Column with the account name.")
    owner: Text | None = Field(None, description="Column with today's rep id.")
    parent: Text | None = Field(None, description="Column with the id of the account family.")
    segment: Text | None = Field(None, description="Column with the segment.")
    named: Text | None = Field(None, description="Column that marks named accounts; each is a unit of its own.")
    geography: Annotated[TextShape | Annotated[PointColumns, Tag(AS_MAPPING)], Discriminator(shape)] = Field(
        description="Key column into the units, or lat and lon columns."
    )
    workload: WorkloadBuildUp | None = Field(None, description="Workload build-up instead of a workload column.")
    unmatched: Literal["error", "nearest", "unassigned"] = Field(
        "error", description="What becomes of accounts without a unit."
    )
