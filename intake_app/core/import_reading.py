"""Reading a table by its mapping: rows in, cases with their answers as they are kept out.

Built for tens of thousands of rows: the table is read column by column, and what cells say is
worked out once for each combination of words and then looked up.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import compress
from typing import Any

from intake_app.core.answers import Stored, clean
from intake_app.core.errors import AppError
from intake_app.core.fields import title_of
from intake_app.core.import_mapping import (
    NOTHING,
    Answer,
    Cell,
    Mapping,
    fold_cell,
    stands_as_typed,
)

Row = Sequence[str]
Column = Sequence[Stored]
Target = tuple[type, str]
"""A record and one of its questions."""


@dataclass(frozen=True)
class Rejected:
    """A cell, or with an empty `column` a whole row, that could not be read.

    `row` is its number in a spreadsheet, where the heading is row 1. `why` never repeats the cell.
    """

    row: int
    column: str
    why: str


@dataclass(frozen=True)
class Filled:
    """Entries of one record, as columns: one for each of `names`, as the answers are kept.

    `cases` has the place of each entry's case in `Reading.keys`. `same_when` are the places, in
    `names`, of the answers that tell one entry of a case from another.
    """

    record: type
    names: tuple[str, ...]
    columns: tuple[Column, ...]
    cases: Sequence[int]
    same_when: tuple[int, ...] = ()


@dataclass(frozen=True)
class Reading:
    """All cases of a table, by their keys in the other system.

    `once` are the records a case has once, one entry a case and in the same order; `many` the
    others. `contents` is everything that would be written of a case, as text: equal cases have
    equal contents.
    """

    rows_read: int
    keys: Sequence[str]
    contents: Sequence[str]
    once: tuple[Filled, ...]
    many: tuple[Filled, ...]
    rejected: tuple[Rejected, ...]


def read_rows(
    mapping: Mapping, header: Sequence[str], rows: Sequence[Row], zone: str, first_row: int = 2
) -> Reading:
    """Read every row; raise `AppError` where the table lacks a column of the mapping.

    `zone` is for times without one; `first_row` the number of the first row after the heading.
    """
    return _Reader(mapping, _places(mapping, header), zone).read(rows, len(header), first_row)


def fits(mapping: Mapping, header: Sequence[str]) -> bool:
    """Whether every column of the mapping stands in the heading row."""
    return {fold_cell(column) for column in mapping.columns} <= {fold_cell(h) for h in header}


def _places(mapping: Mapping, header: Sequence[str]) -> dict[str, int]:
    named = [fold_cell(heading) for heading in header]
    places = {}
    for column in sorted(mapping.columns):
        folded = fold_cell(column)
        if folded not in named:
            raise AppError(
                f"The table has no column “{column}”, which the mapping reads. Check that the "
                "first row holds the headings and that this is the right mapping."
            )
        if named.count(folded) > 1:
            raise AppError(f"The table has the column “{column}” twice. Rename one of them.")
        places[column] = named.index(folded)
    return places


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


class _Typed(dict[str, tuple[Stored, str, Reasons]]):
    """The answer to one question by its one cell, read as if typed; the same as text; reasons."""

    def __init__(self, answer: Answer, zone: str) -> None:
        super().__init__()
        self._answer = answer
        self._zone = zone
        self._stands = stands_as_typed(answer.asked)

    def all_stand(self, raws: Sequence[str]) -> bool:
        """Whether every cell is kept just as it stands, and empty ones say nothing."""
        different = set(raws)
        if "" in different:
            different.remove("")
            if self._answer.blank != NOTHING:
                return False
        return not self._answer.translates and all(map(self._stands, different))

    def __missing__(self, raw: str) -> tuple[Stored, str, Reasons]:
        value, why = self._answer.read(raw, self._zone) or NOTHING
        told = ((self._answer.column, why),) if why else ()
        self[raw] = found = (value, _as_text(value), told)
        return found


@dataclass
class _Found:
    """What rows say of some questions: a column of answers for each, the same as text, told."""

    answers: dict[Target, Column] = field(default_factory=dict)
    texts: list[Sequence[str]] = field(default_factory=list)
    told: Told = field(default_factory=list)

    def add(self, targets: Sequence[Target], rows: Sequence[tuple[Any, ...]]) -> None:
        """Take what was looked up for each row: answers, all of them as text, reasons."""
        columns = list(zip(*rows, strict=True)) if rows else [()] * (len(targets) + 2)
        *answers, texts, told = columns
        self.answers |= zip(targets, answers, strict=True)
        self.texts.append(texts)
        self.told += [
            (row, column, why)
            for row in compress(range(len(told)), told)
            for column, why in told[row]
        ]


class _Questions:
    """Reads what rows say of some questions.

    Questions with a vocabulary that read the same columns are looked up together, by all their
    cells at once; dates, numbers and other answers of many different values each by their own.
    """

    def __init__(self, answers: Sequence[Answer], places: dict[str, int], zone: str) -> None:
        chains: dict[Target, list[Answer]] = {}
        for answer in answers:
            chains.setdefault((answer.record, answer.asked.name), []).append(answer)
        translated = {
            answer.column
            for chain in chains.values()
            if any(one.translates for one in chain)
            for answer in chain
        }
        together: dict[Target, list[Answer]] = {}
        self._groups: list[tuple[list[Target], list[int], _Words]] = []
        self._alone: list[tuple[Target, int, _Typed]] = []
        for target, chain in chains.items():
            columns = {answer.column for answer in chain}
            if columns <= translated:
                together[target] = chain
            elif len(chain) == 1:
                (column,) = columns
                self._alone.append((target, places[column], _Typed(chain[0], zone)))
            else:
                self._group({target: chain}, columns, places, zone)
        for chains_of_group, columns in _sharing(together):
            self._group(chains_of_group, columns, places, zone)

    def _group(
        self,
        chains: dict[Target, list[Answer]],
        columns: Iterable[str],
        places: dict[str, int],
        zone: str,
    ) -> None:
        ordered = sorted(columns, key=places.__getitem__)
        words = _Words(list(chains.values()), ordered, zone)
        self._groups.append((list(chains), [places[column] for column in ordered], words))

    def read(self, column_at: Callable[[int], Sequence[str]]) -> _Found:
        """The answers of every row of a table, which gives the column at a place."""
        found = _Found()
        for targets, places, words in self._groups:
            keys = zip(*map(column_at, places), strict=True)
            found.add(targets, list(map(words.__getitem__, keys)))
        for target, place, typed in self._alone:
            raws = column_at(place)
            if typed.all_stand(raws):
                found.answers[target] = [raw or None for raw in raws] if "" in raws else raws
                found.texts.append(raws)
            else:
                found.add([target], list(map(typed.__getitem__, raws)))
        return found


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


_MAKES_NOTHING, _LEFT_OUT = -1, -2


class _Makes(dict[tuple[str, ...], int]):
    """What a row makes, by the cells that decide it: a place in the order of records."""

    def __init__(self, mapping: Mapping, order: Sequence[type], columns: Sequence[str]) -> None:
        super().__init__()
        self.told: dict[tuple[str, ...], tuple[str, str]] = {}
        self._mapping = mapping
        self._order = order
        self._columns = columns

    def __missing__(self, cells: tuple[str, ...]) -> int:
        self[cells] = made = self._decide(cells)
        return made

    def _decide(self, cells: tuple[str, ...]) -> int:
        raws = {c: fold_cell(raw) for c, raw in zip(self._columns, cells, strict=True)}
        for rule in self._mapping.left_out:
            if raws[rule.column] in rule.words:
                self.told[cells] = (rule.column, rule.why)
                return _LEFT_OUT
        for kind in self._mapping.kinds:
            if not kind.column or raws[kind.column] in kind.words:
                return self._order.index(kind.record)
        return _MAKES_NOTHING


def _columns(rows: Sequence[Row], width: int) -> list[tuple[str, ...]]:
    return list(zip(*rows, strict=True)) if rows else [()] * width


_NO_CASE = -1


class _Cases(dict[str, int]):
    """The place of a case among all, by its key however it is spaced."""

    def __init__(self) -> None:
        super().__init__()
        self.keys_met: dict[str, int] = {}

    def __missing__(self, raw: str) -> int:
        key = clean(raw) if not (raw.isascii() and raw.isalnum()) else raw
        place = self.keys_met.setdefault(key, len(self.keys_met)) if key else _NO_CASE
        self[raw] = place
        return place


class _Reader:
    def __init__(self, mapping: Mapping, places: dict[str, int], zone: str) -> None:
        self._key_column, self._key = mapping.case_column, places[mapping.case_column]
        self._fixed = {(r, asked.name): value for r, asked, value in mapping.fixed}
        once = [answer for answer in mapping.answers if not title_of(answer.record).many]
        for answer in once:
            if (answer.record, answer.asked.name) in self._fixed:
                raise AppError(f"The mapping file both sets and fills “{answer.asked.label}”.")
        self._once = _Questions(once, places, zone)
        self._case_columns = [
            (column, places[column]) for column in sorted({answer.column for answer in once})
        ]
        self._records = list(dict.fromkeys(kind.record for kind in mapping.kinds))
        self._many = [
            _Questions([a for a in mapping.answers if a.record is record], places, zone)
            for record in self._records
        ]
        self._same = {kind.record: kind.same_when for kind in mapping.kinds}
        deciding = sorted(mapping.deciding)
        self._deciding = [places[column] for column in deciding]
        self._makes = _Makes(mapping, self._records, deciding)
        self._rejected: list[Rejected] = []

    def read(self, rows: Sequence[Row], width: int, first_row: int) -> Reading:
        numbers: Sequence[int] = range(first_row, first_row + len(rows))
        if not all(map(width.__eq__, map(len, rows))):
            numbers, rows = self._fitted(rows, width, numbers)
        count = len(rows)
        table = _columns(rows, width)
        cases = _Cases()
        case_of = list(map(cases.__getitem__, table[self._key]))
        if _NO_CASE in cases.values():
            count -= sum(not any(map(str.strip, row)) for row in rows)
            numbers, rows = self._without_nobody(rows, case_of, numbers)
            case_of = [case for case in case_of if case != _NO_CASE]
            table = _columns(rows, width)
        firsts = dict(zip(reversed(case_of), reversed(range(len(rows))), strict=True))
        first = [firsts[case] for case in range(len(cases.keys_met))]
        of_case = self._once.read(lambda place: list(map(table[place].__getitem__, first)))
        self._tell(of_case.told, [numbers[row] for row in first])
        self._tell_disagreement(table, case_of, first, numbers)
        fragments = [list(texts) for texts in zip(*of_case.texts, strict=True)]
        if not of_case.texts:
            fragments = [[] for _ in first]
        many = tuple(self._entries(table, case_of, numbers, fragments))
        end = repr(sorted((r.__name__, name, value) for (r, name), value in self._fixed.items()))
        return Reading(
            rows_read=count,
            keys=list(cases.keys_met),
            contents=["\n".join(texts) + end for texts in fragments],
            once=tuple(self._once_filled(of_case, len(first))),
            many=many,
            rejected=tuple(sorted(self._rejected, key=lambda told: told.row)),
        )

    def _once_filled(self, of_case: _Found, count: int) -> Iterator[Filled]:
        columns = of_case.answers | {to: [value] * count for to, value in self._fixed.items()}
        for record in dict.fromkeys(record for record, _ in columns):
            mine = {name: column for (r, name), column in columns.items() if r is record}
            yield Filled(record, tuple(mine), tuple(mine.values()), range(count))

    def _entries(
        self,
        table: Sequence[Sequence[str]],
        case_of: Sequence[int],
        numbers: Sequence[int],
        fragments: list[list[str]],
    ) -> Iterator[Filled]:
        """The records a case has several of; what they hold is added to each case's fragments."""
        if self._deciding:
            keys = list(zip(*(table[place] for place in self._deciding), strict=True))
            made = list(map(self._makes.__getitem__, keys))
            told = self._makes.told
            left_out = compress(range(len(made)), map(_LEFT_OUT.__eq__, made))
            self._tell([(row, *told[keys[row]]) for row in left_out], numbers)
        else:
            made = [self._makes[()]] * len(case_of)
        for index, record in enumerate(self._records):
            mine = list(map(index.__eq__, made))
            found = self._many[index].read(
                cache(lambda place, mine=mine: list(compress(table[place], mine)))
            )
            cases = list(compress(case_of, mine))
            if found.told:
                self._tell(found.told, list(compress(numbers, mine)))
            for texts in found.texts:
                for case, text in zip(cases, texts, strict=True):
                    fragments[case].append(text)
            names = tuple(name for _, name in found.answers)
            same = tuple(names.index(name) for name in self._same[record] if name in names)
            yield Filled(record, names, tuple(found.answers.values()), cases, same)

    def _tell(self, told: Told, numbers: Sequence[int]) -> None:
        self._rejected += [Rejected(numbers[row], column, why) for row, column, why in told]

    def _tell_disagreement(
        self,
        table: Sequence[tuple[str, ...]],
        case_of: Sequence[int],
        first: Sequence[int],
        numbers: Sequence[int],
    ) -> None:
        """Tell of cells about the case that differ from those of its first row."""
        why = "An earlier row of the same case says something else; that one was kept."
        # As many different rows as cases: then all rows of a case say the same of it.
        said = zip(
            table[self._key], *(table[place] for _, place in self._case_columns), strict=True
        )
        if len(set(said)) == len(first):
            return
        for column, place in self._case_columns:
            cells = table[place]
            self._rejected += [
                Rejected(numbers[row], column, why)
                for row, (cell, case) in enumerate(zip(cells, case_of, strict=True))
                if cell != cells[first[case]] and fold_cell(cell) != fold_cell(cells[first[case]])
            ]

    def _without_nobody(
        self, rows: Sequence[Row], case_of: Sequence[int], numbers: Sequence[int]
    ) -> tuple[Sequence[int], Sequence[Row]]:
        """The rows that belong to a case; the others are told, unless they are blank."""
        why = "This cell says which case the row belongs to and is empty; the row was left out."
        for number, row, case in zip(numbers, rows, case_of, strict=True):
            if case == _NO_CASE and any(map(str.strip, row)):
                self._rejected.append(Rejected(number, self._key_column, why))
        belongs = [case != _NO_CASE for case in case_of]
        return list(compress(numbers, belongs)), list(compress(rows, belongs))

    def _fitted(
        self, rows: Sequence[Row], width: int, numbers: Sequence[int]
    ) -> tuple[Sequence[int], Sequence[Row]]:
        """Every row as long as the heading; blank rows and rows that can't be used are gone."""
        kept = []
        for number, row in zip(numbers, rows, strict=True):
            if not any(map(str.strip, row)):
                continue
            if len(row) < width:
                why = "This row is shorter than the heading; what is missing was taken as empty."
                self._rejected.append(Rejected(number, "", why))
            elif any(map(str.strip, row[width:])):
                why = (
                    "This row has more cells than the heading, so it can’t be told which belongs "
                    "where; the row was left out."
                )
                self._rejected.append(Rejected(number, "", why))
                continue
            kept.append((number, [*row, *[""] * (width - len(row))][:width]))
        return [number for number, _ in kept], [row for _, row in kept]
