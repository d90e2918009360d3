"""The card with the list of documents, and what adds to it."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from intake_app.store.documents import Document
from intake_app.ui.document_row import DocumentRow
from intake_app.ui.widgets import Card, EmptyLine, empty

_EMPTY = (
    "No documents yet. “Add files…” takes scans, photos and PDFs of up to 50 MB, or drop files "
    "here. They are kept inside the encrypted office file; the files you add from stay where "
    "they are."
)


class DocumentList(Card):
    """One row for each document. `adding` is the line that stands above them meanwhile."""

    add_wanted = Signal()
    opened = Signal(int)
    copy_wanted = Signal(int)
    marked = Signal(int, bool)
    removed = Signal(int)
    retitled = Signal(int, str)
    """As in `DocumentRow`."""

    def __init__(self, adding: QWidget, parent: QWidget | None = None) -> None:
        super().__init__("Documents", parent)
        self.rows: dict[int, DocumentRow] = {}
        self.protected = QCheckBox("Add as protected")
        self.protected.setToolTip(
            "For papers about violence or other victim facts: volunteers do not learn of them"
        )
        self.protected.setAccessibleName("Add as protected: about violence or other victim facts")
        self.head.addWidget(self.protected)
        self.add = self.add_button("Add files…", self.add_wanted.emit)
        self.nothing = EmptyLine(_EMPTY)
        self._list = QVBoxLayout()
        self._list.setSpacing(0)
        self.body.addWidget(adding)
        self.body.addWidget(self.nothing)
        self.body.addLayout(self._list)

    def show_documents(
        self,
        documents: Sequence[Document],
        pictures: Mapping[int, bytes],
        zone: str,
        *,
        may_mark: bool,
    ) -> None:
        """Show these; a title that is being typed is saved first."""
        self.flush()
        empty(self._list)
        self.rows = {}
        for document in documents:
            row = DocumentRow(document, zone, may_mark=may_mark)
            row.opened.connect(self.opened)
            row.copy_wanted.connect(self.copy_wanted)
            row.marked.connect(self.marked)
            row.removed.connect(self.removed)
            row.retitled.connect(self.retitled)
            self._list.addWidget(row)
            self.rows[document.id] = row
        self.show_pictures(pictures)
        self.nothing.setVisible(not documents)

    def show_pictures(self, pictures: Mapping[int, bytes]) -> None:
        """Show the small pictures that have come."""
        for number, row in self.rows.items():
            if number in pictures:
                row.show_picture(pictures[number])

    def flush(self) -> None:
        """Hand over a title that is being typed."""
        for row in self.rows.values():
            row.finish()
