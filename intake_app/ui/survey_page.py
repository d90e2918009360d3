"""The community-safety survey: asked in three languages side by side, kept without a name.

No case is opened for it. Nothing is written before “Keep this response”; until then the answers
are in this page only, and leaving it, locking or F9 throws them away.
"""

import dataclasses
from collections.abc import Iterator
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from intake_app.core.errors import AppError
from intake_app.core.fields import Choice, questions
from intake_app.core.roles import Act, may
from intake_app.core.survey import SurveyResponse, is_asked
from intake_app.core.survey_words import SurveyWords
from intake_app.store.office import Office
from intake_app.ui.jobs import Jobs
from intake_app.ui.page import Clock, Page
from intake_app.ui.survey_count_card import SurveyCountCard
from intake_app.ui.survey_views import (
    RING,
    KeepButton,
    KeepView,
    QuestionView,
    ThreeColumns,
    TongueHeads,
)
from intake_app.ui.theme import Tone
from intake_app.ui.turns import Turns
from intake_app.ui.widgets import (
    Card,
    Column,
    Heading,
    InlineMessage,
    PrimaryButton,
    QuietButton,
    SectionButton,
    Words,
    dp,
)
from intake_app.workflows.count_survey import QuarterCount, count_survey
from intake_app.workflows.keep_survey_response import keep_survey_response
from intake_app.workflows.shipped import survey_words

NARROW = 820
"""Width of a page too narrow for the list beside three columns, at 100 %."""
KEEP = "Keep this response"
RULE = (
    "Nothing is written until you press “Keep this response”, and that can’t be undone. Leaving "
    "this page, another text size, locking or F9 throws the answers away."
)
THROWN = "The last response was not kept; its answers were thrown away."


class SurveyPage(Page):
    """Questions at the left, one of them in the middle; the number kept for those who publish."""

    key = "survey"
    words = "Survey"
    icon = "survey"

    def __init__(self, jobs: Jobs, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(jobs, clock, parent)
        self._office: Office | None = None
        self.response = SurveyResponse()
        self._at = 0
        self._keeping = self._thrown = self._warned = False
        self.message = InlineMessage()
        self.count = SurveyCountCard()
        self.steps: list[SectionButton] = []
        self.views: list[QuestionView] = []
        self.last: KeepView | None = None
        self._making = False
        self.throw = QuietButton("Throw away")
        self.back = QuietButton("Back")
        self.next = PrimaryButton("Next")
        self.keep = KeepButton(KEEP)
        self._lay_out()
        self.throw.clicked.connect(self._throw_away)
        self.back.clicked.connect(self.go_back)
        self.next.clicked.connect(self.go_on)
        self.keep.clicked.connect(self._keep)
        self.keep.back_wanted.connect(self.go_back)
        self.message.acted.connect(self._read)

    def _lay_out(self) -> None:
        self.title = Heading("Community-safety survey", 1)
        self.list = Card("")
        self.list.set_margins(8, 2)
        self.list.body.setSpacing(dp(1))
        self.sheet = Card("")
        self.sheet.set_margins(4, 8)
        self.column = Column()
        foot = QHBoxLayout()
        foot.setContentsMargins(dp(16), 0, dp(16), 0)
        foot.setSpacing(dp(8))
        foot.addWidget(self.throw)
        foot.addStretch(1)
        for button in (self.back, self.next, self.keep):
            foot.addWidget(button)
        self._foot = QWidget()
        self._foot.setLayout(foot)
        self.rule = Words(RULE, "help", wrap=True)
        left = QVBoxLayout()
        left.setSpacing(dp(14))
        left.addWidget(self.list)
        left.addWidget(self.count)
        left.addStretch(1)
        self._side = QWidget()
        self._side.setFixedWidth(dp(222))
        self._side.setLayout(left)
        left.setContentsMargins(0, 0, 0, 0)
        both = QHBoxLayout()
        both.setSpacing(dp(16))
        both.addWidget(self._side, 0, Qt.AlignmentFlag.AlignLeft)
        both.addWidget(self.sheet, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(dp(18), dp(16), dp(18), dp(14))
        whole.setSpacing(dp(12))
        whole.addWidget(self.title)
        whole.addWidget(self.message)
        whole.addLayout(both, 1)
        whole.addWidget(self.rule)
        for widget in (self.list, self.sheet, self.count, self.rule):
            widget.hide()

    @override
    def show_for(self, office: Office, what: object = None) -> None:
        """Begin with the first question; say so where the last response was thrown away."""
        self._office = office
        self.message.clear()
        if self._thrown:
            self.message.say(THROWN, Tone.SOON)
        self._thrown = False
        self._read()
        if self.views:
            self._go_to(self._at)

    @override
    def leave(self) -> None:
        """Forget the answers; one that is being kept is on its way and stays kept."""
        if self._keeping:
            return
        self._thrown = self._thrown or self._has_answers()
        self._start_again()

    def _read(self) -> None:
        if self._office is None:
            return
        role = self._office.member.role
        if may(role, Act.WRITE_CASES) and not self.views:
            self.jobs.run(survey_words, self._ready, self._could_not)
        if may(role, Act.RELEASE_SUMMARIES):
            self.jobs.run(
                partial(count_survey, self._office, self.clock()), self._counted, self._could_not
            )

    def _ready(self, words: SurveyWords) -> None:
        if self.views or self._making:
            return
        self._making = True
        # One question at a time: the window answers in between.
        Turns.of_the_window().in_pieces(self, self._parts(words))

    def _parts(self, words: SurveyWords) -> Iterator[bool]:
        asked = questions(SurveyResponse)
        # Everything is made where it belongs: Qt looks at the style of all that is moved.
        inside = self.column.widget()
        views = []
        for question in asked:
            view = QuestionView(question, words, inside)
            view.answered.connect(self._answer)
            view.next_wanted.connect(self.go_on)
            view.back_wanted.connect(self.go_back)
            view.hide()
            views.append(view)
            yield True
        last = KeepView(words, inside)
        last.hide()
        yield True
        self.views, self.last = views, last
        self._assemble(words, inside, last)
        yield True
        for widget in (self.list, self.sheet, self.rule):
            widget.show()
            yield True
        self._make_room()
        self._go_to(0)

    def _assemble(self, words: SurveyWords, inside: QWidget | None, last: KeepView) -> None:
        self.sheet.body.addWidget(self.column, 1)
        self.about = ThreeColumns(words.lines["about"], "quiet")
        self.about.setContentsMargins(dp(8) + RING, dp(6), dp(8) + RING, dp(4))
        for at, view in enumerate(self.views):
            self._add_step(view.question.label, at)
        self._add_step(KEEP, len(self.views))
        line = QFrame()
        line.setProperty("is", "rule")
        self.column.body.setSpacing(dp(8))
        if inside is not None:
            inside.setProperty("is", "sheet")
        # The heads scroll along: beside a scroll bar they would stand over the wrong columns.
        for widget in (TongueHeads(words), line, self.about, *self.views, last):
            self.column.body.addWidget(widget)
        self.column.body.addStretch(1)
        self.sheet.body.addWidget(self._foot)

    def _add_step(self, title: str, at: int) -> None:
        step = SectionButton(title)
        step.clicked.connect(partial(self._step_pressed, at))
        self.list.body.addWidget(step)
        self.steps.append(step)

    # From question to question.

    def go_on(self) -> None:
        """To the next question that is asked; after the last one, to the last look."""
        self._walk(1)

    def go_back(self) -> None:
        """To the question before."""
        self._walk(-1)

    def _walk(self, step: int) -> None:
        at = self._at + step
        while 0 <= at < len(self.views) and not self._asked(at):
            at += step
        if 0 <= at <= len(self.views):
            self._go_to(at)

    def _asked(self, at: int) -> bool:
        return is_asked(self.response, self.views[at].question)

    def _step_pressed(self, at: int, _checked: bool = False) -> None:
        self._go_to(at)

    def _go_to(self, at: int) -> None:
        if self.last is None:
            return
        self._at, looking = at, at == len(self.views)
        self.about.setVisible(at == 0)
        for place, view in enumerate(self.views):
            view.setVisible(place == at)
        self.last.setVisible(looking)
        if looking:
            self.last.show_response(self.response)
        self.steps[at].setChecked(True)
        self._say_steps()
        self.back.setEnabled(at > 0)
        self.next.setVisible(not looking)
        self.keep.setVisible(looking)
        self.column.verticalScrollBar().setValue(0)
        if self.isVisible():
            here: QWidget = self.keep if looking else self.views[at]
            here.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_steps(self) -> None:
        for at, view in enumerate(self.views):
            answer = getattr(self.response, view.question.name)
            view.show_answer(answer)
            self.steps[at].setEnabled(self._asked(at))
            if not self._asked(at):
                self.steps[at].note("–", spoken="not asked")
            else:
                self.steps[at].note("✓" if answer else "", spoken="answered" if answer else "")
        self.keep.setEnabled(not self._keeping)
        self.throw.setEnabled(self._has_answers() and not self._keeping)

    def _has_answers(self) -> bool:
        return self.response != SurveyResponse()

    # Answering, keeping, throwing away.

    def _answer(self, choice: Choice | None) -> None:
        if self._keeping:
            return
        given: dict[str, Any] = {self.views[self._at].question.name: choice}
        self.response = dataclasses.replace(self.response, **given)
        self._warned = False
        self.message.clear()
        self._say_steps()

    def _start_again(self) -> None:
        self.response, self._warned = SurveyResponse(), False
        self._go_to(0)

    def _throw_away(self) -> None:
        self._start_again()
        self.message.say("Thrown away. Nothing of it was kept.", Tone.SOON)

    def _keep(self) -> None:
        if self._office is None or self._keeping:
            return
        self._keeping = True
        self.message.clear()
        self._say_steps()
        self.jobs.run(
            partial(keep_survey_response, self._office, self.response, self.clock()),
            self._kept,
            self._not_kept,
        )

    def _kept(self, _nothing: None) -> None:
        self._keeping = False
        self._start_again()
        self.message.say("The response is kept. The next one can begin.", Tone.GOOD)
        self._read()

    def _not_kept(self, error: AppError) -> None:
        self._keeping = False
        self._say_steps()
        self.message.say(error.sentence)

    def _counted(self, counts: tuple[QuarterCount, ...]) -> None:
        self.count.show_counts(counts)
        self.count.show()

    def _could_not(self, error: AppError) -> None:
        self.message.say(error.sentence, action="Try again")

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """The list gives way where there is too little room for three columns."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        self._side.setVisible(not self.views or self.width() >= dp(NARROW))

    # Esc asks once before it throws answers away.

    @override
    def event(self, event: QEvent) -> bool:
        """Take Esc from the window while there is something to lose."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
            and self._has_answers()
            and not self._warned
        ):
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc, the first time."""
        if event.key() == Qt.Key.Key_Escape and self._has_answers() and not self._warned:
            self._warned = True
            self.message.say(
                "This response is not kept. Press Esc again to leave and throw its answers away.",
                Tone.SOON,
            )
            return
        super().keyPressEvent(event)
