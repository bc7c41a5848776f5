"""From a planner's own files to a first scenario: guessed, commented, and free of errors."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from geodata.findings import Finding
from scenarios.init_columns import is_amount, overlap
from scenarios.init_files import GivenFile, Roles, assign_roles
from scenarios.init_sections import (
    ACCOUNT_ID,
    LAT,
    LON,
    NAME,
    REP_ID,
    UNIT_ID,
    Choice,
    Chooser,
    choose_measures,
    choose_owner,
    choose_skills,
    choose_units,
    need_id,
    nested,
)
from scenarios.init_text import commented
