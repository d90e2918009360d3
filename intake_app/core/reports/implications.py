"""Answers that follow from each other: what a reader concludes from one question to another.

Who has no conviction has no ICE level, so a table of convictions says something about a table
of levels, though both stand by themselves. Protection and attack take this into account where the
counts bear it out. So what is declared here is what a reader would believe, even where a strange
answer on file could make an exception; a declaration too many costs a few figures, and one
too few can give somebody away. A few exceptions do not
make a reader doubt; where there are more, the weaker claim that “not known” goes with
every answer may still hold.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from intake_app.core.reports.rows import Population


@dataclass(frozen=True)
class Implication:
    """Whoever gave one of `words` to `dimension` gave one of `other_words` to `other_dimension`.

    Read backward it says: whoever gave none of `other_words` gave none of `words`.
    """

    population: Population
    dimension: str
    words: frozenset[str]
    other_dimension: str
    other_words: frozenset[str]


_Said = tuple[str, str, str, str]
"""A question, its answers, another question, its answers."""

_REASONS = "police_ice papers treated_badly not_understood cost revenge no_use other declined"
_TIMES = "same_day 1_2 3_7 8_30 over_30"

_SAID: Mapping[Population, tuple[_Said, ...]] = {
    Population.EPISODES: (
        # Charges, in the order of a case.
        ("charge_level", "none", "outcome", "no_charge pending dismissed"),
        ("outcome", "no_charge", "conviction", "none"),
        ("outcome", "convicted", "conviction", "felony misdemeanor traffic pending unknown"),
        (
            *("outcome", "convicted", "worst_conviction"),
            "felony_violent felony_other misdemeanor traffic marijuana unknown",
        ),
        ("outcome", "pending", "before_disposition", "none_yet"),
        ("before_disposition", "none_yet", "outcome", "pending"),
        # The most serious conviction is of no more than the most serious charge.
        ("conviction", "felony", "charge_level", "felony"),
        ("conviction", "misdemeanor", "charge_level", "felony misdemeanor"),
        (
            *("conviction", "traffic", "charge_level"),
            "felony misdemeanor criminal_traffic infraction civil",
        ),
        (
            *("conviction", "pending", "charge_level"),
            "felony misdemeanor criminal_traffic infraction civil",
        ),
        # A conviction in the case is one on file.
        ("conviction", "felony", "worst_conviction", "felony_violent felony_other unknown"),
        (
            *("conviction", "misdemeanor", "worst_conviction"),
            "felony_violent felony_other misdemeanor traffic marijuana unknown",
        ),
        (
            *("conviction", "traffic", "worst_conviction"),
            "felony_violent felony_other misdemeanor traffic unknown",
        ),
        ("conviction", "felony misdemeanor", "ice_level", "l1 l2 l3 unknown"),
        ("worst_conviction", "none", "ice_level", "none"),
        (
            *("worst_conviction", "felony_violent felony_other misdemeanor marijuana"),
            *("ice_level", "l1 l2 l3 unknown"),
        ),
        # The hold.
        ("past_48_rule", "yes", "past_48_plain", "yes"),
        ("past_48_plain", "no", "past_48_rule", "no"),
        ("known:hours_held", "yes", "past_48_plain", "yes no"),
        ("known:hours_held", "yes", "past_48_rule", "yes no"),
        ("known:hours_held", "yes", "known:midnights_held", "yes"),
        ("picked_up", "ice", "detainer_outcome", "taken"),
        ("detainer_outcome", "taken", "picked_up", "ice"),
        ("picked_up", "held", "known:days_in_jail", "no"),
        # No paper, nothing printed on it.
        ("form", "oral none_seen", "edition", "unknown"),
        ("form", "oral none_seen", "box", "unknown"),
        # The family.
        ("children", "0 1 2 3+", "known:minor_children", "yes"),
        ("known:minor_children", "yes", "children", "0 1 2 3+"),
    ),
    Population.LETTERS: (
        ("answer", "none", "answer_time", "none"),
        ("answer_time", "none", "answer", "none unknown"),
        ("letter_result", "no_answer", "answer", "none unknown"),
        ("letter_result", "no_answer", "answer_time", "none unknown"),
        ("letter_result", "no_answer", "known:answer_days", "no"),
        ("answer", "none", "known:answer_days", "no"),
        ("answer_time", _TIMES, "known:answer_days", "yes"),
        ("known:answer_days", "yes", "answer_time", _TIMES),
    ),
    Population.RESPONSES: (
        ("reason", _REASONS, "afraid", "yes"),
        ("why_unreported", _REASONS, "unreported", "yes"),
        ("years_here", "born_here", "status", "born declined unanswered"),
    ),
}

IMPLICATIONS: tuple[Implication, ...] = tuple(
    Implication(kind, name, frozenset(words.split()), other, frozenset(others.split()))
    for kind, said in _SAID.items()
    for name, words, other, others in said
)
"""All of them. The answers of several from one question to another do not overlap."""


def linked(population: Population) -> frozenset[tuple[str, str]]:
    """The pairs of questions that have to do with each other, each both ways round."""
    found = [(i.dimension, i.other_dimension) for i in IMPLICATIONS if i.population is population]
    return frozenset(found) | frozenset((other, name) for name, other in found)


def impossible(population: Population, one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether no row has both answers. `one` and `other`: a question and an answer to it."""
    return any(
        i.dimension == name
        and i.other_dimension == other_name
        and word in i.words
        and other_word not in i.other_words
        for (name, word), (other_name, other_word) in ((one, other), (other, one))
        for i in IMPLICATIONS
        if i.population is population
    )
