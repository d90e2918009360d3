"""What a letter may know of a case, and nothing else.

The facts are picked out here, one by one. What is not picked can't get into a letter to a jail:
alienage, birthplace, manner of entry, the A-number, status, victim facts and the names of
relatives stay behind. Free text is picked only where nothing else tells the release event, and
only after a check of its words.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from intake_app.core.case import CaseFile
from intake_app.core.case_clock import is_over, standing_detainer
from intake_app.core.casefile import (
    Charge,
    Consent,
    Contact,
    Custody,
    Detainer,
    Person,
)
from intake_app.core.consents import ENDED, IN_FORCE, ConsentState, best_state
from intake_app.core.convictions import Answer, under_state_law
from intake_app.core.custody_clock import ClockReading
from intake_app.core.detainer_review import Flag, detainer_flags
from intake_app.core.directory import DirectoryEntry, from_directory
from intake_app.core.holiday_days import is_excluded
from intake_app.core.letters.addressees import recipient_of, usual_addressee
from intake_app.core.letters.consented import Consented, Opened, consented, opened_groups
from intake_app.core.letters.facts_certifier import CertifierFacts, certifier_facts
from intake_app.core.letters.facts_client import ClientFacts, client_facts, usual_language
from intake_app.core.letters.facts_court import CourtFacts, court_facts
from intake_app.core.letters.facts_ice import IceFacts, ice_facts
from intake_app.core.letters.facts_records import RecordsFacts, records_facts
from intake_app.core.letters.kinds import DECLINE, EXPIRED, LetterKind, Recipient
from intake_app.core.letters.options import Addressee, LetterOptions, Signer
from intake_app.core.letters.private_words import free_text_problem
from intake_app.core.names import fold, written_name
from intake_app.core.safe_contact import Refusal, where_to_write
from intake_app.core.vocabulary import (
    ChargeOutcome,
    ConsentKind,
    CustodyBasis,
    FactGroup,
    ImmigrationConviction,
    ReleasedTo,
    YesNo,
)

OwnFacts = CertifierFacts | ClientFacts | CourtFacts | IceFacts | RecordsFacts
T = TypeVar("T", bound=OwnFacts)


@dataclass(frozen=True)
class Letterhead:
    """The office as the letter shows it. `lines`: address and telephone; `zone`: IANA name.

    logo: a PNG or JPEG picture, or None.
    """

    name: str
    lines: str
    zone: str
    logo: bytes | None = None


@dataclass(frozen=True)
class LetterFacts:
    """The facts of one case for one letter, at one moment.

    clock: the 48 hours as the desk shows them; None where no detainer stands or a date is wrong.
    flags: what is missing or wrong on the detainer's form and may be told to the recipient.
    opened: the groups of facts the writer chose to tell and a consent lets be told, by group.
    consented: the facts they open.
    custody, detainer: the records as saved; a letter prints only named answers of them.
    detainers_alive: how many detainers are neither ended nor superseded.
    text_problem: why the free text about the release may not be printed; empty where it may.
    consent_ended: why the consents to letters there were are all over; None where one is in
    force, or where there never was one.
    client_problem: why this letter may not go to the person it names as addressee, who is the
    client; empty where it goes to somebody else.
    reply_by: when the recipient is asked to answer, in the facility's zone.
    wanted: the groups of facts this letter is to tell, opened or not.
    next_step: what the signing attorney says will follow.
    own: what recipients other than a jail may know besides; None for a letter to a jail.
    """

    kind: LetterKind
    name: str
    booking_number: str
    custody: Custody
    detainer: Detainer | None
    detainers_alive: int
    clock: ClockReading | None
    flags: tuple[Flag, ...]
    opened: Mapping[FactGroup, Opened]
    consented: Consented
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
    language: str = "en"
    wanted: frozenset[FactGroup] = frozenset()
    own: OwnFacts | None = None
    next_step: str = ""

    def of(self, cls: type[T]) -> T:
        """The facts only this recipient may know; an error of ours where it may know others."""
        if not isinstance(self.own, cls):
            raise TypeError(f"a letter to {self.kind.to} holds no {cls.__name__}")
        return self.own

    @property
    def printed_letterhead(self) -> Letterhead:
        """The head of the page: empty where nothing may show who sends the letter."""
        plain = isinstance(self.own, ClientFacts) and self.own.plain
        return Letterhead("", "", self.letterhead.zone) if plain else self.letterhead

    @property
    def state(self) -> str:
        """The facility's state in two letters; empty where it is not known."""
        return self.custody.facility_state.value if self.custody.facility_state else ""

    @property
    def state_name(self) -> str:
        """That state as it stands in a sentence: `the District of Columbia`; empty if unknown."""
        state = self.custody.facility_state
        name = state.label if state else ""
        return f"the {name}" if name in ("District of Columbia", "Virgin Islands") else name

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


def letter_facts(
    case: CaseFile,
    letterhead: Letterhead,
    now: datetime,
    kind: LetterKind = DECLINE,
    options: LetterOptions | None = None,
    added_days: frozenset[date] = frozenset(),
    directory: tuple[DirectoryEntry, ...] = (),
) -> LetterFacts:
    """Pick out of a case what a letter of this kind may know.

    Without an addressee the one of the office's directory that fits is written to, else the usual
    one of the kind; the client only where safe contact says so. `now` is aware. Without
    `options.reply_by` an answer is asked for by noon of the next working day, and before release
    is due where that is sooner; a certifying official and a keeper of records get two weeks.
    added_days: the office's own holidays.
    """
    chosen = options or LetterOptions()
    person, custody = case.one(Person), case.one(Custody)
    zone = custody.facility_zone.value if custody.facility_zone else letterhead.zone
    text = (custody.release_expected or "").strip().rstrip(".")
    today = now.astimezone(ZoneInfo(letterhead.zone)).date()
    recorded, ended = _consent(case.all(Consent), today)
    to_client = kind.to is Recipient.CLIENT
    named = None if to_client else chosen.addressee
    usual = usual_addressee(kind, case, "by_hand" in chosen.grounds, today)
    addressee = named or from_directory(directory, kind, custody, usual)
    wanted = _wanted(kind, chosen)
    detainers = case.all(Detainer)
    standing = standing_detainer(detainers, custody, letterhead.zone, now, added_days)
    # One paper for the clock and for the letter; where none stands, the last one says why.
    detainer = standing[0] if standing else next(reversed(detainers), None)
    opened = opened_groups(case, addressee, wanted, today)
    flags = detainer_flags(detainer, case) if detainer else ()
    reply_by = chosen.reply_by or _reply_by(kind, custody, now, zone)
    return LetterFacts(
        kind=kind,
        name=written_name(person) if person.given or person.surname else "",
        booking_number=person.booking_number or "",
        custody=custody,
        detainer=detainer,
        detainers_alive=sum(not is_over(one) for one in detainers),
        clock=standing[1] if standing else None,
        flags=tuple(flag for flag in flags if not flag.office_only),
        opened=opened,
        consented=consented(case, opened),
        charges=case.all(Charge),
        release_text=text,
        text_problem=free_text_problem(text, case) if not _told(custody) else "",
        consent_recorded=recorded,
        consent_ended=ended,
        client_problem=_client_problem(case, named, today) if named else "",
        letterhead=letterhead,
        addressee=addressee,
        signer=chosen.signer or Signer(),
        now=now,
        zone=zone,
        zone_known=custody.facility_zone is not None,
        reply_by=reply_by.astimezone(ZoneInfo(zone)),
        enclosures=chosen.enclosures,
        language=chosen.language or usual_language(kind, case),
        wanted=wanted,
        next_step=chosen.next_step.strip().rstrip("."),
        own=_own(kind, case, addressee, chosen, today),
    )


def _wanted(kind: LetterKind, chosen: LetterOptions) -> frozenset[FactGroup]:
    told = {group for group in FactGroup if group.value in chosen.tell}
    for ground in kind.grounds:
        if ground.key in chosen.grounds and ground.group is not None:
            told.add(ground.group)
    return frozenset((*told, *kind.tells))


def _own(
    kind: LetterKind, case: CaseFile, addressee: Addressee, chosen: LetterOptions, today: date
) -> OwnFacts | None:
    """What this recipient, and no other, may know."""
    match kind.to:
        case Recipient.ICE:
            return ice_facts(case)
        case Recipient.CERTIFIER:
            return certifier_facts(case)
        case Recipient.RECORDS | Recipient.ICE_RECORDS:
            return records_facts(case, recipient_of(addressee), kind.to, today)
        case Recipient.COURT_SIDE:
            return court_facts(case)
        case Recipient.CLIENT:
            return client_facts(case, "by_hand" in chosen.grounds, today)
        case _:
            return None


def _told(custody: Custody) -> bool:
    return bool(custody.release_basis or custody.release_due_at or custody.release_due_on)


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
    return "This letter is written to an agency. It is no letter to the client: change “To”."


def _reply_by(kind: LetterKind, custody: Custody, now: datetime, zone: str) -> datetime:
    where = ZoneInfo(zone)
    if kind.gate == EXPIRED.key:
        # Every hour counts: two of them, to the next quarter.
        return _quarter_after(now + timedelta(hours=2))
    patient = kind.to in (Recipient.CERTIFIER, Recipient.RECORDS)
    day = now.astimezone(where).date() + timedelta(days=14 if patient else 1)
    while is_excluded(day):
        day += timedelta(days=1)
    noon = datetime.combine(day, time(12), tzinfo=where)
    due = None if patient else custody.release_due_at
    if due is None or due <= now or due >= noon:
        return noon
    return max(due, _quarter_after(now + timedelta(hours=1)))


def _quarter_after(moment: datetime) -> datetime:
    whole = moment.replace(minute=moment.minute // 15 * 15, second=0, microsecond=0)
    return whole + timedelta(minutes=15)
