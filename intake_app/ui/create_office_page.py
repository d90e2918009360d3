"""Create an office: its name and letterhead, its first administrator and her passphrase."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from intake_app.core.errors import AppError
from intake_app.core.vocabulary import State
from intake_app.store.keyring import Cost
from intake_app.store.office import OfficeProfile
from intake_app.ui.asking import Asking
from intake_app.ui.jobs import Jobs
from intake_app.ui.long_field import LongField
from intake_app.ui.page import Clock
from intake_app.ui.passphrase_field import PassphraseField
from intake_app.ui.plain_form import PlainForm
from intake_app.ui.widgets import Card, Column, InlineMessage, PrimaryButton, QuietButton, Words, dp
from intake_app.ui.zones import ZONES, zone_of_state
from intake_app.workflows.create_office import CreatedOffice, create_office

CREATE, CREATING = "Create the office", "Creating…"
_EMPTY_STATE = ""


class CreateOfficePage(QWidget):
    """Asks for what a new office needs; `created` brings it, open, with its recovery code.

    cost: of deriving a key, for tests; without it, about half a second on this computer.
    """

    created = Signal(object)
    back = Signal()

    def __init__(
        self,
        jobs: Jobs,
        clock: Clock,
        asking: Asking,
        cost: Cost | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._jobs, self._clock, self._asking, self.cost = jobs, clock, asking, cost
        self._zone_chosen = False
        self.name = QLineEdit()
        self.name.setPlaceholderText("Legal Aid Office of the Bay")
        self.state = QComboBox()
        self.state.addItem("Choose a state", _EMPTY_STATE)
        for state in State:
            self.state.addItem(state.label, state.value)
        self.zone = QComboBox()
        for zone, words in ZONES:
            self.zone.addItem(words, zone)
        self.letterhead = LongField(least=3, most=3)
        self.letterhead.setPlaceholderText("100 Example Avenue, Miami, FL 33130\n(305) 555-0100")
        self.folder = QLineEdit(str(Path.home() / "Intake Desk office"))
        self.choose_button = choose = QuietButton("Choose…")
        choose.setAccessibleName("Choose the folder for the office")
        self.person = QLineEdit()
        self.person.setPlaceholderText("Ana Beltrán")
        self.login = QLineEdit()
        self.login.setPlaceholderText("ana")
        self.passphrase = PassphraseField(rate=True)
        self.again = PassphraseField()
        self.message = InlineMessage()
        self.button = PrimaryButton(CREATE)
        self.cancel = QuietButton("Back")

        self._cards = (self._office_card(), self._administrator_card())
        row = QHBoxLayout()
        row.addWidget(self.cancel)
        row.addStretch(1)
        row.addWidget(self.button)
        self._column = column = Column()
        for card in self._cards:
            column.body.addWidget(card)
        column.body.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(dp(10))
        whole.addWidget(column, 1)
        whole.addWidget(self.message)
        whole.addLayout(row)
        self.setFocusProxy(self.name)
        self._connect()

    def _office_card(self) -> Card:
        office = Card("The office")
        form = PlainForm()
        form.ask("Name", self.name)
        form.ask("State", self.state)
        form.ask("Time zone", self.zone)
        form.ask("Address lines", self.letterhead, help="Printed at the top of every letter.")
        form.ask(
            "Folder",
            self.folder,
            self.choose_button,
            help="A new, empty folder. The whole office is in it: back up all of it.",
        )
        office.body.addLayout(form)
        return office

    def _administrator_card(self) -> Card:
        admin = Card("Its first administrator")
        form = PlainForm()
        form.ask("Your name", self.person)
        form.ask("Login", self.login, help="A short word you choose yourself by when opening.")
        form.ask("Passphrase", self.passphrase)
        form.ask("The same again", self.again)
        admin.body.addLayout(form)
        admin.body.addWidget(
            Words(
                "Nobody can look the passphrase up, not even we. The next page shows a recovery "
                "sheet that opens the office without it.",
                "quiet",
                wrap=True,
            )
        )
        return admin

    def _connect(self) -> None:
        self.choose_button.clicked.connect(self._choose)
        self.state.activated.connect(self._offer_zone)
        self.zone.activated.connect(self._chose_zone)
        self.cancel.clicked.connect(self.back)
        self.button.clicked.connect(self._create)
        self.again.entered.connect(self._create)

    def _choose(self) -> None:
        start = Path(self.folder.text()).expanduser().parent
        chosen = self._asking.folder(self, "A new, empty folder for the office", start)
        if chosen is not None:
            self.folder.setText(str(chosen))

    def _offer_zone(self, _index: int = 0) -> None:
        if not self._zone_chosen and self.state.currentData():
            zone = zone_of_state(self.state.currentData())
            self.zone.setCurrentIndex(self.zone.findData(zone))

    def _chose_zone(self, _index: int = 0) -> None:
        self._zone_chosen = True

    def _missing(self) -> tuple[str, QWidget] | None:
        """What is still to be filled in, and where."""
        for field, sentence in (
            (self.name, "Give the office a name; it stands on top of every letter."),
            (self.folder, "Choose a folder for the office."),
            (self.person, "Give your own name; you are the first administrator."),
            (self.login, "Choose a login, for example your first name."),
        ):
            if not field.text().strip():
                return sentence, field
        if not self.state.currentData():
            return "Choose the state of the office.", self.state
        if not self.passphrase.text():
            return "Choose a passphrase.", self.passphrase
        if self.passphrase.text() != self.again.text():
            return "The two passphrases are not the same. Type them again.", self.again
        return None

    def _create(self) -> None:
        if self.button.text() == CREATING:
            return
        self.message.clear()
        missing = self._missing()
        if missing is not None:
            self.message.say(missing[0])
            missing[1].setFocus()
            self._column.ensureWidgetVisible(missing[1])
            return
        profile = OfficeProfile(
            name=" ".join(self.name.text().split()),
            state=self.state.currentData(),
            letterhead=self.letterhead.toPlainText().strip(),
            zone=self.zone.currentData(),
        )
        self._working(True)
        self._jobs.run(
            partial(
                create_office,
                Path(self.folder.text().strip()).expanduser(),
                profile,
                " ".join(self.login.text().split()),
                " ".join(self.person.text().split()),
                self.passphrase.text(),
                self._clock(),
                self.cost,
            ),
            self._done,
            self._failed,
        )

    def _working(self, working: bool) -> None:
        self.button.setText(CREATING if working else CREATE)
        self.button.setEnabled(not working)
        self.cancel.setEnabled(not working)
        for card in self._cards:
            card.setEnabled(not working)

    def _done(self, created: CreatedOffice) -> None:
        self._working(False)
        self.passphrase.clear()
        self.again.clear()
        self.created.emit(created)

    def _failed(self, error: AppError) -> None:
        self._working(False)
        self.message.say(error.sentence)
