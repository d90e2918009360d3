"""Invented facts of a closed period, an office that closed it, and tables of it, for case rows."""

from collections.abc import Sequence
from pathlib import Path

from intake_app.core.disclosure.case_rows import generalize
from intake_app.core.disclosure.figures import CountTable, ProtectedTable, Shape
from intake_app.core.disclosure.hierarchies import Hierarchy, hierarchy_of
from intake_app.core.disclosure.protect import protect
from intake_app.core.disclosure.rows_program import RowsOfPeriod
from intake_app.core.reports.catalogue import DIMENSIONS
from intake_app.core.reports.counting import count
from intake_app.core.reports.frozen import Frozen, in_order
from intake_app.core.reports.periods import Period, Window, read_period
from intake_app.core.reports.rows import Population, Rows, joined
from intake_app.core.reports.series import EntryKind
from intake_app.store.ledger import append
from intake_app.store.office import Office
from tests.conftest import NOW
from tests.offices import new_office, staff
from tests.report_rows import COUNTIES, invented_rows

Q1, Q2 = read_period("2026-Q1"), read_period("2026-Q2")
FOUR = ("charge_level", "outcome", "country", "detainer_outcome")


class Facts:
    """The cases of each quarter, and tables of them as they would be published."""

    def __init__(self, size: int, seed: int = 1, *periods: Period) -> None:
        self.rows = {
            period: in_order(invented_rows(size, seed + number))
            for number, period in enumerate(periods or (Q1,))
        }

    def __call__(self, period: Period) -> Rows:
        return self.rows[period]

    def count(self, shape: Shape) -> CountTable:
        return count(shape, joined([self.rows[period] for period in shape.window.periods]))

    def shape(self, *sides: str, periods: tuple[Period, ...] = (Q1,)) -> Shape:
        axes = tuple(DIMENSIONS[side].axis(found=frozenset(COUNTIES)) for side in sides)
        name = " by ".join(sides)
        return Shape(name, name, Population.EPISODES, Window(periods), axes)

    def naive(self, *sides: str, periods: tuple[Period, ...] = (Q1,)) -> ProtectedTable:
        """As a table is published whose figures are all shown: nothing is withheld."""
        table = self.count(self.shape(*sides, periods=periods))
        return ProtectedTable(table.shape, tuple(table.counts.ravel().tolist()))

    def protected(
        self, *shapes: Shape, earlier: Sequence[ProtectedTable] = ()
    ) -> tuple[ProtectedTable, ...]:
        """As the product would publish them."""
        return protect(list(shapes), earlier, (), self.count, seconds=5).tables

    def of_period(self, columns: Sequence[str], k: int = 11, period: Period = Q1) -> RowsOfPeriod:
        """Rows of a period, as nobody would publish them who looked at no table."""
        rows = self.rows[period]
        return RowsOfPeriod(period, generalize(rows, hierarchies(*columns), k), rows)


def hierarchies(*columns: str) -> tuple[Hierarchy, ...]:
    return tuple(hierarchy_of(DIMENSIONS[column], COUNTIES) for column in columns)


def office_with_period(folder: Path, size: int) -> Office:
    """A staffed office, open for its administrator, whose first quarter of 2026 is closed."""
    office = new_office(folder).office
    staff(office)
    rows = {kind: in_order(invented_rows(size, 3, kind)) for kind in Population}
    keys = {kind: frozenset(range(1, size + 1)) for kind in Population}
    with office.writing() as connection:
        told = {"series": 1, "earliest": None}
        append(office, connection, EntryKind.SERIES, told, None, NOW)
        closed = Frozen(Q1, keys, rows).to_bytes()
        append(office, connection, EntryKind.PERIOD, {"series": 1, "period": Q1.id}, closed, NOW)
    return office
