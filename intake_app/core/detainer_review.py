"""What is missing or wrong on a detainer form, and what to do with it.

A flag is raised on a recorded answer only: what nobody has read off the form yet is listed as
still to be read, never taken for a no. Flags help to write a letter; none is legal advice, and
one that is for the office only is never said to a jail or to ICE.

Source: section 8.3 of our law notes, and the entries of the library that the flags name by id.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from intake_app.core.case import CaseFile
from intake_app.core.casefile import Charge, Custody, Detainer, Immigration, Person
from intake_app.core.cited import CITED, STATE_OF
from intake_app.core.federal_screen import CONSEQUENCE, Present, federal_screen
from intake_app.core.fields import question
from intake_app.core.findings import Weight
from intake_app.core.vocabulary import (
    CitizenClaim,
    DetainerBox,
    DetainerForm,
    ProbableCause,
    StatusClaimed,
    WarrantAttached,
    YesNo,
)


class FlagId(StrEnum):
    """The flags: those of section 8.3, then what the other answers of the form call for."""

    NO_BASIS = "NO_BASIS"
    NO_WARRANT = "NO_WARRANT"
    NOT_SERVED = "NOT_SERVED"
    DB_ONLY = "DB_ONLY"
    OLD_FORM = "OLD_FORM"
    NOTICE_ONLY = "NOTICE_ONLY"
    USC_CLAIM = "USC_CLAIM"
    WRONG_PERSON = "WRONG_PERSON"
    LRA = "LRA"
    NOT_SIGNED = "NOT_SIGNED"
    WARRANT_NOT_SIGNED = "WARRANT_NOT_SIGNED"
    WARRANT_NOT_DATED = "WARRANT_NOT_DATED"
    WARRANT_LATER = "WARRANT_LATER"
    JUDICIAL_WARRANT = "JUDICIAL_WARRANT"
    BY_MOUTH = "BY_MOUTH"
    NO_COPY = "NO_COPY"


@dataclass(frozen=True)
class Flag:
    """One thing about a detainer.

    reason: what was recorded that raises it. use: what to do with it. authorities: ids of the
    library (see `CITED`). office_only: never to be said to the jail or to ICE.
    """

    id: FlagId
    reason: str
    use: str
    authorities: tuple[str, ...] = ()
    weight: Weight = Weight.NOTE
    office_only: bool = False

    @property
    def cited(self) -> str:
        """The authorities as they are cited; empty where there are none."""
        return "; ".join(CITED[one] for one in self.authorities)


LAST_DAY_OF_OLD_FORMS = date(2017, 4, 1)
"""ICE issues Form I-247A from 2 April 2017 on (ICE guidance)."""

_OLD = (DetainerForm.I247, DetainerForm.I247D, DetainerForm.I247N, DetainerForm.I247X)
_NOTICE = (DetainerForm.I247G, DetainerForm.I247N)
_ADMINISTRATIVE = (WarrantAttached.I200, WarrantAttached.I205)
_SUFFICIENT = (
    "Some states’ laws ask for a sufficient form before a jail must comply: ask the jail who found "
    "this one sufficient, and when"
)


def detainer_flags(detainer: Detainer, case: CaseFile) -> tuple[Flag, ...]:
    """Every flag of one detainer of a case: of its form, and of the person it names.

    Of the state laws only the facility's own is named; all of them where its state is not known.
    """
    state = case.one(Custody).facility_state
    found = (*form_flags(detainer), *case_flags(case))
    return tuple(_for_state(flag, state.value if state else "") for flag in found)


def _for_state(flag: Flag, state: str) -> Flag:
    kept = (one for one in flag.authorities if not state or STATE_OF.get(one, state) == state)
    return replace(flag, authorities=tuple(kept))


def form_flags(detainer: Detainer) -> Iterator[Flag]:
    """What the recorded answers about one form say."""
    yield from _of_paper(detainer)
    yield from _of_basis(detainer)
    yield from _of_warrant(detainer)
    if detainer.served is YesNo.NO:
        yield Flag(
            FlagId.NOT_SERVED,
            "No copy was served on the person.",
            "Form I-247A takes effect only when a copy is served (ICE’s guidance on that form). "
            "Say so to the jail; the 48 hours are counted all the same."
            if detainer.form is DetainerForm.I247A
            else "Look on the form: Form I-247A takes effect only when a copy is served; what "
            "other editions say, an attorney checks.",
        )
    if detainer.person_matches is YesNo.NO:
        yield Flag(
            FlagId.WRONG_PERSON,
            "The name, birth date or A-number on the form is not this person’s.",
            "Tell an attorney at once. A hold on a paper for somebody else has no basis: ask the "
            "jail and ICE to compare fingerprints and to withdraw it.",
            ("C01", "C02"),
            Weight.ALARM,
        )


def _of_paper(detainer: Detainer) -> Iterator[Flag]:
    if detainer.form in _NOTICE:
        yield Flag(
            FlagId.NOTICE_ONLY,
            f"Form {detainer.form.value} asks the jail for notice only.",
            "It requests no hold: any time past release is too long unless something else holds "
            "the person.",
        )
    if detainer.investigation_box is YesNo.YES:
        yield Flag(
            FlagId.OLD_FORM,
            "The form says that an investigation was begun.",
            "An investigation is no probable cause, and by ICE’s own policy no ground for a "
            "detainer. A county was held liable for a hold on such a form.",
            ("C20", "P01"),
        )
    elif _is_old(detainer):
        yield Flag(
            FlagId.OLD_FORM,
            "ICE had replaced this form by the day it was issued.",
            "By ICE’s guidance a detainer issued since 2 April 2017 is on Form I-247A: ask the "
            "jail for that form.",
            ("P01",),
        )
    if detainer.signed is YesNo.NO:
        yield Flag(
            FlagId.NOT_SIGNED,
            "The form bears no signature, or no name and title.",
            f"{_SUFFICIENT}; and ask for the signed form.",
            ("L02", "L11", "L15"),
        )
    if detainer.form is DetainerForm.ORAL:
        yield Flag(
            FlagId.BY_MOUTH,
            "The request came by word of mouth.",
            f"There is no form to be sufficient. {_SUFFICIENT}; and ask for any paper there is.",
            ("L02", "L11", "L12", "L15", "P01"),
        )
    if detainer.copy_seen is YesNo.NO:
        yield Flag(
            FlagId.NO_COPY,
            "We hold no copy of the form.",
            "Ask the jail for one, with the client’s own signed authorization: jails point to a "
            "federal rule against handing it to others.",
            ("F14",),
            Weight.WARN,
        )


def _is_old(detainer: Detainer) -> bool:
    issued = detainer.issued_on
    # A month or a year alone counts only where every day of it is too late.
    return detainer.form in _OLD and issued is not None and issued.first > LAST_DAY_OF_OLD_FORMS


def _of_basis(detainer: Detainer) -> Iterator[Flag]:
    if (
        detainer.form is DetainerForm.I247A
        and detainer.box is DetainerBox.NEITHER
        and not detainer.probable_cause
    ):
        yield Flag(
            FlagId.NO_BASIS,
            "Neither box 1 nor box 2 is ticked: no basis for probable cause is marked.",
            f"{_SUFFICIENT}. ICE’s own policy requires probable cause for every detainer.",
            ("L02", "L11", "L15", "P01"),
        )
    if detainer.probable_cause == (ProbableCause.BIOMETRIC,):
        yield Flag(
            FlagId.DB_ONLY,
            "The only basis ticked is the fingerprint match and database records.",
            "See whether the issuing office is on the list of covered offices in the Gonzalez "
            "settlement, and ask class counsel. Do not cite the 2020 opinion for this: it vacated "
            "the injunction about databases.",
            ("C07",),
            Weight.WARN,
        )


def _of_warrant(detainer: Detainer) -> Iterator[Flag]:
    warrant = detainer.warrant
    if warrant is WarrantAttached.NONE:
        yield Flag(
            FlagId.NO_WARRANT,
            "No Form I-200 or I-205 came with it.",
            f"{_SUFFICIENT}. ICE’s own policy says that a signed warrant must come with every "
            "detainer. A federal court in Illinois held that a detainer without a warrant, and "
            "without a finding that the person is likely to escape, exceeds the power to arrest.",
            ("L02", "L11", "L12", "L15", "C21", "P01"),
        )
    if warrant is WarrantAttached.JUDICIAL:
        yield Flag(
            FlagId.JUDICIAL_WARRANT,
            "A judge signed the warrant that came with it.",
            "That is no voluntary request: do not ask the jail to decline. Get the warrant and "
            "bring it to an attorney at once.",
            (),
            Weight.WARN,
        )
    if warrant not in _ADMINISTRATIVE:
        return
    if detainer.warrant_signed is YesNo.NO:
        yield Flag(
            FlagId.WARRANT_NOT_SIGNED,
            f"The Form {warrant.value} is not signed.",
            f"Only a signed warrant counts. {_SUFFICIENT}.",
            ("L02", "L11", "L12", "L15", "P01"),
        )
    if detainer.warrant_dated is YesNo.NO:
        yield Flag(
            FlagId.WARRANT_NOT_DATED,
            f"The Form {warrant.value} bears no date.",
            "Nothing shows that there was a warrant when the detainer was issued: ask for the "
            "dated paper.",
            ("P01",),
        )
    dated, issued = detainer.warrant_on, detainer.issued_on
    if dated is not None and issued is not None and dated.first > issued.last:
        yield Flag(
            FlagId.WARRANT_LATER,
            f"The Form {warrant.value} is dated later than the detainer.",
            "The detainer was issued without a warrant. ICE’s own policy says that one must come "
            "with it.",
            ("P01",),
        )


CITIZEN = (CitizenClaim.CLAIMS, CitizenClaim.DOCUMENTED, CitizenClaim.DERIVATIVE)
"""Claims to be a citizen of the United States, shown by papers or not."""

# An application and deferred action are no lawful status.
_LAWFUL = (
    StatusClaimed.CITIZEN,
    StatusClaimed.LPR,
    StatusClaimed.REFUGEE,
    StatusClaimed.TPS,
    StatusClaimed.NONIMMIGRANT,
)


def case_flags(case: CaseFile) -> Iterator[Flag]:
    """What the person's own answers and the charges say about any detainer against her."""
    person, immigration = case.one(Person), case.one(Immigration)
    citizen = person.us_citizen_claim in CITIZEN
    if citizen or immigration.status_claimed in _LAWFUL:
        claim = "U.S. citizenship" if citizen else "citizenship or a lawful status"
        yield Flag(
            FlagId.USC_CLAIM,
            f"The person, or the family, claims {claim}.",
            "Before everything else: bring it to an attorney at once, with every proof there is. "
            "In Texas proof of citizenship or lawful status may end the jail’s duty; an attorney "
            "checks the present article.",
            ("C03", "C04"),
            Weight.ALARM,
            office_only=True,
        )
    if federal_screen(case.all(Charge)).listed is Present.YES:
        yield Flag(
            FlagId.LRA,
            "A charge names an offense listed in the Laken Riley Act; an arrest is enough.",
            CONSEQUENCE,
            ("F10",),
            Weight.WARN,
            office_only=True,
        )


def still_to_read(detainer: Detainer) -> tuple[str, ...]:
    """The labels of what nobody has read off the form yet, or could not."""
    return tuple(question(Detainer, name).label for name in _unread(detainer))


def _unread(detainer: Detainer) -> Iterator[str]:
    form, warrant = detainer.form, detainer.warrant
    if form in (None, DetainerForm.UNKNOWN, DetainerForm.NONE_SEEN):
        yield "form"
    if form is DetainerForm.ORAL:
        return
    if detainer.issued_on is None:
        yield "issued_on"
    if form is DetainerForm.I247A:
        if detainer.box in (None, DetainerBox.UNKNOWN):
            yield "box"
        # A basis without its box is a slip of the pen: look again.
        if detainer.box is DetainerBox.NEITHER and detainer.probable_cause:
            yield "box"
    if detainer.box is DetainerBox.PROBABLE_CAUSE and not detainer.probable_cause:
        yield "probable_cause"
    if form in _OLD and _open(detainer.investigation_box):
        yield "investigation_box"
    yield from (name for name in ("signed", "person_matches", "served") if _open_in(detainer, name))
    if warrant in (None, WarrantAttached.UNKNOWN):
        yield "warrant"
    if warrant in _ADMINISTRATIVE:
        if _open(detainer.warrant_signed):
            yield "warrant_signed"
        if detainer.warrant_on is None and _open(detainer.warrant_dated):
            yield "warrant_on"
    if _open(detainer.copy_seen):
        yield "copy_seen"


def _open_in(detainer: Detainer, name: str) -> bool:
    answer: YesNo | None = getattr(detainer, name)
    return _open(answer)


def _open(answer: YesNo | None) -> bool:
    return answer not in (YesNo.YES, YesNo.NO)
