"""The mapping language, and reading a table by it."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake_app import paths
from intake_app.core.casefile import Charge, Custody, Detainer, Person
from intake_app.core.errors import AppError
from intake_app.core.import_mapping import parse_mapping
from intake_app.core.import_reading import Filled, Reading, fits, read_rows

MAPPING = """
source = "test"
title = "A test"
case = "ref"

[set]
"custody.facility_state" = "TX"

[[rows]]
make = "detainer"
column = "charge"
words = ["ICE DETAINER"]
[[rows]]
make = "charge"
same_when = ["charge_text"]

[[leave_out]]
column = "end"
words = ["ERROR"]
why = "Entered in error."

[[answer]]
fill = "person.booking_number"
column = "ref"
[[answer]]
fill = "person.sex"
column = "sex"
[answer.words]
male = ["M"]
female = ["F"]
[[answer]]
fill = "person.country_of_birth"
column = "born in"
[answer.words]
HN = ["Honduras"]
leave_empty = ["?"]
[answer.patterns]
MX = ["*, Mexico", "*, Mexico (*)", "Mexico. Unknown"]
[[answer.tell]]
words = ["Texas"]
why = "Ask again."
[[answer]]
fill = "charge.charge_text"
column = "charge"
[[answer]]
fill = "charge.level"
column = "charge"
unlisted = "next"
[answer.words]
criminal_traffic = ["TRAFFIC"]
[[answer]]
fill = "charge.level"
column = "level"
unlisted = "unknown"
[answer.words]
felony = ["F*", "F"]
misdemeanor = ["M"]
[[answer]]
fill = "charge.outcome"
column = "end"
blank = "pending"
[answer.words]
dismissed = ["DISMISSED"]
[[answer]]
fill = "charge.outcome_on"
column = "on"
[[answer]]
fill = "detainer.ended_on"
column = "on"
"""
HEADER = ["ref", "sex", "born in", "charge", "level", "end", "on"]


def read(*rows: Sequence[str], mapping: str = MAPPING) -> Reading:
    return read_rows(parse_mapping(mapping), HEADER, rows, "America/Chicago")


def entries(reading: Reading, record: type) -> list[dict[str, object]]:
    (filled,) = [one for one in (*reading.once, *reading.many) if one.record is record]
    return [dict(zip(filled.names, row, strict=True)) for row in zip(*filled.columns, strict=True)]


def the(reading: Reading, record: type) -> Filled:
    (filled,) = [one for one in (*reading.once, *reading.many) if one.record is record]
    return filled


def told(reading: Reading) -> list[tuple[int, str]]:
    return [(one.row, one.column) for one in reading.rejected]


def test_rows_of_one_booking_become_one_case_with_charges_and_detainer() -> None:
    reading = read(
        ["7", "M", "Honduras", "THEFT", "M", "DISMISSED", "2015-01-02"],
        ["8", "F", "Jalisco, Mexico", "TRAFFIC", "M", "", ""],
        ["7", "M", "Honduras", "ICE DETAINER", "F*", "", "2015-01-04"],
    )
    assert reading.rows_read == 3
    assert reading.keys == ["7", "8"]
    assert entries(reading, Person) == [
        {"booking_number": "7", "sex": "male", "country_of_birth": "HN"},
        {"booking_number": "8", "sex": "female", "country_of_birth": "MX"},
    ]
    assert entries(reading, Custody) == [{"facility_state": "TX"}] * 2
    assert entries(reading, Detainer) == [{"ended_on": "2015-01-04"}]
    assert entries(reading, Charge) == [
        {
            "charge_text": "THEFT",
            "level": "misdemeanor",
            "outcome": "dismissed",
            "outcome_on": "2015-01-02",
        },
        {
            "charge_text": "TRAFFIC",
            "level": "criminal_traffic",
            "outcome": "pending",
            "outcome_on": None,
        },
    ]
    assert list(the(reading, Charge).cases) == [0, 1]
    assert list(the(reading, Detainer).cases) == [0]
    assert told(reading) == []


def test_words_match_in_any_case_and_spacing_and_a_star_in_words_is_a_star() -> None:
    reading = read(["1", " m ", "?", "x", " f* ", "dismissed", ""])
    (charge,) = entries(reading, Charge)
    (person,) = entries(reading, Person)
    assert (charge["level"], charge["outcome"]) == ("felony", "dismissed")
    assert (person["sex"], person["country_of_birth"]) == ("male", None)
    assert told(reading) == []


def test_what_can_not_be_read_is_told_and_the_rest_is_kept() -> None:
    reading = read(
        ["1", "Z", "Texas", "x", "Q9", "VANISHED", "2015-02-30"],
        ["1", "Z", "Texas", "y", "F", "DISMISSED", "02/03/2015"],
    )
    assert sorted(told(reading)) == [
        (2, "born in"), (2, "end"), (2, "level"), (2, "on"), (2, "sex")
    ]  # fmt: skip
    first, second = entries(reading, Charge)
    assert first == {"charge_text": "x", "level": "unknown", "outcome": None, "outcome_on": None}
    assert second == {
        "charge_text": "y", "level": "felony", "outcome": "dismissed", "outcome_on": "2015-02-03",
    }  # fmt: skip
    whys = {one.column: one.why for one in reading.rejected}
    assert whys["born in"] == "Ask again."
    assert "Unknown" in whys["level"]


def test_a_reason_never_repeats_the_cell() -> None:
    secret = "Qwertz Secretson"
    reading = read([secret, *[secret] * 6], [secret, *["other"] * 6], ["", *[secret] * 6])
    assert len(reading.rejected) > 6
    assert not any("Secretson" in one.why or "Qwertz" in one.why for one in reading.rejected)


def test_a_row_of_the_same_case_that_disagrees_is_told_and_the_first_stands() -> None:
    reading = read(["1", "M", "", "a", "F", "", ""], ["1", "F", "", "b", "F", "", ""])
    assert entries(reading, Person)[0]["sex"] == "male"
    assert told(reading) == [(3, "sex")]


def test_rows_left_out_make_nothing_but_their_case_stays() -> None:
    reading = read(["1", "M", "", "ICE DETAINER", "F", "error", ""])
    assert reading.keys == ["1"]
    assert entries(reading, Detainer) == []
    assert [(r.row, r.column, r.why) for r in reading.rejected] == [(2, "end", "Entered in error.")]


def test_short_long_blank_and_nobodys_rows() -> None:
    reading = read(
        ["1", "M"],
        [],
        ["", " ", "", "", "", "", ""],
        ["2", "M", "", "a", "F", "", "", ""],
        ["3", "M", "", "a", "F", "", "", "more"],
        [" ", "M", "", "a", "F", "", ""],
    )
    assert reading.keys == ["1", "2"]
    assert told(reading) == [(2, ""), (6, ""), (7, "ref")]
    assert reading.rows_read == 4, "every row that is not blank"


@pytest.mark.parametrize("before", [1_997, 1_998, 1_999, 2_000, 2_001])
def test_where_in_a_long_table_a_case_stands_makes_no_difference(before: int) -> None:
    filler = [[f"N{i}", "F", "Honduras", "x", "M", "", ""] for i in range(before)]
    mine = [
        ["1", "M", "Honduras", "THEFT", "M", "DISMISSED", "2015-01-02"],
        ["1", "M", "Honduras", "ICE DETAINER", "F", "", "2015-01-05"],
        ["1", "F", "Honduras", "DUI", "Q", "DISMISSED", "2015-01-04"],
    ]
    alone, among = read(*mine), read(*filler, *mine)
    assert among.contents[-1] == alone.contents[0]
    assert told(among) == [(row + before, column) for row, column in told(alone)]
    assert sorted(told(alone)) == [(4, "level"), (4, "sex")]
    assert entries(among, Charge)[-2:] == entries(alone, Charge)
    assert entries(among, Person)[-1] == entries(alone, Person)[0]
    assert list(the(among, Charge).cases)[-2:] == [before, before]


def test_contents_tell_cases_apart_exactly() -> None:
    base = ["1", "M", "", "a", "F", "DISMISSED", "2015-01-02"]
    same = read(base).contents
    assert read([*base]).contents == same
    for place, other in enumerate(["2", "F", "Honduras", "b", "M", "", "2015-01-03"]):
        changed = [*base[:place], other, *base[place + 1 :]]
        assert read(changed).contents != same, HEADER[place]
    assert read(base, base).contents != same


PLAIN = """
source = "test"
title = "A test"
case = "ref"
[[rows]]
make = "charge"
[[answer]]
fill = "charge.sentence"
column = "sentence"
[[answer]]
fill = "charge.sentence_days"
column = "days"
[[answer]]
fill = "charge.suspended_days"
column = "suspended"
"""


def contents_of(*rows: list[str]) -> list[str]:
    header = ["ref", "sentence", "days", "suspended"]
    return list(read_rows(parse_mapping(PLAIN), header, rows, "UTC").contents)


def test_answers_next_to_each_other_are_not_run_together() -> None:
    different = [
        ["1", "", "1", "23"], ["1", "", "12", "3"], ["1", "None", "1", "23"],
        ["1", "", "", "123"], ["1", "\\n", "1", "23"], ["1", "1", "", "23"],
    ]  # fmt: skip
    assert len({contents_of(row)[0] for row in different}) == len(different)


def test_the_same_words_for_another_record_are_other_contents() -> None:
    mapping = """
source = "t"
title = "T"
case = "ref"
[[rows]]
make = "detainer"
column = "what"
words = ["HOLD"]
[[rows]]
make = "charge"
[[answer]]
fill = "detainer.ended_on"
column = "on"
[[answer]]
fill = "charge.outcome_on"
column = "on"
"""
    header = ["ref", "what", "on"]
    contents = {
        read_rows(parse_mapping(mapping), header, [["1", what, "2015-01-02"]], "UTC").contents[0]
        for what in ("HOLD", "THEFT")
    }
    assert len(contents) == 2


def test_an_empty_cell_can_mean_something_where_others_are_read_as_typed() -> None:
    mapping = PLAIN.replace('column = "sentence"', 'column = "sentence"\nblank = "none given"')
    header = ["ref", "sentence", "days", "suspended"]
    rows = [["1", "", "", ""], ["2", "30 days", "", ""]]
    reading = read_rows(parse_mapping(mapping), header, rows, "UTC")
    assert [one["sentence"] for one in entries(reading, Charge)] == ["none given", "30 days"]


def test_a_key_is_known_again_however_it_is_spaced_and_however_far_below() -> None:
    filler = [[f"N{i}", *[""] * 6] for i in range(2_500)]
    reading = read([" A1 ", *[""] * 6], *filler, ["A1", *[""] * 6])
    assert len(reading.keys) == 2_501
    assert list(the(reading, Charge).cases)[-1] == 0


@given(st.text(max_size=12), st.lists(st.text(max_size=12), max_size=4))
def test_contents_of_a_case_do_not_depend_on_other_cases(text: str, others: list[str]) -> None:
    row = ["1", text, "1", ""]
    rows = [[str(place), other, "", "9"] for place, other in enumerate(others, 2)]
    assert contents_of(row, *rows)[0] == contents_of(row)[0]


@pytest.mark.parametrize(
    ("born", "kept"),
    [
        ("Guerrero, Mexico", "MX"),
        ("guerrero,  mexico (boat)", "MX"),
        ("Mexico. Unknown", "MX"),
        ("MexicoX Unknown", None),
        ("New Mexico", None),
    ],
)
def test_only_the_star_of_a_pattern_is_special(born: str, kept: str | None) -> None:
    (person,) = entries(read(["1", "M", born, "a", "F", "", ""]), Person)
    assert person["country_of_birth"] == kept


def test_a_missing_or_doubled_column_is_an_error_that_names_it() -> None:
    mapping = parse_mapping(MAPPING)
    with pytest.raises(AppError, match="“born in”"):
        read_rows(mapping, ["ref", "sex", "charge", "level", "end", "on"], [], "UTC")
    with pytest.raises(AppError, match="“sex” twice"):
        read_rows(mapping, [*HEADER, "Sex "], [], "UTC")
    assert fits(mapping, [heading.upper() + " " for heading in HEADER])
    assert not fits(mapping, HEADER[:-1])


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (MAPPING, "not toml"),
        ('fill = "charge.level"', 'fill = "charge.levl"'),
        ('felony = ["F*", "F"]', 'felny = ["F*", "F"]'),
        ('felony = ["F*", "F"]', 'felony = ["F*", "F", "m"]'),
        ('felony = ["F*", "F"]', 'felony = "F"'),
        ('unlisted = "unknown"', 'unlisted = "perhaps"'),
        ('unlisted = "unknown"', 'unlistd = "unknown"'),
        ('make = "detainer"', 'make = "person"'),
        ('make = "charge"', 'make = "income"'),
        ('"custody.facility_state" = "TX"', '"custody.facility_state" = "Texarkana"'),
        ('"custody.facility_state" = "TX"', '"custody.facility_state" = ["TX"]'),
        ('"custody.facility_state" = "TX"', '"charge.level" = "felony"'),
        ('source = "test"', 'source = ""'),
        ('source = "test"', ""),
        ('case = "ref"', "case = 7"),
        ('words = ["ICE DETAINER"]', 'words = ["ICE DETAINER", 7]'),
    ],
)
def test_a_wrong_mapping_is_refused_with_a_sentence(right: str, wrong: str) -> None:
    assert right in MAPPING
    with pytest.raises(AppError) as caught:
        parse_mapping(MAPPING.replace(right, wrong, 1))
    assert caught.value.sentence.endswith(".")


def test_setting_and_filling_one_question_is_refused() -> None:
    text = MAPPING.replace('"custody.facility_state" = "TX"', '"person.sex" = "male"')
    with pytest.raises(AppError, match="both sets and fills"):
        read(["1", *[""] * 6], mapping=text)


def test_every_shipped_mapping_can_be_read() -> None:
    found = sorted((paths.resources() / "imports").glob("*.toml"))
    assert found
    for path in found:
        assert parse_mapping(path.read_text("utf-8")).columns


cell = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["M", "ICE DETAINER", "2015-02-30", "13/45/9999", "F*", "\ud800", "\x1f", "٣"]),
)


@given(st.lists(st.lists(cell, min_size=5, max_size=9), max_size=8))
def test_no_cell_ever_breaks_the_reading(rows: list[list[str]]) -> None:
    reading = read(*rows)
    assert len(reading.contents) == len(reading.keys)
    for filled in (*reading.once, *reading.many):
        assert all(len(column) == len(filled.cases) for column in filled.columns)


@given(st.text(max_size=200))
def test_no_text_breaks_the_mapping_reader(text: str) -> None:
    for tried in (text, MAPPING + text, MAPPING.replace("test", text)):
        try:
            parse_mapping(tried)
        except AppError as error:
            assert error.sentence
