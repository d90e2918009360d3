"""An own table: one to three questions chosen from lists, in their own answers or wider groups."""

from collections.abc import Sequence
from hashlib import sha256

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from intake_app.core.disclosure.figures import MOST_AXES
from intake_app.core.reports.dimensions import Dimension
from intake_app.core.reports.rows import Population
from intake_app.core.reports.tables import Part, Side
from intake_app.ui.plain_form import PlainForm
from intake_app.ui.widgets import Card, InlineMessage, PrimaryButton, Words, dp

POPULATIONS = {
    Population.EPISODES: "Cases with a detainer",
    Population.LETTERS: "Letters sent",
    Population.RESPONSES: "Survey responses",
}
_NONE, _AS_ANSWERED = "Nothing more", "Every answer on its own"
_OPENS = "Places and the like: one line for each answer that occurs."
_TOLD = (
    "Choose what is counted and one to three questions. Fewer and wider groups show more: a "
    "figure under the threshold is withheld, and so are others that would give it away."
)


class OwnTable(Card):
    """Says `made` with the table as a part, its id told by what it asks: asked again it is
    the same table."""

    made = Signal(object, object)
    """The population and the part."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Own table", parent)
        self._dimensions: tuple[Dimension, ...] = ()
        self.message = InlineMessage()
        self.population = QComboBox()
        self.questions = [QComboBox() for _ in range(MOST_AXES)]
        self.levels = [QComboBox() for _ in range(MOST_AXES)]
        self.name = QLineEdit()
        self.name.setMaxLength(120)
        self.figures = Words("", "help", wrap=True)
        self.add = PrimaryButton("Add to the list")
        self._lay_out()
        for population, words in POPULATIONS.items():
            self.population.addItem(words, population)
        self.population.activated.connect(self._offer)
        for place, choice in enumerate(self.questions):
            choice.activated.connect(lambda _index, place=place: self._asked(place))
        for level in self.levels:
            level.activated.connect(lambda _index: self._say_size())
        self.add.clicked.connect(lambda _checked: self._make())

    def _lay_out(self) -> None:
        self.body.setSpacing(dp(10))
        self.body.addWidget(Words(_TOLD, "quiet", wrap=True))
        self.body.addWidget(self.message)
        form = PlainForm()
        form.ask("Counted", self.population)
        names = ("Lines", "Columns", "Pages")
        for place, (question, level) in enumerate(zip(self.questions, self.levels, strict=True)):
            for choice in (question, level):
                choice.setSizeAdjustPolicy(
                    QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
                )
                choice.setMinimumContentsLength(14)
            level.setAccessibleName(f"Groups of {names[place].lower()}")
            both = QWidget()
            row = QHBoxLayout(both)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(dp(8))
            row.addWidget(question, 3)
            row.addWidget(level, 2)
            form.ask(names[place], both)
            question.setAccessibleName(names[place])
        form.ask("Title", self.name)
        form.tell("", self.figures)
        form.act(self.add)
        self.body.addLayout(form)
        self.body.addStretch(1)

    def offer(self, dimensions: Sequence[Dimension]) -> None:
        """Offer these questions; what is chosen stays where they are the same."""
        if tuple(dimensions) != self._dimensions:
            self._dimensions = tuple(dimensions)
            self._offer()

    @property
    def _population(self) -> Population:
        # Qt gives back the plain word of an enumeration of words.
        return Population(self.population.currentData())

    def _offer(self, _index: int = 0) -> None:
        population = self._population
        for place, choice in enumerate(self.questions):
            choice.clear()
            choice.addItem("Choose a question" if place == 0 else _NONE, None)
            for dimension in self._dimensions:
                if dimension.population is population:
                    choice.addItem(dimension.title, dimension)
            self._asked(place)

    def _asked(self, place: int) -> None:
        """Offer the groups of the question, and the next question only after this one."""
        dimension: Dimension | None = self.questions[place].currentData()
        level = self.levels[place]
        level.clear()
        level.addItem(_AS_ANSWERED, None)
        for one in dimension.levels if dimension else ():
            level.addItem(one.title, one)
        level.setEnabled(dimension is not None and level.count() > 1)
        before = True
        for question in self.questions:
            question.setEnabled(before)
            if not before:
                question.setCurrentIndex(0)
            before = before and question.currentData() is not None
        self.name.setPlaceholderText(self._title())
        self._say_size()

    def chosen(self) -> list[tuple[Dimension, int]]:
        """The questions, each with which of its levels (0: every answer on its own)."""
        return [
            (question.currentData(), max(level.currentIndex(), 0))
            for question, level in zip(self.questions, self.levels, strict=True)
            if question.currentData() is not None
        ]

    def _title(self) -> str:
        return " by ".join(dimension.title for dimension, _ in self.chosen())

    def _say_size(self) -> None:
        words, figures = [], 1
        for dimension, level in self.chosen():
            groups = _groups(dimension, level)
            figures *= len(groups or dimension.words) + 1
            if not groups and not dimension.words:
                words = [_OPENS]
        chosen = bool(self.chosen())
        said = f"{figures:,} figures with totals." if chosen and not words else ""
        self.figures.setText(" ".join([said, *words]).strip())
        self.add.setEnabled(chosen)
        self.message.clear()

    def _make(self) -> None:
        chosen = self.chosen()
        ids = [dimension.id for dimension, _ in chosen]
        if len(set(ids)) != len(ids):
            self.message.say("A question can stand on one side only. Choose another.")
            return
        part = Part(
            id=f"own-{ids[0][:20]}-{short_hash(*(f'{d.id} {level}' for d, level in chosen))}",
            title=self.name.text().strip() or self._title(),
            sides=tuple(Side(d.id, _groups(d, level)) for d, level in chosen),
        )
        self.name.clear()
        self.made.emit(self._population, part)


def _groups(dimension: Dimension, level: int) -> tuple[tuple[str, frozenset[str]], ...]:
    return tuple(dimension.levels[level - 1].groups.items()) if level else ()


def short_hash(*words: str) -> str:
    """Eight letters that tell lists of words apart: an id made of the words would be too long."""
    return sha256("\n".join(words).encode()).hexdigest()[:8]
