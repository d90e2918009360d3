"""The office: who works in it, how it is kept, and what this program does not do.

One section at a time; the list at the left follows what the member may do.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Protocol

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget
from typing_extensions import override

from intake_app.core.roles import Act, may
from intake_app.store.office import Office
from intake_app.ui.asking import Asking
from intake_app.ui.backups_card import BackupsCard
from intake_app.ui.deleted_card import DeletedCard
from intake_app.ui.directory_card import DirectoryCard
from intake_app.ui.export_card import ExportCard
from intake_app.ui.file_check_card import FileCheckCard
from intake_app.ui.holidays_card import HolidaysCard
from intake_app.ui.jobs import Jobs
from intake_app.ui.legal_process_card import LegalProcessCard
from intake_app.ui.letterhead_card import LetterheadCard
from intake_app.ui.limits_card import LimitsCard
from intake_app.ui.members_card import MembersCard
from intake_app.ui.office_history_card import OfficeHistoryCard
from intake_app.ui.office_profile_card import OfficeProfileCard
from intake_app.ui.own_kinds_card import OwnKindsCard
from intake_app.ui.own_passphrase_card import OwnPassphraseCard
from intake_app.ui.page import Clock, Page
from intake_app.ui.poverty_card import PovertyCard
from intake_app.ui.recovery_card import RecoveryCard
from intake_app.ui.retention_card import RetentionCard
from intake_app.ui.widgets import Card, Column, Heading, SectionButton, dp


class OfficeCard(Protocol):
    """What the page asks of a card."""

    def show_for(self, office: Office) -> None:
        """Read anew and show what this member may see; what is being typed stays."""

    def leave(self) -> None:
        """Forget passphrases and what was opened; what is typed in a form waits there."""


@dataclass(frozen=True)
class OfficeSection:
    """One entry of the list at the left.

    cards: makes its cards, when the section is first opened. needs: what a member must be
    allowed to see it. fills: its card holds a long table and takes
    all the height there is.
    """

    title: str
    cards: Callable[[], tuple[OfficeCard, ...]]
    needs: Act | None = None
    fills: bool = False


class OfficePage(Page):
    """Everybody sees the office and her own passphrase; the rest follows the role.

    It can be asked for a section by its title.
    """

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
        self._asking = asking or Asking()
        self._office: Office | None = None
        self._open = ""
        self.sections: Sequence[OfficeSection] = (
            OfficeSection("This office", lambda: (self.profile, self.passphrase, self.check)),
            OfficeSection("Members", lambda: (self.members, self.recovery), Act.MANAGE_MEMBERS),
            OfficeSection("Backups", lambda: (self.backups,)),
            OfficeSection("Recently deleted", lambda: (self.deleted,), Act.WRITE_CASES, fills=True),
            OfficeSection("History", lambda: (self.history,), Act.SEE_OFFICE_HISTORY, fills=True),
            OfficeSection("Old records", lambda: (self.retention,), Act.DESTROY),
            OfficeSection(
                "Letters",
                lambda: (self.letterhead, self.directory, self.own_kinds),
                Act.COMPOSE_LETTERS,
            ),
            OfficeSection("Guidelines and days", lambda: (self.poverty, self.holidays)),
            OfficeSection("Legal process", lambda: (self.legal_process,)),
            OfficeSection("Take everything along", lambda: (self.export,), Act.EXPORT_ALL),
            OfficeSection("Limits", lambda: (self.limits,)),
        )
        self.buttons: dict[str, SectionButton] = {}
        self._columns: dict[str, Column] = {}
        self._lay_out()

    def _lay_out(self) -> None:
        self._list = Card()
        self._list.setFixedWidth(dp(190))
        self._list.set_margins(8, 2)
        self._list.body.setSpacing(dp(1))
        self._stack = QStackedWidget()
        for section in self.sections:
            button = SectionButton(section.title)
            button.clicked.connect(partial(self._clicked, section.title))
            self._list.body.addWidget(button)
            self.buttons[section.title] = button
        self._list.body.addStretch(1)
        sides = QHBoxLayout()
        sides.setSpacing(dp(14))
        sides.addWidget(self._list)
        sides.addWidget(self._stack, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(dp(18), dp(16), dp(18), dp(18))
        whole.setSpacing(dp(12))
        whole.addWidget(Heading("Office", 1))
        whole.addLayout(sides, 1)

    # The cards are made when they are first wanted: all of them at once would take too long.

    @cached_property
    def profile(self) -> OfficeProfileCard:
        return OfficeProfileCard()

    @cached_property
    def passphrase(self) -> OwnPassphraseCard:
        return OwnPassphraseCard(self.jobs, self.clock)

    @cached_property
    def check(self) -> FileCheckCard:
        return FileCheckCard(self.jobs)

    @cached_property
    def members(self) -> MembersCard:
        return MembersCard(self.jobs, self.clock)

    @cached_property
    def recovery(self) -> RecoveryCard:
        return RecoveryCard(self.jobs, self.clock, self._asking)

    @cached_property
    def backups(self) -> BackupsCard:
        return BackupsCard(self.jobs, self.clock, self._asking)

    @cached_property
    def deleted(self) -> DeletedCard:
        return DeletedCard(self.jobs, self.clock)

    @cached_property
    def history(self) -> OfficeHistoryCard:
        return OfficeHistoryCard(self.jobs, self.clock)

    @cached_property
    def retention(self) -> RetentionCard:
        return RetentionCard(self.jobs, self.clock, self._asking)

    @cached_property
    def letterhead(self) -> LetterheadCard:
        card = LetterheadCard(self.jobs, self.clock, self._asking)
        card.changed.connect(self._renamed)
        return card

    @cached_property
    def directory(self) -> DirectoryCard:
        return DirectoryCard(self.jobs, self.clock, self._asking)

    @cached_property
    def own_kinds(self) -> OwnKindsCard:
        return OwnKindsCard(self.jobs, self.clock)

    @cached_property
    def poverty(self) -> PovertyCard:
        return PovertyCard(self.jobs, self.clock)

    @cached_property
    def holidays(self) -> HolidaysCard:
        return HolidaysCard(self.jobs, self.clock)

    @cached_property
    def legal_process(self) -> LegalProcessCard:
        return LegalProcessCard(self.jobs, self.clock, self._asking)

    @cached_property
    def export(self) -> ExportCard:
        return ExportCard(self.jobs, self.clock, self._asking)

    @cached_property
    def limits(self) -> LimitsCard:
        return LimitsCard()

    @override
    def show_for(self, office: Office, what: object = None) -> None:
        """Show the section asked for, or the one shown before; else the first."""
        self._office = office
        role = office.member.role
        there = [one.title for one in self.sections if one.needs is None or may(role, one.needs)]
        for title, button in self.buttons.items():
            button.setVisible(title in there)
        wanted = what if what in there else self._open
        self.open_section(str(wanted) if wanted in there else there[0])

    def open_section(self, title: str) -> None:
        """Bring one section to the front; no passphrase stays in the one before."""
        if self._office is None:
            return
        if title != self._open:
            self._leave_section()
        self._open = title
        section = next(one for one in self.sections if one.title == title)
        self._stack.setCurrentWidget(self._columns.get(title) or self._made(section))
        self.buttons[title].setChecked(True)
        for card in section.cards():
            card.show_for(self._office)

    def _made(self, section: OfficeSection) -> Column:
        column = self._columns[section.title] = Column()
        for card in section.cards():
            if isinstance(card, QWidget):
                column.body.addWidget(card, int(section.fills))
        if not section.fills:
            column.body.addStretch(1)
        self._stack.addWidget(column)
        return column

    @override
    def showing(self) -> object:
        """The section in front."""
        return self._open or None

    @override
    def leave(self) -> None:
        """No passphrase stays on the page."""
        self._leave_section()

    def _leave_section(self) -> None:
        for section in self.sections:
            if section.title == self._open:
                for card in section.cards():
                    card.leave()

    def _clicked(self, title: str, _checked: bool = False) -> None:
        self.open_section(title)

    def _renamed(self) -> None:
        if self._office is not None:
            self.profile.show_for(self._office)
