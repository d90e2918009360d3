"""What a letter to a jail may know of a case, and nothing else.

The facts are picked out here, one by one. What is not picked can't get into a letter:
alienage, birthplace, manner of entry, the A-number, status, victim facts and the names of
relatives stay behind. Free text is picked only where nothing else tells the release event, and
only after a check of its words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from intake_app.core.case import CaseFile
from intake_app.core.casefile import (
    Abuser,
    Charge,
    Consent,
    Contact,
    Custody,
    Dependent,
    Detainer,
    Intake,
    Person,
)
from intake_app.core.consents import ENDED, IN_FORCE, ConsentState, best_state
from intake_app.core.convictions import Answer, under_state_law
from intake_app.core.holiday_days import is_excluded
from intake_app.core.names import fold, written_name
from intake_app.core.safe_contact import Refusal, where_to_write
from intake_app.core.vocabulary import (
    ChargeOutcome,
    ConsentKind,
    CustodyBasis,
    DetainerStatus,
    ImmigrationConviction,
    ReleasedTo,
    YesNo,
)


@dataclass(frozen=True)
class Letterhead:
    """The office as the letter shows it. `lines`: address and telephone; `zone`: IANA name."""

    name: str
    lines: str
    zone: str


@dataclass(frozen=True)
class Addressee:
    """Who gets the letter. `lines` is the postal address, one line each; `cc` gets a copy."""

    name: str = ""
    title: str = ""
    agency: str = ""
    lines: tuple[str, ...] = ()
    cc: tuple[str, ...] = ()


@dataclass(frozen=True)
class Signer:
    """The attorney or accredited representative the letter is prepared for; may be unknown."""

    name: str = ""
    title: str = ""


@dataclass(frozen=True)
class LetterFacts:
    """The facts of one case for a letter to the jail, at one moment.

    custody, detainer: the records as saved; a letter prints only named answers of them.
    detainers_alive: how many detainers are neither ended nor superseded.
    text_problem: why the free text about the release may not be printed; empty where it may.
    consent_ended: why the consents to letters there were are all over; None where one is in
    force, or where there never was one.
    client_problem: why this letter may not go to the person it names as addressee, who is the
    client; empty where it goes to somebody else.
    reply_by: when the jail is asked to answer, in the facility's zone.
    """

    name: str
    booking_number: str
    custody: Custody
    detainer: Detainer | None
    detainers_alive: int
    charges: tuple[Charge, ...]
    release_text: str
    text_problem: str
    consent_recorded: bool
    consent_ended: ConsentState | None
    client_problem: str
    letterhead: Letterhead
    addressee: Addressee
    signer: Signer
    now: datetime
    zone: str
    zone_known: bool
    reply_by: datetime
    enclosures: tuple[str, ...]

    @property
    def state(self) -> str:
        """The facility's state in two letters; empty where it is not known."""
        return self.custody.facility_state.value if self.custody.facility_state else ""

    @property
    def today(self) -> date:
        """The day at the office."""
        return self.now.astimezone(ZoneInfo(self.letterhead.zone)).date()

    @property
    def out_of_custody(self) -> bool:
        """Whether the file says that the facility no longer holds the person."""
        custody = self.custody
        return (
            custody.in_custody is YesNo.NO
            or (custody.released_at is not None and custody.released_at <= self.now)
            or custody.released_to not in (None, ReleasedTo.STILL_HELD, ReleasedTo.UNKNOWN)
        )

    @property
    def known_charges(self) -> tuple[Charge, ...]:
        """The charges whose outcome is known, pending among them."""
        open_answers = (None, ChargeOutcome.UNKNOWN)
        return tuple(charge for charge in self.charges if charge.outcome not in open_answers)

    @property
    def no_adjudication(self) -> bool:
        """Whether "no adjudication of guilt has been entered in this case" is true.

        True only where state law says so of every count, nobody serves a sentence and no attorney
        has marked a conviction.
        """
        return (
            bool(self.charges)
            and all(under_state_law(charge).answer is Answer.NO for charge in self.charges)
            and all(
                charge.immigration_conviction is not ImmigrationConviction.YES
                and charge.sentence_days is None
                and not charge.sentence
                for charge in self.charges
            )
            and self.custody.custody_basis not in (CustodyBasis.SERVING, CustodyBasis.PROBATION)
        )

    @property
    def release_known(self) -> bool:
        """Whether the file says what should free the person."""
        custody = self.custody
        return bool(
            custody.release_basis
            or custody.release_due_at
            or custody.release_due_on
            or self.release_text
        )


_ENDED = frozenset(
    {
        DetainerStatus.CANCELLED,
        DetainerStatus.DECLINED,
        DetainerStatus.EXPIRED,
        DetainerStatus.SUPERSEDED,
        DetainerStatus.EXECUTED,
    }
)


def is_over(detainer: Detainer) -> bool:
    """Whether a detainer asks for nothing any more."""
    return detainer.status in _ENDED or detainer.ended_on is not None


def letter_facts(
    case: CaseFile,
    letterhead: Letterhead,
    addressee: Addressee | None,
    signer: Signer | None,
    now: datetime,
    reply_by: datetime | None = None,
    enclosures: tuple[str, ...] = (),
) -> LetterFacts:
    """Pick out of a case what a letter to its jail may know.

    Without an `addressee` the head of the facility is written to at its address. `now` is
    aware. Without `reply_by` the jail is asked to answer by noon of the next working day, and
    before release is due where that is sooner.
    """
    person, custody = case.one(Person), case.one(Custody)
    detainer, alive = _detainer(case.all(Detainer))
    zone = custody.facility_zone.value if custody.facility_zone else letterhead.zone
    text = (custody.release_expected or "").strip().rstrip(".")
    today = now.astimezone(ZoneInfo(letterhead.zone)).date()
    recorded, ended = _consent(case.all(Consent), today)
    return LetterFacts(
        name=written_name(person) if person.given or person.surname else "",
        booking_number=person.booking_number or "",
        custody=custody,
        detainer=detainer,
        detainers_alive=alive,
        charges=case.all(Charge),
        release_text=text,
        text_problem=_problem(text, case) if not _told(custody) else "",
        consent_recorded=recorded,
        consent_ended=ended,
        client_problem=_client_problem(case, addressee, today) if addressee else "",
        letterhead=letterhead,
        addressee=addressee or _head_of(custody),
        signer=signer or Signer(),
        now=now,
        zone=zone,
        zone_known=custody.facility_zone is not None,
        reply_by=(reply_by or _reply_by(custody, now, zone)).astimezone(ZoneInfo(zone)),
        enclosures=enclosures,
    )


def _told(custody: Custody) -> bool:
    return bool(custody.release_basis or custody.release_due_at or custody.release_due_on)


def _detainer(kept: tuple[Detainer, ...]) -> tuple[Detainer | None, int]:
    alive = [detainer for detainer in kept if not is_over(detainer)]

    def order(detainer: Detainer) -> tuple[bool, str]:
        received = detainer.received_at.date() if detainer.received_at else None
        when = received or (detainer.issued_on.first if detainer.issued_on else date.min)
        return detainer.status is DetainerStatus.ACTIVE, when.isoformat()

    # `max` keeps the first of equals; of two alike the later entry is the newer paper.
    chosen = max(reversed(alive or list(kept)), key=order, default=None)
    return chosen, len(alive)


def _consent(kept: tuple[Consent, ...], today: date) -> tuple[bool, ConsentState | None]:
    letter = best_state(kept, ConsentKind.LETTER, today)
    spoken_for = best_state(kept, ConsentKind.REPRESENTATION, today)
    recorded = letter in IN_FORCE or spoken_for in IN_FORCE
    return recorded, letter if letter in ENDED else None


def _client_problem(case: CaseFile, addressee: Addressee, today: date) -> str:
    """Anything addressed to the client stops unless she has said where it is safe."""
    person, contact = case.one(Person), case.one(Contact)
    own = set(fold(written_name(person)).split())
    named = [set(fold(words).split()) for words in (addressee.name, addressee.title)]
    homes = (contact.home_address, contact.mailing_address, contact.substitute_address)
    lines = fold(" ".join(addressee.lines))
    to_her = any(len(words & own) > 1 for words in named) or any(
        home and fold(home) in lines for home in homes
    )
    if not to_her:
        return ""
    answer = where_to_write(case, today)
    if isinstance(answer, Refusal):
        return answer.sentence
    return "This letter is written to the jail. It is no letter to the client: change “To”."


def _head_of(custody: Custody) -> Addressee:
    lines = tuple(line.strip() for line in (custody.facility_address or "").splitlines())
    return Addressee(
        title="Sheriff or Jail Commander",
        agency=custody.facility or "",
        lines=tuple(line for line in lines if line),
        cc=(_counsel(custody.facility_county or ""),),
    )


def _counsel(county: str) -> str:
    named = county.strip()
    if not named:
        return "County Counsel"
    kinds = ("county", "parish", "borough", "city", "district", "municipality")
    whole = named if any(kind in named.lower() for kind in kinds) else f"{named} County"
    return f"County Counsel, {whole}"


def _reply_by(custody: Custody, now: datetime, zone: str) -> datetime:
    where = ZoneInfo(zone)
    day = now.astimezone(where).date() + timedelta(days=1)
    while is_excluded(day):
        day += timedelta(days=1)
    noon = datetime.combine(day, time(12), tzinfo=where)
    due = custody.release_due_at
    if due is None or due <= now or due >= noon:
        return noon
    soonest = now + timedelta(hours=1)
    quarter = timedelta(minutes=15)
    whole = soonest.replace(minute=soonest.minute // 15 * 15, second=0, microsecond=0) + quarter
    return max(due, whole)


_NEVER_SAY = re.compile(
    r"\b(alien\w*|undocumented|illegal\w*|unlawful\w*|immigra\w*|noncitizen\w*|citizen\w*|visa\w*|"
    r"green card|border|deport\w*|removal|removable|asylum|refugee\w*|tps|daca|undoc\w*|"
    r"overstay\w*|victim\w*|abus\w*|domestic|violence|batter\w*|rape\w*|"
    r"traffick\w*|shelter\w*|survivor\w*|protective order|restraining order|u visa|vawa)\b"
)
_RELATIVES = re.compile(
    r"\b(wife|husband|spouse|partner|mother|father|mom|dad|sister|brother|son|daughter|cousin|"
    r"aunt|uncle|nephew|niece|grand\w+|girlfriend|boyfriend|fianc\w+|child|children|kids?)\b"
)


def _problem(text: str, case: CaseFile) -> str:
    """Why this free text may not be printed in a letter to a jail; empty where it may."""
    folded = f" {fold(text)} "
    digits = re.sub(r"\D", "", text)
    person = case.one(Person)
    if any(number in digits for number in _numbers(person)):
        return "it holds a number that is kept from the jail"
    if _NEVER_SAY.search(folded):
        return "it speaks of immigration, or of a victim"
    own = set(fold(written_name(person)).split())
    others = {word for name in _other_people(case) for word in fold(name).split()} - own
    if _RELATIVES.search(folded) or any(len(w) > 2 and f" {w} " in folded for w in others):
        return "it speaks of a relative or of another person"
    facility = case.one(Custody).facility_state
    for country in (person.country_of_birth, person.citizenship):
        if country is None or (facility and fold(facility.label) == fold(country.label)):
            continue
        if f" {fold(country.label)} " in folded:
            return "it names a country"
    return ""


def _numbers(person: Person) -> Iterator[str]:
    for value in (person.a_number, person.state_id, person.fbi_number, person.passport):
        digits = re.sub(r"\D", "", value or "")
        if len(digits) >= 5:
            yield digits


def _other_people(case: CaseFile) -> Iterator[str]:
    yield case.one(Intake).caller_name or ""
    for dependent in case.all(Dependent):
        yield dependent.name or ""
    for abuser in case.all(Abuser):
        yield abuser.name or ""
