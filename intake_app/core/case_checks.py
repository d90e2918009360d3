"""What can hardly be true in a case: dates that have not come, one before the other, odd numbers.

Nothing is refused: each check is a sentence beside its question, and the answer stays. A date of
which only the month or the year is known is wrong only where every day of it would be.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from intake_app.core.case import CaseFile, Entry
from intake_app.core.casefile import (
    Abuser,
    AdverseParty,
    Certification,
    Charge,
    Consent,
    Contact,
    Custody,
    Detainer,
    Household,
    Immigration,
    Intake,
    Note,
    Person,
    Phone,
    PrivateNote,
    TimeSpent,
    ToDo,
    Transfer,
)
from intake_app.core.fields import question, title_of
from intake_app.core.findings import Finding, Setting, Weight
from intake_app.core.partial_date import PartialDate
from intake_app.core.vocabulary import (
    ChargeOutcome,
    DetainerForm,
    ReleasedTo,
    YesNo,
    Zone,
)

FIRST_YEAR = 1900
"""An earlier year in a case is a slip of the pen."""

OLDEST = 110
"""Years of age beyond which a birth date is probably wrong."""

ADULT = 18

HAPPENED: dict[type, tuple[str, ...]] = {
    Intake: ("opened_on", "closed_on"),
    Person: ("born",),
    AdverseParty: ("born",),
    Abuser: ("born",),
    Contact: ("confirmed_on",),
    Household: ("asset_waiver_on", "attested_on"),
    Custody: (
        *("arrested_at", "booked_on", "fingerprinted_at", "custody_confirmed_at"),
        *("bail_posted_at", "bail_refused_at", "released_at", "other_hold_at"),
    ),
    Transfer: ("moved_at",),
    Charge: ("charged_on", "reduced_on"),
    Detainer: ("edition", "issued_on", "received_at", "served_at", "warrant_on", "ended_on"),
    Immigration: ("first_entry", "last_entry", "final_order_on"),
    Consent: ("signed_on", "withdrawn_on"),
    ToDo: ("done_on",),
    Note: ("written_on",),
    PrivateNote: ("written_on",),
    Certification: ("happened_on", "reported_on"),
    TimeSpent: ("worked_on",),
}
"""What is written down after it happened. Outcome and arraignment may be set for a day to come."""

ORDER: dict[type, tuple[tuple[str, str], ...]] = {
    Intake: (("opened_on", "closed_on"), ("closed_on", "retention_until")),
    Custody: (
        ("arrested_at", "booked_on"),
        ("arrested_at", "fingerprinted_at"),
        ("arrested_at", "bail_posted_at"),
        ("bail_posted_at", "bail_refused_at"),
        ("arrested_at", "release_due_at"),
        ("arrested_at", "release_due_on"),
        ("arrested_at", "released_at"),
        ("booked_on", "released_at"),
        ("arrested_at", "other_hold_at"),
    ),
    Charge: (("charged_on", "arraigned_on"), ("charged_on", "outcome_on")),
    Detainer: (
        ("edition", "issued_on"),
        ("issued_on", "received_at"),
        ("received_at", "served_at"),
        ("issued_on", "ended_on"),
    ),
    Immigration: (("first_entry", "last_entry"),),
    Certification: (("happened_on", "reported_on"),),
    Consent: (("signed_on", "expires_on"), ("signed_on", "withdrawn_on")),
}
"""What comes first and what comes after it, in one record."""

FORMS_SINCE = {
    DetainerForm.I247D: date(2015, 1, 1),
    DetainerForm.I247N: date(2015, 1, 1),
    DetainerForm.I247X: date(2015, 1, 1),
    DetainerForm.I247A: date(2017, 4, 2),
    DetainerForm.I247G: date(2025, 3, 4),
}
"""The first day of each form, as far as known (ICE Policy 10074.2 and its forms)."""

ZONES = {
    Zone.EASTERN: "CT DC DE FL GA IN KY MA MD ME MI NC NH NJ NY OH PA RI SC TN VA VT WV",
    Zone.CENTRAL: "AL AR FL IA IL IN KS KY LA MI MN MO MS ND NE OK SD TN TX WI",
    Zone.MOUNTAIN: "AZ CO ID KS MT ND NE NM NV OR SD TX UT WY",
    Zone.ARIZONA: "AZ",
    Zone.PACIFIC: "CA ID NV OR WA",
    Zone.ALASKA: "AK",
    Zone.HAWAII: "HI AK",
    Zone.ATLANTIC: "PR VI",
    Zone.GUAM: "GU",
}
"""States in which places keep each time, in part or as a whole (49 C.F.R. part 71)."""

_SENTENCED = frozenset(
    {ChargeOutcome.PENDING, ChargeOutcome.NO_CHARGES, ChargeOutcome.DISMISSED}
    | {ChargeOutcome.NOLLE, ChargeOutcome.NOT_GUILTY}
)


@dataclass(frozen=True)
class When:
    """A date or time as far as it is known: the earliest and the latest day, and the moment."""

    first: date
    last: date
    moment: datetime | None = None

    @classmethod
    def of(cls, value: datetime | date | PartialDate) -> "When":
        """Of any answer that is a date or a time."""
        if isinstance(value, PartialDate):
            return cls(value.first, value.last)
        if isinstance(value, datetime):
            return cls(value.date(), value.date(), value)
        return cls(value, value)

    def surely_before(self, other: "When") -> bool:
        """Whether it is before `other` however the unknown parts are filled in."""
        if self.moment is not None and other.moment is not None:
            return self.moment < other.moment
        return self.last < other.first


def check_findings(case: CaseFile, setting: Setting) -> Iterator[Finding]:
    """Every sentence about answers that can hardly be true together."""
    yield from _dates(case, setting)
    yield from _across(case)
    yield from _custody(case, setting)
    yield from _numbers(case)
    yield from _person(case, setting)
    for charge in case.kept(Charge):
        yield from _charge(charge)
    for detainer in case.kept(Detainer):
        yield from _detainer(detainer)


def _warn(cls: type, entry: Entry[Any] | None, field: str, words: str, why: str = "") -> Finding:
    number = entry.id if entry is not None and title_of(cls).many else None
    return Finding(Weight.WARN, words, cls, why, field, number)


def _dates(case: CaseFile, setting: Setting) -> Iterator[Finding]:
    # The day that is furthest on among all places of the United States.
    today = setting.now.astimezone(ZoneInfo("Pacific/Guam")).date()
    now = When(today, today, setting.now)
    for cls, names in HAPPENED.items():
        kept: tuple[Entry[Any], ...] = case.kept(cls)
        for entry in kept:
            for name in names:
                value = getattr(entry.record, name)
                if value is None:
                    continue
                when = When.of(value)
                if now.surely_before(when):
                    words = "This lies in the future. If it has not happened yet, leave it empty."
                    yield _warn(cls, entry, name, words)
                elif when.last.year < FIRST_YEAR:
                    yield _warn(cls, entry, name, f"The year {when.first.year} can’t be meant.")
    for cls, pairs in ORDER.items():
        kept = case.kept(cls)
        for entry in kept:
            for name, after in pairs:
                yield from _out_of_order(cls, entry, name, after)


def _out_of_order(cls: type, entry: Entry[Any], name: str, after: str) -> Iterator[Finding]:
    one, two = getattr(entry.record, name), getattr(entry.record, after)
    if one is not None and two is not None and When.of(two).surely_before(When.of(one)):
        label = question(cls, name).label
        yield _warn(cls, entry, after, f"This is before “{label}”. One of the two is wrong.")


def _across(case: CaseFile) -> Iterator[Finding]:
    """Dates of one record against those of another."""
    custody, born = case.one(Custody), case.one(Person).born
    if born is not None:
        for cls, name in ((Custody, "arrested_at"), (Immigration, "first_entry")):
            value = getattr(case.one(cls), name)
            if value is not None and When.of(value).surely_before(When.of(born)):
                yield _warn(cls, None, name, "This is before the person was born.")
    if custody.arrested_at is not None:
        arrested = When.of(custody.arrested_at)
        for transfer in case.kept(Transfer):
            moved = transfer.record.moved_at
            if moved is not None and When.of(moved).surely_before(arrested):
                yield _warn(Transfer, transfer, "moved_at", "This is before the arrest.")
        if custody.released_at is not None:
            gone = When.of(custody.released_at)
            for detainer in case.kept(Detainer):
                got = detainer.record.received_at
                if got is not None and gone.surely_before(When.of(got)):
                    words = "The person had left by then. One of the two is wrong."
                    yield _warn(Detainer, detainer, "received_at", words)


def _custody(case: CaseFile, setting: Setting) -> Iterator[Finding]:
    custody = case.one(Custody)
    gone = custody.released_to not in (None, ReleasedTo.STILL_HELD, ReleasedTo.UNKNOWN)
    past = custody.released_at is not None and custody.released_at <= setting.now
    if custody.in_custody is YesNo.YES and (gone or past):
        words = "Further down the person was released or taken. One of the two is wrong."
        yield _warn(Custody, None, "in_custody", words)
    if custody.in_custody is YesNo.NO and custody.released_to is ReleasedTo.STILL_HELD:
        words = "“In custody now” says no. One of the two is wrong."
        yield _warn(Custody, None, "released_to", words)
    if custody.bail_refused is YesNo.YES and custody.bail_posted_at is None:
        words = "When was bail offered? The 48 hours run from then, refused or not."
        yield _warn(Custody, None, "bail_posted_at", words, "Bail refused counts as posted.")
    due = custody.release_due_on
    if custody.release_due_at is not None and due is not None and due.whole:
        day = custody.release_due_at.date()
        if due.first != day:
            words = "The time above is on another day. The clock goes by the time above."
            yield _warn(Custody, None, "release_due_on", words)
    state, zone = custody.facility_state, custody.facility_zone
    if state is None:
        return
    if zone is not None and state.value not in ZONES[zone].split():
        words = f"{state.label} does not keep {zone.label} time. The clock goes by this zone."
        yield _warn(Custody, None, "facility_zone", words)
    elif zone is None and custody.facility:
        words = "Not told yet: the clock goes by the office’s own time until then."
        yield Finding(Weight.NOTE, words, Custody, field="facility_zone")


def _numbers(case: CaseFile) -> Iterator[Finding]:
    person = case.one(Person)
    if person.a_number is not None and len(_digits(person.a_number)) not in (8, 9):
        words = (
            f"An A-number has 8 or 9 digits; this has {len(_digits(person.a_number))}. "
            "Check it against the paper."
        )
        yield _warn(Person, None, "a_number", words)
    if person.ssn_last4 is not None and not re.fullmatch(r"\d{4}", person.ssn_last4):
        yield _warn(Person, None, "ssn_last4", "Only the last 4 digits.")
    for phone in case.kept(Phone):
        number = phone.record.number
        if number is not None and not 10 <= len(_digits(number)) <= 18:
            words = "A number in the United States has 10 digits, with the area code."
            yield _warn(Phone, phone, "number", words)
    email = case.one(Contact).email
    if email is not None and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", email):
        words = "An e-mail address has an @ and a dot after it."
        yield _warn(Contact, None, "email", words)


def _digits(text: str) -> str:
    return "".join(mark for mark in text if mark.isdigit())


def _person(case: CaseFile, setting: Setting) -> Iterator[Finding]:
    born = case.one(Person).born
    if born is None or born.first > setting.today or born.year < FIRST_YEAR:
        return
    oldest, youngest = _age(born.first, setting.today), _age(born.last, setting.today)
    if youngest > OLDEST:
        yield _warn(Person, None, "born", f"That would be {youngest} years of age.")
    elif oldest < ADULT:
        words = f"A minor, {youngest} years old. Tell an attorney at once."
        yield Finding(Weight.ALARM, words, Person, field="born")


def _age(born: date, today: date) -> int:
    return max(today.year - born.year - ((today.month, today.day) < (born.month, born.day)), 0)


def _charge(entry: Entry[Any]) -> Iterator[Finding]:
    charge: Charge = entry.record
    if charge.outcome is ChargeOutcome.PENDING and charge.outcome_on is not None:
        words = "The outcome is “Pending”. If this is the next court date, make it a to-do."
        yield _warn(Charge, entry, "outcome_on", words)
    if charge.outcome in _SENTENCED and (charge.sentence_days or charge.sentence):
        name = "sentence" if charge.sentence else "sentence_days"
        words = "No sentence follows from that outcome. One of the two is wrong."
        yield _warn(Charge, entry, name, words)
    days, suspended = charge.sentence_days, charge.suspended_days
    if days is not None and suspended is not None and suspended > days:
        yield _warn(Charge, entry, "suspended_days", "More days than the sentence has.")
    longest = charge.max_months
    if days is not None and longest is not None and timedelta(days=days) > _months(longest):
        words = "The sentence above is longer than this. One of the two is wrong."
        yield _warn(Charge, entry, "max_months", words)


def _months(count: int) -> timedelta:
    # No month is longer, and a year never: what is longer than this is longer in any reading.
    return timedelta(days=min(31 * count, 366 * -(-count // 12)))


def _detainer(entry: Entry[Any]) -> Iterator[Finding]:
    detainer: Detainer = entry.record
    since = FORMS_SINCE.get(detainer.form) if detainer.form is not None else None
    issued = detainer.issued_on
    if since is not None and issued is not None and issued.last < since:
        words = f"There was no Form {detainer.form} on that day. Check the form and its date."
        yield _warn(Detainer, entry, "issued_on", words)
