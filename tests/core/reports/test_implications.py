"""Answers that follow from each other: declared in the words of the catalogue, and true."""

import math
from collections import Counter
from collections.abc import Mapping
from itertools import combinations
from random import Random

import pytest

from intake_app.core.casefile import Charge, Custody, Detainer
from intake_app.core.reports.catalogue import DIMENSIONS, MEASURES
from intake_app.core.reports.episodes import EpisodeCase, Seen, episode_facts
from intake_app.core.reports.frozen import KNOWN
from intake_app.core.reports.implications import IMPLICATIONS, Implication, impossible, linked
from intake_app.core.reports.letter_facts import SentLetter, letter_facts
from intake_app.core.reports.rows import Population
from intake_app.core.reports.words import UNKNOWN
from intake_app.core.vocabulary import (
    ChargeLevel,
    ChargeOutcome,
    DetainerStatus,
    LetterAnswer,
    LetterResult,
    ReleasedTo,
    YesNo,
)
from tests.conftest import NOW
from tests.county_jail import county, county_rows

EPISODES, LETTERS, RESPONSES = Population.EPISODES, Population.LETTERS, Population.RESPONSES


def words_of(population: Population, name: str) -> frozenset[str]:
    if name.startswith(KNOWN):
        assert MEASURES[name.removeprefix(KNOWN)].population is population
        return frozenset({"yes", "no"})
    assert DIMENSIONS[name].population is population
    return frozenset(DIMENSIONS[name].words)


@pytest.mark.parametrize("one", IMPLICATIONS, ids=lambda i: f"{i.dimension}-{i.other_dimension}")
def test_every_answer_is_one_of_the_question(one: Implication) -> None:
    words = words_of(one.population, one.dimension)
    others = words_of(one.population, one.other_dimension)
    assert one.words
    assert one.words <= words
    assert one.other_words
    assert one.other_words < others  # or it would say nothing


def test_of_one_pair_of_questions_no_answer_stands_twice() -> None:
    for one, other in combinations(IMPLICATIONS, 2):
        pairs = [(i.population, i.dimension, i.other_dimension) for i in (one, other)]
        assert pairs[0] != pairs[1] or not one.words & other.words


@pytest.mark.parametrize(
    ("population", "one", "other", "never"),
    [
        (EPISODES, ("worst_conviction", "none"), ("ice_level", "l3"), True),
        (EPISODES, ("worst_conviction", "none"), ("ice_level", "none"), False),
        (EPISODES, ("worst_conviction", "none"), ("ice_level", "unknown"), True),
        (EPISODES, ("worst_conviction", "traffic"), ("ice_level", "none"), False),
        (EPISODES, ("worst_conviction", "felony_other"), ("ice_level", "none"), True),
        (EPISODES, ("outcome", "convicted"), ("conviction", "none"), True),
        (EPISODES, ("outcome", "dismissed"), ("before_disposition", "none_yet"), True),
        (EPISODES, ("past_48_rule", "yes"), ("past_48_plain", "no"), True),
        (EPISODES, ("past_48_rule", "no"), ("past_48_plain", "yes"), False),
        (EPISODES, ("detainer_outcome", "taken"), ("picked_up", "never"), True),
        (EPISODES, ("children", "unknown"), ("known:minor_children", "yes"), True),
        (EPISODES, ("form", "none_seen"), ("edition", "2017"), True),
        (EPISODES, ("earner", "yes"), ("children", "0"), False),
        (LETTERS, ("answer", "none"), ("answer_time", "1_2"), True),
        (LETTERS, ("answer_time", "none"), ("known:answer_days", "yes"), True),
        (RESPONSES, ("reason", "cost"), ("afraid", "no"), True),
        (RESPONSES, ("reason", "unanswered"), ("afraid", "yes"), False),
        (LETTERS, ("worst_conviction", "none"), ("ice_level", "l3"), False),
    ],
)
def test_what_nobody_can_have_answered(
    population: Population, one: tuple[str, str], other: tuple[str, str], never: bool
) -> None:
    assert impossible(population, one, other) is never
    assert impossible(population, other, one) is never
    assert not never or {(one[0], other[0]), (other[0], one[0])} <= linked(population)


def broken(population: Population, words: Mapping[str, str]) -> set[tuple[str, str]]:
    """The pairs of answers of one row that were declared impossible."""
    answers = sorted(words.items())
    return {
        (f"{a}={x}", f"{b}={y}")
        for (a, x), (b, y) in combinations(answers, 2)
        if (a, b) in linked(population) and impossible(population, (a, x), (b, y))
    }


def _known(number: float) -> str:
    return "no" if math.isnan(number) else "yes"


def _plain_case(luck: Random) -> EpisodeCase:
    """As cases are: one charge, and a custody and a detainer that agree."""
    level = luck.choice([ChargeLevel.FELONY, ChargeLevel.MISDEMEANOR, ChargeLevel.CRIMINAL_TRAFFIC])
    ended = [ChargeOutcome.PLEA, ChargeOutcome.DISMISSED, ChargeOutcome.PENDING]
    went, status = luck.choice(
        [
            (ReleasedTo.ICE, DetainerStatus.EXECUTED),
            (ReleasedTo.COMMUNITY, DetainerStatus.CANCELLED),
            (ReleasedTo.STILL_HELD, DetainerStatus.ACTIVE),
            (None, None),
        ]
    )
    freed = None if went in (None, ReleasedTo.STILL_HELD) else NOW
    return EpisodeCase(
        [Detainer(received_at=NOW, status=status)],
        Custody(
            released_to=went, released_at=freed, in_custody=luck.choice([YesNo.YES, YesNo.NO, None])
        ),
        charges=[Charge(level=level, outcome=luck.choice([*ended, ChargeOutcome.VACATED, None]))],
    )


def test_cases_keep_to_it() -> None:
    luck = Random(1)  # noqa: S311 - cases, not keys
    seen: set[str] = set()
    for _ in range(400):
        facts = episode_facts(_plain_case(luck), Seen(NOW, NOW.date(), "America/New_York"))
        assert facts is not None
        told = {f"{KNOWN}{n}": _known(v) for n, v in facts.numbers.items()}
        assert broken(EPISODES, {**facts.words, **told}) == set()
        seen.update(f"{name}={word}" for name, word in facts.words.items())
    assert {"worst_conviction=none", "ice_level=none", "picked_up=ice", "outcome=pending"} <= seen


def test_letters_keep_to_it_but_for_a_result_that_does_not_fit() -> None:
    for answer in (None, *LetterAnswer):
        for answered in (None, NOW.date()):
            letter = SentLetter("x", NOW.date(), answered_on=answered, answer=answer)
            words, numbers = letter_facts(letter, {})
            told = {f"{KNOWN}answer_days": _known(numbers["answer_days"])}
            assert broken(LETTERS, words | told) == set()
    odd = SentLetter("x", NOW.date(), answer=LetterAnswer.AGREED, result=LetterResult.NO_ANSWER)
    assert broken(LETTERS, letter_facts(odd, {})[0])


@county
def test_a_county_keeps_to_it_but_for_a_few_and_where_something_is_not_known() -> None:
    rows = county_rows().rows
    for name, other in sorted(linked(EPISODES)):
        if name not in rows.columns or other not in rows.columns:
            continue
        one, two = rows.columns[name], rows.columns[other]
        pairs = Counter(zip(one.codes.tolist(), two.codes.tolist(), strict=True))
        exceptions = sum(
            times
            for (i, j), times in pairs.items()
            if UNKNOWN not in {one.words[i], two.words[j]}
            and impossible(EPISODES, (name, one.words[i]), (other, two.words[j]))
        )
        assert exceptions < rows.size / 100, (name, other)
