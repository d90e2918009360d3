"""The answers of the forms for an entry of the library, to and from the entry itself."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from intake_app.core.answers import clean
from intake_app.core.authorities import (
    NATIONWIDE,
    Authority,
    Mandate,
    Source,
    Stance,
    StateRule,
    Status,
)
from intake_app.core.authority_checks import Entry
from intake_app.core.errors import BadAnswer
from intake_app.core.vocabulary import State

WORDS = "words: "
"""What the name of an answer begins with that holds one of the print_words."""

_NEW = Authority(
    id="O01",
    short_name="",
    citation="",
    source=Source.STATUTE,
    body="",
    dated="",
    binds=frozenset(),
    proposition="",
    quotation=None,
    print_quotation=False,
    stance=Stance.SUPPORTS,
    caution="",
    paired_with=(),
    status=Status.UNVERIFIED,
    seen_at="",
    verified_on=date.min,
    stale_after_days=180,
    blocked=False,
    blocked_reason="",
    print_words={},
)


def answers_of(entry: Entry | None) -> dict[str, str]:
    """Every answer of the form as text; of an empty form where there is no entry."""
    if isinstance(entry, StateRule):
        return {
            "mandate": entry.mandate.value,
            "citation": entry.citation,
            "rule": entry.rule,
            "caution": entry.caution,
            "authority": entry.authority,
            "stale_after_days": str(entry.stale_after_days),
        }
    one = entry or _NEW
    words = one.print_words or {_words_name(one.binds): ""}
    return {
        "short_name": one.short_name,
        "citation": one.citation,
        "source": one.source.value,
        "body": one.body,
        "dated": one.dated,
        "binds": ", ".join(sorted(one.binds)),
        "proposition": one.proposition,
        "quotation": one.quotation or "",
        "stance": one.stance.value,
        "caution": one.caution,
        "paired_with": ", ".join(one.paired_with),
        "seen_at": one.seen_at,
        "stale_after_days": str(one.stale_after_days),
        **{f"{WORDS}{name}": text for name, text in sorted(words.items())},
    }


def entry_from(entry: Entry | None, answers: Mapping[str, str]) -> Entry:
    """The entry the answers make of `entry`, or a new authority of the office where that is None.

    Raise `BadAnswer` for an answer that can't be read; what is missing the library says.
    """
    said = {name: clean(text) for name, text in answers.items()}
    days = _days(said["stale_after_days"])
    if isinstance(entry, StateRule):
        return replace(
            entry,
            mandate=Mandate(said["mandate"]),
            citation=said["citation"],
            rule=said["rule"],
            caution=said["caution"],
            authority=said["authority"].upper(),
            stale_after_days=days,
        )
    binds = _binds(said["binds"])
    quotation = said.get("quotation", "") or None
    words = {name.removeprefix(WORDS): said[name] for name in said if name.startswith(WORDS)}
    if entry is None:
        words = {_words_name(binds): text for text in words.values()}
    return replace(
        entry or _NEW,
        short_name=said["short_name"],
        citation=said["citation"],
        source=Source(said["source"]),
        body=said["body"],
        dated=said["dated"],
        binds=binds,
        proposition=said["proposition"],
        # A correction can't change a quotation; the form of a new entry has both.
        quotation=entry.quotation if entry else quotation,
        print_quotation=entry.print_quotation if entry else quotation is not None,
        stance=Stance(said["stance"]),
        caution=said["caution"],
        paired_with=tuple(re.split(r"[,\s]+", said["paired_with"].upper()))
        if said["paired_with"]
        else (),
        seen_at=said["seen_at"],
        stale_after_days=days,
        print_words={name: text for name, text in words.items() if text},
    )


def _words_name(binds: frozenset[str]) -> str:
    """A letter prints the law of a state by the name `state`."""
    return "state" if binds - {NATIONWIDE} else "words"


def _days(said: str) -> int:
    if not said.isdigit():
        raise BadAnswer("“Good for days” is a whole number, like 180.")
    return int(said)


def _binds(said: str) -> frozenset[str]:
    states = {state.value for state in State}
    found = set()
    for part in re.split(r"[,;\s]+", said):
        if part.casefold() == NATIONWIDE:
            found.add(NATIONWIDE)
        elif part.upper() in states:
            found.add(part.upper())
        elif part:
            raise BadAnswer(
                f"“{part}” under “Binds in” is no state in two letters. Write for example FL, GA; "
                "or nationwide; or leave it empty."
            )
    return frozenset(found)
