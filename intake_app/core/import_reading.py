"""Reading a table by its mapping: rows in, cases with their answers as they are kept out.

Built for tens of thousands of rows: a few thousand rows are read at a time, column by column, and
what cells say is worked out once for each combination of words and then looked up.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import compress, islice, repeat
from operator import itemgetter

from intake_app.core.answers import Stored, clean
from intake_app.core.errors import AppError
from intake_app.core.fields import title_of
from intake_app.core.import_cells import (
    CellReader,
    Column,
    Found,
    Lines,
    Row,
    Rule,
    Told,
    picker,
)
from intake_app.core.import_mapping import Mapping as MappingFile
from intake_app.core.import_mapping import fold_cell


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
    mapping: MappingFile, header: Sequence[str], rows: Iterable[Row], zone: str, first_row: int = 2
) -> Reading:
    """Read every row; raise `AppError` where the table lacks a column of the mapping.

    `zone` is for times without one; `first_row` the number of the first row after the heading.
    """
    reader = _Reader(mapping, _places(mapping, header), len(header), zone)
    coming, number = iter(rows), first_row
    while some := list(islice(coming, _AT_ONCE)):
        reader.take(some, range(number, number + len(some)))
        number += len(some)
    return reader.reading()


def fits(mapping: MappingFile, header: Sequence[str]) -> bool:
    """Whether every column of the mapping stands in the heading row."""
    return {fold_cell(column) for column in mapping.columns} <= {fold_cell(h) for h in header}


def _places(mapping: MappingFile, header: Sequence[str]) -> dict[str, int]:
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


_AT_ONCE = 2_000
"""Rows read at a time: few enough to stay in the processor's own memory."""

_LEFT_OUT = -2
_NO_CASE = -1


class _Cases(dict[str, int]):
    """The place of a case among all, by its key however it is spaced."""

    def __init__(self) -> None:
        super().__init__()
        self.keys_met: dict[str, int] = {}

    def of(self, raws: Sequence[str]) -> list[int]:
        """The place of each; `_NO_CASE` for an empty one."""
        met = self.keys_met
        new = [raw for raw in dict.fromkeys(raws) if raw not in self]
        together = "".join(new)
        plain = "" not in new and together.isascii() and together.isalnum()
        if plain and met.keys().isdisjoint(new):
            places = range(len(met), len(met) + len(new))
            met.update(zip(new, places, strict=True))
            self.update(zip(new, places, strict=True))
        else:
            for raw in new:
                key = clean(raw)
                self[raw] = met.setdefault(key, len(met)) if key else _NO_CASE
        return list(map(self.__getitem__, raws))


class _Entries:
    """The entries of one record met so far, as columns; `cases` for one that can be several."""

    def __init__(self, reader: CellReader) -> None:
        self.reader = reader
        self.columns: list[list[Stored]] = [[] for _ in reader.targets]
        self.cases: list[int] = []

    def take(self, found: Found, cases: Iterable[int]) -> None:
        """Add what some rows say."""
        for column, answers in zip(self.columns, found.answers, strict=True):
            column.extend(answers)
        self.cases.extend(cases)


class _Reader:
    def __init__(self, mapping: MappingFile, places: dict[str, int], width: int, zone: str) -> None:
        self._mapping, self._places, self._width = mapping, places, width
        self._key_column, self._key = mapping.case_column, places[mapping.case_column]
        self._fixed = {(r, asked.name): value for r, asked, value in mapping.fixed}
        once = [answer for answer in mapping.answers if not title_of(answer.record).many]
        for answer in once:
            if (answer.record, answer.asked.name) in self._fixed:
                raise AppError(f"The mapping file both sets and fills “{answer.asked.label}”.")
        self._once = _Entries(CellReader(once, places, zone))
        self._once_lines = Lines([self._once.reader], [Rule(None, frozenset(), 0)])
        self._case_columns = sorted({answer.column for answer in once})
        self._case_cells = picker([places[column] for column in self._case_columns])
        self._records = list(dict.fromkeys(kind.record for kind in mapping.kinds))
        self._many = [
            _Entries(CellReader([a for a in mapping.answers if a.record is record], places, zone))
            for record in self._records
        ]
        self._lines = Lines([kept.reader for kept in self._many], self._rules())
        self._cases = _Cases()
        self._first_cells: list[tuple[str, ...]] = []
        self._fragments: list[list[str]] = []
        self._rejected: list[Rejected] = []
        self._rows_read = 0

    def take(self, rows: Sequence[Row], numbers: Sequence[int]) -> None:
        """Read some rows, those that `numbers` says."""
        if set(map(len, rows)) - {self._width}:
            numbers, rows = self._fitted(rows, numbers)
        cases = self._cases.of(list(map(itemgetter(self._key), rows)))
        if _NO_CASE in cases:
            numbers, rows = self._without_nobody(rows, cases, numbers)
            cases = [case for case in cases if case != _NO_CASE]
        if rows:
            self._rows_read += len(rows)
            self._take_cases(rows, cases, numbers)
            self._take_entries(rows, cases, numbers)

    def _take_cases(
        self, rows: Sequence[Row], cases: Sequence[int], numbers: Sequence[int]
    ) -> None:
        """Read what the first row of each case says of it, and tell where others disagree."""
        met = len(self._fragments)
        firsts = dict(zip(reversed(cases), reversed(range(len(rows))), strict=True))
        first = [firsts[case] for case in range(met, len(self._cases.keys_met))]
        cells = list(map(self._case_cells, rows))
        if first:
            first_rows = [rows[row] for row in first]
            found = self._once.reader.read(first_rows, self._once_lines.of(first_rows))
            self._once.take(found, ())
            self._tell(found.told, [numbers[row] for row in first])
            self._first_cells += [cells[row] for row in first]
            self._fragments += map(list, zip(*found.texts, strict=True))
        expected = list(map(self._first_cells.__getitem__, cases))
        if cells == expected:
            return
        why = "An earlier row of the same case says something else; that one was kept."
        for number, mine, of_first in zip(numbers, cells, expected, strict=True):
            for column, one, other in zip(self._case_columns, mine, of_first, strict=True):
                if one != other and fold_cell(one) != fold_cell(other):
                    self._rejected.append(Rejected(number, column, why))

    def _take_entries(
        self, rows: Sequence[Row], cases: Sequence[int], numbers: Sequence[int]
    ) -> None:
        """Read the records a case has several of."""
        lines = self._lines.of(rows)
        made = list(map(itemgetter(0), lines))
        for row in compress(range(len(made)), map(_LEFT_OUT.__eq__, made)):
            self._tell([(row, *told) for told in lines[row][-1]], numbers)
        texts = [""] * len(rows)
        for index, entries in enumerate(self._many):
            mine = list(map(index.__eq__, made))
            my_rows = list(compress(rows, mine))
            if not my_rows:
                continue
            found = entries.reader.read(my_rows, list(compress(lines, mine)))
            entries.take(found, compress(cases, mine))
            self._tell(found.told, list(compress(numbers, mine)) if found.told else ())
            told = map("\n".join, zip(repeat(f"{index}"), *found.texts, strict=False))
            for row, text in zip(compress(range(len(rows)), mine), told, strict=True):
                texts[row] = text
        for case, text in zip(cases, texts, strict=True):
            self._fragments[case].append(text)

    def reading(self) -> Reading:
        """Everything read so far."""
        count = len(self._fragments)
        end = repr(sorted((r.__name__, name, value) for (r, name), value in self._fixed.items()))
        same = {kind.record: kind.same_when for kind in self._mapping.kinds}
        many = []
        for record, entries in zip(self._records, self._many, strict=True):
            names = tuple(name for _, name in entries.reader.targets)
            told_by = tuple(names.index(name) for name in same[record] if name in names)
            many.append(Filled(record, names, tuple(entries.columns), entries.cases, told_by))
        return Reading(
            rows_read=self._rows_read,
            keys=list(self._cases.keys_met),
            contents=["\n".join(texts) + end for texts in self._fragments],
            once=tuple(self._once_filled(count)),
            many=tuple(many),
            rejected=tuple(sorted(self._rejected, key=lambda told: told.row)),
        )

    def _once_filled(self, count: int) -> Iterator[Filled]:
        columns = dict(zip(self._once.reader.targets, self._once.columns, strict=True))
        columns |= {target: [value] * count for target, value in self._fixed.items()}
        for record in dict.fromkeys(record for record, _ in columns):
            mine = {name: column for (r, name), column in columns.items() if r is record}
            yield Filled(record, tuple(mine), tuple(mine.values()), range(count))

    def _rules(self) -> list[Rule]:
        """What a row makes: the places of records in their order."""
        rules = [
            Rule(self._places[left.column], left.words, _LEFT_OUT, ((left.column, left.why),))
            for left in self._mapping.left_out
        ]
        for kind in self._mapping.kinds:
            place = self._places[kind.column] if kind.column else None
            rules.append(Rule(place, kind.words, self._records.index(kind.record)))
        return rules

    def _tell(self, told: Told, numbers: Sequence[int]) -> None:
        self._rejected += [Rejected(numbers[row], column, why) for row, column, why in told]

    def _without_nobody(
        self, rows: Sequence[Row], case_of: Sequence[int], numbers: Sequence[int]
    ) -> tuple[Sequence[int], Sequence[Row]]:
        """The rows that belong to a case; the others are told, unless they are blank."""
        why = "This cell says which case the row belongs to and is empty; the row was left out."
        for number, row, case in zip(numbers, rows, case_of, strict=True):
            if case == _NO_CASE and any(map(str.strip, row)):
                self._rejected.append(Rejected(number, self._key_column, why))
                self._rows_read += 1
        belongs = [case != _NO_CASE for case in case_of]
        return list(compress(numbers, belongs)), list(compress(rows, belongs))

    def _fitted(
        self, rows: Sequence[Row], numbers: Sequence[int]
    ) -> tuple[Sequence[int], Sequence[Row]]:
        """Every row as long as the heading; blank rows and rows that can't be used are gone."""
        kept, width = [], self._width
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
                self._rows_read += 1
                continue
            kept.append((number, [*row, *[""] * (width - len(row))][:width]))
        return [number for number, _ in kept], [row for _, row in kept]
