"""Answers: typed, stored and shown without losing or inventing anything."""

import locale
import unicodedata
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from intake_app.core.answers import (
    LONGEST_LINE,
    LONGEST_TEXT,
    clean,
    from_stored,
    parse,
    parse_date,
    parse_time,
    read_time,
    show,
    store_time,
    to_stored,
    vocabulary,
)
from intake_app.core.casefile import Charge, Custody, Detainer, Household, Intake, Person, Phone
from intake_app.core.errors import BadAnswer
from intake_app.core.fields import Choice, Kind, Question, question
from intake_app.core.partial_date import PartialDate
from intake_app.core.vocabulary import Zone
from tests.examples import EVERY_QUESTION, NAMES_OF_QUESTIONS, example

LINE = question(Person, "surname")
LONG = question(Intake, "summary")
PHONE = question(Phone, "number")
NUMBER = question(Household, "adults")
MONEY = question(Custody, "bail_set")
TIME = question(Custody, "arrested_at")
DAY = question(Intake, "opened_on")
PARTIAL = question(Person, "born")
CHOICES = question(Detainer, "probable_cause")
CHOICE = question(Charge, "level")
ONE_OF_EACH_KIND = [LINE, LONG, PHONE, NUMBER, MONEY, TIME, DAY, PARTIAL, CHOICES, CHOICE]

# Before 1901 places kept their own time, to the second.
FIRST, LAST = datetime.fromisoformat("1901-01-02"), datetime.fromisoformat("2100-01-01")
ZONES = [zone.value for zone in Zone]
TIMES = st.builds(
    lambda moment, zone: moment.replace(second=0, microsecond=0, tzinfo=UTC).astimezone(
        ZoneInfo(zone)
    ),
    st.datetimes(min_value=FIRST, max_value=LAST),
    st.sampled_from(ZONES),
)
PARTIALS = st.one_of(
    st.builds(PartialDate, st.integers(1, 9999)),
    st.builds(PartialDate, st.integers(1, 9999), st.integers(1, 12)),
    st.builds(PartialDate.of, st.dates()),
)
MONEYS = st.decimals(0, 10**12 - 1, places=2, allow_nan=False, allow_infinity=False)
VALUES: dict[Kind, st.SearchStrategy[Any]] = {
    Kind.LINE: st.text().map(clean).filter(bool),
    Kind.TEXT: st.text().map(lambda text: clean(text, lines=True)).filter(bool),
    Kind.PHONE: st.text().map(clean).filter(bool),
    Kind.NUMBER: st.integers(0, 999_999_999),
    Kind.MONEY: MONEYS,
    Kind.TIME: TIMES,
    Kind.DATE: st.dates(),
    Kind.PARTIAL_DATE: PARTIALS,
}


def values_of(asked: Question) -> st.SearchStrategy[Any]:
    """Everything that can be an answer of this kind."""
    if asked.kind is Kind.CHOICE:
        return st.sampled_from(list(vocabulary(asked)))
    if asked.kind is Kind.CHOICES:
        words = list(vocabulary(asked))
        return st.sets(st.sampled_from(words)).map(
            lambda picked: tuple(word for word in words if word in picked)
        )
    return VALUES[asked.kind]


@pytest.mark.parametrize("asked", ONE_OF_EACH_KIND, ids=lambda asked: asked.kind.name)
@given(data=st.data())
def test_storing_and_reading_back_gives_the_same_value(asked: Question, data: Any) -> None:
    value = data.draw(values_of(asked))
    stored = to_stored(asked, value)
    assert stored is not None
    back = from_stored(asked, stored)
    assert back == value
    if asked.kind is Kind.TIME:
        assert (back.utcoffset(), back.tzinfo.key) == (value.utcoffset(), value.tzinfo.key)


@pytest.mark.parametrize("asked", ONE_OF_EACH_KIND, ids=lambda asked: asked.kind.name)
@given(data=st.data())
def test_what_is_shown_can_be_typed_again(asked: Question, data: Any) -> None:
    """A form shows an answer and reads it back when it is left."""
    value = data.draw(values_of(asked))
    if asked.kind in (Kind.PARTIAL_DATE, Kind.DATE):
        assume(value.year >= 1000)
    zone = "America/New_York"
    if asked.kind is Kind.TIME:
        zone = value.tzinfo.key
        # Before 1967 the zones of some places had one name for two offsets.
        assume(value.year >= 1967)
    assert parse(asked, show(asked, value), zone) == (None if value == () else value)


@pytest.mark.parametrize(("cls", "asked"), EVERY_QUESTION, ids=NAMES_OF_QUESTIONS)
def test_every_question_has_an_answer_that_survives_storing(cls: type, asked: Question) -> None:
    value = example(cls, asked)
    assert value is not None
    assert from_stored(asked, to_stored(asked, value)) == value
    assert from_stored(asked, to_stored(asked, None)) is None
    assert parse(asked, "  ") is None


@pytest.mark.parametrize("asked", ONE_OF_EACH_KIND, ids=lambda asked: asked.kind.name)
@given(
    typed=st.one_of(
        st.text(),
        st.text(alphabet=st.characters(categories=["Cc", "Cf", "Cs", "Zs", "Zl", "Nd", "Mn"])),
        st.from_regex(r"[0-9:./\-apmAPMTZ+, ]{0,30}", fullmatch=True),
    )
)
def test_anything_typed_is_kept_or_refused_with_a_sentence(asked: Question, typed: str) -> None:
    try:
        value = parse(asked, typed)
    except BadAnswer as error:
        assert error.sentence.endswith(".")
        assert len(error.sentence) < 200
        return
    if value is not None:
        assert from_stored(asked, to_stored(asked, value)) == value


@given(st.text(alphabet=st.characters(), max_size=200))
def test_cleaning_twice_changes_nothing_more(typed: str) -> None:
    once = clean(typed)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
    lines = clean(typed, lines=True)
    assert clean(lines, lines=True) == lines
    once.encode()


def test_marks_nobody_sees_are_taken_out() -> None:
    hidden = "\u202eA\x00\u200e12\ufeff3\u2066-\u200b4\x9b5\u2069\u061c"
    assert parse(LINE, hidden) == "A123-45"
    assert parse(LINE, "Rahimi\u200cnejad") == "Rahimi\u200cnejad"  # a letter of Persian spelling
    assert parse(LONG, "one\r\ntwo\rthree\u2028four") == "one\ntwo\nthree\nfour"


def test_a_lone_surrogate_is_dropped_and_the_name_is_kept() -> None:
    assert parse(LINE, "Gar\ud83dcía") == "García"


def test_long_names_are_kept_or_refused_with_a_sentence() -> None:
    assert parse(LINE, "x" * LONGEST_LINE) == "x" * LONGEST_LINE
    with pytest.raises(BadAnswer, match=r"10,000 characters; this answer holds 1,000"):
        parse(LINE, "x" * 10_000)
    assert parse(LONG, "y" * LONGEST_TEXT) == "y" * LONGEST_TEXT
    with pytest.raises(BadAnswer, match="Shorten"):
        parse(LONG, "y" * (LONGEST_TEXT + 1))


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("2026-11-20", (2026, 11, 20)),
        ("11/20/2026", (2026, 11, 20)),
        ("11-20-2026", (2026, 11, 20)),
        ("1/2/2026", (2026, 1, 2)),
        ("Nov 20, 2026", (2026, 11, 20)),
        ("November 20 2026", (2026, 11, 20)),
        ("20 Nov 2026", (2026, 11, 20)),
        ("Fri, Nov 20 2026", (2026, 11, 20)),
        ("Sept 3, 2026", (2026, 9, 3)),
        ("20261120", (2026, 11, 20)),
        ("2/29/2028", (2028, 2, 29)),
        ("2026-11", (2026, 11, 0)),
        ("11/2026", (2026, 11, 0)),
        ("Nov 2026", (2026, 11, 0)),
        ("sept. 2026", (2026, 9, 0)),
        ("May, 2026", (2026, 5, 0)),
        ("1987", (1987, 0, 0)),
    ],
)
def test_dates_as_people_type_them(typed: str, parts: tuple[int, int, int]) -> None:
    assert parse_date(typed) == PartialDate(*parts)


@pytest.mark.parametrize(
    "typed",
    [
        "2/30/2026", "2/29/2027", "13/2026", "2026-13", "2026-00-10", "0000", "yesterday", "Nov 20",
        "11/20/26", "Maybe 2026", "Marching 2026", "Ju 2026", "20 2026", "10:30", "99999999999",
        "Friday 2026", "2026-11-31", "..", "1/1/99999", "nov nov 2026",
    ],
)  # fmt: skip
def test_a_date_that_can_not_be_read_is_refused(typed: str) -> None:
    with pytest.raises(BadAnswer, match="no date the calendar has"):
        parse_date(typed)


def test_a_whole_date_is_asked_for_where_one_is_needed() -> None:
    with pytest.raises(BadAnswer, match="whole date"):
        parse(DAY, "Nov 2026")


@pytest.mark.parametrize(
    ("typed", "clock"),
    [
        ("2026-11-20 09:10", "09:10"),
        ("2026-11-20T09:10", "09:10"),
        ("11/20/2026 9:10 am", "09:10"),
        ("11/20/2026 9:10pm", "21:10"),
        ("Nov 20 2026 9 p.m.", "21:00"),
        ("Nov 20, 2026, 12:00 AM", "00:00"),
        ("20 Nov 2026 21:10", "21:10"),
        ("Fri 20 Nov 2026 09:10 EST", "09:10"),
        ("9:10 am 11/20/2026", "09:10"),
        ("2026-11-20 09:10:59", "09:10"),
        ("2026-11-20 00:00", "00:00"),
    ],
)
def test_times_as_people_type_them(typed: str, clock: str) -> None:
    moment = parse_time(typed, "America/New_York")
    assert f"{moment:%Y-%m-%d %H:%M %Z}" == f"2026-11-20 {clock} EST"


@pytest.mark.parametrize("typed", ["2026-11-20", "11.20.2026", "Nov 20 2026", "11/20/2026"])
def test_a_time_needs_the_time_of_day(typed: str) -> None:
    with pytest.raises(BadAnswer, match="Add the time of day"):
        parse_time(typed, "America/New_York")


@pytest.mark.parametrize(
    "typed",
    ["25:00", "2026-11-20 25:00", "Nov 2026 9:10", "noon", "9:10", "2026-02-30 9:10", "٣"],
)
def test_a_time_that_can_not_be_read_is_refused(typed: str) -> None:
    with pytest.raises(BadAnswer):
        parse_time(typed, "America/New_York")


@pytest.mark.parametrize("typed", ["0001-01-01 00:30", "9999-12-31 23:59"])
@pytest.mark.parametrize("zone", ["Pacific/Guam", "Pacific/Honolulu"])
def test_the_ends_of_the_calendar_do_not_crash(typed: str, zone: str) -> None:
    try:
        assert parse_time(typed, zone).tzinfo is not None
    except BadAnswer as error:
        assert error.sentence


def test_an_unknown_zone_is_a_sentence() -> None:
    with pytest.raises(BadAnswer):
        parse_time("2026-11-20 09:10", "America/Nowhere")


def test_a_wall_time_the_clocks_skip_becomes_the_one_that_was() -> None:
    moment = parse_time("2026-03-08 02:30", "America/New_York")
    assert f"{moment:%H:%M %Z}" == "03:30 EDT"


def test_the_hour_that_happens_twice_keeps_which_one_it_was() -> None:
    first = parse_time("2026-11-01 01:30 EDT", "America/New_York")
    second = parse_time("2026-11-01 01:30 EST", "America/New_York")
    assert second.astimezone(UTC) - first.astimezone(UTC) == datetime(
        2026, 1, 1, 1, tzinfo=UTC
    ) - datetime(2026, 1, 1, tzinfo=UTC)
    for moment in (first, second):
        assert read_time(store_time(moment)).utcoffset() == moment.utcoffset()
        assert parse(TIME, show(TIME, moment)).utcoffset() == moment.utcoffset()
    # Without a word the first one is meant.
    assert parse_time("2026-11-01 01:30", "America/New_York").utcoffset() == first.utcoffset()


def test_a_time_says_where_it_was_told() -> None:
    stored = store_time(datetime(2026, 11, 20, 9, 10, tzinfo=ZoneInfo("America/New_York")))
    assert stored == "2026-11-20T09:10-05:00[America/New_York]"
    with pytest.raises(TypeError):
        store_time(datetime(2026, 11, 20, 9, 10, tzinfo=UTC))


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1250", "1250.00"),
        ("$1,250.50", "1250.50"),
        ("$ 0", "0.00"),
        ("-0", "0.00"),
        (".5", "0.50"),
        ("0.005", "0.01"),
        ("1e3", "1000.00"),
    ],
)
def test_money_as_people_type_it(typed: str, amount: str) -> None:
    assert str(parse(MONEY, typed)) == amount


@pytest.mark.parametrize("typed", ["-5", "ten", "1e15", "NaN", "sNaN", "Infinity", "1e999999999"])
def test_money_that_can_not_be_is_refused(typed: str) -> None:
    with pytest.raises(BadAnswer, match="dollars"):
        parse(MONEY, typed)


@pytest.mark.parametrize("typed", ["-1", "1.5", "two", "1234567890"])
def test_a_number_that_can_not_be_is_refused(typed: str) -> None:
    with pytest.raises(BadAnswer, match="whole number"):
        parse(NUMBER, typed)


@pytest.mark.parametrize(
    "words",
    dict.fromkeys(asked.vocabulary for _, asked in EVERY_QUESTION if asked.vocabulary),
    ids=lambda words: words.__name__,
)
def test_every_word_of_a_vocabulary_is_told_from_the_others(words: type[Choice]) -> None:
    labels = [word.label.casefold() for word in words]
    values = [word.value.casefold() for word in words]
    assert len(set(labels)) == len(labels)
    assert len(set(values)) == len(values)
    for word in words:
        # A label may be the stored word of no other answer, nor hold what parts a list.
        assert word.label.casefold() not in set(values) - {word.value.casefold()}
        assert not set("|;") & set(word.label + word.value)
        assert words.of(word.value) is word
    with pytest.raises(ValueError, match="not a word"):
        words.of("no such word")


def test_an_answer_outside_the_vocabulary_is_refused() -> None:
    with pytest.raises(BadAnswer, match="listed answers"):
        parse(CHOICE, "Petty")
    with pytest.raises(ValueError, match="not a word"):
        from_stored(CHOICE, "petty")


def test_dates_and_times_are_english_on_every_computer() -> None:
    """Qt takes the computer's language for the C library; day and month names must not follow."""
    before = locale.setlocale(locale.LC_TIME)
    names = ("es_ES.UTF-8", "de_DE.UTF-8", "fr_FR.UTF-8")
    try:
        for name in names:
            try:
                locale.setlocale(locale.LC_TIME, name)
                break
            except locale.Error:
                continue
        moment = parse_time("Mar 4 2026 09:10", "America/New_York")
        assert show(TIME, moment) == "Wed 4 Mar 2026 09:10 EST"
        assert parse_date("Dec 2026") == PartialDate(2026, 12)
    finally:
        locale.setlocale(locale.LC_TIME, before)


def test_several_choices_keep_the_order_of_the_vocabulary() -> None:
    words = list(vocabulary(CHOICES))[:3]
    typed = f"{words[2].label} | {words[0].value};{words[2].value}"
    assert parse(CHOICES, typed) == (words[0], words[2])


def test_money_is_kept_in_cents() -> None:
    assert to_stored(MONEY, Decimal("1250.505")) == 125_051
