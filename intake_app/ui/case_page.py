"""One case: its sections, one section's form at a time, custody and checklist beside it.

There is no Save button: each finished edit is saved by itself. What could not be saved stays on
the page with the reason and a way to try again.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from intake_app.core.case import CaseFile
from intake_app.core.case_findings import case_findings
from intake_app.core.casefile import Custody, sections_for
from intake_app.core.custody_story import TOLD, CustodyStory, custody_story
from intake_app.core.errors import AppError
from intake_app.core.fields import title_of
from intake_app.core.findings import Setting
from intake_app.core.roles import Act, may
from intake_app.store.cases import Saved
from intake_app.store.office import Office
from intake_app.store.present_cases import DELETED
from intake_app.ui.case_bar import CaseBar
from intake_app.ui.case_edits import Edit, record_of, with_answer, with_entry, without_entry
from intake_app.ui.case_keys import CaseKeys
from intake_app.ui.case_panel import CasePanel
from intake_app.ui.case_saver import CaseSaver
from intake_app.ui.case_sections import CaseSections
from intake_app.ui.case_undo import CaseUndo
from intake_app.ui.case_words import Typed, as_text, from_text, unsaved_sentence
from intake_app.ui.custody_card import CustodyCard
from intake_app.ui.half_typed import half_typed, said_before
from intake_app.ui.history_view import HistoryView
from intake_app.ui.jobs import Jobs
from intake_app.ui.letter_checklist import LetterChecklist, checks_of
from intake_app.ui.page import Clock, Page
from intake_app.ui.reach_card import ReachCard
from intake_app.ui.section_list import SectionList
from intake_app.ui.theme import Theme, Tone
from intake_app.ui.turns import Turns
from intake_app.ui.widgets import InlineMessage, SideColumn, announce, dp
from intake_app.workflows.letter_sources import library_at_hand
from intake_app.workflows.open_case import open_case
from intake_app.workflows.start_intake import start_intake

NEW = "new"
"""What to ask the page for to start an intake."""


@dataclass(frozen=True)
class GoOn:
    """What to ask the page for to go on with a case: its first open question gets the keyboard.

    record, field: the question that gets it instead, where one is named.
    """

    case_id: int
    record: type | None = None
    field: str = ""


HISTORY = "History"

NARROW = 980
"""Below this width, at 100 %, there is no room for the cards at the right."""


class CasePage(Page):
    """The page of one case. Asked for with a case's number in the file (`int`) or `NEW`."""

    key = "case"
    words = "Case"
    stands_under = "cases"
    wanted_next = True
    needs = Act.READ_CASES

    def __init__(self, jobs: Jobs, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(jobs, clock, parent)
        self._office: Office | None = None
        self._case: CaseFile | None = None
        self._request = 0
        self.open_title = ""
        self._waiting: list[Typed] = []
        self._came_back: int | None = None
        self._go_on: GoOn | None = None
        self.saver = CaseSaver(jobs, clock, self)
        self.saver.saved.connect(self._saved)
        self.saver.not_saved.connect(self._not_saved)
        self.saver.added.connect(self._added)
        self.saver.removed.connect(self._gone)
        self.saver.failed.connect(self._failed)
        self._head = CaseBar()
        self._head.letter_wanted.connect(self._letter)
        self.message = InlineMessage()
        self.message.acted.connect(self._act)
        self._acts = ""
        self._next: object = None
        self.history = HistoryView(jobs, clock)
        self.history.undone.connect(self._undone)
        self.history.delete.deleted.connect(self._deleted)
        self.undo = CaseUndo(self, jobs, clock, self._here)
        self.undo.taken_back.connect(self._taken_back)
        self.undo.failed.connect(self._failed)
        self._minute = QTimer(self)
        self._minute.setInterval(60_000)
        self._minute.timeout.connect(self._tell_story)
        self._lay_out()

    def _lay_out(self) -> None:
        self.list = SectionList(HISTORY)
        self.list.chosen.connect(partial(self.open_section, soon=True))
        self.forms = CaseSections(self._make_panel, self.history, self)
        self.forms.edited.connect(self._edited)
        self.forms.drafted.connect(self._drafted)
        self.forms.add_wanted.connect(self._add)
        self.forms.remove_wanted.connect(self._remove)
        self.forms.noted.connect(self.list.show_note)
        self.forms.wanted.connect(self.wanted)
        self.keys = CaseKeys(
            self,
            self.forms,
            lambda: self.open_title,
            self.open_section,
            lambda: list(self.list.buttons),
            self._say_quietly,
        )
        self.forms.next_wanted.connect(partial(self.keys.step, 1))
        centre = QVBoxLayout()
        centre.setSpacing(dp(14))
        centre.addWidget(self.message)
        centre.addWidget(self.forms, 1)
        self._custody = CustodyCard()
        self._checklist = LetterChecklist()
        self._side = side = SideColumn()
        self._reach = ReachCard()
        side.body.addWidget(self._custody)
        side.body.addWidget(self._reach)
        side.body.addWidget(self._checklist)
        side.body.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(dp(18), dp(18), dp(18), dp(18))
        row.setSpacing(dp(16))
        row.addWidget(self.list)
        row.addLayout(centre, 1)
        row.addWidget(side)

    def _make_panel(self, kind: type[CasePanel]) -> CasePanel:
        return kind(self.jobs, self.clock)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow window, or large text, gives the form the whole width."""
        super().resizeEvent(event)
        self._fit_side()

    def _fit_side(self) -> None:
        self._side.setVisible(self.open_title != HISTORY and self.width() >= dp(NARROW))

    # What the window asks of every page.

    @override
    def show_for(self, office: Office, what: object = None) -> None:
        """Open a case by its number in the file, or start an intake; None shows the same again."""
        self._go_on = what if isinstance(what, GoOn) else None
        what = what.case_id if isinstance(what, GoOn) else what
        self.prepare(office)
        self._office = office
        self._minute.start()
        self._head.allow_letters(may(office.member.role, Act.COMPOSE_LETTERS))
        here = self._case.case_id if self._case is not None else None
        what = here if what is None else what
        if what != here and (said := self._would_lose()):
            # Another case would take over the forms, and these words with them.
            self._next = what
            self._say(said, "leave", "Leave without it")
            return
        self._take_up(office, what)

    def _would_lose(self) -> str:
        if unread := next(self.forms.unread(), ""):
            return f"Not saved yet. {unread}"
        return said_before("leave", half_typed([self]))

    def _take_up(self, office: Office, what: object) -> None:
        if self.saver.refused:
            self.saver.try_again(office)
        self._request += 1
        answer = partial(self._opened, self._request, what == NEW)
        if what == NEW:
            self.jobs.run(partial(start_intake, office, self.clock()), answer, self._failed)
        elif isinstance(what, int):
            self.jobs.run(partial(open_case, office, what, self.clock()), answer, self._failed)

    @override
    def prepare(self, office: Office) -> None:
        """List the sections, make the form a case opens with, and begin to make the others."""
        if not self.forms.sections:
            sections = sections_for(office.member.role)
            self.list.show_sections(sections)
            self.forms.set_up(office, sections)
            self.forms.view(sections[1].title)
            self.keys.offer(office.member.role)

    @override
    def themed(self, theme: Theme) -> None:
        """The pills of the tables follow."""
        self.forms.themed(theme)

    @override
    def leave(self) -> None:
        """Save what is half-typed."""
        self._minute.stop()
        self.forms.flush()

    @override
    def showing(self) -> object:
        """The case's number in the file."""
        return self._case.case_id if self._case is not None else self._came_back

    @override
    def unsaved(self) -> str:
        """Say what could not be read or not be saved."""
        unread = next(self.forms.unread(), "")
        return unsaved_sentence(self.saver.refused.values(), self._waiting, unread)

    @override
    def put_aside(self) -> str:
        """Answers the file refused, and words that can't be read."""
        return as_text(self.saver.refused.values(), [*self._waiting, *self.forms.typed()])

    @override
    def take_back(self, office: Office, words: str) -> None:
        """Send the answers once more; words that can't be read wait for their case."""
        refused, self._waiting = from_text(words)
        self._came_back = (self._waiting or refused)[0].case_id
        self.saver.take_back(office, refused)

    @override
    def bar(self) -> CaseBar:
        """Name, number, clock and "New letter"."""
        return self._head

    @property
    def case(self) -> CaseFile | None:
        """The case shown, as last saved."""
        return self._case

    # Sections.

    def open_section(self, title: str, *, into: bool = False, soon: bool = False) -> None:
        """Show one section; with `into`, put the keyboard into its first field.

        soon: between events where it is not made yet; nobody types into it before it is seen.
        """
        if self.open_title != title:
            self.forms.flush(self.open_title)
        self.open_title = title
        self.list.light_up(title)
        self._fit_side()
        if title == HISTORY:
            self.forms.open_own()
            self._read_history()
            return
        if soon:
            self.forms.open_soon(title)
        else:
            self.forms.open(title, into=into)

    # A case comes and goes.

    def _opened(self, request: int, new: bool, case: CaseFile) -> None:
        if request != self._request or self._office is None:
            return
        other = self._case is None or self._case.case_id != case.case_id
        self._case = case
        self.forms.setEnabled(True)
        self.forms.take_case(self._office, case, other=other)
        if other:
            self._put_back(case.case_id)
            self._head.show_saving("")
            self.history.forget()
            if not self.saver.refused:
                self.message.clear()
            if self._office.openings.fault:
                self._say(self._office.openings.fault, "", "")
        if other or not self.open_title:
            # A new intake begins with the conflict check, before anything is told.
            self.open_section(self.forms.sections[0 if new else 1].title, into=True)
        elif self.open_title == HISTORY:
            self._read_history()
        self._refresh(story=True)
        if self._go_on is not None:
            self.keys.go_on(self._go_on.record, self._go_on.field)
            self._go_on = None

    def _put_back(self, case_id: int) -> None:
        here = [one for one in self._waiting if one.case_id == case_id]
        self._waiting = [one for one in self._waiting if one.case_id != case_id]
        refused = [one for one in self.saver.refused.values() if one.case_id == case_id]
        self.forms.put_back(refused, here)

    def _refresh(self, *, story: bool) -> None:
        if self._case is None or self._office is None:
            return
        self._head.show_case(self._case)
        self.list.show_notes(self._case)
        here = self._setting(self._office)
        self.forms.show_findings(case_findings(self._case, here))
        if story:
            self._tell_story()
        Turns.of_the_window().soon(self, self._refresh_side)

    def _refresh_side(self) -> bool:
        """The cards at the side, a turn later: who opened the case looks at the form first."""
        if self._case is not None and self._office is not None:
            here = self._setting(self._office)
            self._reach.show_case(self._case, here)
            library = library_at_hand(self._office)
            self._checklist.show_checks(checks_of(self._case, here, library))
        return False

    def _setting(self, office: Office) -> Setting:
        profile, role = office.profile, office.member.role
        return Setting(self.clock(), profile.zone, profile.state, role, office.reference)

    def _tell_story(self) -> None:
        if self._case is not None and self._office is not None:
            zone, days = self._office.profile.zone, frozenset(self._office.reference.holidays)
            work = partial(custody_story, self._case, zone, self.clock(), days)
            self.jobs.run(work, partial(self._told, self._case.case_id), self._failed)

    def _told(self, case_id: int, story: CustodyStory) -> None:
        if self._case is not None and self._case.case_id == case_id:
            self._head.show_story(story, self.clock())
            Turns.of_the_window().soon(self._custody, partial(self._show_story, case_id, story))

    def _show_story(self, case_id: int, story: CustodyStory) -> bool:
        if self._case is not None and self._case.case_id == case_id:
            self._custody.show_story(story)
        return False

    # Edits.

    def _edited(self, record: type, entry_id: int | None, field: str, value: object) -> None:
        if self._case is not None and self._office is not None:
            self._head.show_saving("saving…")
            self.saver.save(self._office, Edit(self._case.case_id, record, entry_id, field, value))

    def _drafted(self, record: type, entry_id: int | None, field: str, words: str) -> None:
        if self._case is not None and self._office is not None:
            edit = Edit(self._case.case_id, record, entry_id, field, words)
            self.saver.keep_draft(self._office, edit)

    def _saved(self, edit: Edit, saved: Saved) -> None:
        self._say_saved(saved.at)
        if self._case is None or edit.case_id != self._case.case_id:
            return
        self._case = with_answer(self._case, edit, saved.entry_id)
        for row in self.forms.rows(edit):
            row.was_saved(edit.value)
        self.forms.show_answers(self._case, edit.record)
        if edit.record is Custody and edit.field == "facility_zone":
            self.forms.zone_changed()
        self._refresh(story=edit.record in TOLD)

    def _not_saved(self, edit: Edit, sentence: str) -> None:
        self._head.show_saving("not saved", failed=True)
        if self._case is not None and edit.case_id == self._case.case_id:
            saved = record_of(self._case, edit.record, edit.entry_id)
            for row in self.forms.rows(edit):
                row.not_saved(sentence, getattr(saved, edit.field))
        self._say(f"{edit.label}: {sentence}", "again", "Try again")

    def _add(self, record: type) -> None:
        if self._case is not None and self._office is not None:
            self.saver.add(self._office, self._case.case_id, record)

    def _added(self, case_id: int, record: type, saved: Saved) -> None:
        self._say_saved(saved.at)
        if self._case is None or self._case.case_id != case_id:
            return
        self._case = with_entry(self._case, record, saved.entry_id)
        self.forms.show_answers(self._case, record)
        self.forms.choose(record, saved.entry_id)
        self._refresh(story=False)

    def _remove(self, record: type, entry_id: int) -> None:
        if self._case is not None and self._office is not None:
            self.saver.remove(self._office, self._case.case_id, record, entry_id)

    def _gone(self, case_id: int, record: type, saved: Saved) -> None:
        self._say_saved(saved.at)
        if self._case is None or self._case.case_id != case_id:
            return
        self._case = without_entry(self._case, record, saved.entry_id)
        self.forms.show_answers(self._case, record)
        self._refresh(story=record in TOLD)
        title = title_of(record).title
        self._say(f"{title} removed. History can bring it back.", "history", "Open history")

    def _read_history(self) -> None:
        if self._case is not None and self._office is not None:
            self.history.read(self._office, self._case)

    def _undone(self, case: CaseFile) -> None:
        if self._case is not None and self._case.case_id == case.case_id:
            self._case = case
            self._say_saved(self.clock())
            if self._office is not None:
                self.forms.take_case(self._office, case, other=False)
            if self.open_title == HISTORY:
                self._read_history()
            self._refresh(story=True)

    def _here(self) -> tuple[Office, int] | None:
        if self._case is None or self._office is None:
            return None
        self.forms.flush(self.open_title)
        return self._office, self._case.case_id

    def _taken_back(self, case: CaseFile, words: str) -> None:
        self._undone(case)
        if self._case is not None and self._case.case_id == case.case_id:
            self._say(words, "history", "Open history")

    def _deleted(self, case_id: int) -> None:
        if self._case is not None and self._case.case_id == case_id:
            self._case, self.open_title = None, ""
            self.forms.setEnabled(False)
            self._say(DELETED, "", "")
            self.wanted.emit("cases", None)

    # Words on the page.

    def _say_saved(self, at: datetime) -> None:
        if not self.saver.refused and self._acts in ("again", "failed"):
            self.message.clear()
        if self.saver.under_way == 0 and not self.saver.refused and self._office is not None:
            words = f"saved {at.astimezone(ZoneInfo(self._office.profile.zone)):%H:%M}"
            self._say_quietly(words)

    def _say_quietly(self, words: str) -> None:
        self._head.show_saving(words)
        announce(self._head, words)

    def _failed(self, error: AppError) -> None:
        self._say(error.sentence, "failed", "")

    def _say(self, sentence: str, acts: str, action: str) -> None:
        self._acts = acts
        self.message.say(sentence, Tone.PLAIN if acts == "history" else Tone.BAD, action)

    def _act(self) -> None:
        self.message.clear()
        if self._acts == "history":
            self.open_section(HISTORY)
        elif self._acts == "leave" and self._office is not None:
            self.forms.forget_typed()
            self._take_up(self._office, self._next)
        elif self._office is not None:
            self._head.show_saving("saving…")
            self.saver.try_again(self._office)

    def _letter(self) -> None:
        if self._case is not None:
            self.wanted.emit("letter", self._case.case_id)
