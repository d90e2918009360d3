"""Records whose time is over: the office's rules, what is due, what waits, and the certificates."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QComboBox, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from intake_app.core.errors import AppError
from intake_app.core.purge_parts import TOLD
from intake_app.core.vocabulary import PurgePart
from intake_app.store.office import Office
from intake_app.store.retention.purging import IN_BACKUPS, Purge
from intake_app.ui.asking import Asking, write_file
from intake_app.ui.desk_lists import rule
from intake_app.ui.jobs import Jobs
from intake_app.ui.library_rows import day
from intake_app.ui.page import Clock
from intake_app.ui.passphrase_again import PassphraseAgain
from intake_app.ui.plain_form import PlainForm
from intake_app.ui.steps import StepRunner
from intake_app.ui.theme import Tone
from intake_app.ui.widgets import (
    Card,
    EmptyLine,
    InlineMessage,
    PrimaryButton,
    QuietButton,
    Words,
    dp,
    empty,
)
from intake_app.workflows.certify_destruction import (
    certificate,
    counts_told,
    past_runs,
    what_told,
)
from intake_app.workflows.destroy_records import destroy_records, finish_destroying
from intake_app.workflows.due_for_destruction import DueNow, due_for_destruction
from intake_app.workflows.reauthenticate import Proof
from intake_app.workflows.retention_rules import KeptRule, add_rule, read_rules, remove_rule

WHAT_FOR = (
    "How long a file must be kept differs by state, by kind of case and by funder: an attorney "
    "decides the months, and nothing is preset. A case’s own “Keep until” goes before the rules. "
    "Nothing is ever destroyed by itself: an administrator does it here."
)
BACKUPS = (
    "A backup is made first. It and every older backup hold what is destroyed for "
    f"{IN_BACKUPS.days} more days, so that a mistake can be put right; then it is destroyed there "
    "too. A drive that is away is done when it comes back."
)
DESTROY, FINISH = "Destroy…", "Finish…"
SHOWN = 50
"""So many cases stand in a list; the command line lists all."""


@dataclass(frozen=True)
class _Seen:
    rules: tuple[KeptRule, ...]
    due: DueNow
    runs: tuple[Purge, ...]


class RetentionCard(Card):
    """For administrators."""

    def __init__(
        self, jobs: Jobs, clock: Clock, asking: Asking, parent: QWidget | None = None
    ) -> None:
        super().__init__("Destroying old records", parent)
        self._jobs, self._clock, self._asking = jobs, clock, asking
        self._runner = StepRunner(jobs, self)
        self._office: Office | None = None
        self._seen: _Seen | None = None
        self._request = 0
        self.message = InlineMessage()
        self.again = PassphraseAgain(jobs, clock)
        self.act = PrimaryButton(DESTROY)
        self.act.clicked.connect(self._ask)
        self.form = self._make_form()
        self._rules, self._due = QVBoxLayout(), QVBoxLayout()
        self._waits, self._runs = QVBoxLayout(), QVBoxLayout()
        self.body.setSpacing(dp(6))
        self.body.addWidget(Words(WHAT_FOR, "quiet", wrap=True))
        for title, rows, below in (
            ("Rules", self._rules, (self.form,)),
            ("Due today", self._due, (self._in_row(self.act), self.again, self.message)),
            ("Waiting", self._waits, ()),
            ("Certificates", self._runs, ()),
        ):
            self.body.addSpacing(dp(8))
            self.body.addWidget(Words(title, "heading"))
            self.body.addLayout(rows)
            for widget in below:
                self.body.addWidget(widget)

    def _make_form(self) -> QWidget:
        self.part = QComboBox()
        for part in PurgePart:
            self.part.addItem(part.label, part)
        self.holds = Words(wrap=True, kind="help")
        self.part.currentIndexChanged.connect(self._say_what_it_holds)
        self._say_what_it_holds()
        self.months = QLineEdit()
        self.months.setPlaceholderText("for example 84")
        self.months.returnPressed.connect(self._add)
        self.save = QuietButton("Set this rule")
        self.save.clicked.connect(self._add)
        whole = QWidget()
        form = PlainForm(whole)
        form.ask("Destroy", self.part)
        form.addRow("", self.holds)
        form.ask("Months after closing", self.months, self.save)
        return whole

    def _in_row(self, button: QWidget) -> QWidget:
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(button)
        row.addStretch(1)
        return whole

    def show_for(self, office: Office) -> None:
        """Read what is due in this office now; a rule being typed stays."""
        self._office = office
        if not self._runner.busy:
            self.message.clear()
        self._read()

    def leave(self) -> None:
        """No passphrase stays; a run that has begun goes on."""
        self.again.forget()

    def _read(self) -> None:
        if self._office is None:
            return
        self._request += 1
        office, now = self._office, self._clock()
        self._jobs.run(
            partial(_look, office, now), partial(self._came, self._request), self._failed
        )

    def _came(self, request: int, seen: _Seen) -> None:
        if request != self._request or self._office is None:
            return
        self._seen = seen
        zone = ZoneInfo(self._office.profile.zone)
        self._show_rules(seen.rules)
        self._show_due(seen.due)
        waits = [(one.number, one.why) for one in seen.due.waits]
        self._list(self._waits, waits, "No case waits.")
        empty(self._runs)
        if not seen.runs:
            self._runs.addWidget(EmptyLine("Nothing was destroyed yet."))
        for run in seen.runs[:SHOWN]:
            self._runs.addWidget(self._run(run, zone))

    def _show_rules(self, rules: tuple[KeptRule, ...]) -> None:
        empty(self._rules)
        if not rules:
            self._rules.addWidget(
                EmptyLine("None. Without a rule only a case’s own “Keep until” counts.")
            )
        for kept in rules:
            remove = QuietButton("Remove", "small")
            remove.setAccessibleName(f"Remove the rule {kept.rule.sentence}")
            remove.clicked.connect(partial(self._remove, kept.rule.id))
            self._rules.addWidget(_line(kept.rule.sentence, remove))

    def _show_due(self, due: DueNow) -> None:
        rows = [(one.number or "Directory", f"{what_told(one)} ({one.why})") for one in due.done]
        self._list(self._due, rows, "Nothing is due today.")
        if due.done:
            cases = "1 case" if due.cases == 1 else f"{due.cases:,} cases"
            told = f"Of {cases}, in all: {', '.join(counts_told(due.counts)) or 'nothing kept'}."
            self._due.addWidget(Words(told, "strong", wrap=True))
            self._due.addWidget(Words(BACKUPS, "quiet", wrap=True))
        cut_off = due.unfinished is not None
        if cut_off:
            self._due.addWidget(
                Words(
                    "The last run was cut off: its records are destroyed, but the file was not "
                    "written anew. Finish it.",
                    "error",
                    wrap=True,
                )
            )
        self.act.setText(FINISH if cut_off else DESTROY)
        self.act.setVisible(cut_off or bool(due.done))
        self.act.setEnabled(not self._runner.busy)

    def _list(self, into: QVBoxLayout, rows: list[tuple[str, str]], nothing: str) -> None:
        empty(into)
        if not rows:
            into.addWidget(EmptyLine(nothing))
            return
        table = QWidget()
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(dp(16))
        grid.setVerticalSpacing(dp(4))
        grid.setColumnStretch(1, 1)
        for at, (number, words) in enumerate(rows[:SHOWN]):
            grid.addWidget(Words(number, "strong"), 2 * at, 0)
            grid.addWidget(Words(words, wrap=True), 2 * at, 1)
            grid.addWidget(rule(), 2 * at + 1, 0, 1, 2)
        into.addWidget(table)
        if len(rows) > SHOWN:
            into.addWidget(Words(f"And {len(rows) - SHOWN:,} more.", "help"))

    def _run(self, run: Purge, zone: ZoneInfo) -> QWidget:
        many = len({one.case_id for one in run.done if one.case_id is not None})
        cases = "1 case" if many == 1 else f"{many:,} cases"
        on = day(run.at.astimezone(zone).date())
        save = QuietButton("Save certificate…", "small")
        save.setAccessibleName(f"Save the certificate of run {run.id}")
        save.setEnabled(run.verified_at is not None)
        save.clicked.connect(partial(self._save, run.id))
        return _line(f"Run {run.id}: {on}, {cases}, by {run.by}", save)

    # Rules.

    def _say_what_it_holds(self, _index: int = 0) -> None:
        told = TOLD[PurgePart.of(self.part.currentData())]
        self.holds.setText(told[:1].upper() + told[1:])

    def _add(self, _checked: bool = False) -> None:
        if self._office is not None:
            part, typed = PurgePart.of(self.part.currentData()), self.months.text().strip()
            months = int(typed) if typed.isdecimal() and len(typed) < 6 else 0
            work = partial(add_rule, self._office, part, months, self._clock())
            self._jobs.run(work, self._added, self._failed)

    def _remove(self, rule_id: int, _checked: bool = False) -> None:
        if self._office is not None:
            work = partial(remove_rule, self._office, rule_id, self._clock())
            self._jobs.run(work, self._changed, self._failed)

    def _added(self, _rule: object) -> None:
        self.months.clear()
        self._changed()

    def _changed(self, _nothing: object = None) -> None:
        """A rule being typed stays."""
        self.message.clear()
        self._read()

    # Destroying.

    def _ask(self, _checked: bool = False) -> None:
        if self._office is None or self._seen is None:
            return
        self.message.clear()
        due = self._seen.due
        if due.unfinished is not None:
            self.again.ask(self._office, "The file will be written anew.", self._begin, "Finish")
            return
        cases = "1 case" if due.cases == 1 else f"{due.cases:,} cases"
        words = (
            f"What is listed above will be destroyed, of {cases}. Only a backup can bring it back, "
            f"and only for {IN_BACKUPS.days} days."
        )
        self.again.ask(self._office, words, self._begin, "Destroy for good")

    def _begin(self, proof: Proof) -> None:
        if self._office is None or self._seen is None:
            return
        office, due, now = self._office, self._seen.due, self._clock()
        cut_off = due.unfinished is not None
        steps = (
            finish_destroying(office, proof, now)
            if cut_off
            else destroy_records(office, due, proof, now)
        )
        self.act.setEnabled(False)
        self._moved(0.0)
        self._runner.run(steps, self._done, self._stopped, self._moved)

    def _moved(self, share: float) -> None:
        self.message.say(f"{_doing(share)}… {share:.0%}", Tone.PLAIN)

    def _done(self, run: Purge) -> None:
        told = f"Destroyed. All {run.pages:,} pages of the file were searched: nothing is left."
        if not run.pieces:
            told = f"Finished. All {run.pages:,} pages of the file were written anew."
        self.message.say(f"{told} Save the certificate below.", Tone.GOOD)
        self._read()

    def _stopped(self, error: AppError) -> None:
        self._failed(error)
        self._read()

    def _failed(self, error: AppError) -> None:
        self.message.say(error.sentence)

    # Certificates.

    def _save(self, run_id: int, _checked: bool = False) -> None:
        suggested = Path.home() / f"Certificate of destruction {run_id}.pdf"
        chosen = self._asking.save_as(self, "Save the certificate", suggested, "PDF (*.pdf)")
        if chosen is not None and self._office is not None:
            work = partial(_write_certificate, self._office, run_id, self._clock(), chosen)
            self._jobs.run(work, self._saved, self._failed)

    def _saved(self, path: Path) -> None:
        self.message.say(f"Saved as {path.name}.", Tone.GOOD)


def _look(office: Office, now: datetime) -> _Seen:
    return _Seen(read_rules(office), due_for_destruction(office, now), past_runs(office))


def _write_certificate(office: Office, run_id: int, now: datetime, path: Path) -> Path:
    return write_file(path, certificate(office, run_id, now))


def _line(words: str, button: QuietButton) -> QWidget:
    whole = QWidget()
    row = QHBoxLayout(whole)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(dp(12))
    row.addWidget(Words(words, wrap=True), 1)
    row.addWidget(button)
    return whole


def _doing(share: float) -> str:
    for until, words in ((0.1, "Making a backup"), (0.3, "Destroying"), (0.8, "Writing anew")):
        if share < until:
            return words
    return "Searching every page"
