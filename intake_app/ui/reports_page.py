"""Reports for funders and the public. Only protected figures ever come to this page.

Tables left, the protected figures in the middle, the disclosure check right. Nothing is shown
of tables or dates that were not checked as they are asked for now.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from intake_app.core.disclosure.figures import DEFAULT_THRESHOLD
from intake_app.core.errors import AppError, NotSafe
from intake_app.core.reports.release import Costs, Prepared, ReleaseAsked
from intake_app.core.reports.rows import Population
from intake_app.core.reports.tables import Part, ReportTable, Side
from intake_app.core.roles import Act
from intake_app.store.office import Office
from intake_app.ui.asking import Asking
from intake_app.ui.jobs import Jobs
from intake_app.ui.page import Clock, Page
from intake_app.ui.report_bar import ReportBar
from intake_app.ui.report_check import CheckCard
from intake_app.ui.report_known import KnownFigures
from intake_app.ui.report_ledger import LedgerView
from intake_app.ui.report_list import TablesCard
from intake_app.ui.report_offers import offers, why_none
from intake_app.ui.report_own_table import OwnTable
from intake_app.ui.report_policies import simulator
from intake_app.ui.report_rows import CaseRows
from intake_app.ui.report_view import UNTICKED, WAITING, ReportView
from intake_app.ui.report_words import all_published
from intake_app.ui.report_work import ReportWork, Written
from intake_app.ui.theme import Theme, Tone
from intake_app.ui.turns import Turns
from intake_app.ui.widgets import Column, InlineMessage, announce, dp
from intake_app.workflows.report_choices import Choices

OWN, ROWS, KNOWN, LEDGER = "own", "rows", "known", "ledger"
_VIEWS = {
    OWN: "Own table…",
    ROWS: "Case rows",
    KNOWN: "Known figures",
    LEDGER: "What was published",
}
_RELEASE = "release"

_View = TypeVar("_View", bound=QWidget)


class ReportsPage(Page):
    """For whoever may publish; needs no key to anybody's identity."""

    key = "reports"
    words = "Reports"
    icon = "reports"
    needs = Act.RELEASE_SUMMARIES
    wanted_next = True

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
        self._choices: Choices | None = None
        self._own: dict[str, ReportTable] = {}
        self._grouped: dict[str, tuple[Side, ...]] = {}
        self._prepared: Prepared | None = None
        self._acts = ""
        self._columns: dict[QWidget, Column] = {}
        self.work = ReportWork(jobs, clock, self)
        self.head = ReportBar()
        self.message = InlineMessage()
        self.list = TablesCard(_VIEWS)
        self.view = ReportView()
        self.check = CheckCard()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.list.setFixedWidth(dp(214))
        self._check_column = Column()
        self._check_column.body.addWidget(self.check)
        self._check_column.setFixedWidth(dp(224))
        self._middle = QStackedWidget()
        self._middle.addWidget(self.view)
        middle = QVBoxLayout()
        middle.setSpacing(dp(12))
        middle.addWidget(self.message)
        middle.addWidget(self._middle, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(dp(18), dp(18), dp(18), dp(18))
        whole.setSpacing(dp(14))
        whole.addWidget(self.list)
        whole.addLayout(middle, 1)
        whole.addWidget(self._check_column)

    def _connect(self) -> None:
        self.head.window_chosen.connect(self._changed)
        self.head.check.clicked.connect(lambda _checked: self._check())
        self.head.cancel.clicked.connect(lambda _checked: self._cancel())
        self.head.release.clicked.connect(lambda _checked: self._say_what_freezes())
        self.list.ticked.connect(self._changed)
        self.list.shown.connect(self._show)
        self.view.ungrouped.connect(self._ungroup)
        self.view.policies.changed.connect(self._changed)
        self.check.grouped.connect(self._group)
        self.check.left_out.connect(self._leave_out)
        self.message.acted.connect(self._act)
        work = self.work
        work.chosen.connect(self._came)
        work.moved.connect(self.head.say_working)
        work.moved.connect(self.check.say_working)
        work.prepared.connect(self._prepared_came)
        work.refused.connect(self._refused)
        work.written.connect(self._written)
        work.not_written.connect(self._not_written)
        work.failed.connect(self.message.say)

    # Each of these is made when it is first wanted: all at once take longer than a key press.

    @cached_property
    def own_table(self) -> OwnTable:
        own = self._in_the_middle(OwnTable())
        own.made.connect(self._add_own)
        return own

    @cached_property
    def known(self) -> KnownFigures:
        known = self._in_the_middle(KnownFigures(self.jobs, self.clock))
        known.changed.connect(self._changed)
        return known

    @cached_property
    def rows(self) -> CaseRows:
        return self._in_the_middle(CaseRows(self.jobs, self.clock, self._asking))

    @cached_property
    def ledger(self) -> LedgerView:
        ledger = self._in_the_middle(LedgerView(self.jobs, self.clock))
        ledger.begun.connect(self._begun_anew)
        return ledger

    def _in_the_middle(self, view: _View) -> _View:
        column = Column()
        column.body.addWidget(view)
        column.body.addStretch(1)
        self._columns[view] = column
        self._middle.addWidget(column)
        return view

    # What the window asks of every page.

    @override
    def bar(self) -> QWidget | None:
        return self.head

    @override
    def themed(self, theme: Theme) -> None:
        self.view.themed(theme)

    @override
    def show_for(self, office: Office, what: object = None) -> None:
        """Read what can be published now; a finished check stays as it is."""
        self._office = office
        self.work.choose(office)

    @override
    def leave(self) -> None:
        """A check that runs is stopped: nobody looks at it, and locking would wait for it."""
        if self.work.busy:
            self._cancel()

    # What can be chosen.

    def _begun_anew(self) -> None:
        if self._office is not None:
            self.work.choose(self._office)

    def _came(self, choices: Choices) -> None:
        first = self._choices is None
        before = self.head.chosen
        if choices != self._choices:
            self._choices = choices
            self.head.offer(offers(choices, self._today()))
            # A release of its own changes what can be chosen, not what is shown.
            if self.head.chosen != before or choices.trouble or not before:
                self._changed()
        if first:
            self.list.tick(frozenset(table.id for table in choices.tables))
            self._show(choices.tables[0].id)
        elif self.list.chosen in _VIEWS:
            self._show(self.list.chosen)

    def _today(self) -> date:
        zone = ZoneInfo(self._office.profile.zone) if self._office else None
        return self.clock().astimezone(zone).date()

    @property
    def _tables(self) -> dict[str, ReportTable]:
        """Every table of the list by its id: shipped, the simulator, and own ones."""
        shipped = self._choices.tables if self._choices else ()
        every = (*shipped, simulator(self.view.policies.listed), *self._own.values())
        return {table.id: table for table in every}

    def _asked(self) -> ReleaseAsked | None:
        """What is chosen now; None where dates or tables are missing."""
        window, ticked = self.head.chosen, self.list.tables()
        if window is None or not ticked or self._choices is None or self._choices.trouble:
            return None
        tables = self._tables
        shipped = {table.id for table in self._choices.tables}
        own = [part for id in ticked if id not in shipped for part in tables[id].parts]
        here = {part.id for id in ticked for part in tables[id].parts}
        return ReleaseAsked(
            window,
            tuple(id for id in ticked if id in shipped),
            tuple(own),
            {id: sides for id, sides in self._grouped.items() if id in here},
            threshold=self._choices.threshold or DEFAULT_THRESHOLD,
            costs=self.view.costs.costs() or Costs(),
        )

    def _changed(self) -> None:
        """Something else is asked for: what was worked out is no longer shown."""
        self.work.drop()
        self._prepared = None
        self.message.clear()
        self.list.show_tables(tuple(self._tables.values()), self._published())
        self.head.say_idle(checkable=self._asked() is not None, checked=False)
        why = why_none(self._choices, self._today()) if self._choices else ""
        self.check.say_not_yet(why)
        self._draw()

    def _published(self) -> frozenset[str]:
        """Ids of the tables all parts of which are published for the dates chosen."""
        before = self._prepared.published_before if self._prepared else frozenset()
        return frozenset(
            table.id
            for table in self._tables.values()
            if {part.id for part in table.parts} <= before
        )

    # What is shown.

    def _show(self, key: str) -> None:
        self.list.choose(key)
        if key in _VIEWS:
            self.head.title.say(_VIEWS[key].rstrip("…"))
            self._middle.setCurrentWidget(self._columns[self._read_anew(key)])
            return
        self._middle.setCurrentWidget(self.view)
        self._draw()

    def _read_anew(self, key: str) -> QWidget:
        """One of the views beside the tables, with what there is to choose and to see now."""
        if self._choices is not None and key == OWN:
            self.own_table.offer(self._choices.dimensions)
        if self._choices is not None and key == KNOWN:
            self.known.offer(offers(self._choices, self._today()))
        if key == OWN:
            return self.own_table
        view = self.known if key == KNOWN else self.rows if key == ROWS else self.ledger
        if self._office is not None:
            view.show_for(self._office)
        return view

    def _draw(self) -> None:
        """Show the chosen table as it was checked, or what to do."""
        if self._choices is None or self.list.chosen in _VIEWS:
            return
        table = self._tables.get(self.list.chosen)
        why = why_none(self._choices, self._today())
        if table is None or why:
            self.head.title.say(self.words)
            self.view.say(why or "Choose a table on the left.")
            return
        self.head.title.say(table.title)
        ticked = table.id in self.list.tables()
        waits = WAITING if ticked else UNTICKED
        self.view.show_table(table, waits, self._prepared, frozenset(self._grouped))

    # Own tables and groups.

    def _add_own(self, population: Population, part: Part) -> None:
        table = ReportTable(part.id, "", part.title, "Own tables", population, _OWN_TOLD, (part,))
        self._own[table.id] = table
        self._changed()
        self.list.tick(frozenset({table.id}))
        self._show(table.id)
        self.message.say("Added to the list and ticked. Press Check to see it.", Tone.GOOD)

    def _group(self, part_id: str, sides: tuple[Side, ...]) -> None:
        self._grouped[part_id] = sides
        self._changed()
        self._check()

    def _ungroup(self, part_id: str) -> None:
        self._grouped.pop(part_id, None)
        self._changed()

    def _leave_out(self, part_id: str) -> None:
        of_it = [t.id for t in self._tables.values() if part_id in {p.id for p in t.parts}]
        self.list.tick(frozenset(of_it), on=False)

    # The check.

    def _check(self) -> None:
        asked = self._asked()
        if self._office is None or asked is None:
            return
        if trouble := self.view.costs.trouble():
            self.message.say(trouble)
            return
        self.message.clear()
        self._prepared = None
        self._draw()
        self.head.say_working(0)
        self.check.say_working()
        self.work.check(self._office, asked)

    def _cancel(self) -> None:
        self.work.drop()
        self.head.say_idle(checkable=self._asked() is not None, checked=False)
        self.check.say_stopped()

    def _prepared_came(self, prepared: Prepared) -> None:
        self._prepared = prepared
        self.list.show_tables(tuple(self._tables.values()), self._published())
        self.head.say_idle(checkable=True, checked=bool(prepared.reports))
        self._draw()
        # Turns after the figures: all at once takes longer than a key press may wait.
        Turns.of_the_window().in_pieces(self, self._say_checked(prepared))

    def _say_checked(self, prepared: Prepared) -> Iterator[bool]:
        pieces = self.check.saying(prepared)
        # Something else may be asked for, or a newer check begun, between two of them.
        while self._prepared is prepared and next(pieces, False):
            yield True
        if self._prepared is prepared:
            announce(self, "The check is done.")

    def _refused(self, error: AppError) -> None:
        self.head.say_idle(checkable=True, checked=False)
        self.check.say_refused()
        safe = isinstance(error, NotSafe)
        self.message.say(error.sentence, Tone.SOON if safe else Tone.BAD)

    # Publishing.

    def _say_what_freezes(self) -> None:
        prepared = self._prepared
        if prepared is None:
            return
        if trouble := self.view.costs.trouble():
            self.message.say(trouble)
            return
        if all_published(prepared):
            self._release()
            return
        self._acts = _RELEASE
        self.message.say(
            f"Releasing closes {prepared.asked.window.words} for good: what is published can’t "
            "be taken back or counted anew.",
            Tone.PLAIN,
            "Choose a folder and release",
        )
        self.message.button.setFocus()

    def _act(self) -> None:
        acts, self._acts = self._acts, ""
        self.message.clear()
        if acts == _RELEASE:
            self._release()

    def _release(self) -> None:
        if self._office is None or self._prepared is None:
            return
        folder = self._asking.folder(self, "A folder for the published files", Path.home())
        if folder is None:
            return
        costs = self.view.costs.costs() or Costs()
        prepared = replace(self._prepared, asked=replace(self._prepared.asked, costs=costs))
        self.head.release.setEnabled(False)
        self.work.release(self._office, prepared, folder)

    def _written(self, written: Written) -> None:
        self._show_written(written)
        if self._office is not None:
            self.work.choose(self._office)

    def _show_written(self, written: Written) -> None:
        prepared = written.release.prepared
        every = {part.part.id for report in prepared.reports for part in report.parts}
        self._prepared_came(replace(prepared, published_before=frozenset(every)))
        self.message.say(f"Published. The files are in {written.place}.", Tone.GOOD)

    def _not_written(self, sentence: str) -> None:
        self.head.release.setEnabled(self._prepared is not None)
        self.message.say(sentence)


_OWN_TOLD = (
    "A table of the office’s own choosing. Counts are of those dated in these dates and entered "
    "before they were first published."
)
