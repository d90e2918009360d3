"""What has to be there before a letter can go out, as far as the case itself shows it.

The letter's gate and the rules of consent decide; this card only puts them into short lines.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtWidgets import QSizePolicy, QWidget

from intake_app.core.authorities import Library
from intake_app.core.case import CaseFile
from intake_app.core.casefile import Consent, Detainer, Protection
from intake_app.core.consents import ENDED, ConsentState, best_state, opens
from intake_app.core.findings import Setting
from intake_app.core.letters.facts import Letterhead, letter_facts
from intake_app.core.letters.fitting import fitting, to_a_jail
from intake_app.core.letters.gate import RULES_OF, case_blockers
from intake_app.core.letters.kinds import LetterKind
from intake_app.core.letters.rules import Blocker
from intake_app.core.roles import Act, may
from intake_app.core.vocabulary import ConsentKind, FactGroup, YesNo
from intake_app.ui.widgets import Card, Words, dp, empty


@dataclass(frozen=True)
class Check:
    """One line: what is wanted, whether it is there, and why it is wanted or missing."""

    words: str
    there: bool
    why: str = ""


def checks_of(case: CaseFile, setting: Setting, library: Library) -> tuple[Check, ...]:
    """The lines for the letter to the jail that fits, as this kind of member may see the case."""
    return tuple(_checks(case, setting, to_a_jail(fitting(case, library, setting))))


class LetterChecklist(Card):
    """The card with one line for each thing wanted."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Before a letter can go out", parent)
        self.body.setSpacing(dp(3))
        # Not Maximum: broken into lines, the words need more than their hint says.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def show_checks(self, checks: tuple[Check, ...]) -> None:
        """Show the lines anew."""
        empty(self.body)
        for check in checks:
            mark = "✓" if check.there else "✕"
            line = Words(f"{mark} {check.words}", "plain" if check.there else "error", wrap=True)
            state = "there" if check.there else "missing"
            line.setAccessibleName(f"{check.words}: {state}")
            line.setAccessibleDescription(check.why)
            line.setToolTip(check.why)
            self.body.addWidget(line)


_STOPS = {
    "NOT_IN_CUSTODY": "Still held by a jail",
    "DETAINER_OVER": "Detainer not over",
    "NOTICE_ONLY": "Detainer asks for a hold",
    "JUDICIAL_WARRANT": "No warrant of a judge",
    "FREE_TEXT": "Words about the release that may be printed",
    "OTHER_HOLD": "Nothing else that holds the person",
    "CLOCK": "The 48 hours over in every reading",
    "CONFIRM": "Custody confirmed since the time was over",
}
"""What is wanted where the gate says that something is in the way; by its rule."""

_CONSENT = {
    ConsentState.UNSIGNED: "not signed yet",
    ConsentState.NOT_YET: "not in force yet",
    ConsentState.INCOMPLETE: "incomplete",
    ConsentState.EXPIRED: "expired",
    ConsentState.WITHDRAWN: "taken back",
    ConsentState.VOID: "void",
}


def _checks(case: CaseFile, setting: Setting, kind: LetterKind) -> Iterator[Check]:
    holidays = frozenset(setting.reference.holidays)
    head = Letterhead("", "", setting.zone)
    facts = letter_facts(case, head, setting.now, kind, None, holidays)
    for need in RULES_OF[kind.gate].needs:
        where = "" if need.there(facts) else f"“{need.question}” under {need.section}."
        yield Check(need.words, not where, where)
    if detainers := case.all(Detainer):
        seen = any(detainer.copy_seen is YesNo.YES for detainer in detainers)
        yield Check("Copy of the detainer", seen, "The gate does not ask for it, but a judge may.")
    stops = {blocker.rule: blocker for blocker in case_blockers(facts)}
    for rule, words in _STOPS.items():
        if rule in stops:
            yield Check(words, False, stops[rule].why)
    yield _consent(case, setting, stops.get("CONSENT"))
    if may(setting.role, Act.SEE_PROTECTED) and case.one(Protection).survivor is YesNo.YES:
        jail = facts.addressee.agency
        told = opens(case.all(Consent), FactGroup.VICTIM, jail, setting.today)
        yield Check(
            "Written release before any domestic-violence fact is told to the jail",
            told is not None,
            "A consent in force that names this facility, and these facts.",
        )


def _consent(case: CaseFile, setting: Setting, stop: Blocker | None) -> Check:
    state = best_state(case.all(Consent), ConsentKind.LETTER, setting.today)
    words = "Signed consent to a letter"
    if state is None or state is ConsentState.VALID:
        return Check(words, state is not None)
    why = stop.why if stop is not None and state in ENDED else "See under Consent."
    return Check(f"{words} ({_CONSENT[state]})", False, why)
