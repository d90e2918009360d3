"""The documents of a case: the list, adding, and one document open in its place."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QVBoxLayout, QWidget
from typing_extensions import override

from intake_app.core.case import CaseFile
from intake_app.core.errors import AppError
from intake_app.core.roles import Act, may
from intake_app.store.documents import Document
from intake_app.store.office import Office
from intake_app.ui.asking import Asking
from intake_app.ui.case_panel import CasePanel
from intake_app.ui.document_adding import AddingFiles, Refused
from intake_app.ui.document_list import DocumentList
from intake_app.ui.document_row import DocumentRow
from intake_app.ui.document_view import DocumentView
from intake_app.ui.jobs import Jobs
from intake_app.ui.page import Clock
from intake_app.ui.passphrase_again import PassphraseAgain
from intake_app.ui.section_notes import Note
from intake_app.ui.steps import StepRunner
from intake_app.ui.theme import Tone
from intake_app.ui.widgets import (
    InlineMessage,
    QuietButton,
    announce,
    dp,
)
from intake_app.workflows.export_document import export_document, export_name
from intake_app.workflows.protect_document import protect_document
from intake_app.workflows.read_documents import list_documents, read_document, read_pictures
from intake_app.workflows.reauthenticate import Proof
from intake_app.workflows.remove_document import bring_back_document, remove_document
from intake_app.workflows.retitle_document import retitle_document

KINDS = "PDF and pictures (*.pdf *.png *.jpg *.jpeg *.jfif *.tif *.tiff *.webp);;All files (*)"

_COPY = (
    "A copy outside the office file is not protected: whoever finds it can read it. Save one only "
    "if somebody needs it, and delete it afterwards. The history will say that you saved it."
)
_UNMARK = (
    "Volunteers will see that this document is there and can open it. Mark it as not protected "
    "only if it says nothing about violence or other victim facts."
)


class DocumentsPanel(CasePanel):
    """Scans and PDFs of one case. `asking` asks for files and places on the disk."""

    def __init__(self, jobs: Jobs, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(jobs, clock, parent)
        self.asking = Asking()
        self._office: Office | None = None
        self._case: CaseFile | None = None
        self._request = 0
        self._documents: tuple[Document, ...] = ()
        self._pictures: dict[int, bytes] = {}
        self._asked: tuple[str, int] = ("", 0)
        self._area: QScrollArea | None = None
        # Not a child: it is closed, and ends, before the rest of this is taken apart.
        self.files = Jobs()
        self.runner = StepRunner(jobs, self)
        self.adding = AddingFiles(self.files, self.runner, clock)
        self.adding.added.connect(self._added)
        self.adding.ended.connect(self._all_added)
        self.destroyed.connect(self.adding.stopped.set)
        self.destroyed.connect(self.files.close)
        self.message = InlineMessage()
        self.message.acted.connect(self._act)
        self.no = QuietButton("Leave it as it is", "small")
        self.no.clicked.connect(self._never_mind)
        layout = self.message.layout()
        assert layout is not None  # noqa: S101 - it has one, for the type checker
        layout.addWidget(self.no)
        self.prove = PassphraseAgain(jobs, clock)
        self.prove.cancelled.connect(self.focus_first)
        self.view = DocumentView(self.files)
        self.view.closed.connect(self.close_document)
        self.view.copy_wanted.connect(self._ask_copy)
        self.card = DocumentList(self.adding)
        self.card.add_wanted.connect(self.choose_files)
        self.card.opened.connect(self.open_document)
        self.card.copy_wanted.connect(self._ask_copy)
        self.card.marked.connect(self._ask_mark)
        self.card.removed.connect(self._remove)
        self.card.retitled.connect(self._retitle)
        self.protected, self.add = self.card.protected, self.card.add
        self._lay_out()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setAcceptDrops(True)
        self.forget()

    def _lay_out(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(dp(14))
        whole.addWidget(self.prove)
        whole.addWidget(self.message)
        whole.addWidget(self.card)
        whole.addWidget(self.view)

    # What the case page asks of every panel.

    @override
    def show_case(self, office: Office, case: CaseFile, *, other: bool) -> None:
        """Read the list of another case; the small pictures wait until the section is opened."""
        self._office, self._case = office, case
        self.protected.setVisible(may(office.member.role, Act.SEE_PROTECTED))
        if other:
            self._read(pictures=False)

    @override
    def came_to_front(self) -> None:
        """Read the list anew: History may have brought something back."""
        self._read(pictures=True)

    @override
    def focus_first(self) -> None:
        """Into the document that is open, or on "Add files…"."""
        (self.view.back if self.view.document is not None else self.add).setFocus()

    @override
    def flush(self) -> None:
        """Save a title that is being typed; no passphrase stays."""
        self.card.flush()
        self.prove.forget()

    @override
    def forget(self) -> None:
        """Another case, or none; files being added still go to the case they were meant for."""
        self._request += 1
        self._documents, self._pictures = (), {}
        self.protected.setChecked(False)
        self.message.clear()
        self.prove.forget()
        self.close_document()
        self._show_list()

    @override
    def note(self) -> Note:
        """How many there are."""
        count = len(self._documents)
        return Note(str(count), None, f"{count} kept") if count else Note()

    @property
    def rows(self) -> dict[int, DocumentRow]:
        """The documents shown, by their numbers."""
        return self.card.rows

    @property
    def busy(self) -> bool:
        """Whether a file is being added, or anything read for this panel."""
        return self.adding.busy or self.runner.busy or self.files.busy

    # The list.

    def _read(self, *, pictures: bool) -> None:
        if self._office is None or self._case is None:
            return
        self._request += 1
        office, case_id, request = self._office, self._case.case_id, self._request
        self.jobs.run(
            partial(list_documents, office, case_id), partial(self._came, request), self._failed
        )
        if pictures:
            self.jobs.run(
                partial(read_pictures, office, case_id),
                partial(self._pictures_came, request),
                self._failed,
            )

    def _came(self, request: int, documents: tuple[Document, ...]) -> None:
        if request == self._request and documents != self._documents:
            self._documents = documents
            self._show_list()

    def _pictures_came(self, request: int, pictures: dict[int, bytes]) -> None:
        if request == self._request:
            self._pictures = pictures
            self.card.show_pictures(pictures)

    def _show_list(self) -> None:
        zone = self._office.profile.zone if self._office is not None else "UTC"
        marks = self._office is not None and may(self._office.member.role, Act.SEE_PROTECTED)
        self.card.show_documents(self._documents, self._pictures, zone, may_mark=marks)
        self.noted.emit(self.note())

    def _changed(self, document: Document) -> None:
        """Show one document as it is now."""
        if self._case is None or document.case_id != self._case.case_id:
            return
        same = [one.id for one in self._documents]
        if document.id in same:
            self._documents = tuple(
                document if one.id == document.id else one for one in self._documents
            )
        else:
            self._documents = tuple(sorted((*self._documents, document), key=lambda one: one.id))

    # Adding.

    def choose_files(self) -> None:
        """Ask for files and add them."""
        paths = self.asking.open_files(self, "Add documents", Path.home(), KINDS)
        if paths:
            self.add_files(paths)

    def add_files(self, paths: Sequence[Path]) -> None:
        """Add files to the case shown."""
        if self._office is not None and self._case is not None:
            self.message.clear()
            self.adding.add(
                self._office,
                self._case.case_id,
                self._case.number,
                paths,
                protected=self.protected.isChecked(),
            )

    @override
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped here, also those of a mail program that are none yet."""
        if event.mimeData().hasUrls() and self._case is not None:
            event.acceptProposedAction()

    @override
    def dropEvent(self, event: QDropEvent) -> None:
        """Add the files that were dropped."""
        urls = event.mimeData().urls()
        paths = [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
        event.acceptProposedAction()
        if paths:
            self.add_files(paths)
        else:
            self._say("That is no file on this computer. Save it to a folder first, and add that.")

    def _added(self, document: Document) -> None:
        self._changed(document)
        if self._case is not None and document.case_id == self._case.case_id:
            self._show_list()

    def _all_added(self, count: int, refused: tuple[Refused, ...]) -> None:
        here = self._case.case_id if self._case is not None else None
        said = []
        if count and refused:
            said.append(f"{_documents(count)} added. Not added:")
        for one in refused:
            elsewhere = "" if one.case_id == here else f"Case {one.case_number}: "
            said.append(f"{elsewhere}{one.name}: {one.sentence}")
        if said:
            self._say("\n".join(said))
        elif count:
            announce(self, f"{_documents(count)} added")
        if self._case is not None:
            self._read(pictures=True)

    # One document.

    def open_document(self, number: int) -> None:
        """Show a document in place of the list."""
        found = next((one for one in self._documents if one.id == number), None)
        if found is None or self._office is None:
            return
        self.message.clear()
        self.card.hide()
        self.view.show()
        self._fill_the_page()
        self.view.expect(found)
        self.runner.run(
            read_document(self._office, number, self.clock()),
            partial(self._content_came, number),
            partial(self._not_opened, number),
        )

    def _content_came(self, number: int, content: bytes) -> None:
        if self.view.document is not None and self.view.document.id == number:
            self.view.show_document(content)

    def _not_opened(self, number: int, error: AppError) -> None:
        if self.view.document is not None and self.view.document.id == number:
            self.close_document()
            self._failed(error)

    def close_document(self) -> None:
        """Back to the list; nothing of the document stays in memory."""
        shown = self.view.document
        self.view.forget()
        self.view.hide()
        self.card.show()
        if shown is not None:
            self.message.clear()
            row = self.rows.get(shown.id)
            if row is not None:
                row.open.setFocus()

    def _fill_the_page(self) -> None:
        """A document is as high as there is room on the page, and scrolls by itself."""
        above = self.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if above is None:
            return
        if self._area is None:
            self._area = above
            above.viewport().installEventFilter(self)
        self.view.setFixedHeight(max(above.viewport().height() - dp(2), dp(360)))
        above.verticalScrollBar().setValue(0)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The room on the page has changed."""
        if event.type() is QEvent.Type.Resize and not self.view.isHidden():
            self._fill_the_page()
        return False

    def _retitle(self, number: int, title: str) -> None:
        if self._office is not None:
            self.jobs.run(
                partial(retitle_document, self._office, number, title, self.clock()),
                self._retitled,
                partial(self._not_retitled, number),
            )

    def _retitled(self, document: Document) -> None:
        self._changed(document)
        row = self.rows.get(document.id)
        if row is not None:
            row.show_document(document)
            announce(row.title, "Title saved")

    def _not_retitled(self, number: int, error: AppError) -> None:
        row = self.rows.get(number)
        if row is not None:
            row.complain(error.sentence)
        else:
            self._failed(error)

    def _remove(self, number: int) -> None:
        if self._office is not None:
            work = partial(remove_document, self._office, number, self.clock())
            self.jobs.run(work, self._removed, self._failed)

    def _removed(self, document: Document) -> None:
        if self._case is None or document.case_id != self._case.case_id:
            return
        self._documents = tuple(one for one in self._documents if one.id != document.id)
        self._show_list()
        self.add.setFocus()
        self._ask("back", document.id, "Document removed.", "Bring it back", Tone.PLAIN)

    # Questions on the page, before what can't be taken back.

    def _ask_copy(self, number: int) -> None:
        if self._office is not None:
            self.message.clear()
            choose = "Choose where to save it…"
            self.prove.ask(self._office, _COPY, partial(self._copy, number), choose)

    def _ask_mark(self, number: int, protected: bool) -> None:
        if protected:
            self._mark(number, protected=True)
        else:
            self._ask("unmark", number, _UNMARK, "Mark as not protected", Tone.SOON)

    def _ask(self, what: str, number: int, words: str, action: str, tone: Tone) -> None:
        self._asked = (what, number)
        self.message.say(words, tone, action)
        self.no.setVisible(what != "back")
        self.message.button.setFocus()

    def _never_mind(self, _checked: bool = False) -> None:
        self.message.clear()
        self.focus_first()

    def _act(self) -> None:
        what, number = self._asked
        self.message.clear()
        if self._office is None:
            return
        if what == "unmark":
            self._mark(number, protected=False)
        elif what == "back":
            work = partial(bring_back_document, self._office, number, self.clock())
            self.jobs.run(work, self._brought_back, self._failed)

    def _copy(self, number: int, proof: Proof) -> None:
        found = next((one for one in self._documents if one.id == number), None)
        if found is None or self._office is None or self._case is None:
            return
        name = export_name(self._case.number, number, found.media)
        kind = f"{found.media.label} (*.{found.media.value})"
        path = self.asking.save_as(self, "Save a copy", Path.home() / name, kind)
        if path is not None:
            steps = export_document(self._office, number, path, proof, self.clock())
            self.runner.run(steps, self._copied, self._failed)

    def _copied(self, path: Path) -> None:
        self._say(
            f"Saved as {path.name}. That copy is outside the office and not protected.", Tone.GOOD
        )

    def _mark(self, number: int, *, protected: bool) -> None:
        if self._office is not None:
            steps = protect_document(self._office, number, self.clock(), protected=protected)
            self.runner.run(steps, self._marked, self._failed)

    def _marked(self, document: Document) -> None:
        self._changed(document)
        self._show_list()
        if document.id in self.rows:
            self.rows[document.id].mark.setFocus()

    def _brought_back(self, document: Document) -> None:
        self._added(document)

    # Words on the page.

    def _failed(self, error: AppError) -> None:
        self._say(error.sentence)

    def _say(self, sentence: str, tone: Tone = Tone.BAD) -> None:
        self._asked = ("", 0)
        self.message.say(sentence, tone)
        self.no.hide()


def _documents(count: int) -> str:
    return "1 document" if count == 1 else f"{count} documents"
