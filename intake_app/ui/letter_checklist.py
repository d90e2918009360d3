"""What has to be there before a letter can go out, as far as the case itself shows it."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtWidgets import QSizePolicy, QWidget

from intake_app.core.case import CaseFile
from intake_app.core.casefile import Consent, Custody, Detainer, Person, Protection
from intake_app.core.roles import Act, Role, may
from intake_app.core.vocabulary import ConsentKind, FactGroup, SignedHow, YesNo
from intake_app.ui.widgets import Card, Words, dp, empty


@dataclass(frozen=True)
class Check:
    """One line: what is wanted, and whether it is there."""

    words: str
    there: bool


def checks_of(case: CaseFile, role: Role) -> tuple[Check, ...]:
    """The lines for one case, as this kind of member may see it."""
    return tuple(_checks(case, role))


class LetterChecklist(Card):
    """The card with one line for each thing wanted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Before a letter can go out", parent)
        self.body.setSpacing(dp(3))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_checks(self, checks: tuple[Check, ...]) -> None:
        """Show the lines anew."""
        empty(self.body)
        for check in checks:
            mark = "✓" if check.there else "✕"
            line = Words(f"{mark} {check.words}", "plain" if check.there else "error", wrap=True)
            state = "there" if check.there else "missing"
            line.setAccessibleName(f"{check.words}: {state}")
            self.body.addWidget(line)


def _checks(case: CaseFile, role: Role) -> Iterator[Check]:
    person, custody = case.one(Person), case.one(Custody)
    yield Check("Name of the person", bool(person.surname or person.given))
    yield Check("Facility and its state", bool(custody.facility and custody.facility_state))
    detainers = case.all(Detainer)
    yield Check("Detainer", bool(detainers))
    if detainers:
        seen = any(detainer.copy_seen is YesNo.YES for detainer in detainers)
        yield Check("Copy of the detainer", seen)
    consents = [
        consent
        for consent in case.all(Consent)
        if consent.kind is ConsentKind.LETTER
        and consent.signed_how in (SignedHow.WET, SignedHow.ELECTRONIC)
        and consent.withdrawn_on is None
    ]
    yield Check("Signed consent to a letter", bool(consents))
    if may(role, Act.SEE_PROTECTED) and case.one(Protection).survivor is YesNo.YES:
        told = any(FactGroup.VICTIM in (consent.facts or ()) for consent in consents)
        yield Check("Written release for domestic-violence facts", told)
