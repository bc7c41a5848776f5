"""What a form of a plan is: its name, what it needs, and how it is made."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from geodata.findings import Finding

if TYPE_CHECKING:
    from scenarios.export.tables import Rows
    from scenarios.export.written import WrittenPlan


class Need(StrEnum):
    """What a form needs beside a plan."""

    ACCOUNTS = "accounts"
    TODAY = "today"
    MANAGERS = "managers"
    EARLIER = "earlier"
    MAPPING = "mapping"


class Group(StrEnum):
    """What a form is for: the groups of a menu."""

    PICTURES = "pictures and maps"
    PEOPLE = "slides and packs"
    CRM = "CRM"
    ANALYSIS = "analysis"
    LAYERS = "map layers"


@dataclass(frozen=True)
class Extras:
    """What a person adds to the plan for a form.

    Attributes
    ----------
    earlier : Path or None
        Folder of an earlier plan, or of Territory2 tables as they are in the CRM now.
    mapping : bytes or None
        Mapping document, YAML.
    """

    earlier: Path | None = None
    mapping: bytes | None = None


@dataclass(frozen=True, eq=False)
class Made:
    """A form of one plan.

    Attributes
    ----------
    files : mapping of str to bytes
        By file name.
    findings : tuple of Finding
        What the form could not hold as it is, or what is to be seen to.
    changes : Rows or None
        What loading the files would change, one row a record; None for forms that change nothing elsewhere.
    """

    files: Mapping[str, bytes]
    findings: tuple[Finding, ...] = ()
    changes: "Rows | None" = None


@dataclass(frozen=True)
class Form:
    """A form a plan can be exported in.

    Attributes
    ----------
    name : str
        The word that asks for it.
    group : Group
    title : str
        As a menu shows it.
    about : str
        What it holds and whom it is for, one sentence.
    file : str
        Name of its file; of a form with several files, the folder they go to, ending in "/".
    make : callable
        Makes it; raises InputError where it cannot be made.
    needs : tuple of Need
        What it cannot do without.
    takes : tuple of Need
        What it uses where it is given.
    """

    name: str
    group: Group
    title: str
    about: str
    file: str
    make: "Callable[[WrittenPlan, Extras], Made]" = field(repr=False)
    needs: tuple[Need, ...] = ()
    takes: tuple[Need, ...] = ()

    @property
    def folder(self) -> str:
        """Name of the folder of its files, "" for a form of one file."""
        return self.file[:-1] if self.file.endswith("/") else ""
