"""Figures about the office's cases that stand somewhere else: entered once, for good."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from intake_app.core.disclosure.figures import SingleFigure
from intake_app.core.errors import AppError
from intake_app.core.reports.catalogue import DIMENSIONS
from intake_app.core.reports.dimensions import Dimension
from intake_app.core.reports.periods import Window
from intake_app.core.reports.rows import Population
from intake_app.store.office import Office
from intake_app.ui.desk_lists import rule
from intake_app.ui.half_typed import kept
from intake_app.ui.jobs import Jobs
from intake_app.ui.library_rows import day
from intake_app.ui.page import Clock
from intake_app.ui.plain_form import PlainForm
from intake_app.ui.report_bar import Offer
from intake_app.ui.report_own_table import POPULATIONS
from intake_app.ui.theme import Tone
from intake_app.ui.widgets import Card, EmptyLine, InlineMessage, PrimaryButton, Words, dp, empty
from intake_app.workflows.known_figures import KnownFigure, enter_known_figure, known_figures

_TOLD = (
    "If a partner, a court or the county has published a figure about these same cases, enter it "
    "here before you release: a reader could subtract it from yours. It can’t be taken back."
)
_SIDES = 2


class KnownFigures(Card):
    """A list of what is known, and a form for one more."""

    changed = Signal()
    """What is worked out has to be worked out again."""

    def __init__(self, jobs: Jobs, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__("Figures known from elsewhere", parent)
        self._jobs, self._clock = jobs, clock
        self._office: Office | None = None
        self.message = InlineMessage()
        self.population, self.dates = _choice(), _choice()
        self.questions = [_choice() for _ in range(_SIDES)]
        self.answers = [_choice() for _ in range(_SIDES)]
        self.value, self.source = QLineEdit(), QLineEdit()
        self.source.setMaxLength(200)
        self.enter = PrimaryButton("Enter for good")
        self.lines = QVBoxLayout()
        self.lines.setSpacing(dp(6))
        form = PlainForm()
        form.ask("Counted", self.population)
        form.ask("Dates", self.dates)
        for place, (question, answer) in enumerate(zip(self.questions, self.answers, strict=True)):
            form.ask("Of those with" if place == 0 else "and with", question)
            form.ask("the answer", answer)
            answer.setAccessibleName("Answer" if place == 0 else "Second answer")
            question.activated.connect(partial(self._asked, place))
        form.ask("Figure", self.value)
        form.ask("Where it stands", self.source)
        form.act(self.enter)
        self.body.setSpacing(dp(10))
        self.body.addWidget(Words(_TOLD, "quiet", wrap=True))
        self.body.addWidget(self.message)
        self.body.addLayout(form)
        self.body.addLayout(self.lines)
        for population, words in POPULATIONS.items():
            self.population.addItem(words, population)
        self.population.activated.connect(self._offer)
        self.enter.clicked.connect(lambda _checked: self._enter())
        self._offer()

    def offer(self, offers: Sequence[Offer]) -> None:
        """The dates a figure can be for."""
        chosen = self.dates.currentText()
        self.dates.clear()
        for offer in offers:
            if offer.window is not None:
                self.dates.addItem(offer.words, offer.window)
        self.dates.setCurrentIndex(max(self.dates.findText(chosen), 0))
        self.enter.setEnabled(self.dates.count() > 0)

    def show_for(self, office: Office) -> None:
        """Read what is known."""
        self._office = office
        self._jobs.run(partial(known_figures, office), self._show, self._failed)

    def _offer(self, _index: int = 0) -> None:
        population = Population(self.population.currentData())
        for place, question in enumerate(self.questions):
            question.clear()
            question.addItem("Everybody" if place == 0 else "Nothing more", None)
            for dimension in DIMENSIONS.values():
                # Answers that are open (a county) are not listed before they occur.
                if dimension.population is population and dimension.words:
                    question.addItem(dimension.title, dimension)
            self._asked(place)

    def _asked(self, place: int, _index: int = 0) -> None:
        dimension: Dimension | None = self.questions[place].currentData()
        answer = self.answers[place]
        answer.clear()
        answer.setEnabled(dimension is not None)
        for key, words in dimension.words.items() if dimension else ():
            answer.addItem(words, key)

    def _figure(self) -> SingleFigure:
        typed = self.value.text().replace(",", "").strip()
        if not (typed.isascii() and typed.isdigit() and len(typed) < 10):
            raise AppError("The figure is a whole number, like 120. Write it without words.")
        # Qt gives back the plain word of an enumeration of words.
        population = Population(self.population.currentData())
        window: Window = self.dates.currentData()
        conditions = frozenset(
            (question.currentData().id, frozenset({answer.currentData()}))
            for question, answer in zip(self.questions, self.answers, strict=True)
            if question.currentData() is not None
        )
        return SingleFigure(population, window, conditions, int(typed))

    def _enter(self) -> None:
        if self._office is None:
            return
        try:
            figure = self._figure()
        except AppError as error:
            self.message.say(error.sentence)
            return
        self.enter.setEnabled(False)
        source, now = self.source.text(), self._clock()
        work = partial(enter_known_figure, self._office, figure, source, now)
        self._jobs.run(work, self._entered, self._failed)

    def _entered(self, _nothing: None) -> None:
        self.enter.setEnabled(True)
        self.value.clear()
        kept(self.source)
        self.message.say("Entered. Every release from now on is checked against it.", Tone.GOOD)
        self.changed.emit()
        if self._office is not None:
            self.show_for(self._office)

    def _failed(self, error: AppError) -> None:
        """Nothing that was typed is lost."""
        self.enter.setEnabled(self.dates.count() > 0)
        self.message.say(error.sentence)

    def _show(self, known: tuple[KnownFigure, ...]) -> None:
        empty(self.lines)
        if not known:
            self.lines.addWidget(EmptyLine("None was entered yet."))
        for one in reversed(known):
            self.lines.addWidget(rule())
            self.lines.addWidget(Words(_said(one.figure), wrap=True))
            words = f"{one.source} · entered {day(one.entered_at.date())}"
            self.lines.addWidget(Words(words, "help", wrap=True))


def _said(figure: SingleFigure) -> str:
    of = "; ".join(
        f"{DIMENSIONS[name].title}: "
        + ", ".join(DIMENSIONS[name].words.get(word, word) for word in sorted(words))
        for name, words in sorted(figure.conditions)
    )
    counted = POPULATIONS[figure.population].lower()
    return f"{figure.value:,} {counted}, {figure.window.words}{f' — {of}' if of else ''}"


def _choice() -> QComboBox:
    made = QComboBox()
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(16)
    return made
