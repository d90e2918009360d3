"""One letter: what it says, to whom and on what law left; the page itself right, always live."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from intake_app.core.case import CaseFile
from intake_app.core.casefile import Protection
from intake_app.core.errors import AppError
from intake_app.core.letters.options import LetterOptions
from intake_app.core.names import hidden_in_lists
from intake_app.core.roles import Act, Role, may
from intake_app.store.letter_copies import Copied
from intake_app.store.letters import DESTROYED, Stage
from intake_app.store.office import Office
from intake_app.ui.asking import Asking
from intake_app.ui.case_page import GoOn
from intake_app.ui.jobs import Jobs
from intake_app.ui.letter_approved import ApprovedCard, plain_only
from intake_app.ui.letter_aside import LetterAside
from intake_app.ui.letter_asked import BlockersCard
from intake_app.ui.letter_bar import LetterBar
from intake_app.ui.letter_cards import AuthoritiesCard, WarningsCard
from intake_app.ui.letter_extras import ExtrasCard
from intake_app.ui.letter_head_card import LetterHeadCard
from intake_app.ui.letter_paper import LetterPaper, Note
from intake_app.ui.letter_paragraphs import ParagraphsCard
from intake_app.ui.letter_told import CONSENT, ConsentCard, FactsCard
from intake_app.ui.letter_work import LetterWork
from intake_app.ui.page import Clock, Page
from intake_app.ui.pdf_view import PdfView
from intake_app.ui.show_letter import ShowLetter
from intake_app.ui.theme import Theme, Tone
from intake_app.ui.turns import Turns
from intake_app.ui.widgets import Column, InlineMessage, announce, dp
from intake_app.workflows.note_letter_copy import note_letter_copy
from intake_app.workflows.read_letter_page import LetterLook, LetterStart
from intake_app.workflows.read_letters import place_of

_NO_LETTER = "The page stands here when nothing blocks the letter."
_APPROVE = "approve"


class LetterPage(Page):
    """Asked for with a case's number in the file (`int`: its next letter) or a `ShowLetter`."""

    key = "letter"
    words = "Letter"
    icon = "letters"
    stands_under = "letters"
    needs = Act.COMPOSE_LETTERS
    saves_itself = True

    def __init__(
        self,
        jobs: Jobs,
        clock: Clock,
        parent: QWidget | None = None,
        asking: Asking | None = None,
    ) -> None:
        super().__init__(jobs, clock, parent)
        self._start: LetterStart | None = None
        self._look: LetterLook | None = None
        self._copy_shown, self._acts = False, ""
        self._then: Callable[[], None] | None = None
        self.work = LetterWork(jobs, clock, self)
        self.head = LetterBar()
        # Made where they belong: Qt looks at the style of all that is moved.
        self._column = Column(self)
        inside = self._column.widget()
        self.message = InlineMessage(inside)
        self.approved = ApprovedCard(inside)
        self.letter = LetterHeadCard(inside)
        self.blockers = BlockersCard(inside)
        self.warnings = WarningsCard(inside)
        self.consents = ConsentCard(inside)
        self.facts = FactsCard(inside)
        self.authorities = AuthoritiesCard(inside)
        self.paragraphs = ParagraphsCard(inside)
        self.extras = ExtrasCard(inside)
        self._aside = LetterAside(self.work, self.blockers, self.extras)
        self.page = PdfView("Letter", _NO_LETTER, self)
        self.paper = LetterPaper(self, self.page, self.message, jobs, asking or Asking())
        self._cards = (
            *(self.letter, self.blockers, self.warnings, self.consents, self.facts),
            *(self.authorities, self.paragraphs, self.extras),
        )
        self._lay_out()
        self._connect()
        self._connect_work()

    def _lay_out(self) -> None:
        column = self._column
        for widget in (self.message, self.approved, *self._cards):
            column.body.addWidget(widget)
        column.body.addStretch(1)
        self.approved.hide()
        whole = QHBoxLayout(self)
        whole.setContentsMargins(dp(18), dp(18), dp(18), dp(18))
        whole.setSpacing(dp(16))
        whole.addWidget(column, 9)
        whole.addWidget(self.page, 11)
        QShortcut(QKeySequence("F2"), self).activated.connect(self.letter.kind.setFocus)
        QShortcut(QKeySequence("Ctrl+Z"), self).activated.connect(self._undo)

    def _connect(self) -> None:
        change = self.work.change
        self.letter.kind_chosen.connect(self._other_kind)
        self.letter.language_chosen.connect(lambda one: change(language=one, edits=()))
        self.letter.to.chosen.connect(lambda one: change(addressee=one))
        self.letter.signer.chosen.connect(lambda one: change(signer=one))
        self.blockers.answered.connect(self.work.answer)
        self.blockers.set_aside.connect(self._set_aside)
        self.consents.grounds_chosen.connect(lambda keys: change(grounds=keys))
        self.consents.tell_chosen.connect(lambda keys: change(tell=keys))
        self.consents.consent_wanted.connect(partial(self._to_question, *CONSENT))
        for facts in (self.facts, self.blockers):
            facts.question_wanted.connect(self._to_question)
        self.authorities.ticked.connect(lambda ids: change(ticked=ids))
        self.paragraphs.edited.connect(lambda edits: change(edits=edits))
        self.extras.changed.connect(lambda field, value: change(**{field: value}))
        for card in (self.authorities, self.approved):
            card.entry_wanted.connect(partial(self.wanted.emit, "authorities"))
        self.approved.sending_wanted.connect(self._to_the_register)
        self.approved.envelope_wanted.connect(self._print_envelope)
        self.message.acted.connect(self._act)
        head = self.head
        head.open_case.clicked.connect(self._to_the_case)
        head.new_version.clicked.connect(self._new_version)
        head.copy.clicked.connect(self._other_copy)
        head.ask.clicked.connect(lambda _checked: self._when_typed(self.work.ask_attorney))
        head.approve.clicked.connect(lambda _checked: self._when_typed(self._say_what_freezes))
        head.save.clicked.connect(self._save)
        head.print.clicked.connect(self._print)

    def _connect_work(self) -> None:
        work = self.work
        work.begun.connect(self._begun)
        work.looked.connect(self._looked)
        work.unwritten.connect(self._unwritten)
        work.kept.connect(self._kept)
        work.not_kept.connect(self._not_kept)
        work.refused.connect(self._say)
        work.answered.connect(self._answered)
        work.asked_attorney.connect(self._asked_attorney)
        work.copy_made.connect(self._copy_made)

    # What the window asks of every page.

    @override
    def bar(self) -> QWidget | None:
        return self.head

    @override
    def themed(self, theme: Theme) -> None:
        self.page.themed(theme)

    @override
    def showing(self) -> object:
        if self.work.letter is not None:
            return ShowLetter(self.work.letter.id, self.work.letter.case_id)
        return self._aside.place

    @override
    def show_for(self, office: Office, what: object = None) -> None:
        """Open a letter; None for the one shown last, as it is now."""
        if isinstance(what, ShowLetter):
            self.work.open(office, what.case_id, letter_id=what.letter_id)
        elif isinstance(what, int):
            self.work.open(office, what)
        else:
            self.work.office = office
            self.work.look()

    @override
    def leave(self) -> None:
        """Hand over what is half-typed."""
        self.blockers.flush()
        self.extras.flush()
        self.work.flush()

    @override
    def unsaved(self) -> str:
        """Say what could not be read or not be kept."""
        typed = [*self.blockers.sentences(), *self.extras.sentences()]
        said = self.work.trouble or next(iter(typed), "")
        return f"Not saved yet. {said}" if said else ""

    @override
    def put_aside(self) -> str:
        return self._aside.text()

    @override
    def take_back(self, office: Office, words: str) -> None:
        self._aside.take_back(office, words)

    # A letter comes.

    def _begun(self, start: LetterStart) -> None:
        self._start, self._look, self._copy_shown = start, None, False
        Turns.of_the_window().drop(self)
        self._then = None
        self.message.clear()
        self._acts = ""
        self.head.say_saved("")
        self.blockers.forget()
        self.paragraphs.forget()
        self.extras.forget()
        title = next((one.title for one in start.kinds if one.key == start.kind), "Letter")
        self._say_title(title, start.case)
        approved = self.work.approved
        for card in self._cards:
            card.setVisible(not approved)
        self.approved.setVisible(approved)
        if start.kept is not None and approved:
            self.approved.show_letter(start.kept, self._zone, plain_only=plain_only(start))
            self._show_page(start.pdf)
            if start.kept.destroyed_at is not None:
                self.page.clear(DESTROYED)
                self.head.stage.say("destroyed", Tone.PLAIN)
        else:
            self.letter.start_over(start.kinds, start.kind, start.why)
            for empty in (self.warnings, self.consents, self.facts, self.authorities):
                empty.hide()
            self.page.clear(_NO_LETTER)
        self._column.verticalScrollBar().setValue(0)

    def _say_title(self, kind: str, case: CaseFile) -> None:
        name = "" if hidden_in_lists(case.one(Protection)) else case.name
        self.head.title.say(f"{kind} — {name or f'Case {case.number}'}")

    def _looked(self, look: LetterLook) -> None:
        if self._start is None:
            return
        self._look = look
        self._column.updateGeometry()
        # Some cards at a time, then the page: all at once would keep a key press waiting.
        Turns.of_the_window().in_pieces(self, self._drawn(look))

    def _drawn(self, look: LetterLook) -> Iterator[bool]:
        assert self._start is not None  # noqa: S101 - a letter is looked at after it has begun
        letter, options, attorney = look.letter, self.work.options, self._approves
        self._say_title(letter.kind.title, look.case)
        self.letter.show_look(look, options, self._start.signers)
        self.blockers.show_blockers(
            letter.blocked_by,
            look.open_points,
            look.set_aside,
            look.case,
            letter.known.zone,
            role=self._role,
        )
        self.warnings.show_warnings(() if letter.blocked_by else letter.warnings)
        self.consents.show_choices(letter.kind, look.groups, options)
        yield True
        self.facts.setVisible(bool(letter.facts))
        self.facts.show_facts(letter.kind, letter.facts, look.sources, self._zone)
        cited = bool(letter.authorities or letter.adverse or look.to_tick)
        self.authorities.setVisible(cited)
        self.authorities.show_authorities(
            letter.authorities, letter.adverse, look.to_tick, options.ticked, attorney=attorney
        )
        yield True
        self.paragraphs.setVisible(letter.letter is not None or bool(options.edits))
        if letter.letter is not None:
            self.paragraphs.show_paragraphs(letter.letter.body, options.edits, letter.edit_problems)
        self.extras.show()
        self.extras.show_look(look, options)
        yield True
        self._show_page(letter.pdf)
        self._aside.type_again()
        then, self._then = self._then, None
        if then is not None and letter.pdf is not None:
            then()

    def _show_page(self, pdf: bytes | None) -> None:
        stage = self.work.letter.stage if self.work.letter is not None else Stage.DRAFT
        self.head.show_stage(stage, page=bool(pdf), approves=self._approves)
        if pdf is None:
            self.page.clear(_NO_LETTER)
        elif pdf != self.page.pdf:
            try:
                self.page.show_pdf(pdf)
            except AppError as error:
                self._say(error.sentence)

    def _unwritten(self, sentence: str) -> None:
        self._look = self._then = None
        Turns.of_the_window().drop(self)
        self._show_page(None)
        for card in (self.blockers, self.warnings, self.facts, self.authorities):
            card.hide()
        self._say(sentence)

    @property
    def _role(self) -> Role:
        return self.work.office.member.role if self.work.office else Role.VOLUNTEER

    @property
    def _approves(self) -> bool:
        return may(self._role, Act.APPROVE_LETTERS)

    @property
    def _zone(self) -> str:
        return self.work.office.profile.zone if self.work.office else "America/New_York"

    # Choosing.

    def _other_kind(self, kind: str) -> None:
        if self.work.office is not None and self.work.case_id is not None:
            signer = LetterOptions(signer=self.work.options.signer)
            self.work.open(self.work.office, self.work.case_id, kind=kind, carry=signer)

    def _set_aside(self, rule: str, reason: str) -> None:
        others = {name: why for name, why in self.work.options.overrides.items() if name != rule}
        self.work.change(overrides={**others, rule: reason} if reason else others)

    def _undo(self) -> None:
        """One's own words lost to “Put back” or another language come again; fields undo typing."""
        words = "undone" if self.work.undo() else "nothing to undo"
        self.head.say_saved(words)
        announce(self.head, words)

    def _answered(self, record: type, field: str, value: object, refused: str) -> None:
        if refused:
            self.head.say_saved("not saved", failed=True)
            self.blockers.not_saved(record, field, refused)
        else:
            self.blockers.was_saved(record, field, value)

    # Approving.

    def _when_typed(self, then: Callable[[], None]) -> None:
        """Take in what is half-typed and show the page with it; only then go on."""
        self.leave()
        if not self.unsaved():
            self._then = then
            self.work.look()

    def _say_what_freezes(self) -> None:
        if self._look is None or self._look.letter.letter is None:
            return
        letter = self._look.letter.letter
        consents = len(letter.consents)
        besides = f", {consents} {'consent' if consents == 1 else 'consents'}" if consents else ""
        self._acts = _APPROVE
        self.message.say(
            "Approving freezes this text and page for good, with "
            f"{len(letter.authorities)} authorities and their check dates{besides}. A change "
            "afterwards needs a new version.",
            Tone.PLAIN,
            "Approve and freeze",
        )
        self.message.button.setFocus()
        self._column.ensureWidgetVisible(self.message)

    def _act(self) -> None:
        acts, self._acts = self._acts, ""
        self.message.clear()
        if acts == _APPROVE and self.work.settled:
            self.work.approve()
        elif acts == _APPROVE:
            # Something was typed since: what freezes is to be seen first.
            self._when_typed(self._say_what_freezes)

    def _asked_attorney(self, new: bool) -> None:
        said = "This letter is on every attorney’s desk now."
        self.message.say(said if new else "This letter waits for an attorney already.", Tone.GOOD)
        self.head.show_stage(Stage.WAITING, page=True, approves=self._approves)

    def _new_version(self) -> None:
        kept = self.work.letter
        if self.work.office is not None and kept is not None:
            self.work.open(self.work.office, kept.case_id, kind=kept.kind, carry=kept.options)

    # Elsewhere.

    def _to_the_case(self, _checked: bool = False) -> None:
        if self.work.case_id is not None:
            self.wanted.emit("case", self.work.case_id)

    def _to_question(self, record: type, field: str) -> None:
        if self.work.case_id is not None:
            self.wanted.emit("case", GoOn(self.work.case_id, record, field))

    def _to_the_register(self) -> None:
        if self.work.letter is not None:
            self.wanted.emit("letters", place_of(self.work.letter))

    # Paper.

    def _other_copy(self, _checked: bool = False) -> None:
        if self._copy_shown and self._start is not None:
            self._copy_shown = False
            self._show_page(self._start.pdf)
            self.head.copy.setText("Office copy")
        else:
            self.work.make_copy()

    def _copy_made(self, pdf: bytes) -> None:
        self._copy_shown = True
        self._show_page(pdf)
        self.head.copy.setText("Copy to send")

    @property
    def _number(self) -> str:
        return self._start.case.number if self._start is not None else ""

    def _save(self) -> None:
        kind = "-office-copy" if self._copy_shown else ""
        self.paper.save(self._number, self._note(Copied.SAVED), kind)

    def _print(self) -> None:
        self.paper.print_letter(self._number, self._note(Copied.PRINTED))

    def _note(self, how: Copied) -> Note:
        office, case_id, letter = self.work.office, self.work.case_id, self.work.letter
        if office is None or case_id is None:
            raise RuntimeError("there is no letter on the page")
        number = letter.id if letter is not None else None
        return partial(note_letter_copy, office, case_id, number, how, self.clock())

    def _print_envelope(self, plain: bool) -> None:
        if self.work.office is not None and self.work.letter is not None:
            letter, now = self.work.letter, self.clock()
            self.paper.print_envelope(self.work.office, letter, self._number, now, plain=plain)

    def _kept(self, at: datetime) -> None:
        words = f"saved {at.astimezone(ZoneInfo(self._zone)):%H:%M}"
        self.head.say_saved(words)
        announce(self.head, words)

    def _not_kept(self, sentence: str) -> None:
        self.head.say_saved("not saved", failed=True)
        self._say(sentence)

    def _say(self, sentence: str) -> None:
        self._acts = ""
        self.message.say(sentence)
