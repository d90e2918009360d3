"""The sections of a case in the middle of its page: made when first opened, one shown at a time.

One set of forms serves every case. Forms of another case than the one shown are `stale` until
they are opened.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from intake_app.core.case import CaseFile
from intake_app.core.casefile import Custody, Panel, Section
from intake_app.core.findings import Finding
from intake_app.store.office import Office
from intake_app.ui.case_edits import Edit, record_of
from intake_app.ui.case_panel import CasePanel
from intake_app.ui.case_panels import PANELS
from intake_app.ui.case_words import Typed
from intake_app.ui.form_view import AnswerRow
from intake_app.ui.section_view import SectionView
from intake_app.ui.theme import Theme
from intake_app.ui.turns import Turns

NOT_SAVED = "This was not saved before the program was locked."


class CaseSections(QStackedWidget):
    """All sections of one case; `own` is shown for the one title that is no section."""

    edited = Signal(object, object, str, object)
    drafted = Signal(object, object, str, str)
    add_wanted = Signal(object)
    remove_wanted = Signal(object, int)
    next_wanted = Signal()
    """As in `SectionView`."""

    noted = Signal(str, object)
    """What now stands beside a section that has a panel: its title and a `Note`."""

    wanted = Signal(str, object)
    """A panel wants another page."""

    def __init__(
        self, make_panel: Callable[[type[CasePanel]], CasePanel], own: QWidget, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._make_panel = make_panel
        self._own = own
        self.addWidget(own)
        self._office: Office | None = None
        self._case: CaseFile | None = None
        self._findings: Sequence[Finding] = ()
        self.sections: tuple[Section, ...] = ()
        self._views: dict[str, SectionView] = {}
        self._panels: dict[str, CasePanel] = {}
        self._without_panel: list[Section] = []
        self._coming: dict[str, SectionView] = {}
        self._stale: set[str] = set()
        self._to_front = ""
        self._theme = Theme()

    def set_up(self, office: Office, sections: Sequence[Section]) -> None:
        """Say which sections there are; once for each unlocking.

        Their panels and forms are made between two events from now on, or when they are wanted.
        """
        self._office = office
        self.sections = tuple(sections)
        self._without_panel = [one for one in sections if one.panel in PANELS]
        Turns.of_the_window().later(self, self._build_one)

    def _make_next_panel(self) -> bool:
        if self._without_panel:
            self._make_panel_of(self._without_panel[0])
        return bool(self._without_panel)

    def _make_panel_of(self, section: Section) -> None:
        if section.panel is None or section not in self._without_panel:
            return
        self._without_panel.remove(section)
        panel = self._make_panel(PANELS[section.panel])
        panel.noted.connect(partial(self.noted.emit, section.title))
        panel.wanted.connect(self.wanted)
        self._panels[section.title] = panel
        if self._office is not None and self._case is not None:
            panel.show_case(self._office, self._case, other=True)

    @property
    def zone(self) -> str:
        """The zone that times without one are meant in: the facility's, else the office's."""
        there = self._case.one(Custody).facility_zone if self._case else None
        if there is not None:
            return there.value
        return self._office.profile.zone if self._office else "America/New_York"

    def panel(self, panel: Panel) -> CasePanel | None:
        """A panel by its name; None where this member has none."""
        for section in self.sections:
            if section.panel is panel:
                self._make_panel_of(section)
                return self._panels.get(section.title)
        return None

    def view(self, title: str) -> SectionView:
        """The forms of a section; made when first asked for."""
        view = self._views.get(title) or self._made(title)
        if title in self._stale and self._case is not None:
            self._stale.discard(title)
            view.start_over(self._case, self.zone)
            view.show_findings(self._findings)
        return view

    def _made(self, title: str) -> SectionView:
        view = self._begun(title)
        del self._coming[title]
        view.make_rest()
        view.themed(self._theme)
        self._views[title] = view
        self._stale.add(title)
        self.addWidget(view)
        return view

    def _begun(self, title: str) -> SectionView:
        if title in self._coming:
            return self._coming[title]
        assert self._office is not None  # noqa: S101 - the sections were set up for one
        titles = [section.title for section in self.sections]
        here = titles.index(title)
        follows = titles[here + 1] if here + 1 < len(titles) else ""
        section = self.sections[here]
        self._make_panel_of(section)
        role, panel = self._office.member.role, self._panels.get(title)
        view = SectionView(section, role, self.zone, follows, panel, self, later=True)
        self._coming[title] = view
        view.edited.connect(self.edited)
        view.drafted.connect(self.drafted)
        view.add_wanted.connect(self.add_wanted)
        view.remove_wanted.connect(self.remove_wanted)
        view.next_wanted.connect(self.next_wanted)
        return view

    def _build_one(self) -> bool:
        """Between two keys: make some more of the forms, so that opening one takes no time."""
        title = next((one.title for one in self.sections if one.title not in self._views), "")
        if self._without_panel:
            self._make_next_panel()
        elif title:
            self.make_some(title)
        return bool(title)

    def make_some(self, title: str) -> bool:
        """Make some rows of a section; False where all of it is there."""
        if title in self._views:
            return False
        if not self._begun(title).make_more():
            # The page in front would ask for it, of all forms at once.
            self._made(title).minimumSizeHint()
        return title not in self._views

    def open(self, title: str, *, into: bool) -> None:
        """Bring a section to the front; with `into`, put the keyboard into its first field."""
        view = self.view(title)
        self._to_front = ""
        self.setCurrentWidget(view)
        if title in self._panels:
            self._panels[title].came_to_front()
        if into:
            view.focus_first()

    def open_soon(self, title: str) -> None:
        """Bring a section to the front when all of it is made, some rows between two events."""
        if title in self._views:
            self.open(title, into=False)
        else:
            self._to_front = title
            Turns.of_the_window().soon(self._begun(title), partial(self._make_for_front, title))

    def _make_for_front(self, title: str) -> bool:
        if title != self._to_front:
            return False
        more = self.make_some(title)
        if not more:
            self.open(title, into=False)
        return more

    def open_own(self) -> None:
        """Bring what is no section to the front."""
        self._to_front = ""
        self.setCurrentWidget(self._own)

    def take_case(self, office: Office, case: CaseFile, *, other: bool) -> None:
        """A case was opened; forms of another one wait until they are looked at."""
        self._office, self._case = office, case
        Turns.of_the_window().soon(self, self._make_next_panel)
        if other:
            self._findings = ()
            self._stale = set(self._views)
            for panel in self._panels.values():
                panel.forget()
        else:
            self._show_where(lambda _view: True)
        for panel in self._panels.values():
            panel.show_case(office, case, other=other)

    def show_answers(self, case: CaseFile, record: type) -> None:
        """Answers of one record have changed."""
        self._case = case
        self._show_where(lambda view: record in view.section.records)
        if self._office is not None:
            for panel in self._panels.values():
                panel.show_case(self._office, case, other=False)

    def _show_where(self, fits: Callable[[SectionView], bool]) -> None:
        for title, view in self._views.items():
            if title not in self._stale and self._case is not None and fits(view):
                view.show_case(self._case)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """What is to be said about the case has changed."""
        self._findings = findings
        for title, view in self._views.items():
            if title not in self._stale:
                view.show_findings(findings)

    def themed(self, theme: Theme) -> None:
        """Colours or text size have changed; forms made later follow as well."""
        self._theme = theme
        for view in self._views.values():
            view.themed(theme)

    def zone_changed(self) -> None:
        """The facility is in another zone now."""
        for view in self._views.values():
            view.set_zone(self.zone)

    def choose(self, record: type, entry_id: int) -> None:
        """Show one row of a repeated record."""
        for view in self._views.values():
            if record in view.tables:
                view.tables[record].choose(entry_id)

    def rows(self, edit: Edit) -> list[AnswerRow]:
        """Where the question of an edit stands on the page."""
        forms = [view.form_of(edit.record, edit.entry_id) for view in self._views.values()]
        return [form.rows[edit.field] for form in forms if form and edit.field in form.rows]

    def next_open(self, title: str, row: AnswerRow | None) -> tuple[str, AnswerRow] | None:
        """The next open question after `row` of section `title`, and its section; None at the end.

        Sections come round once.
        """
        titles = [section.title for section in self.sections]
        here = titles.index(title) if title in titles else 0
        for place, name in enumerate((*titles[here:], *titles[: here + 1])):
            view = self.view(name)
            rows = view.open_rows()
            if place == 0 and row is not None:
                rows = [one for one in rows if view.is_after(one, row)]
            if rows:
                return name, rows[0]
        return None

    def flush(self, title: str | None = None) -> None:
        """Finish every edit under way, of one section or of all."""
        for name, view in self._views.items():
            if title is None or name == title:
                view.flush()
        for name, panel in self._panels.items():
            if title is None or name == title:
                panel.flush()

    def unread(self) -> Iterator[str]:
        """What stands in red on any form."""
        for view in self._views.values():
            for form in view.all_forms():
                yield from form.sentences()

    def typed(self) -> list[Typed]:
        """Words on the forms that can't be read, with their places."""
        if self._case is None:
            return []
        return [
            Typed(self._case.case_id, record, entry_id, name, row.unread)
            for title, view in self._views.items()
            if title not in self._stale
            for record, entry_id, form in view.shown_forms()
            for name, row in form.rows.items()
            if row.unread
        ]

    def put_back(self, refused: Iterable[Edit], typed: Iterable[Typed]) -> None:
        """Show again what was refused, and what can't be read, before the lock."""
        for edit in refused:
            for row in self._rows_brought_up(edit.record, edit.entry_id, edit.field):
                saved = record_of(self._case, edit.record, edit.entry_id) if self._case else None
                row.put_back(edit.value, getattr(saved, edit.field, None), NOT_SAVED)
        for one in typed:
            for row in self._rows_brought_up(one.record, one.entry_id, one.field):
                row.type_again(one.words)

    def _rows_brought_up(self, record: type, entry_id: int | None, field: str) -> list[AnswerRow]:
        """The rows of a question; forms are made for it and the row of the record is chosen."""
        found = []
        for section in self.sections:
            if record in section.records:
                form = self.view(section.title).bring_up(record, entry_id)
                if form is not None and field in form.rows:
                    found.append(form.rows[field])
        return found

    def forget_typed(self) -> None:
        """Show what is saved, and nothing that was typed and could not be."""
        for view in self._views.values():
            view.start_over(self._case or CaseFile(0, "", {}), self.zone)
