"""Checking the text an office wrote for a letter: would it compose, and if not, which line."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from intake_app.core.authorities import Authority, Library
from intake_app.core.errors import BadAnswer
from intake_app.core.letters.facts import LetterFacts
from intake_app.core.letters.rules import KindRules
from intake_app.documents.guards import require_guards
from intake_app.documents.letter_template import HEADS, fact, fill, used_names
from intake_app.documents.told import TOLD


@dataclass(frozen=True)
class Usable:
    """A placeholder that may be used: `{{ name }}`, or `{% if name %}` where `asks`; what it is."""

    name: str
    about: str
    asks: bool = False


def usable(facts: LetterFacts, rules: KindRules, library: Library) -> tuple[Usable, ...]:
    """Every placeholder a text with these rules may hold: facts, parts, then the law."""
    told = TOLD[facts.kind.gate](facts)
    return (
        *(Usable(name, used.label or "As the case stands") for name, used in told.items()),
        *(Usable(f"say.{part}", "A part of the letter", asks=True) for part in rules.say),
        *_laws(rules, library),
    )


def check_text(text: str, shipped: str, usables: Iterable[Usable], laws: frozenset[str]) -> None:
    """Raise `AppError`, with the line where there is one, for a text that would not compose.

    shipped: the text of the kind it is like. laws: the groups of `usables` that are law.
    """
    _check_pairs(text)
    known = {one.name for one in usables}
    for group, name in sorted(used_names(text), key=lambda path: _line(text, path)):
        if f"{group}.{name}" not in known:
            raise BadAnswer(
                f"Line {_line(text, (group, name))} asks for “{group}.{name}”, which a letter of "
                "this kind may not use. Choose one from the list."
            )
    if "\n---\n" not in text:
        raise BadAnswer("The line “---” between the heading lines and the letter is missing.")
    _check_heads(text)
    require_guards(text, shipped, laws)


def _check_pairs(text: str) -> None:
    """Each “if” needs its “endif”: told in plain words, and where it begins."""
    begun: list[int] = []
    for at, line in enumerate(_NOTE.sub(_blank, text).split("\n"), 1):
        for word in _WORD.findall(line):
            if word == "if":
                begun.append(at)
            elif not begun:
                raise BadAnswer(
                    f"Line {at} has “{{% {word} %}}” without an “{{% if … %}}” before it. Take it "
                    "out, or write the “if”."
                )
            elif word == "endif":
                begun.pop()
    if begun:
        raise BadAnswer(
            f"The “{{% if … %}}” of line {begun[-1]} is not closed. Write “{{% endif %}}” where "
            "its part ends."
        )


_NOTE = re.compile(r"\{#.*?#\}", re.DOTALL)
_WORD = re.compile(r"\{%-?\s*(if|elif|else|endif)\b")


def _blank(note: re.Match[str]) -> str:
    """A note stands on no line of the letter, but the lines after it keep their numbers."""
    return "\n" * note[0].count("\n")


def _check_heads(text: str) -> None:
    """Fill the text in twice, every part kept and every part left out: both need their heads."""
    for every in (True, False):
        filled = fill(text, _invented(text, every))
        for head in HEADS:
            if not "".join(run.text for run in filled.heads.get(head, ())).strip():
                raise BadAnswer(
                    f"The heading line “{head}:” is missing or empty. Write it above “---”."
                )
        if every and not filled.body:
            raise BadAnswer("The letter has no words below “---”. Write some.")


def _invented(text: str, every: bool) -> Mapping[str, Mapping[str, str | bool]]:
    values: dict[str, dict[str, str | bool]] = {}
    for group, name in used_names(text):
        words: str | bool = every if group == "say" else fact(f"{group}.{name}", "Example")
        values.setdefault(group, {})[name] = words
    return values


def _line(text: str, path: tuple[str, str]) -> int:
    """The first line that uses a placeholder; 1 where none is found."""
    wanted = re.compile(rf"\b{re.escape('.'.join(path))}\b")
    lines = (at for at, line in enumerate(text.split("\n"), 1) if wanted.search(line))
    return next(lines, 1)


def _laws(rules: KindRules, library: Library) -> Iterator[Usable]:
    for name in dict.fromkeys((*rules.required, *rules.optional)):
        if name in library.authorities:
            yield from _words(library.authorities[name])
    for word in (*(("state",) if rules.cites_state else ()), *rules.state_words):
        yield Usable(f"state_law.{word}", "What the law of the facility’s state says")


def _words(authority: Authority) -> Iterator[Usable]:
    about = authority.short_name
    yield Usable(f"{authority.id}.cite", f"{about}: the citation")
    yield Usable(f"{authority.id}.weight", f"{about}: binding or persuasive")
    yield Usable(f"{authority.id}.binds_here", f"{about}: whether it binds here", asks=True)
    if authority.quotation and authority.print_quotation:
        yield Usable(f"{authority.id}.quote", f"{about}: its exact words")
    for name in authority.print_words:
        yield Usable(f"{authority.id}.{name}", f"{about}: approved words")
