"""What one check of `territory verify` says."""

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What came of one check."""

    PROVED = "proved"
    WRONG = "wrong"
    TRUSTED = "not re-checked"


@dataclass(frozen=True)
class Check:
    """One thing that was held against the scenario again, or could not be."""

    subject: str
    verdict: Verdict
    text: str
