"""The attacker on a file of rows sees what can be seen there, and nothing else."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from intake_app.core.disclosure.published_rows import PublishedRows
from intake_app.core.disclosure.rows_and_tables import fit_to_tables
from intake_app.core.disclosure.rows_attack import attack_rows, confirm_rows, group_sizes
from intake_app.core.disclosure.rows_program import RowsOfPeriod
from intake_app.core.errors import NotSafe
from intake_app.documents.rows_csv import rows_csv
from tests.core.disclosure.test_rows_and_tables import leaking
from tests.published_rows import FOUR, Q1, Facts

FACTS = Facts(1500)
TABLES = FACTS.protected(FACTS.shape("charge_level", "outcome"), FACTS.shape("charge_level", "sex"))


def written(one: RowsOfPeriod) -> bytes:
    made = PublishedRows(Q1, 11, one.classes)
    return rows_csv(made, np.arange(one.classes.size)[::-1])


def meaning(one: RowsOfPeriod) -> dict[str, dict[str, frozenset[str]]]:
    return {h.dimension: dict(h.words_of) for h in one.classes.hierarchies}


def safe() -> RowsOfPeriod:
    one = FACTS.of_period(FOUR)
    return replace(one, classes=fit_to_tables(one, [], TABLES, FACTS, seconds=60))


def test_what_would_be_published_withstands_it() -> None:
    one = safe()
    report = confirm_rows(written(one), meaning(one), Q1, TABLES, 11)
    assert (report.rows, report.classes, report.failures) == (1500, len(one.classes.counts), ())
    assert report.rarest == one.classes.k >= 11
    assert report.groupings == 15
    assert report.figures > 20


def test_a_row_left_out_or_told_too_finely_is_caught() -> None:
    one = safe()
    head, *body = written(one).decode("utf-8-sig").splitlines()
    rarest = min(body, key=body.count)
    body.remove(rarest)
    fewer = "\r\n".join([head, *body]).encode("utf-8-sig")
    with pytest.raises(NotSafe, match="smaller than 11"):
        confirm_rows(fewer, meaning(one), Q1, (), one.classes.k)
    body.append(body[-1].rsplit(",", 1)[0] + ",Expired")
    finer = "\r\n".join([head, *body]).encode("utf-8-sig")
    assert attack_rows(finer, meaning(one), Q1, (), 11).failures


def test_one_column_with_a_rare_label_is_caught() -> None:
    one = FACTS.of_period(("sex",))
    lines = written(one).decode("utf-8-sig").split("\r\n")
    rarest = min(lines[1:-1], key=lines.count)
    fewer = [line for line in lines if line != rarest]
    fewer[-1:] = [rarest] * 10 + [""]
    found = attack_rows("\r\n".join(fewer).encode("utf-8-sig"), meaning(one), Q1, (), 11)
    assert found.rarest == 10
    assert found.failures == ("a row stands there 10 times",)


def test_a_table_less_the_rows_is_caught() -> None:
    one, table = leaking()
    assert attack_rows(written(one), meaning(one), Q1, [], 11).failures == ()
    found = attack_rows(written(one), meaning(one), Q1, [table], 11).failures
    assert "a published figure less the rows leaves a small group" in found
    classes = fit_to_tables(one, [], [table], lambda _: one.rows)
    fitted = replace(one, classes=classes)
    assert attack_rows(written(fitted), meaning(one), Q1, [table], 11).failures == ()


def test_rows_that_disagree_with_a_published_table_are_caught() -> None:
    one, table = leaking()
    wrong = replace(table, figures=(40, 90, *table.figures[2:]))
    found = attack_rows(written(one), meaning(one), Q1, [wrong], 11).failures
    assert "the rows and a published table disagree" in found


@pytest.mark.parametrize("change", ["period,x", "2026-Q2", "Nowhere"])
def test_a_file_that_is_not_as_it_should_be_is_refused(change: str) -> None:
    one = safe()
    text = written(one).decode("utf-8-sig")
    bad = {
        "period,x": text.replace("period", "period,x", 1),
        "2026-Q2": text.replace("2026-Q1", change, 1),
        "Nowhere": text.replace(",Any", ",Nowhere", 1),
    }[change]
    with pytest.raises(ValueError, match="file"):
        attack_rows(bad.encode("utf-8-sig"), meaning(one), Q1, (), 11)


def test_groups_are_told_apart_however_many_there_could_be() -> None:
    # Seven columns of 4,000 answers: more combinations than a number of 64 bits holds.
    luck = np.random.default_rng(1)
    columns = [luck.integers(0, 4000, 500) for _ in range(7)]
    for column in columns:
        column[:20] = 3999
    expected = Counter(zip(*(column.tolist() for column in columns), strict=True))
    assert sorted(group_sizes(columns)) == sorted(expected.values())
    twice = np.full(500, 2, np.int64)
    assert sorted(group_sizes(columns, twice)) == sorted(2 * n for n in expected.values())
