"""What defense counsel, a prosecutor or a judge may be told of a case.

Nothing the client told the office: numbers and dates of the court's own cases. That the client
is a survivor is told only with a consent.
"""

from dataclasses import dataclass
from datetime import datetime

from intake_app.core.case import CaseFile
from intake_app.core.casefile import Charge, Protection
from intake_app.core.vocabulary import YesNo


@dataclass(frozen=True)
class CourtCase:
    """One case of a court, as the court itself knows it."""

    number: str
    court: str
    next_at: datetime | None


@dataclass(frozen=True)
class CourtFacts:
    """The court's cases against the client, each once. survivor: needs a consent."""

    cases: tuple[CourtCase, ...]
    survivor: bool


def court_facts(case: CaseFile) -> CourtFacts:
    """Pick out of a case what the court's side may be told."""
    found = dict.fromkeys(
        CourtCase(one.court_case_number or "", one.court or "", one.next_court_at)
        for one in case.all(Charge)
        if one.court_case_number
    )
    return CourtFacts(tuple(found), case.one(Protection).survivor is YesNo.YES)
