"""Writing a letter: the gate's answer, facts and authorities into paragraphs.

The words of the law come from the library, the words of the letter from `resources/letters`.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from intake_app.core.authorities import Authority, Library, Source, binding_words, binds_in
from intake_app.core.errors import AppError
from intake_app.core.letters.consented import Opened
from intake_app.core.letters.facts import LetterFacts, Letterhead
from intake_app.core.letters.gate import GateResult
from intake_app.core.letters.options import Addressee, LetterOptions
from intake_app.core.letters.rules import TRANSLATION
from intake_app.documents.letter_language import BY_CODE, SPOKEN, day_in
from intake_app.documents.letter_template import (
    HEADS,
    Paragraph,
    Run,
    citation,
    fill,
    law,
    literal,
    plain_runs,
    used_names,
)
from intake_app.documents.told import TOLD, FactUsed, placeholder


@dataclass(frozen=True)
class Checked:
    """An authority that stands in the letter and the day of its last check."""

    id: str
    short_name: str
    verified_on: date


@dataclass(frozen=True)
class Letter:
    """A letter in structured text, ready to be typeset.

    title: for the PDF's title; never holds a client's name.
    prepared_for: the line that says who must read it before it goes out.
    authorities: ids of what it cites, in order; `checked` and `library_version` are for the
        office's copy only and are not printed.
    facts: the facts that stand in it. consents: those that had to open some of them.
    footnotes: citations at the foot of the page instead of in the line.
    template_version: names the very text it was written from.
    reply_by: when the recipient is asked to answer; None where the letter doesn't ask.
    note: a small line below it, such as that nobody has checked the translation.
    """

    kind: str
    title: str
    letterhead: Letterhead
    dated: str
    address: tuple[str, ...]
    re: tuple[Run, ...]
    greeting: str
    body: tuple[Paragraph, ...]
    closing: str
    signer: tuple[str, ...]
    prepared_for: str
    cc: tuple[str, ...]
    enclosures: tuple[str, ...]
    language: str
    authorities: tuple[str, ...]
    checked: tuple[Checked, ...]
    facts: tuple[FactUsed, ...]
    consents: tuple[Opened, ...]
    footnotes: bool
    template_version: str
    library_version: str
    reply_by: datetime | None = None
    note: str = ""

    @property
    def text(self) -> str:
        """All its words, a paragraph a line, as a reader meets them."""
        return "\n".join(_lines(self))


def write_letter(
    facts: LetterFacts,
    result: GateResult,
    library: Library,
    text: str,
    options: LetterOptions | None = None,
) -> Letter:
    """Write the letter the gate has let pass; `text` is the letter's text from resources.

    Raise `AppError` where the gate has blocked it, where the text can't be filled in, and where
    it would print an authority that may not be cited today, or a fact no consent opens.
    """
    chosen = options or LetterOptions()
    if not result.open:
        raise AppError(f"This letter can’t be written. {result.blockers[0].why}")
    told = TOLD[facts.kind.gate](facts)
    values: dict[str, Mapping[str, str | bool]] = {
        "say": {part: part in result.say for part in result.known}
    }
    for key, used in told.items():
        group, _, name = key.partition(".")
        values[group] = {**values.get(group, {}), name: placeholder(key, used)}
    asked = {group for group, _ in used_names(text)}
    for name in asked & set(library.authorities):
        values[name] = _words(library.authorities[name], facts.state)
    values["state_law"] = _state_words(facts, result, library)
    filled = fill(text, values)
    _check_cited(filled.authorities, result, library)
    stated = [told[key] for key in filled.facts if key in told]
    for one in stated:
        if one.group is not None and one.group not in facts.opened:
            raise AppError(
                f"The letter would tell “{one.label}”, which no consent lets this recipient know. "
                "Record the client’s consent first."
            )
    heads = {name: "".join(run.text for run in runs) for name, runs in filled.heads.items()}
    for name in HEADS:
        if not heads.get(name):
            raise AppError(f"The letter’s text has no “{name}:” line. Put the shipped text back.")
    return Letter(
        kind=facts.kind.key,
        title=heads["title"],
        letterhead=facts.printed_letterhead,
        dated=day_in(SPOKEN[facts.language], facts.today),
        address=_address(facts.addressee),
        re=filled.heads["re"],
        greeting=heads["greeting"],
        body=_edited(filled.body, chosen),
        closing=heads["closing"],
        signer=tuple(
            part for part in (facts.signer.name, facts.signer.title, *facts.signer.lines) if part
        ),
        prepared_for=_prepared_for(facts),
        cc=facts.addressee.cc,
        enclosures=facts.enclosures,
        language=SPOKEN[facts.language].code,
        authorities=filled.authorities,
        checked=tuple(_checked(library.authorities[name]) for name in filled.authorities),
        facts=tuple(one for one in stated if one.label),
        consents=tuple(
            facts.opened[group] for group in dict.fromkeys(one.group for one in stated) if group
        ),
        footnotes=chosen.footnotes,
        template_version=version_of(text),
        library_version=library.version,
        reply_by=facts.reply_by if "reply.by" in filled.facts else None,
        note=_note(facts, result, heads),
    )


def _check_cited(names: tuple[str, ...], result: GateResult, library: Library) -> None:
    """Nothing but what may be cited, and nothing without its pair (rules R2 and R5)."""
    for name in names:
        if name not in result.citable:
            why = result.left_out.get(name, f"{name} is not open to this kind of letter.")
            raise AppError(f"The letter’s text would cite what may not be cited: {why}")
        for pair in library.authorities[name].paired_with:
            if pair not in names:
                raise AppError(
                    f"The letter’s text cites {name} without {pair}, which must always stand "
                    "beside it. Put in both, or neither."
                )


def version_of(text: str) -> str:
    """Names one version of a letter's text: the same for the same text only."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _edited(body: tuple[Paragraph, ...], options: LetterOptions) -> tuple[Paragraph, ...]:
    """The paragraphs with those a person wrote anew, and without those she left out."""
    edits = {edit.key: edit for edit in options.edits}
    kept = []
    for paragraph in body:
        edit = edits.get(paragraph.key)
        if edit is None:
            kept.append(paragraph)
        elif edit.now.strip():
            kept.append(replace(paragraph, runs=plain_runs(edit.now), edited=True))
    return tuple(kept)


def _lines(letter: Letter) -> Iterator[str]:
    if letter.letterhead.name:
        yield letter.letterhead.name
    yield from letter.letterhead.lines.splitlines()
    yield letter.dated
    yield from letter.address
    words = BY_CODE[letter.language]
    yield f"{words.re} " + "".join(run.text for run in letter.re)
    yield letter.greeting
    for paragraph in letter.body:
        yield f"{paragraph.number} {paragraph.text}".strip()
    yield letter.closing
    yield from letter.signer
    yield letter.prepared_for
    yield from (f"{words.enclosure} {name}" for name in letter.enclosures)
    yield from (f"{words.cc} {name}" for name in letter.cc)
    if letter.note:
        yield letter.note


def _address(addressee: Addressee) -> tuple[str, ...]:
    lines = (addressee.name, addressee.title, addressee.agency, *addressee.lines)
    return tuple(line for line in (one.strip() for one in lines) if line)


def _prepared_for(facts: LetterFacts) -> str:
    name = facts.signer.name or "______________________________"
    return SPOKEN[facts.language].prepared_for.format(name=name)


def translation_unchecked(text: str) -> bool:
    """Whether a letter's text says of itself that nobody has checked its translation."""
    heads = text.partition("\n---\n")[0]
    return bool(re.search(r"^translation:\s*unchecked\s*$", heads, re.MULTILINE))


def _note(facts: LetterFacts, result: GateResult, heads: Mapping[str, str]) -> str:
    unchecked = heads.get("translation") == "unchecked"
    settled = any(one.rule == TRANSLATION for one in result.overridden)
    return SPOKEN[facts.language].unchecked if unchecked and not settled else ""


def _checked(authority: Authority) -> Checked:
    return Checked(authority.id, authority.short_name, authority.verified_on)


def _cite(authority: Authority) -> str:
    name, comma, rest = authority.citation.partition(", ")
    # Names of cases are set in italics; other citations carry their own stars.
    if authority.source is Source.CASE and comma:
        return f"*{name}*, {rest}"
    return authority.citation


def _words(authority: Authority, state: str) -> dict[str, str | bool]:
    said = authority.quotation if authority.print_quotation else None
    marks = {"{cite}": citation(_cite(authority)), "{name}": authority.short_name}
    if said:
        # A period or comma goes within the marks; the words of the quotation stay as they are.
        stop = "" if said.endswith(".") else "."
        marks["{quote}."] = f"“{literal(said)}{stop}”"
        marks["{quote},"] = f"“{literal(said)},”"
        marks["{quote}"] = f"“{literal(said)}”"
    words: dict[str, str | bool] = {
        "cite": law(authority.id, citation(_cite(authority))),
        "weight": law(authority.id, binding_words(authority, state)),
        "binds_here": binds_in(authority, state),
    }
    if said:
        words["quote"] = law(authority.id, literal(said))
    for name, text in authority.print_words.items():
        filled = text
        for mark, value in marks.items():
            filled = filled.replace(mark, value)
        words[name] = law(authority.id, filled)
    return words


def _state_words(
    facts: LetterFacts, result: GateResult, library: Library
) -> Mapping[str, str | bool]:
    words: dict[str, str | bool] = {"state": ""}
    for word, names in result.local.items():
        said = (_words(library.authorities[name], facts.state)[word] for name in names)
        words[word] = " ".join(str(one) for one in said)
    reading = result.state_mandate
    name = reading.rule.authority if reading and reading.rule else ""
    if "state_law" not in result.say or name not in library.authorities:
        return words
    own = _words(library.authorities[name], facts.state)
    if "state" not in own:
        raise AppError(
            f"Authority {name} has no print_words “state”. Add them or put the shipped file back."
        )
    return {**words, "state": own["state"]}
