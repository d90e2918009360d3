"""Enter, correct and remove the poverty guidelines that an office works with."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from intake_app.core.answers import clean
from intake_app.core.office_reference import PovertyGuideline
from intake_app.core.poverty_guidelines import GuidelineKey, doubts, require_possible
from intake_app.core.roles import Act, require
from intake_app.store import office_reference
from intake_app.store.office import Office


@dataclass(frozen=True)
class TypedGuideline:
    """What was typed from a notice: dollars a year; `region` is "48", "AK" or "HI"."""

    effective_on: date
    region: str
    first_person: Decimal
    each_more: Decimal
    source: str


def set_poverty_guideline(
    office: Office,
    typed: TypedGuideline,
    now: datetime,
    replaces: GuidelineKey | None = None,
    *,
    sure: bool = False,
) -> tuple[str, ...]:
    """Keep a guideline, for attorneys and administrators; empty when it is saved.

    Not `sure` and something looks like a slip: nothing is saved, and the doubts come back as
    sentences. Raises `BadAnswer` for what can't be a guideline.
    """
    require(office.member.role, Act.SET_UP_OFFICE)
    guideline = PovertyGuideline(
        typed.effective_on,
        typed.region,
        typed.first_person,
        typed.each_more,
        clean(typed.source),
        checked_on=office.today(now),
        checked_by=office.member.name,
    )
    require_possible(guideline)
    found = doubts(guideline, office.reference.guidelines, office.today(now), replaces)
    if found and not sure:
        return found
    office_reference.save_guideline(office, guideline, now, replaces)
    return ()


def remove_poverty_guideline(office: Office, key: GuidelineKey, now: datetime) -> None:
    """Take a guideline out; its figures stay in the history."""
    require(office.member.role, Act.SET_UP_OFFICE)
    office_reference.remove_guideline(office, key, now)
