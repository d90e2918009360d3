"""What a letter tells of the client: each fact with its source, and what only a consent opens."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from intake_app.core.casefile import Consent
from intake_app.core.letters.kinds import LetterKind, Recipient
from intake_app.core.letters.options import LetterOptions
from intake_app.core.vocabulary import FactGroup
from intake_app.documents.told import FactUsed
from intake_app.ui.desk_lists import NameButton
from intake_app.ui.library_rows import day
from intake_app.ui.theme import Tone
from intake_app.ui.widgets import Card, Pill, QuietButton, Words, dp, empty
from intake_app.workflows.read_fact_sources import FactSource, QuestionOf
from intake_app.workflows.read_letter_page import GroupChoice

_NEVER = (
    "Never in a letter to a jail: birthplace, entry, status, A-number, victim facts, names of "
    "relatives."
)


class FactsCard(Card):
    """Every fact of the case that stands in the letter; each leads to its question."""

    question_wanted = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("What it says about the client", parent)
        self._shown: object = None

    def show_facts(
        self,
        kind: LetterKind,
        facts: Sequence[FactUsed],
        sources: Mapping[QuestionOf, FactSource],
        zone: str,
    ) -> None:
        """Show them with the label of their question, who answered it and when."""
        shown = (kind, tuple(facts), dict(sources))
        if shown == self._shown:
            return
        self._shown = shown
        empty(self.body)
        table = QWidget()
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(dp(8))
        grid.setVerticalSpacing(dp(6))
        grid.setColumnMinimumWidth(0, dp(140))
        grid.setColumnStretch(1, 1)
        top = Qt.AlignmentFlag.AlignTop
        for row, one in enumerate(facts):
            source = sources.get((one.record, one.field)) if one.record is not None else None
            grid.addWidget(self._label(one), row, 0, top)
            grid.addLayout(_said(one, source, zone), row, 1)
        self.body.addWidget(table)
        if kind.to is Recipient.JAIL:
            self.body.addWidget(Words(_NEVER, "help", wrap=True))

    def _label(self, one: FactUsed) -> QWidget:
        if one.record is None:
            words = Words(one.label, "label", wrap=True)
            words.setContentsMargins(dp(5), dp(3), 0, 0)
            return words
        link = NameButton(one.label, f"Open the question: {one.label}")
        link.clicked.connect(partial(self._open, one.record, one.field))
        return link

    def _open(self, record: type, field: str, _checked: bool = False) -> None:
        self.question_wanted.emit(record, field)


def _said(one: FactUsed, source: FactSource | None, zone: str) -> QVBoxLayout:
    down = QVBoxLayout()
    down.setSpacing(0)
    text = one.text or " · ".join(row[0] for row in one.rows[1:])
    line = QHBoxLayout()
    words = Words(text, wrap=True)
    words.setContentsMargins(0, dp(3), 0, 0)
    line.addWidget(words, 1)
    if one.group is not None:
        line.addWidget(Pill("by consent", Tone.PROTECTED), 0, Qt.AlignmentFlag.AlignTop)
    down.addLayout(line)
    if source is not None:
        down.addWidget(Words(source_words(source, zone), "help", wrap=True))
    return down


def source_words(source: FactSource, zone: str) -> str:
    """`Arrest and custody · M. Duarte, 22 Nov 2026 · jail website`."""
    when = ""
    if source.answered is not None:
        on = source.answered.at.astimezone(ZoneInfo(zone)).date()
        when = f"{source.answered.by}, {day(on)}"
    known = f"known from: {source.known_from.lower()}" if source.known_from else ""
    return " · ".join(part for part in (source.section, when, known) if part)


@dataclass(frozen=True)
class _Tick:
    """One box: of a ground (`tell` False) or of a group of facts."""

    key: str
    words: str
    tell: bool
    group: FactGroup | None


class ConsentCard(Card):
    """What may be told besides: ticks, locked where no consent names the recipient."""

    grounds_chosen = Signal(object)
    tell_chosen = Signal(object)
    """The keys ticked now, as a frozenset."""

    consent_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("What it may tell", parent)
        self.boxes: dict[str, QCheckBox] = {}
        self._options = LetterOptions()
        self._shown: object = None

    def show_choices(
        self, kind: LetterKind, groups: Sequence[GroupChoice], options: LetterOptions
    ) -> None:
        """Show the grounds of the kind and the groups of facts it may tell."""
        self._options = options
        shown = (kind, tuple(groups), options.grounds, options.tell)
        if shown == self._shown:
            return
        self._shown = shown
        had = next((key for key, box in self.boxes.items() if box.hasFocus()), "")
        empty(self.body)
        self.boxes = {}
        by_group = {one.group: one for one in groups}
        self.set_title(kind.grounds_title or "What it may tell")
        for ground in kind.grounds:
            self._add(_Tick(ground.key, ground.words, False, ground.group), by_group)
        by_grounds = {ground.group for ground in kind.grounds}
        for one in groups:
            if one.fixed or one.group not in by_grounds:
                tick = _Tick(one.group.value, one.group.label, True, one.group)
                self._add(tick, by_group, fixed=one.fixed)
        self.setVisible(bool(kind.grounds or groups))
        if had in self.boxes:
            self.boxes[had].setFocus()

    def _add(
        self, tick: _Tick, groups: Mapping[FactGroup, GroupChoice], *, fixed: bool = False
    ) -> None:
        group = groups.get(tick.group) if tick.group is not None else None
        closed = group is not None and (bool(group.closed_to) or group.signed_on is None)
        chosen = tick.key in (self._options.tell if tick.tell else self._options.grounds)
        box = QCheckBox(tick.words)
        box.setChecked(chosen or fixed)
        # What was chosen while a consent was in force can always be taken back.
        box.setEnabled(not fixed and (chosen or not closed))
        box.clicked.connect(partial(self._ticked, tick))
        said = group_words(group) if group is not None else ""
        box.setAccessibleDescription(said)
        self.boxes[tick.key] = box
        self.body.addWidget(box)
        if said:
            row = QHBoxLayout()
            row.setContentsMargins(dp(26), 0, 0, dp(2))
            row.addWidget(Words(said, "warning" if closed else "help", wrap=True), 1)
            if closed:
                way = QuietButton("Open Consent", "link")
                way.setAccessibleName(f"Open Consent, for {tick.words}")
                way.clicked.connect(lambda _checked: self.consent_wanted.emit())
                row.addWidget(way, 0, Qt.AlignmentFlag.AlignTop)
            self.body.addLayout(row)

    def _ticked(self, tick: _Tick, _checked: bool = False) -> None:
        ticked = self.boxes[tick.key].isChecked()
        now = self._options.tell if tick.tell else self._options.grounds
        chosen = now | {tick.key} if ticked else now - {tick.key}
        (self.tell_chosen if tick.tell else self.grounds_chosen).emit(frozenset(chosen))


def group_words(group: GroupChoice) -> str:
    """The consent that opens these facts, or whom none names."""
    if "" in group.closed_to:
        return "Say first to whom the letter goes: a consent must name that recipient."
    if group.closed_to or group.signed_on is None or group.ends_on is None:
        named = " and one that names ".join(f"“{who}”" for who in group.closed_to)
        return f"Needs a signed consent in force that names {named}."
    return f"Consent signed {day(group.signed_on)}, ends {day(group.ends_on)}."


CONSENT = (Consent, "kind")
"""The question that opens the case's Consent section."""
