"""The office: who works in it, how it is kept, and what this program does not do."""

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from intake_app.core.errors import AppError
from intake_app.core.roles import Act, may
from intake_app.core.vocabulary import State
from intake_app.store.office import Office
from intake_app.ui.asking import Asking
from intake_app.ui.directory_card import DirectoryCard
from intake_app.ui.holidays_card import HolidaysCard
from intake_app.ui.jobs import Jobs
from intake_app.ui.letterhead_card import LetterheadCard
from intake_app.ui.members_card import MembersCard
from intake_app.ui.own_kinds_card import OwnKindsCard
from intake_app.ui.own_passphrase_card import OwnPassphraseCard
from intake_app.ui.page import Clock, Page
from intake_app.ui.plain_form import PlainForm
from intake_app.ui.poverty_card import PovertyCard
from intake_app.ui.theme import Tone
from intake_app.ui.widgets import Card, Column, Heading, InlineMessage, Words, dp
from intake_app.ui.zones import zone_words
from intake_app.workflows.check_office import check_office

LIMITS = (
    "It gives no legal advice. Letters and clocks are drafts for a lawyer to check: law changes, "
    "and an entry of the library may be old or wrong.",
    "It keeps the office shut against whoever takes the folder or the computer while it is off. "
    "It can’t protect an unlocked computer, or one with spying software on it.",
    "It makes no backups by itself. Copy the whole folder of the office, with the key file in "
    "it, to a second place, and keep the recovery sheet apart from both.",
    "A forgotten passphrase and a lost recovery sheet together mean that the file stays shut for "
    "ever. Nobody can open it, not even we.",
    "One computer at a time opens an office. It does not share it over a network.",
    "A published summary keeps groups under 11 hidden. It can’t protect against somebody who "
    "already knows most of the people in a row.",
    "A survey response has no name, no case and no day with it. But somebody who can open two "
    "copies of the office, one from before and one from after, sees what came between; and where "
    "a quarter has only one or two responses, their answers may be enough to guess whose they are.",
)


class OfficePage(Page):
    """Members for administrators, one's own passphrase for everybody."""

    key = "office"
    words = "Office"
    icon = "office"

    def __init__(
        self,
        jobs: Jobs,
        clock: Clock,
        parent: QWidget | None = None,
        asking: Asking | None = None,
    ) -> None:
        super().__init__(jobs, clock, parent)
        self._office: Office | None = None
        self.title = Heading("Office", 1)
        self.members = MembersCard(jobs, clock)
        self.passphrase = OwnPassphraseCard(jobs, clock)
        self.poverty = PovertyCard(jobs, clock)
        self.holidays = HolidaysCard(jobs, clock)
        self.letters = Heading("Letters", 1)
        self.letterhead = LetterheadCard(jobs, clock, asking or Asking())
        self.letterhead.changed.connect(self._renamed)
        self.directory = DirectoryCard(jobs, clock, asking or Asking())
        self.own_kinds = OwnKindsCard(jobs, clock)
        self.profile = Card("The office")
        self.name, self.state, self.zone = Words(wrap=True), Words(), Words()
        self.folder = Words(wrap=True)
        form = PlainForm()
        for label, field in (
            ("Name", self.name),
            ("State", self.state),
            ("Time zone", self.zone),
            ("Folder", self.folder),
        ):
            form.tell(label, field)
        self.profile.body.addLayout(form)
        self.check = Card("Check of the file")
        self.check_button = self.check.add_button("Check now", self._check)
        self.checked = InlineMessage()
        self.check.body.addWidget(
            Words(
                "Reads the whole file: damaged pages, records without a case, and a history that "
                "was changed or cut.",
                "quiet",
                wrap=True,
            )
        )
        self.check.body.addWidget(self.checked)
        self.limits = Card("What this program does not do")
        for limit in LIMITS:
            self.limits.body.addWidget(Words(f"· {limit}", wrap=True))
        self._lay_out()

    def _lay_out(self) -> None:
        left, right = QVBoxLayout(), QVBoxLayout()
        for side, cards in (
            (left, (self.profile, self.check)),
            (right, (self.passphrase, self.limits)),
        ):
            side.setSpacing(dp(14))
            for card in cards:
                side.addWidget(card)
            side.addStretch(1)
        sides = QHBoxLayout()
        sides.setSpacing(dp(16))
        sides.addLayout(left, 1)
        sides.addLayout(right, 1)
        column = Column()
        column.body.addWidget(self.members)
        column.body.addLayout(sides)
        for part in (self.letters, self.letterhead, self.directory, self.own_kinds):
            column.body.addWidget(part)
        column.body.addWidget(self.poverty)
        column.body.addWidget(self.holidays)
        column.body.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(dp(18), dp(16), dp(18), dp(18))
        whole.setSpacing(dp(12))
        whole.addWidget(self.title)
        whole.addWidget(column, 1)

    @override
    def show_for(self, office: Office, what: object = None) -> None:
        """Show the office to this member; only an administrator sees the others."""
        self._office = office
        profile = office.profile
        self.name.setText(profile.name)
        self.state.setText(State.of(profile.state).label)
        self.zone.setText(zone_words(profile.zone))
        self.folder.setText(str(office.folder))
        manages = may(office.member.role, Act.MANAGE_MEMBERS)
        self.members.setVisible(manages)
        if manages:
            self.members.show_for(office)
        self.passphrase.show_for(office)
        writes = may(office.member.role, Act.COMPOSE_LETTERS)
        for part in (self.letters, self.letterhead, self.directory, self.own_kinds):
            part.setVisible(writes)
        if writes:
            self.letterhead.show_for(office)
            self.directory.show_for(office)
            self.own_kinds.show_for(office)
        self.poverty.show_for(office)
        self.holidays.show_for(office)

    @override
    def leave(self) -> None:
        """No passphrase stays on the page."""
        self.passphrase.forget()
        self.members.close_form()
        self.letterhead.leave()
        self.directory.close_form()
        self.own_kinds.close_form()
        self.poverty.close_form()
        self.holidays.close_form()

    def _renamed(self) -> None:
        if self._office is not None:
            self.name.setText(self._office.profile.name)

    def _check(self) -> None:
        if self._office is None:
            return
        self.check_button.setEnabled(False)
        self.check_button.setText("Checking…")
        self.jobs.run(partial(check_office, self._office), self._sound, self._could_not)

    def _sound(self, wrong: tuple[str, ...]) -> None:
        self._checked_again()
        if wrong:
            self.checked.say(" ".join(wrong))
        else:
            self.checked.say("The file is sound.", Tone.GOOD)

    def _could_not(self, error: AppError) -> None:
        self._checked_again()
        self.checked.say(error.sentence)

    def _checked_again(self) -> None:
        self.check_button.setEnabled(True)
        self.check_button.setText("Check now")
