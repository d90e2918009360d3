"""What the cells of a table say, by the blocks of a mapping file.

What cells say is worked out once for each combination of words and then looked up.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import compress
from operator import itemgetter
from typing import Any, NamedTuple

from intake_app.core.answers import Stored
from intake_app.core.import_mapping import NOTHING, Answer, Cell, fold_cell, stands_as_typed

Row = Sequence[str]
Column = Sequence[Stored]
Target = tuple[type, str]
"""A record and one of its questions."""


Told = list[tuple[int, str, str]]
"""Place among the rows, column and reason of each cell that could not be read."""


Reasons = tuple[tuple[str, str], ...]
"""Column and reason of each cell that could not be read, among the cells of one row."""


class _Words(dict[tuple[str, ...], tuple[Any, ...]]):
    """By the cells they are read from: the answers to several questions, all as text, reasons."""

    def __init__(
        self, chains: Sequence[Sequence[Answer]], columns: Sequence[str], zone: str
    ) -> None:
        super().__init__()
        self._chains = chains
        self._columns = columns
        self._zone = zone

    def __missing__(self, cells: tuple[str, ...]) -> tuple[Any, ...]:
        raws = dict(zip(self._columns, cells, strict=True))
        read = [self._read(chain, raws) for chain in self._chains]
        values = tuple(cell.answer for _, cell in read)
        told: Reasons = tuple((column, cell.told) for column, cell in read if cell.told)
        self[cells] = found = (*values, repr(values), told)
        return found

    def _read(self, chain: Sequence[Answer], raws: dict[str, str]) -> tuple[str, Cell]:
        for answer in chain:
            cell = answer.read(raws[answer.column], self._zone)
            if cell is not None:
                return answer.column, cell
        return "", NOTHING


def _as_text(value: Stored) -> str:
    """The answer on one line; no two answers of a question have the same text."""
    return "" if value is None else str(value).replace("\\", "\\\\").replace("\n", "\\n")


class _Typed(dict[str, tuple[None, Stored, str, Reasons]]):
    """By its one cell, read as if typed: nothing made, the answer, the same as text, reasons."""

    def __init__(self, answer: Answer, zone: str) -> None:
        super().__init__()
        self._answer = answer
        self._zone = zone
        self._stands = stands_as_typed(answer.asked)
        self._standing: set[str] = set()

    def all_stand(self, raws: Sequence[str]) -> bool:
        """Whether every cell is kept just as it stands, and empty ones say nothing."""
        if self._answer.translates:
            return False
        different = set(raws) - self._standing
        if "" in different:
            if self._answer.blank != NOTHING:
                return False
            different.remove("")
        if not all(map(self._stands, different)):
            return False
        self._standing |= different
        return True

    def __missing__(self, raw: str) -> tuple[None, Stored, str, Reasons]:
        value, why = self._answer.read(raw, self._zone) or NOTHING
        told = ((self._answer.column, why),) if why else ()
        self[raw] = found = (None, value, _as_text(value), told)
        return found


@dataclass
class Found:
    """What rows say of some questions: a column of answers for each, the same as text, told."""

    answers: list[Column] = field(default_factory=list)
    texts: list[Sequence[str]] = field(default_factory=list)
    told: Told = field(default_factory=list)

    def add(self, rows: Sequence[tuple[Any, ...]]) -> None:
        """Take what was looked up for each row: what it makes, answers, their text, reasons."""
        _, *answers, texts, told = zip(*rows, strict=True)
        self.answers += answers
        self.texts.append(texts)
        self.told += [
            (row, column, why)
            for row in compress(range(len(told)), told)
            for column, why in told[row]
        ]


class CellReader:
    """Reads what rows say of the questions of one record.

    Questions with a vocabulary are looked up together; dates, numbers and other answers of many
    different values each by their own cell.
    """

    def __init__(self, answers: Sequence[Answer], places: dict[str, int], zone: str) -> None:
        chains: dict[Target, list[Answer]] = {}
        for answer in answers:
            chains.setdefault((answer.record, answer.asked.name), []).append(answer)
        translated = {
            answer.column
            for chain in chains.values()
            if len(chain) > 1 or chain[0].translates
            for answer in chain
        }
        together: dict[Target, list[Answer]] = {}
        self._alone: list[tuple[Target, int, _Typed]] = []
        for target, chain in chains.items():
            if {answer.column for answer in chain} <= translated:
                together[target] = chain
            else:
                self._alone.append((target, places[chain[0].column], _Typed(chain[0], zone)))
        self.targets: list[Target] = []
        """The questions, in the order of `Found.answers`."""
        self.groups: list[tuple[list[int], _Words]] = []
        """The cells looked up together, by their places, and what they say."""
        for chains_of_group, columns in _sharing(together):
            ordered = sorted(columns, key=places.__getitem__)
            words = _Words(list(chains_of_group.values()), ordered, zone)
            self.targets += chains_of_group
            self.groups.append(([places[column] for column in ordered], words))
        self.targets += [target for target, *_ in self._alone]

    def read(self, rows: Sequence[Row], looked_up: Sequence[tuple[Any, ...]]) -> Found:
        """The answers of one row or more; `looked_up` is what `Lines` found for each."""
        found = Found()
        found.add(looked_up)
        for _, place, typed in self._alone:
            raws = list(map(itemgetter(place), rows))
            if typed.all_stand(raws):
                found.answers.append([raw or None for raw in raws] if "" in raws else raws)
                found.texts.append(raws)
            else:
                found.add(list(map(typed.__getitem__, raws)))
        return found


class Rule(NamedTuple):
    """A row is read by the reader at `chosen` where its cell at `place` is one of `words`.

    No `place`: any row. `chosen` below 0: nothing is made of the row. `told` are reasons why.
    """

    place: int | None
    words: frozenset[str]
    chosen: int
    told: Reasons = ()


NO_READER = -1


class Lines(dict[tuple[str, ...], tuple[Any, ...]]):
    """By the cells of a row that matter: which reader reads it, and what the reader looks up.

    What is found is the place of the reader among `readers`, the answers to its questions with a
    vocabulary, all of them as text, and reasons; of a row nothing is made of, the first and last.
    """

    def __init__(self, readers: Sequence[CellReader], rules: Sequence[Rule]) -> None:
        super().__init__()
        used = {rule.place for rule in rules if rule.place is not None}
        for reader in readers:
            used |= {place for places, _ in reader.groups for place in places}
        self._pick = picker(sorted(used))
        at = {place: index for index, place in enumerate(sorted(used))}
        self._groups = [
            [(picker([at[place] for place in places]), words) for places, words in reader.groups]
            for reader in readers
        ]
        self._rules = [
            (None if rule.place is None else at[rule.place], rule.words, rule.chosen, rule.told)
            for rule in rules
        ]
        self._folded = _Folded()

    def of(self, rows: Iterable[Row]) -> list[tuple[Any, ...]]:
        """What is found for each row."""
        return list(map(self.__getitem__, map(self._pick, rows)))

    def __missing__(self, cells: tuple[str, ...]) -> tuple[Any, ...]:
        self[cells] = found = self._find(cells)
        return found

    def _choose(self, cells: tuple[str, ...]) -> tuple[int, Reasons]:
        for at, words, chosen, told in self._rules:
            if at is None or self._folded[cells[at]] in words:
                return chosen, told
        return NO_READER, ()

    def _find(self, cells: tuple[str, ...]) -> tuple[Any, ...]:
        chosen, told = self._choose(cells)
        if chosen < 0:
            return (chosen, told)
        groups = self._groups[chosen]
        if len(groups) == 1:
            ((pick, said),) = groups
            return (chosen, *said[pick(cells)])
        answers: list[Stored] = []
        texts = []
        for pick, said in groups:
            *values, text, why = said[pick(cells)]
            answers += values
            texts.append(text)
            told += why
        return (chosen, *answers, "\n".join(texts), told)


class _Folded(dict[str, str]):
    """Cells without differences of case and spacing."""

    def __missing__(self, raw: str) -> str:
        self[raw] = folded = fold_cell(raw)
        return folded


def picker(places: Sequence[int]) -> Callable[[Row], tuple[str, ...]]:
    """The cells of a row at these places, always as a tuple."""
    if len(places) > 1:
        return itemgetter(*places)
    return lambda row: tuple(row[place] for place in places)


def _sharing(
    chains: dict[Target, list[Answer]],
) -> list[tuple[dict[Target, list[Answer]], set[str]]]:
    """Questions put together that read the same columns, so that few combinations are looked up."""
    groups: list[tuple[dict[Target, list[Answer]], set[str]]] = []
    for target, chain in chains.items():
        mine, columns = {target: chain}, {answer.column for answer in chain}
        apart = []
        for others, theirs in groups:
            if columns & theirs:
                mine, columns = others | mine, columns | theirs
            else:
                apart.append((others, theirs))
        groups = [*apart, (mine, columns)]
    return groups
