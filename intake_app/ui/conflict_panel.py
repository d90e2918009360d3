"""The conflict check of a case: made by itself, half a second after who is asked about changed.

It shows what the workflow lets this member see, and never more: whoever may not know a match
reads the same words however many there are.
"""

from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from intake_app.core.case import CaseFile
from intake_app.core.casefile import Intake
from intake_app.core.conflict_parties import asked_in, missing_for_check
from intake_app.core.errors import AppError
from intake_app.core.vocabulary import CaseStatus
from intake_app.store.office import Office
from intake_app.ui.case_panel import CasePanel
from intake_app.ui.conflict_match import ConflictMatch
from intake_app.ui.conflict_words import NOTES, SAID, sentence
from intake_app.ui.jobs import Jobs
from intake_app.ui.page import Clock, Page
from intake_app.ui.section_notes import Note
from intake_app.ui.theme import Tone
from intake_app.ui.widgets import Card, InlineMessage, Pill, QuietButton, Words, announce, dp, empty
from intake_app.workflows.check_conflicts import (
    ConflictView,
    Decision,
    Outcome,
    check_conflicts,
    read_people_part,
)
from intake_app.workflows.decide_conflict import decide_conflict, hold_for_conflict

CHECK_AFTER = 500
"""Milliseconds after the last change of a name, a birth date or a number."""

_DECISIONS = (
    (Decision.NONE, "No conflict"),
    (Decision.WAIVED, "Conflict, waived"),
    (Decision.CONFIRMED, "Conflict"),
)
_MAY_HOLD = (Outcome.POSSIBLE, Outcome.ASK, Outcome.CONFIRMED)


class ConflictPanel(CasePanel):
    """What the check found, and the decision about it."""

    def __init__(self, jobs: Jobs, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(jobs, clock, parent)
        self._office: Office | None = None
        self._case: CaseFile | None = None
        self._request = 0
        self._shown: object = None
        self._reading = self._put_off = False
        self.result: ConflictView | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(CHECK_AFTER)
        self._soon.timeout.connect(self._check)
        self.message = InlineMessage()
        self.message.acted.connect(self._check)
        self.pill = Pill()
        self.words = Words(wrap=True)
        self.missing = Words("", "help", wrap=True)
        self.decided = Words("", "quiet", wrap=True)
        self.matches: list[ConflictMatch] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self.reason = QLineEdit()
        self.reason.setAccessibleName("Reason of the decision")
        self.reason.setMaxLength(2_000)
        self.clear_match = self._decides(Decision.OTHER_PERSON, "They are other people")
        self.decisions = {which: self._decides(which, words) for which, words in _DECISIONS}
        self.hold = QuietButton("Put the case on conflict hold")
        self.hold.clicked.connect(self._hold)
        self._lay_out()
        self.forget()

    def _decides(self, decision: Decision, words: str) -> QuietButton:
        button = QuietButton(words)
        button.clicked.connect(partial(self._decide, decision))
        return button

    def _lay_out(self) -> None:
        card = Card("Looked for in other cases")
        head = QHBoxLayout()
        head.setSpacing(dp(10))
        head.addWidget(self.pill, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self.words, 1)
        self._deciding = QWidget()
        column = QVBoxLayout(self._deciding)
        column.setContentsMargins(0, dp(6), 0, 0)
        column.setSpacing(dp(6))
        self._asks = Words("", "quiet", wrap=True)
        column.addWidget(self._asks)
        column.addWidget(self.reason)
        buttons = QHBoxLayout()
        buttons.setSpacing(dp(8))
        for button in (self.clear_match, *self.decisions.values()):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column.addLayout(buttons)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, dp(4), 0, 0)
        foot.addWidget(self.hold)
        foot.addStretch(1)
        card.body.addLayout(head)
        card.body.addWidget(self.missing)
        card.body.addLayout(self._list)
        card.body.addWidget(self.decided)
        card.body.addWidget(self._deciding)
        card.body.addLayout(foot)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(dp(14))
        whole.addWidget(self.message)
        whole.addWidget(card)

    # What the case page asks of every panel.

    @override
    def show_case(self, office: Office, case: CaseFile, *, other: bool) -> None:
        """Check at once when the case is opened, and soon after who is asked about changed."""
        self._office, self._case = office, case
        asked = (case.case_id, asked_in(case), missing_for_check(case))
        self._offer_hold()
        if other:
            self._shown = asked
            self._check()
        elif asked != self._shown or self._put_off:
            self._shown = asked
            self._soon.start()

    @override
    def came_to_front(self) -> None:
        """People of other cases may have changed since."""
        if self.result is not None and not self._soon.isActive():
            self._check()

    @override
    def focus_first(self) -> None:
        """Into the reason where a decision is asked for."""
        if self._deciding.isVisible():
            self.reason.setFocus()
        elif self.matches:
            self.matches[0].open.setFocus()

    @override
    def flush(self) -> None:
        """The window may be about to lock: it must not wait for all the people of the office."""
        if self._reading:
            self._request += 1
            self._reading = False
            self._soon.start()

    @override
    def forget(self) -> None:
        """Let go of whoever was found."""
        self._request += 1
        self._soon.stop()
        self._office = self._case = self._shown = self.result = None
        self._reading = self._put_off = False
        self.message.clear()
        self.reason.clear()
        self._show(None)

    @override
    def note(self) -> Note:
        """A tick where nothing is open."""
        return Note() if self.result is None else NOTES[self.result.outcome]

    # The check.

    def _check(self) -> None:
        self._soon.stop()
        # The office may be closed behind a page that nobody sees.
        self._put_off = not self._in_use()
        if self._office is not None and self._case is not None and not self._put_off:
            self._request += 1
            self._reading = True
            self._read_people(self._request, more=True)

    def _in_use(self) -> bool:
        page = self.parentWidget()
        while page is not None and not isinstance(page, Page):
            page = page.parentWidget()
        return page is None or page.isVisible()

    def _read_people(self, request: int, more: bool) -> None:
        """Some people a job: edits go in between."""
        if request != self._request or self._office is None or self._case is None:
            return
        if not self._in_use():
            self._reading, self._put_off = False, True
            return
        if more:
            answer = partial(self._read_people, request)
            self.jobs.run(partial(read_people_part, self._office), answer, self._failed)
            return
        self._reading = False
        work = partial(check_conflicts, self._office, self._case.case_id, self.clock())
        self.jobs.run(work, partial(self._checked, request), self._failed)

    def _checked(self, request: int, result: ConflictView) -> None:
        if request != self._request:
            return
        before, self.result = self.result, result
        self.message.clear()
        if result == before:
            return
        self._show(result)
        self.noted.emit(self.note())
        if before is None or before.outcome is not result.outcome:
            announce(self, f"Conflict check: {SAID[result.outcome][0]}")

    def _failed(self, error: AppError) -> None:
        self.message.say(error.sentence, Tone.BAD, "Check again")

    # Deciding.

    def _decide(self, decision: Decision, _checked: bool = False) -> None:
        if self._office is None or self._case is None or self.result is None:
            return
        if self.result.check_id is not None:
            work = partial(
                decide_conflict,
                self._office,
                self._case.case_id,
                self.result.check_id,
                decision,
                self.reason.text(),
                self.clock(),
            )
            self.jobs.run(work, partial(self._kept, self._request), self._not_decided)

    def _kept(self, request: int, _nothing: None) -> None:
        if request == self._request:
            self.reason.clear()
            self._check()

    def _not_decided(self, error: AppError) -> None:
        self.message.say(error.sentence)
        self.reason.setFocus()

    def _hold(self, _checked: bool = False) -> None:
        if self._office is not None and self._case is not None:
            work = partial(hold_for_conflict, self._office, self._case.case_id, self.clock())
            self.jobs.run(work, partial(self._held, self._case.case_id), self._not_decided)

    def _held(self, case_id: int, _nothing: None) -> None:
        # The page reads the case again: its status is another one now.
        if self._case is not None and self._case.case_id == case_id:
            self.wanted.emit("case", case_id)

    def _open(self, case_id: int) -> None:
        self.wanted.emit("case", case_id)

    # Words on the page.

    def _show(self, result: ConflictView | None) -> None:
        empty(self._list)
        self.matches = []
        outcome = Outcome.NOT_CHECKED if result is None else result.outcome
        self.pill.say(*(SAID[outcome] if result else ("checking…", Tone.PLAIN)))
        self.words.setText(sentence(result) if result else "")
        self._show_missing(result)
        for match in result.matches if result else ():
            row = ConflictMatch(match)
            row.wanted.connect(self._open)
            self.matches.append(row)
            self._list.addWidget(row)
        self._show_decision(result)
        self._offer_hold()

    def _show_missing(self, result: ConflictView | None) -> None:
        words = ""
        if result and result.missing and result.outcome is not Outcome.NOT_CHECKED:
            words = f"The person held is not looked for yet: give the {result.missing} above."
        self.missing.setText(words)
        self.missing.setVisible(bool(words))

    def _show_decision(self, result: ConflictView | None) -> None:
        self.decided.setText(self._decided_words(result))
        self.decided.setVisible(bool(self.decided.text()))
        decides = result is not None and result.may_decide
        clears = result is not None and result.may_clear
        self._deciding.setVisible(decides or clears)
        self.clear_match.setVisible(clears)
        for button in self.decisions.values():
            button.setVisible(decides)
        self._asks.setText(
            "Your decision is kept with the check. A waiver needs its reason: who agreed in "
            "writing, and when."
            if decides
            else "How do you know that they are other people? Whether there is a conflict is for "
            "an attorney."
        )
        self.reason.setPlaceholderText(
            "Reason" if decides else "For example: other birth date, other A-number"
        )

    def _decided_words(self, result: ConflictView | None) -> str:
        if result is None or result.decided_at is None or self._office is None:
            return ""
        at = result.decided_at.astimezone(ZoneInfo(self._office.profile.zone))
        words = f"Decided by {result.decided_by}, {at:%b} {at.day}, {at.year}"
        return f"{words}: {result.reason}" if result.reason else f"{words}."

    def _offer_hold(self) -> None:
        held = self._case is not None and self._case.one(Intake).status is CaseStatus.CONFLICT_HOLD
        result = self.result
        offered = result is not None and result.may_hold and result.outcome in _MAY_HOLD
        self.hold.setVisible(offered and not held)
