"""One letter: what it says and cites left, the page itself right, always as it would print."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget
from typing_extensions import override

from intake_app.core.case import CaseFile
from intake_app.core.casefile import Custody, Protection
from intake_app.core.errors import AppError
from intake_app.core.letter_facts import Addressee, Signer
from intake_app.core.letter_gate import KINDS
from intake_app.core.names import hidden_in_lists
from intake_app.core.roles import Act, Role, may
from intake_app.store.office import Office
from intake_app.ui.asking import Asking, write_file
from intake_app.ui.jobs import Jobs
from intake_app.ui.letter_cards import AuthoritiesCard, BlockersCard, FactsCard, WarningsCard
from intake_app.ui.page import Clock, Page
from intake_app.ui.pdf_view import PdfView
from intake_app.ui.plain_form import PlainForm
from intake_app.ui.printing import new_printer, print_document
from intake_app.ui.theme import Theme, Tone
from intake_app.ui.widgets import (
    Card,
    Column,
    ElidedWords,
    InlineMessage,
    Pill,
    PrimaryButton,
    QuietButton,
    announce,
    dp,
)
from intake_app.workflows.ask_for_approval import ask_for_approval
from intake_app.workflows.compose_letter import ComposedLetter, LetterOptions, compose_letter
from intake_app.workflows.open_case import open_case

TYPING = 250
"""Milliseconds without a key after which the page is set anew."""

USUAL_ADDRESSEE = "Sheriff or Jail Commander"
_NO_LETTER = "The page stands here when nothing blocks the letter."


@dataclass(frozen=True)
class _Written:
    case: CaseFile
    letter: ComposedLetter


@dataclass(frozen=True)
class _Wishes:
    """What was typed at the left."""

    addressee: str
    attention: str
    signer: str
    signs_as: str


class LetterPage(Page):
    """`show_for(office, case_id)` writes a letter for that case."""

    key = "letter"
    words = "Letter"
    icon = "letters"
    stands_under = "letters"
    needs = Act.COMPOSE_LETTERS

    def __init__(
        self,
        jobs: Jobs,
        clock: Clock,
        parent: QWidget | None = None,
        asking: Asking | None = None,
    ) -> None:
        super().__init__(jobs, clock, parent)
        self._asking = asking or Asking()
        self._office: Office | None = None
        self._case_id: int | None = None
        self._number = ""
        self._asked = 0
        self.title = ElidedWords("Letter", "title")
        self.draft = Pill()
        self.open_case = QuietButton("Open the case")
        self.ask = QuietButton("Ask an attorney to approve")
        self.save = QuietButton("Save PDF…")
        self.print = PrimaryButton("Print…")
        self.kind = QComboBox()
        self.kind.setMinimumContentsLength(16)
        self.kind.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        for kind, words in KINDS.items():
            self.kind.addItem(words, kind)
        self.addressee, self.attention = QLineEdit(USUAL_ADDRESSEE), QLineEdit()
        self.signer, self.signs_as = QLineEdit(), QLineEdit()
        self.attention.setPlaceholderText("Name, where you know it")
        self.signer.setPlaceholderText("Name of the attorney")
        self.signs_as.setPlaceholderText("Staff Attorney")
        self.message = InlineMessage()
        self.blockers = BlockersCard()
        self.facts = FactsCard()
        self.warnings = WarningsCard()
        self.authorities = AuthoritiesCard()
        self.page = PdfView("Letter", _NO_LETTER)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING)
        self._lay_out()
        self._bar = self._make_bar()
        self._connect()

    def _lay_out(self) -> None:
        card = Card("Letter")
        form = PlainForm()
        form.ask("Kind", self.kind)
        form.ask("To", self.addressee)
        form.ask("Attention", self.attention)
        form.ask("Signed by", self.signer)
        form.ask("As", self.signs_as)
        card.body.addLayout(form)
        self._column = column = Column()
        for widget in (
            self.message,
            card,
            self.blockers,
            self.warnings,
            self.facts,
            self.authorities,
        ):
            column.body.addWidget(widget)
        column.body.addStretch(1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(dp(18), dp(18), dp(18), dp(18))
        whole.setSpacing(dp(16))
        whole.addWidget(column, 9)
        whole.addWidget(self.page, 11)

    def _make_bar(self) -> QWidget:
        bar = QWidget()
        row = QHBoxLayout(bar)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(dp(12))
        row.addWidget(self.title, 1)
        row.addWidget(self.draft)
        row.addWidget(self.open_case)
        row.addWidget(self.ask)
        row.addWidget(self.save)
        row.addWidget(self.print)
        return bar

    def _connect(self) -> None:
        for field in (self.addressee, self.attention, self.signer, self.signs_as):
            field.textEdited.connect(self._typed)
        self.kind.activated.connect(self._look)
        self._typing.timeout.connect(self._look)
        self.open_case.clicked.connect(self._to_the_case)
        self.authorities.entry_wanted.connect(self._to_the_library)
        self.ask.clicked.connect(self._ask)
        self.save.clicked.connect(self._save)
        self.print.clicked.connect(self._print)

    @override
    def bar(self) -> QWidget | None:
        return self._bar

    @override
    def themed(self, theme: Theme) -> None:
        self.page.themed(theme)

    @override
    def showing(self) -> object:
        return self._case_id

    @override
    def show_for(self, office: Office, what: object = None) -> None:
        """Write the letter for a case; None for the one shown last, as it is now."""
        self._office = office
        self.ask.setHidden(may(office.member.role, Act.APPROVE_LETTERS))
        if isinstance(what, int) and what != self._case_id:
            self._case_id = what
            self._start_over(office)
        self._look()

    @override
    def leave(self) -> None:
        self._typing.stop()

    def _start_over(self, office: Office) -> None:
        self.page.clear(_NO_LETTER)
        self.title.say("Letter")
        self.message.clear()
        self.addressee.setText(USUAL_ADDRESSEE)
        self.attention.clear()
        attorney = office.member.role is Role.ATTORNEY
        self.signer.setText(office.member.name if attorney else "")
        self.signs_as.setText("Attorney" if attorney else "")

    def _typed(self, _words: str) -> None:
        self._typing.start()

    def _look(self, _row: int = 0) -> None:
        if self._office is None or self._case_id is None:
            return
        self._typing.stop()
        self._asked += 1
        wishes = _Wishes(
            self.addressee.text().strip(),
            self.attention.text().strip(),
            self.signer.text().strip(),
            self.signs_as.text().strip(),
        )
        self.jobs.run(
            partial(
                _write,
                self._office,
                self._case_id,
                self.kind.currentData(),
                self.clock(),
                wishes,
            ),
            partial(self._show, self._asked),
            partial(self._could_not, self._asked),
        )

    def _show(self, asked: int, written: _Written) -> None:
        if asked != self._asked:
            return
        self._column.updateGeometry()
        letter = written.letter
        self._number = letter.number
        hidden = hidden_in_lists(written.case.one(Protection))
        name = "" if hidden else written.case.name
        name = name or f"Case {letter.number}"
        self.title.say(f"{KINDS[letter.kind]} — {name}")
        self.blockers.setVisible(bool(letter.blocked_by))
        self.blockers.show_blockers(letter.blocked_by)
        self.warnings.show_warnings(() if letter.blocked_by else letter.warnings)
        self.facts.setVisible(bool(letter.facts))
        self.facts.show_facts(letter.facts)
        self.authorities.setVisible(bool(letter.authorities or letter.adverse))
        self.authorities.show_authorities(letter.authorities, letter.adverse)
        self._show_page(letter.pdf)

    def _show_page(self, pdf: bytes | None) -> None:
        self.draft.say("draft" if pdf else "blocked", Tone.SOON if pdf else Tone.BAD)
        for button in (self.ask, self.save, self.print):
            button.setEnabled(bool(pdf))
        if pdf is None:
            self.page.clear(_NO_LETTER)
        elif pdf != self.page.pdf:
            try:
                self.page.show_pdf(pdf)
            except AppError as error:
                self.message.say(error.sentence)

    def _could_not(self, asked: int, error: AppError) -> None:
        if asked == self._asked:
            self._show_page(None)
            for card in (self.blockers, self.warnings, self.facts, self.authorities):
                card.hide()
            self.message.say(error.sentence)

    def _to_the_case(self, _checked: bool = False) -> None:
        if self._case_id is not None:
            self.wanted.emit("case", self._case_id)

    def _to_the_library(self, entry: str) -> None:
        self.wanted.emit("authorities", entry)

    def _ask(self, _checked: bool = False) -> None:
        if self._office is None or self._case_id is None:
            return
        letter = KINDS[self.kind.currentData()]
        work = partial(ask_for_approval, self._office, self._case_id, letter, self.clock())
        self.jobs.run(work, self._asked_attorney, self._not_written)

    def _asked_attorney(self, new: bool) -> None:
        said = "This letter is on every attorney’s desk now."
        self.message.say(said if new else "This letter waits for an attorney already.", Tone.GOOD)

    def _save(self) -> None:
        suggested = Path.home() / f"letter-{self._number}.pdf"
        path = self._asking.save_as(self, "Save the letter", suggested, "PDF (*.pdf)")
        if path is not None:
            self.jobs.run(partial(write_file, path, self.page.pdf), self._saved, self._not_written)

    def _saved(self, path: Path) -> None:
        self.message.say(
            f"Saved as {path.name}. That copy is outside the office and not encrypted.", Tone.GOOD
        )

    def _print(self) -> None:
        if self.page.document is None:
            return
        printer = new_printer(f"Letter {self._number}")
        try:
            if self._asking.printer(self, printer):
                print_document(self.page.document, printer)
                self.message.say("Sent to the printer.", Tone.GOOD)
                announce(self, "Sent to the printer")
        except AppError as error:
            self._not_written(error)

    def _not_written(self, error: AppError) -> None:
        self.message.say(error.sentence)


def _write(office: Office, case_id: int, kind: str, now: datetime, wishes: _Wishes) -> _Written:
    """On the office thread: the case and its letter, with what was typed."""
    case = open_case(office, case_id)
    signer = Signer(wishes.signer, wishes.signs_as) if wishes.signer else None
    plain = compose_letter(office, case_id, kind, now, LetterOptions(signer=signer))
    if plain.letter is None or (wishes.addressee == USUAL_ADDRESSEE and not wishes.attention):
        return _Written(case, plain)
    custody = case.one(Custody)
    lines = (line.strip() for line in (custody.facility_address or "").splitlines())
    addressee = Addressee(
        name=wishes.attention,
        title=wishes.addressee,
        agency=custody.facility or "",
        lines=tuple(line for line in lines if line),
        cc=plain.letter.cc,
    )
    options = LetterOptions(addressee=addressee, signer=signer)
    return _Written(case, compose_letter(office, case_id, kind, now, options))
