"""What stands between a case and its letter: answered, or set aside with a reason, on the spot."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from intake_app.core.case import CaseFile
from intake_app.core.fields import question, title_of
from intake_app.core.letters.gate import Overridden
from intake_app.core.letters.rules import Blocker
from intake_app.core.roles import Role, may
from intake_app.ui.case_edits import record_of
from intake_app.ui.form_view import FormView
from intake_app.ui.widgets import Card, QuietButton, Words, dp
from intake_app.workflows.answer_missing import can_answer_here, only_row


class _Reason(QWidget):
    """Why an attorney writes the letter all the same; kept with it."""

    given = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.line = QLineEdit()
        self.line.setPlaceholderText("Your reason to write it all the same")
        self.line.setAccessibleName("Reason to write the letter all the same")
        self.use = QuietButton("Set aside")
        self.use.setEnabled(False)
        self.line.textEdited.connect(lambda words: self.use.setEnabled(bool(words.strip())))
        self.line.returnPressed.connect(self._give)
        self.use.clicked.connect(lambda _checked: self._give())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(dp(8))
        row.addWidget(self.line, 1)
        row.addWidget(self.use)

    def _give(self) -> None:
        if words := self.line.text().strip():
            self.given.emit(words)


class _Block(QWidget):
    """One reason: its sentence, and what can be done about it here."""

    def __init__(self, blocker: Blocker) -> None:
        super().__init__()
        self.rule = blocker.rule
        self.form: FormView | None = None
        self.reason: _Reason | None = None
        self.entry_id: int | None = None
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, dp(2), 0, dp(6))
        self.body.setSpacing(dp(4))
        self.body.addWidget(Words(blocker.why, wrap=True))


_Key = tuple[object, ...]


class BlockersCard(Card):
    """Why there is no letter yet, what is missing as questions, and what was set aside."""

    answered = Signal(object, object, str, object)
    """Record, row (None where there is none yet), question and answer."""

    question_wanted = Signal(object, str)
    """A question that is better answered in the case itself."""

    set_aside = Signal(str, str)
    """A rule of the gate and an attorney's reason; an empty one takes it back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.blocks: dict[_Key, _Block] = {}
        self._aside: list[QWidget] = []

    def show_blockers(
        self,
        blockers: Sequence[Blocker],
        open_points: Sequence[Blocker],
        overridden: Sequence[Overridden],
        case: CaseFile,
        zone: str,
        *,
        role: Role,
    ) -> None:
        """Show the reasons in the order they should be read; what is being typed stays.

        open_points: what stands between a letter and its approval only.
        """
        title = "Before it can be approved" if open_points else "Set aside"
        self.set_title("Why this letter can’t be written yet" if blockers else title)
        wanted = {_key(one): one for one in (*blockers, *open_points)}
        for key in [key for key in self.blocks if key not in wanted]:
            self._take(self.blocks.pop(key))
        for widget in self._aside:
            self._take(widget)
        for place, (key, blocker) in enumerate(wanted.items()):
            if key not in self.blocks:
                self.blocks[key] = self._made(blocker, case, zone, role)
            block = self.blocks[key]
            self.body.insertWidget(place, block)
            if block.form is not None and blocker.asked is not None:
                record, _field = blocker.asked
                block.entry_id = only_row(case, record)
                block.form.set_zone(zone)
                block.form.show_record(record_of(case, record, block.entry_id))
        self._aside = [self._taken_aside(one, attorney=role is Role.ATTORNEY) for one in overridden]
        for widget in self._aside:
            self.body.addWidget(widget)
        self.setVisible(bool(wanted or overridden))

    def forget(self) -> None:
        """Another letter: what was typed for the one before is gone."""
        for block in self.blocks.values():
            self._take(block)
        for widget in self._aside:
            self._take(widget)
        self.blocks, self._aside = {}, []
        self.hide()

    def flush(self) -> None:
        """Finish every answer that is under way."""
        for block in self.blocks.values():
            if block.form is not None:
                block.form.flush()

    def sentences(self) -> list[str]:
        """What was typed here and could not be read or saved."""
        forms = [block.form for block in self.blocks.values() if block.form is not None]
        return [sentence for form in forms for sentence in form.sentences()]

    def typed(self) -> dict[str, tuple[str, ...]]:
        """Those words, by where their question stands; for `type_again`."""
        return {
            _where(key): block.form.rows[str(key[2])].edit.words()
            for key, block in self.blocks.items()
            if block.form is not None and block.form.sentences()
        }

    def reasons(self) -> dict[str, str]:
        """Reasons that are half-typed, by the rule they would set aside."""
        return {
            block.rule: words
            for block in self.blocks.values()
            if block.reason is not None and (words := block.reason.line.text().strip())
        }

    def type_again(self, typed: Mapping[str, Sequence[str]], reasons: Mapping[str, str]) -> None:
        """Put back what `typed` and `reasons` gave."""
        for key, block in self.blocks.items():
            if block.form is not None and (words := typed.get(_where(key))):
                block.form.rows[str(key[2])].type_again(tuple(words))
            if block.reason is not None and block.rule in reasons:
                block.reason.line.setText(reasons[block.rule])
                block.reason.use.setEnabled(True)

    def not_saved(self, record: type, field: str, sentence: str) -> None:
        """The file refused an answer: its words stay, with the reason."""
        block = self.blocks.get(("ask", record, field))
        if block is not None and block.form is not None:
            row = block.form.rows[field]
            row.not_saved(sentence, None)

    def was_saved(self, record: type, field: str, value: Any) -> None:
        """The file took an answer."""
        block = self.blocks.get(("ask", record, field))
        if block is not None and block.form is not None:
            block.form.rows[field].was_saved(value)

    def _made(self, blocker: Blocker, case: CaseFile, zone: str, role: Role) -> _Block:
        block = _Block(blocker)
        asked = question(*blocker.asked) if blocker.asked is not None else None
        allowed = asked is not None and (asked.decides is None or may(role, asked.decides))
        if blocker.asked and asked and allowed and can_answer_here(case, blocker.asked[0]):
            block.form = FormView((asked,), zone)
            block.form.edited.connect(partial(self._answered, block, blocker.asked[0]))
            block.body.addWidget(block.form)
        elif blocker.asked and asked and allowed:
            way = QuietButton("Open it in the case", "link")
            way.setAccessibleName(f"Open in the case: {asked.label}")
            way.clicked.connect(partial(self._open, *blocker.asked))
            block.body.addWidget(way, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            who = f"Who can open it: {blocker.who_can_open}"
            block.body.addWidget(Words(who, "help", wrap=True))
        if blocker.override and role is Role.ATTORNEY:
            block.reason = _Reason()
            block.reason.given.connect(partial(self.set_aside.emit, blocker.rule))
            block.body.addWidget(block.reason)
        return block

    def _answered(self, block: _Block, record: type, field: str, value: object) -> None:
        self.answered.emit(record, block.entry_id, field, value)

    def _open(self, record: type, field: str, _checked: bool = False) -> None:
        self.question_wanted.emit(record, field)

    def _taken_aside(self, one: Overridden, *, attorney: bool) -> QWidget:
        both = QWidget()
        down = QVBoxLayout(both)
        down.setContentsMargins(0, dp(2), 0, dp(6))
        down.setSpacing(dp(2))
        down.addWidget(Words(f"Set aside: {one.why}", wrap=True))
        row = QHBoxLayout()
        row.addWidget(Words(f"Reason: {one.reason}", "help", wrap=True), 1)
        if attorney:
            back = QuietButton("Take back", "link")
            back.setAccessibleName(f"Take back the reason: {one.reason}")
            back.clicked.connect(lambda _checked: self.set_aside.emit(one.rule, ""))
            row.addWidget(back)
        down.addLayout(row)
        return both

    def _take(self, widget: QWidget) -> None:
        self.body.removeWidget(widget)
        widget.hide()
        widget.deleteLater()


def _where(key: _Key) -> str:
    record = key[1]
    return f"{title_of(record).table}.{key[2]}" if isinstance(record, type) else ""


def _key(blocker: Blocker) -> _Key:
    if blocker.asked is not None:
        return ("ask", *blocker.asked)
    return ("say", blocker.rule, blocker.why, blocker.override)
