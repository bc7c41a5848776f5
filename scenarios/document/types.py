"""What every part of the scenario document is made of: the base model, texts, numbers and shapes."""

import re
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    FiniteFloat,
    Tag,
    ValidationInfo,
    model_validator,
)
from pydantic_core import PydanticCustomError

AS_LIST, AS_MAPPING, AS_TEXT = "<list>", "<mapping>", "<text>"
"""Tags of the shapes a field may be written in; they name the branch in pydantic's error places."""

FileRule = Callable[[str], None]
"""Raises `mistake` for a name that the document may not use for a file; handed to the models as pydantic's context."""
NO_FILES = ("none", "nearest")
"""Words that may stand where a file is named (neighbours.bridges)."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_REMOTE = re.compile(r"^([a-z][a-z0-9+.-]+://|/vsi|(https?|ftp|data|javascript):)", re.IGNORECASE)
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def shape(value: Any) -> str | None:
    """Return the tag of the shape `value` is written in."""
    if isinstance(value, list):
        return AS_LIST
    if isinstance(value, dict | BaseModel):
        return AS_MAPPING
    return AS_TEXT if isinstance(value, str) else None


def mistake(code: str, message: str) -> PydanticCustomError:
    """Return an error whose `code` becomes the finding's; what follows " Maybe" in the message is the hint."""
    return PydanticCustomError(code, message)


def _one_line(text: str) -> str:
    if _CONTROL.search(text):
        raise mistake("control-character", "holds a control character. Maybe type the text again.")
    return text


def local_file(name: str) -> None:
    """Let a document name local files only: the rule of the command line."""
    if _REMOTE.match(name):
        raise mistake("url-as-file", "is an address; files are never fetched. Maybe download it and name the copy.")
    if name.startswith("dataset:"):
        raise mistake("dataset-as-file", "names a dataset, which only the service knows. Maybe name a file.")


def _file_name(name: str, info: ValidationInfo) -> str:
    if name not in NO_FILES:
        (info.context or local_file)(name)
    return name


def _iso_date(value: Any) -> Any:
    if isinstance(value, date) or (isinstance(value, str) and _ISO_DATE.fullmatch(value)):
        return value
    raise mistake("invalid-value", "is not a date. Maybe write year-month-day, e.g. 2027-01-31.")


Text = Annotated[str, Field(min_length=1), AfterValidator(_one_line)]
FileName = Annotated[Text, AfterValidator(_file_name)]
IsoDate = Annotated[date, BeforeValidator(_iso_date)]
Where = Annotated[dict[Text, Text], Field(min_length=1)]
Share = Annotated[FiniteFloat, Field(ge=0, le=1)]
NotNegative = Annotated[FiniteFloat, Field(ge=0)]
Positive = Annotated[FiniteFloat, Field(gt=0)]
ContiguityMode = Literal["required", "preferred", "off"]
TextShape = Annotated[Text, Tag(AS_TEXT)]
FileShape = Annotated[FileName, Tag(AS_TEXT)]


class Part(BaseModel):
    """A part of the document: frozen, unknown fields are errors, and a field left blank has its default."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def _blank_is_default(cls, data: Any) -> Any:
        if isinstance(data, dict):
            return {name: value for name, value in data.items() if value is not None}
        return data
