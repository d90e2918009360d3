"""Answers that follow from each other: what can be worked out across questions stays hidden."""

from collections.abc import Mapping, Sequence
from itertools import product

import numpy as np
import pytest

from intake_app.core.disclosure.attacker import attack, confirm_safe
from intake_app.core.disclosure.figures import Guard, ProtectedTable, Shape
from intake_app.core.disclosure.protect import protect
from intake_app.core.errors import NotSafe
from intake_app.core.reports.periods import Window
from tests.core.disclosure.small_systems import (
    QUARTERS,
    YEAR,
    CellReader,
    Truth,
    provable,
    rows_of,
    shape,
    shown,
    side,
    truth_from,
    truth_of,
)

WORST, ICE, CHARGE = "worst_conviction", "ice_level", "charge_level"
CONVICTIONS = ("felony_other", "misdemeanor", "traffic", "none", "unknown")
LEVELS = ("l1", "l2", "l3", "none", "unknown")
NEVER = [("none", level) for level in ("l1", "l2", "l3", "unknown")]
NEVER += [(found, "none") for found in ("felony_other", "misdemeanor")]

COUNTS = {
    ("none", "none"): 41,
    ("felony_other", "unknown"): 15,
    ("misdemeanor", "unknown"): 25,
    ("traffic", "l3"): 3,
    ("traffic", "none"): 2,
    ("unknown", "unknown"): 7,
}
BY_WORST = shape(side(WORST, CONVICTIONS))
BY_ICE = shape(side(ICE, LEVELS, Guard.GROUP))
TRUTH = truth_from(COUNTS, WORST, ICE)


def published(asked: Shape, truth: Truth, *hidden: str) -> ProtectedTable:
    counts = truth(asked).counts
    return ProtectedTable(
        asked,
        tuple(
            None if set(asked.labels(place)) & set(hidden) else int(counts[place])
            for place in asked.places()
        ),
    )


def leaks(
    tables: Sequence[ProtectedTable],
    truth: Truth,
    answers: Mapping[str, Sequence[str]],
    never: Sequence[tuple[str, str]] = tuple(NEVER),
) -> list[object]:
    """By a reader who has every pair of answers as an unknown, and knows which no case has."""
    asked = {name: answers[name] for name in sorted(answers)}
    dates = {period for table in tables for period in table.shape.window.periods}
    known = [
        (Window((period,)), {WORST: frozenset({one}), ICE: frozenset({other})}, 0)
        for period, (one, other) in product(sorted(dates), never)
    ]
    reader = CellReader(tables, truth, asked, known)
    return [*provable(reader, tables, truth)]


BOTH = {WORST: CONVICTIONS, ICE: LEVELS}

AS_IT_WAS = [
    published(BY_WORST, TRUTH, "traffic", "unknown"),
    published(BY_ICE, TRUTH, "l3", "none"),
]
"""Levels 1 and 2 are 0 and 47 of 93 not settled, so 46 have level 3 or none. The 41 without a
conviction have none: at most 5 have level 3."""


def test_the_example_leaks_as_it_was_published() -> None:
    assert shown(AS_IT_WAS[0])["none",] == 41
    assert leaks(AS_IT_WAS, TRUTH, BOTH)
    for alone in AS_IT_WAS:  # neither gives anything away by itself
        assert not leaks([alone], TRUTH, BOTH)
        assert not attack([alone], 11).small
    found = attack(AS_IT_WAS, 11)
    assert found.small
    with pytest.raises(NotSafe, match="small group"):
        confirm_safe(AS_IT_WAS, [], [], TRUTH, threshold=11)


@pytest.mark.parametrize("first", [0, 1])
def test_what_is_published_now_does_not(first: int) -> None:
    asked = [BY_WORST, BY_ICE]
    together = protect(asked, [], [], TRUTH).tables
    one = protect([asked[first]], [], [], TRUTH).tables
    one_by_one = [*one, *protect([asked[1 - first]], one, [], TRUTH).tables]
    for tables in (together, one_by_one):
        assert leaks(tables, TRUTH, BOTH) == []
        assert attack(tables, 11).failed
        assert confirm_safe(tables, [], [], TRUTH, threshold=11).failures == 0


def test_by_charge_and_by_charge() -> None:
    """Both questions by the same third one, in groups of different width."""
    counts = {("felony", *pair): times for pair, times in COUNTS.items()}
    # Here many more have level 3 or none: charges taken together give nothing away.
    counts |= {
        (charge, "traffic", level): 30
        for charge in ("misdemeanor", "civil")
        for level in ("l3", "none", "unknown")
    }
    truth = truth_from(counts, CHARGE, WORST, ICE)
    tables = protect(
        [
            shape(side(CHARGE, ("felony", "misdemeanor", "civil")), side(WORST, CONVICTIONS)),
            shape(side(CHARGE, ("felony", ("misdemeanor", "civil"))), side(ICE, LEVELS)),
        ],
        [], [], truth,
    ).tables  # fmt: skip
    assert leaks(tables, truth, {CHARGE: ("felony", "misdemeanor", "civil"), **BOTH}) == []
    assert confirm_safe(tables, [], [], truth, threshold=11).failures == 0


def test_a_year_of_one_and_quarters_of_the_other() -> None:
    others = {
        pair: times for pair, times in COUNTS.items() if pair[0] not in {"traffic", "unknown"}
    }
    by_quarter = [COUNTS, others, others, others]
    truth = truth_of(
        {
            quarter: rows_of(counts, (WORST, ICE))
            for quarter, counts in zip(QUARTERS, by_quarter, strict=True)
        }
    )
    quarterly = [shape(side(WORST, CONVICTIONS), window=Window((quarter,))) for quarter in QUARTERS]
    yearly = shape(side(ICE, LEVELS, Guard.GROUP), window=YEAR)
    before = published(yearly, truth, "l3", "none")
    assert leaks(
        [before, *(published(q, truth, "traffic", "unknown") for q in quarterly)], truth, BOTH
    )
    tables = [before, *protect(quarterly, [before], [], truth).tables]
    assert leaks(tables, truth, BOTH) == []
    assert confirm_safe(tables[1:], [before], [], truth, threshold=11).failures == 0


@pytest.mark.parametrize("seed", range(8))
def test_random_counts(seed: int) -> None:
    luck = np.random.default_rng(seed)
    counts = {
        pair: int(luck.integers(0, luck.choice([3, 12, 40]), endpoint=True))
        for pair in product(CONVICTIONS, LEVELS)
        if pair not in NEVER
    }
    counts["none", "none"] += 20
    truth = truth_from(counts, WORST, ICE)
    ice = side(ICE, (("l1", "l2"), "l3", "none", "unknown") if seed % 2 else LEVELS, Guard.GROUP)
    tables = protect([BY_WORST, shape(ice)], [], [], truth).tables
    assert leaks(tables, truth, BOTH) == []
    assert not attack(tables, 11).small
    assert confirm_safe(tables, [], [], truth, threshold=11).failures == 0
    assert tables == protect([shape(ice), BY_WORST], [], [], truth).tables[::-1]


def test_both_questions_in_one_table() -> None:
    """What no case can have is shown as 0, and a line that can’t be otherwise is no finding."""
    luck = np.random.default_rng(2)
    counts = {
        pair: int(luck.integers(12, 40))
        for pair in product(CONVICTIONS, LEVELS)
        if pair not in NEVER
    }
    truth = truth_from(counts, WORST, ICE)
    some = (("l1", "l2", "l3"), "none", "unknown")
    tables = protect([shape(side(WORST, CONVICTIONS), side(ICE, some, Guard.GROUP))], [], [], truth)
    (table,) = tables.tables
    assert shown(table)["none", "l1+l2+l3"] == shown(table)["none", "unknown"] == 0
    assert table.withheld == 0
    assert attack([table], 11).failed
    assert confirm_safe([table], [], [], truth, threshold=11).failures == 0


def test_an_exception_on_file_is_no_contradiction() -> None:
    """A reader who believes too much is wrong, and nothing stops for it."""
    counts = {("none", "l1"): 60, ("felony_other", "none"): 40, ("traffic", "l3"): 20}
    truth = truth_from(counts, WORST, ICE)
    tables = protect([BY_WORST, BY_ICE], [], [], truth).tables
    assert confirm_safe(tables, [], [], truth, threshold=11).failures == 0
    assert not attack(tables, 11).small


def test_where_not_all_is_settled_the_weaker_rule_still_holds() -> None:
    """Some without a conviction are not settled; even so they have no level from 1 to 3."""
    counts = {
        ("none", "unknown"): 50,
        ("misdemeanor", "l1"): 16,
        ("misdemeanor", "l3"): 4,
    }
    truth = truth_from(counts, WORST, ICE)
    tables = protect([BY_WORST, BY_ICE], [], [], truth).tables
    never = [pair for pair in NEVER if pair != ("none", "unknown")]
    assert leaks(tables, truth, BOTH, never) == []
    assert confirm_safe(tables, [], [], truth, threshold=11).failures == 0


def test_an_exception_or_two_do_not_help() -> None:
    """A reader takes the level 3 to be 5 or fewer; they are 6, and small all the same."""
    counts = {
        ("none", "none"): 40,
        ("none", "unknown"): 1,
        ("misdemeanor", "l3"): 5,
        ("misdemeanor", "unknown"): 11,
        ("traffic", "l3"): 1,
        ("traffic", "unknown"): 11,
        ("felony_other", "unknown"): 3,
        ("unknown", "unknown"): 19,
    }
    truth = truth_from(counts, WORST, ICE)
    before = [published(BY_WORST, truth, "felony_other", "misdemeanor"),
              published(BY_ICE, truth, "l3", "none")]  # fmt: skip
    assert [f.high for f in attack(before, 11).small if "ice_level: l3" in f.labels] == [5]
    with pytest.raises(NotSafe, match="small group"):
        confirm_safe(before, [], [], truth, threshold=11)
    tables = protect([BY_WORST, BY_ICE], [], [], truth).tables
    assert attack(tables, 11).failed
    assert confirm_safe(tables, [], [], truth, threshold=11).failures == 0
