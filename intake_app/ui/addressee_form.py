"""The form for one entry of the office's directory."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from intake_app.core.directory import DirectoryEntry
from intake_app.core.vocabulary import AddresseeKind, State
from intake_app.ui.half_typed import show_saved
from intake_app.ui.line import Line
from intake_app.ui.long_field import LongField
from intake_app.ui.plain_form import PlainForm
from intake_app.ui.widgets import PrimaryButton, QuietButton, Words, dp


class AddresseeForm(QWidget):
    """`fill` it with an entry, `entry` reads it back; `saved` and `cancelled` are its buttons."""

    saved = Signal()
    cancelled = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filled = DirectoryEntry(AddresseeKind.JAIL)
        self.setMaximumWidth(dp(680))
        self.kind, self.state = QComboBox(), QComboBox()
        for kind in AddresseeKind:
            self.kind.addItem(kind.label, kind.value)
        self.state.addItem("Any state", "")
        for state in State:
            self.state.addItem(state.label, state.value)
        self.agency, self.title_line, self.name = Line(), Line(), Line()
        self.county, self.telephone, self.fax = Line(), Line(), Line()
        self.email = Line()
        self.address = LongField(least=4, most=4)
        self.save, self.cancel = PrimaryButton("Save"), QuietButton("Cancel")
        self._lay_out()
        self.save.clicked.connect(self.saved)
        self.cancel.clicked.connect(self.cancelled)
        for field in self._fields():
            field.returnPressed.connect(self.saved)

    def _lay_out(self) -> None:
        form = PlainForm(self)
        form.setContentsMargins(0, dp(8), 0, 0)
        form.ask("Kind", self.kind)
        form.ask("Agency", self.agency)
        form.ask("Title", self.title_line)
        form.ask("Name", self.name)
        form.ask("Address", self.address)
        form.ask("State", self.state)
        form.ask(
            "County",
            self.county,
            help="Letters about somebody held in this county go to it, unless another is chosen.",
        )
        reach = QHBoxLayout()
        reach.setSpacing(dp(8))
        fax = Words("Fax", "label")
        fax.setBuddy(self.fax)
        self.fax.setAccessibleName("Fax")
        self.telephone.setAccessibleName("Telephone")
        for widget, stretch in ((self.telephone, 1), (fax, 0), (self.fax, 1)):
            reach.addWidget(widget, stretch)
        form.addRow(Words("Telephone", "label"), reach)
        form.ask("E-mail", self.email)
        form.act(self.cancel, self.save)
        self.title_line.setPlaceholderText("Sheriff")
        self.name.setPlaceholderText("Of the person, where one is known")
        self.county.setPlaceholderText("Miami-Dade")

    def _fields(self) -> tuple[QLineEdit, ...]:
        return (
            self.agency, self.title_line, self.name, self.county,
            self.telephone, self.fax, self.email,
        )  # fmt: skip

    def fill(self, entry: DirectoryEntry) -> None:
        """Show an entry; one with id 0 is new."""
        self._filled = entry
        self.kind.setCurrentIndex(self.kind.findData(entry.kind.value))
        self.state.setCurrentIndex(self.state.findData(entry.state))
        self.address.setPlainText("\n".join(entry.lines))
        for field, said in zip(self._fields(), _words(entry), strict=True):
            field.setText(said)

    def show_saved(self, entry: DirectoryEntry) -> None:
        """Show the entry of this form as it is in the file now; what was typed or chosen stays."""
        before, self._filled = self._filled, entry
        show_saved(self.address, "\n".join(entry.lines))
        for field, said in zip(self._fields(), _words(entry), strict=True):
            show_saved(field, said)
        for box, old, new in (
            (self.kind, before.kind.value, entry.kind.value),
            (self.state, before.state, entry.state),
        ):
            if box.currentData() == old:
                box.setCurrentIndex(box.findData(new))

    @property
    def id(self) -> int:
        """Of the entry it shows; 0 for a new one."""
        return self._filled.id

    def entry(self) -> DirectoryEntry:
        """What stands in the form."""
        agency, title, name, county, telephone, fax, email = (
            field.text() for field in self._fields()
        )
        return DirectoryEntry(
            AddresseeKind.of(self.kind.currentData()),
            agency=agency,
            title=title,
            name=name,
            lines=tuple(self.address.toPlainText().split("\n")),
            county=county,
            state=self.state.currentData(),
            telephone=telephone,
            fax=fax,
            email=email,
            id=self.id,
        )


def _words(entry: DirectoryEntry) -> tuple[str, ...]:
    """In the order of the form's lines."""
    return (
        entry.agency, entry.title, entry.name, entry.county,
        entry.telephone, entry.fax, entry.email,
    )  # fmt: skip
