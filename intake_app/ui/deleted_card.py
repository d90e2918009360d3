"""Recently deleted: what can still be brought back, for how long, and the button that does it."""

from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QTableView, QWidget
from typing_extensions import override

from intake_app.core.errors import AppError
from intake_app.store.deleted_things import DeletedThing
from intake_app.store.office import Office
from intake_app.ui.jobs import Jobs
from intake_app.ui.page import Clock
from intake_app.ui.row_table import RowTable
from intake_app.ui.theme import Tone
from intake_app.ui.widgets import Card, EmptyLine, InlineMessage, Words, set_up_table
from intake_app.workflows.bring_back import bring_back
from intake_app.workflows.deleted_things import deleted_things

_HEADS = ("Deleted", "By", "What", "Which", "Case", "Time left")
_WHAT_FOR = (
    "What was deleted can be brought back for 30 days. After that it is due under “Old records”, "
    "where an administrator destroys it for good. Only what you may see and change is listed."
)


class DeletedModel(RowTable):
    """Deleted things as rows of a table; times on the clocks of `zone`."""

    rows: tuple[DeletedThing, ...]
    zone = ZoneInfo("UTC")

    @override
    def words(self, row: DeletedThing, column: int) -> str:
        at = row.at.astimezone(self.zone)
        return (
            f"{at:%a} {at.day} {at:%b %H:%M}",
            row.by,
            row.sort,
            row.words,
            row.number,
            _left(row.days_left),
        )[column]


class DeletedCard(Card):
    """The list, newest first, and “Bring back” for the line that is chosen."""

    def __init__(self, jobs: Jobs, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__("Recently deleted", parent)
        self._jobs, self._clock = jobs, clock
        self._office: Office | None = None
        self._request = 0
        self.back = self.add_button("Bring back", self._bring_back)
        self.message = InlineMessage()
        self.nothing = EmptyLine("Nothing was deleted in the last 30 days.")
        self.table = QTableView()
        self.model = DeletedModel(_HEADS, self)
        self.table.setModel(self.model)
        set_up_table(self.table, "Recently deleted", [155, 140, 130, 0, 100, 100])
        self.body.addWidget(Words(_WHAT_FOR, "quiet", wrap=True))
        for part in (self.message, self.nothing):
            self.body.addWidget(part)
        self.body.addWidget(self.table, 1)
        self.body.addStretch(0)
        self.table.selectionModel().selectionChanged.connect(self._chosen)
        self._show(())

    def show_for(self, office: Office) -> None:
        """Read the list anew."""
        if self._office is not office:
            self.message.clear()
        self._office = office
        self._request += 1
        work = partial(deleted_things, office, self._clock())
        self._jobs.run(work, partial(self._came, self._request), self._failed)

    def leave(self) -> None:
        """Another section or page comes to the front: names go."""
        self._request += 1
        self.message.clear()
        self._show(())

    def _came(self, request: int, things: tuple[DeletedThing, ...]) -> None:
        if request == self._request and self._office is not None:
            self.model.zone = ZoneInfo(self._office.profile.zone)
            self._show(things)

    def _show(self, things: tuple[DeletedThing, ...]) -> None:
        self.model.show_rows(things)
        self.nothing.setVisible(not things)
        self.table.setVisible(bool(things))
        if things:
            self.table.selectRow(0)
        self._chosen()

    def _thing(self) -> DeletedThing | None:
        rows = self.table.selectionModel().selectedRows()
        return self.model.rows[rows[0].row()] if rows else None

    def _chosen(self) -> None:
        self.back.setEnabled(self._thing() is not None)

    def _bring_back(self) -> None:
        thing = self._thing()
        if thing is not None and self._office is not None:
            self.message.clear()
            self.back.setEnabled(False)
            work = partial(bring_back, self._office, thing, self._clock())
            self._jobs.run(work, partial(self._done, thing), self._failed)

    def _done(self, thing: DeletedThing, _nothing: None) -> None:
        which = f" · {thing.words}" if thing.words else ""
        where = f" Case {thing.number}." if thing.number else ""
        self.message.say(f"Brought back: {thing.sort}{which}.{where}", Tone.GOOD)
        if self._office is not None:
            self.show_for(self._office)

    def _failed(self, error: AppError) -> None:
        self._chosen()
        self.message.say(error.sentence)


def _left(days: int) -> str:
    if days == 0:
        return "last day"
    return "1 day" if days == 1 else f"{days} days"
