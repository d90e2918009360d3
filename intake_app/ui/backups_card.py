"""Backups: when the last was made, where they are, and whether they can be brought back."""

from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from intake_app.core.backups import BackupReason
from intake_app.core.errors import AppError
from intake_app.core.roles import Act, may
from intake_app.store.backups.record import InPlace
from intake_app.store.office import Office
from intake_app.ui.asking import Asking
from intake_app.ui.backup_list import BackupList, moment_words, place_words
from intake_app.ui.backup_work import BackupWork
from intake_app.ui.jobs import Jobs
from intake_app.ui.page import Clock
from intake_app.ui.plain_form import PlainForm
from intake_app.ui.theme import Tone
from intake_app.ui.widgets import Card, InlineMessage, QuietButton, Words, dp, empty
from intake_app.workflows.back_up_office import SecondFolder, set_second_folder
from intake_app.workflows.drill_backup import Drilled
from intake_app.workflows.list_backups import BackupState, PlaceListed, backup_state

BACK_UP, BACKING_UP = "Back up now", "Backing up…"
TEST, TESTING = "Test the backups", "Testing…"


class BackupsCard(Card):
    """An administrator looks after them; everybody else sees when the last one was made."""

    def __init__(
        self, jobs: Jobs, clock: Clock, asking: Asking, parent: QWidget | None = None
    ) -> None:
        super().__init__("Backups", parent)
        self._jobs, self._clock, self._asking = jobs, clock, asking
        self._office: Office | None = None
        self.work = BackupWork(jobs, clock, self)
        self.test = self.add_button(TEST, self._test)
        self.now = self.add_button(BACK_UP, self._back_up)
        self.message, self.warning = InlineMessage(), InlineMessage()
        self.last = Words("", "strong", wrap=True)
        self._kept_card = QVBoxLayout()
        self._kept = self._make_kept()
        about = Words(
            "A backup is made each day while the office is open, and before each update, import "
            "and destruction of records. It is encrypted like the office itself, and opened and "
            "checked once it is written. About 30 are kept.",
            "quiet",
            wrap=True,
        )
        for widget in (self.last, about, self.warning, self.message, self._kept):
            self.body.addWidget(widget)
        self.work.made.connect(self._made)
        self.work.proven.connect(self._proven)
        self.work.listed.connect(self._listed)
        self.work.failed.connect(self._failed)

    def _make_kept(self) -> QWidget:
        whole = QWidget()
        self.second, self.reached, self.proven = Words(wrap=True), Words(wrap=True), Words()
        self.choose = QuietButton("Choose…", "small")
        self.choose.setAccessibleName("Choose the second folder for backups")
        self.choose.clicked.connect(self._choose)
        row = QHBoxLayout()
        row.addWidget(self.second, 1)
        row.addWidget(self.choose)
        place = QWidget()
        place.setLayout(row)
        row.setContentsMargins(0, 0, 0, 0)
        form = PlainForm()
        form.tell("Second folder", place)
        label = form.labelForField(place)
        if isinstance(label, Words):
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        form.tell("Last copied there", self.reached)
        form.tell("Last test", self.proven)
        inside = QVBoxLayout(whole)
        inside.setContentsMargins(0, dp(6), 0, 0)
        inside.setSpacing(dp(12))
        inside.addLayout(form)
        inside.addLayout(self._kept_card)
        return whole

    def show_for(self, office: Office) -> None:
        """Read anew how the backups stand."""
        self._office = office
        self.message.clear()
        self.warning.clear()
        manages = self._manages
        for widget in (self._kept, self.test, self.now):
            widget.setVisible(manages)
        self._read()

    def leave(self) -> None:
        """Nothing typed is here; a backup that has begun goes on."""

    @property
    def _manages(self) -> bool:
        return self._office is not None and may(self._office.member.role, Act.KEEP_BACKUPS)

    def _read(self) -> None:
        if self._office is None:
            return
        self._jobs.run(partial(backup_state, self._office), self._show, self._could_not)
        if self._manages:
            self.work.list(self._office)

    def _show(self, state: BackupState) -> None:
        now = self._clock()
        self.last.setText(
            f"The last good backup was made on {self._moment(state.last.made_at)}."
            if state.last
            else "There is no backup yet."
        )
        if not self._manages:
            if state.is_old(now):
                self.warning.say("Tell an administrator: there should be one of today.", Tone.SOON)
            return
        self.second.setText(str(state.second) if state.second else "None")
        self.reached.setText(self._moment(state.reached) if state.reached else "Never")
        self.proven.setText(self._moment(state.proven) if state.proven else "Never")
        self._warn(state, now)

    def _warn(self, state: BackupState, now: datetime) -> None:
        if state.second is None:
            self.warning.say(
                "There is no second folder. A broken or stolen computer would take the office and "
                "all backups with it. Choose a folder on another disk, such as a USB drive.",
                Tone.BAD,
            )
        elif state.second_is_away(now):
            since = f" since {self._moment(state.reached)}" if state.reached else ""
            self.warning.say(
                f"The second folder was not reached{since}. Connect its drive, or choose another "
                "folder.",
                Tone.BAD,
            )
        else:
            self.warning.clear()

    def _moment(self, moment: datetime) -> str:
        zone = self._office.profile.zone if self._office else "UTC"
        return moment_words(moment, zone)

    def _listed(self, places: tuple[PlaceListed, ...]) -> None:
        empty(self._kept_card)
        if self._office is not None and any(one.backups for one in places):
            self._kept_card.addWidget(BackupList(places, self._office.profile.zone))

    def _choose(self) -> None:
        chosen = self._asking.folder(self, "A folder on another disk, for backups", Path.home())
        if chosen is None or self._office is None:
            return
        work = partial(set_second_folder, self._office, chosen, self._clock())
        self.message.clear()
        self._jobs.run(work, self._chosen, self._could_not)

    def _chosen(self, second: SecondFolder) -> None:
        if second.same_disk:
            self.message.say(
                "Chosen. But it is on the same disk as the office: if the disk breaks, both are "
                "lost. Choose a folder on another disk if you can.",
                Tone.SOON,
            )
        if self._office is not None:
            self._working(BACKING_UP, TEST)
            self.work.back_up(self._office, BackupReason.BY_HAND, only_if_due=True)

    def _back_up(self) -> None:
        if self._office is not None:
            self.message.clear()
            self._working(BACKING_UP, TEST)
            self.work.back_up(self._office, BackupReason.BY_HAND)

    def _made(self, places: tuple[InPlace, ...]) -> None:
        self._rested()
        faults = [one.fault for one in places if one.fault]
        if faults:
            made = "" if places[0].fault else "Backed up with the office. "
            self.message.say(made + " ".join(faults))
        elif self.message.isHidden():
            where = ", in both places" if len(places) > 1 else ""
            self.message.say(f"Backed up and checked{where}.", Tone.GOOD)
        self._read()

    def _test(self) -> None:
        if self._office is not None:
            self.message.clear()
            self._working(BACK_UP, TESTING)
            self.work.drill(self._office)

    def _proven(self, results: tuple[Drilled, ...]) -> None:
        self._rested()
        told = [
            f"{place_words(one.place)}: {one.proof.words if one.proof else one.fault}"
            for one in results
        ]
        good = all(one.proof for one in results)
        self.message.say("\n".join(told), Tone.GOOD if good else Tone.BAD)
        self._read()

    def _failed(self, sentence: str) -> None:
        self._rested()
        self.message.say(sentence)

    def _could_not(self, error: AppError) -> None:
        self.message.say(error.sentence)

    def _working(self, now: str, test: str) -> None:
        self.now.setText(now)
        self.test.setText(test)
        for button in (self.now, self.test, self.choose):
            button.setEnabled(False)

    def _rested(self) -> None:
        self.now.setText(BACK_UP)
        self.test.setText(TEST)
        for button in (self.now, self.test, self.choose):
            button.setEnabled(True)
