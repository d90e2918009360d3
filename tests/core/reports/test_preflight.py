"""The pre-flight: what is too fine, what to group, and no small count told."""

import re
from dataclasses import replace

import numpy as np
import pytest

from intake_app.core.disclosure.figures import Guard, Shape
from intake_app.core.reports import preflight
from intake_app.core.reports.catalogue import DIMENSIONS
from intake_app.core.reports.counting import count
from intake_app.core.reports.periods import Every
from intake_app.core.reports.preflight import advise, advise_period
from intake_app.core.reports.rows import Column, Population, Rows
from intake_app.core.reports.tables import Part, Side
from tests.amount_cases import Q1
from tests.report_rows import invented_rows


def _part(*dimensions: str) -> Part:
    return Part("-".join(dimensions), "A table", tuple(Side(each) for each in dimensions))


def _small_and_filled(part: Part, rows: Rows) -> tuple[int, int]:
    axes = tuple(
        DIMENSIONS[s.dimension].axis(
            dict(s.groups) or None, frozenset(rows.columns[s.dimension].words), s.title
        )
        for s in part.sides
    )
    counts = count(Shape("t", "T", rows.population, Q1, axes), rows).counts
    return int(((counts > 0) & (counts < 11)).sum()), int((counts > 0).sum())


def _counties(**sizes: int) -> Rows:
    """Rows with a county, the one question whose answers are open."""
    words = [name for name, size in sizes.items() for _ in range(size)]
    return Rows(Population.EPISODES, len(words), {"county": Column.of(words)}, {})


def test_a_table_that_is_not_too_fine_gets_no_advice() -> None:
    assert advise([_part("charge_level"), Part("all", "All", ())], invented_rows(5000), Q1,
                  DIMENSIONS) == ()  # fmt: skip


def test_coarser_levels_come_first() -> None:
    rows, part = invented_rows(1500), _part("country", "charge_level")
    (made,) = advise([part], rows, Q1, DIMENSIONS)
    assert made.part_id == part.id
    assert made.sides is not None
    levels = [dict(level.groups) for level in DIMENSIONS["country"].levels]
    assert dict(made.sides[0].groups) in levels
    small, filled = _small_and_filled(part, rows)
    less, of = _small_and_filled(replace(part, sides=made.sides), rows)
    assert 2 * small > filled
    assert less / of < small / filled
    assert re.search(r"Group Country into \d+", made.sentence)
    assert f"{small} of " in made.sentence


def test_rare_answers_become_other_where_there_is_no_level() -> None:
    rare = {f"rare{n}": n for n in range(1, 9)}
    rows = _counties(big=200, large=90, **rare)
    (made,) = advise([_part("county")], rows, Q1, DIMENSIONS)
    assert made.sides is not None
    (side,) = made.sides
    assert [label for label, _ in side.groups] == ["big", "large"]
    axis = DIMENSIONS["county"].axis(dict(side.groups), frozenset(rows.columns["county"].words))
    assert axis.groups[-1].label == "Other"
    assert axis.groups[-1].words == set(rare)
    # In a later period an answer that was not there goes to “Other”, and the map stays.
    later = DIMENSIONS["county"].axis(dict(side.groups), frozenset({"big", "new"}))
    assert [group.label for group in later.groups] == ["big", "large", "Other"]


def test_an_answer_under_other_need_not_be_small() -> None:
    # Who knows the rule knows only that each is under twice the threshold.
    rows = _counties(big=200, middling=15, rare=3, rarer=2, rarest=2, last=2)
    (made,) = advise([_part("county")], rows, Q1, DIMENSIONS)
    assert made.sides is not None
    assert [label for label, _ in made.sides[0].groups] == ["big"]


def test_one_rare_answer_is_not_alone_under_other() -> None:
    rows = _counties(big=200, large=100, one=3)
    table = preflight._counted(_part("county"), rows, Q1, DIMENSIONS, 11)
    (side,) = preflight._without_rare(table, 22, DIMENSIONS)
    assert [label for label, _ in side.groups] == ["big"]
    (again,) = preflight._without_rare(table, 2, DIMENSIONS)
    assert again == Side("county")  # none is rare


def test_not_known_and_a_victims_answer_stay_apart() -> None:
    dimension = replace(
        DIMENSIONS["charge_level"], guard=Guard.VICTIM, flagged=frozenset({"civil"}), levels=()
    )
    words = ["felony"] * 300 + ["unknown"] * 2 + ["civil"] * 2
    words += [w for w in dimension.words if w not in {"felony", "unknown", "civil"}] * 3
    rows = Rows(Population.EPISODES, len(words), {"charge_level": Column.of(words)}, {})
    (made,) = advise([_part("charge_level")], rows, Q1, {"charge_level": dimension})
    assert made.sides is not None
    kept = [words for _, words in made.sides[0].groups]
    assert kept == [{"felony"}, {"civil"}, {"unknown"}]


def test_too_few_cases_are_refused_without_their_number() -> None:
    parts = [_part("charge_level"), _part("outcome")]
    made = advise(parts, invented_rows(7), Q1, DIMENSIONS)
    assert [(each.part_id, each.sides) for each in made] == [(p.id, None) for p in parts]
    assert made[0].sentence.startswith("Fewer than 11 new cases")
    assert "7" not in made[0].sentence
    assert len({a.sentence for n in (0, 3, 10) for a in advise(parts, invented_rows(n), Q1,
                DIMENSIONS)}) == 1  # fmt: skip
    assert not any(a.sides is None for a in advise(parts, invented_rows(11), Q1, DIMENSIONS))
    letters = invented_rows(5, population=Population.LETTERS)
    (said,) = advise([_part("letter_kind")], letters, Q1, DIMENSIONS)
    assert "new letters" in said.sentence


def test_what_is_far_too_fine_is_refused_and_grouping_offered() -> None:
    rows = invented_rows(20_000)
    part, other = _part("country", "county"), _part("charge_level")
    assert _small_and_filled(part, rows)[0] > preflight.MOST_SMALL
    refused, offered = advise([part, other], rows, Q1, DIMENSIONS)
    assert (refused.part_id, refused.sides) == (part.id, None)
    assert offered.part_id == part.id
    assert offered.sides is not None
    assert _small_and_filled(replace(part, sides=offered.sides), rows)[0] < preflight.MOST_SMALL


def test_parts_that_are_too_much_together_lose_the_finest_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rows = invented_rows(1500)
    parts = [_part("charge_level", "outcome"), _part("country", "outcome"), _part("sex")]
    small = [_small_and_filled(part, rows)[0] for part in parts]
    monkeypatch.setattr(preflight, "MOST_SMALL", sum(small) - small[1])
    refused = [a.part_id for a in advise(parts, rows, Q1, DIMENSIONS) if a.sides is None]
    assert refused == [parts[1].id]


def test_grouping_keeps_every_case_and_says_the_truth() -> None:
    dimensions = ["country", "county", "language", "worst_conviction", "agency_kind", "outcome"]
    offers = 0
    for seed, size in ((1, 60), (2, 300), (3, 1200)):
        rows = invented_rows(size, seed)
        parts = [_part(a, b) for a in dimensions for b in dimensions if a < b]
        for made in advise(parts, rows, Q1, DIMENSIONS):
            if made.sides is None:
                continue
            offers += 1
            part = next(part for part in parts if part.id == made.part_id)
            small, filled = _small_and_filled(part, rows)
            less, of = _small_and_filled(replace(part, sides=made.sides), rows)
            assert less * filled < small * of
            assert "0 of 0" not in made.sentence
    assert offers > 20


def test_the_order_of_rows_does_not_matter() -> None:
    rows, parts = invented_rows(400), [_part("county", "outcome"), _part("country")]
    mixed = rows.taken(np.random.default_rng(1).permutation(400))
    assert advise(parts, rows, Q1, DIMENSIONS) == advise(parts, mixed, Q1, DIMENSIONS)


def test_longer_periods_are_advised_where_they_show_much_more() -> None:
    parts = [_part("charge_level", "outcome")]
    rows = {Every.QUARTER: invented_rows(90), Every.HALF_YEAR: invented_rows(180),
            Every.YEAR: invented_rows(4000)}  # fmt: skip
    made = advise_period(parts, rows, Q1, DIMENSIONS, Every.QUARTER)
    assert made is not None
    assert (made.part_id, made.sides) == ("", None)
    assert re.fullmatch(
        r"Quarterly would show about \d+ of \d+ figures, yearly \d+ of \d+\. Publish yearly\?",
        made.sentence,
    )
    assert advise_period(parts, rows, Q1, DIMENSIONS, Every.YEAR) is None
    plenty = dict.fromkeys(Every, invented_rows(20_000))
    assert advise_period(parts, plenty, Q1, DIMENSIONS, Every.QUARTER) is None
    assert advise_period(parts, {}, Q1, DIMENSIONS, Every.QUARTER) is None
