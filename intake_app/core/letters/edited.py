"""Words that did not come from the shipped text: edited paragraphs, and texts of an office.

`edit_problems` looks at each edited paragraph against what stands there without the edit. A
problem is a `Blocker` at the paragraph's key, and approval is refused while there is one. The
draft can still be read: an edit that may not go out is `withheld`, that is, the page shows the
paragraph as it stands without it, and what was typed stays in the options, to be mended. An edit
made before the facts under it changed is only flagged: it is shown, and closes the approval.

`letter_problems` looks at all words of a finished letter, whoever wrote them. What it finds
nobody may set aside, and no page is made.

Rules R3 (nothing that says a jail is free to decline where state law requires compliance), R5
(mixed authorities keep their approved sentence and their paired limitation) and R6 (quotations
byte-exact) of section 8.1 of our law notes.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from intake_app.core.authorities import Authority, Stance
from intake_app.core.case import CaseFile
from intake_app.core.letters.free_to_decline import says_free_to_decline
from intake_app.core.letters.options import Edit
from intake_app.core.letters.private_words import added_words_problem
from intake_app.core.letters.rules import Asked, Blocker, WhoCanOpen, must_comply


@dataclass(frozen=True)
class EditProblem:
    """What is wrong with one edited paragraph.

    key: the paragraph's. withheld: the page shows the paragraph without the edit.
    stands: what the paragraph says now, where it has changed under the edit.
    """

    key: str
    blocker: Blocker
    withheld: bool = True
    stands: str = ""


def edit_problems(
    body: Mapping[str, str], fixed: Iterable[str], asked: Asked, case: CaseFile
) -> tuple[EditProblem, ...]:
    """Everything wrong with the edits of `asked.options`.

    body: key -> the words of each paragraph as they stand without edits. fixed: keys of tables
    and block quotations, which may be left out and not reworded.
    """
    found: list[EditProblem] = []
    edits = asked.options.edits
    said = {**body, **{edit.key: edit.now for edit in edits if edit.key in body}}
    for edit in edits:
        if edit.key not in body:
            found.append(EditProblem(edit.key, _gone(), withheld=False))
            continue
        if _plain(edit.was) != _plain(body[edit.key]):
            found.append(EditProblem(edit.key, _stale(body[edit.key]), False, body[edit.key]))
        now = _plain(edit.now)
        if now and now != _plain(body[edit.key]):
            problems = _problems(body[edit.key], now, edit.key in fixed, asked, case)
            found.extend(EditProblem(edit.key, one) for one in problems)
    found.extend(_unpaired(said, edits, body, asked))
    return tuple(found)


def letter_problems(
    words: str, typed: Iterable[str], asked: Asked, case: CaseFile
) -> tuple[Blocker, ...]:
    """What no letter may say: `words` is all of it, `typed` what stands in it as it was typed.

    typed: enclosures, the next step and the like, which no paragraph shows as an edit.
    """
    found = []
    if must_comply(asked) and says_free_to_decline(words):
        found.append(_free_to_decline(asked))
    for text in typed:
        why = added_words_problem(text, case, asked.facts.kind.to, asked.facts.opened)
        if why:
            found.append(
                Blocker(
                    "PRIVATE",
                    f"Words typed for this letter can’t go to this recipient: {why}. Reword them.",
                    WhoCanOpen.CASEWORKER,
                )
            )
            break
    return tuple(found)


def _problems(
    composed: str, now: str, fixed: bool, asked: Asked, case: CaseFile
) -> Iterator[Blocker]:
    if fixed:
        yield Blocker(
            "R6",
            "A table or a quotation set apart may be left out, and not reworded. Put it back, or "
            "leave the paragraph empty.",
            WhoCanOpen.CASEWORKER,
        )
        return
    if must_comply(asked) and says_free_to_decline(now):
        yield _free_to_decline(asked)
    added = _added(_plain(composed), now)
    why = added_words_problem(added, case, asked.facts.kind.to, asked.facts.opened)
    if why:
        yield Blocker(
            "PRIVATE",
            f"The words added can’t go to this recipient: {why}. Take them out.",
            WhoCanOpen.CASEWORKER,
        )
    yield from _quotations(_plain(composed), now, asked)
    yield from _approved(_plain(composed), now, asked)
    yield from _citations(_plain(composed), now, asked)


def _quotations(composed: str, now: str, asked: Asked) -> Iterator[Blocker]:
    """Rule R6: what the library holds stays as it is, and nothing else is quoted."""
    for one in asked.library.authorities.values():
        words = one.quotation
        stood = words is not None and words in composed
        if words is not None and stood and words not in now and _still_there(one, now):
            yield Blocker(
                "R6",
                f"The quotation of {one.short_name} was changed. Put its words back exactly, or "
                "leave the paragraph out.",
                WhoCanOpen.CASEWORKER,
            )
    held = [
        one.quotation
        for one in asked.library.authorities.values()
        if one.quotation and one.print_quotation and asked.refusal(one.id) is None
    ]
    for quoted in _QUOTED.findall(now):
        words = quoted.strip().rstrip(".,")
        if len(words.split()) < _FEW or quoted in composed or any(words in one for one in held):
            continue
        yield Blocker(
            "R6",
            "A quotation here is not in the library, or may not be cited today. Take the "
            "quotation marks off and say it in your own words, or have an attorney add it under "
            "Authorities.",
            WhoCanOpen.ATTORNEY,
        )


def _approved(composed: str, now: str, asked: Asked) -> Iterator[Blocker]:
    """Rule R5: a mixed authority is printed with its approved words or not at all."""
    for one in asked.library.authorities.values():
        if one.stance is not Stance.MIXED or not _still_there(one, now):
            continue
        pieces = [_plain(piece) for piece in approved_words(one)]
        stood = [piece for piece in pieces if piece in composed]
        kept = [piece for piece in pieces if piece in now]
        if not kept or any(piece not in now for piece in stood):
            yield Blocker(
                "R5",
                f"{one.short_name} helps both sides. Its approved words must stay whole, or the "
                "paragraph must be left out.",
                WhoCanOpen.CASEWORKER,
            )


def _citations(composed: str, now: str, asked: Asked) -> Iterator[Blocker]:
    """A citation that was added must be one the library lets this letter print."""
    authorities = asked.library.authorities.values()
    for found in _CITATION.finditer(now):
        cited = found[0].strip(" ,.;")
        if cited in composed:
            continue
        known = [one for one in authorities if cited in _plain(one.citation)]
        if any(asked.refusal(one.id) is None for one in known):
            continue
        if known:
            yield Blocker(
                "R2", f"{asked.refusal(known[0].id)} It can’t be cited here.", WhoCanOpen.NOBODY
            )
        else:
            yield Blocker(
                "CITATION",
                f"“{cited}” is not in the library. Take it out, or have an attorney add it under "
                "Authorities or write why it may stand.",
                WhoCanOpen.ATTORNEY,
                override=True,
            )


def _unpaired(
    said: Mapping[str, str], edits: Iterable[Edit], body: Mapping[str, str], asked: Asked
) -> Iterator[EditProblem]:
    """Rule R5: whoever leaves out the paired limitation leaves out what it limits too."""
    before, after = _plain(" ".join(body.values())), _plain(" ".join(said.values()))
    for one in asked.library.authorities.values():
        if not _still_there(one, after):
            continue
        for pair in (asked.library.authorities[name] for name in one.paired_with):
            if not _still_there(pair, before) or _still_there(pair, after):
                continue
            for edit in edits:
                if edit.key in body and _still_there(pair, _plain(body[edit.key])):
                    yield EditProblem(
                        edit.key,
                        Blocker(
                            "R5",
                            f"{one.short_name} may be cited only beside {pair.short_name}. Put "
                            "this paragraph back, or leave both out.",
                            WhoCanOpen.CASEWORKER,
                        ),
                    )


def approved_words(authority: Authority) -> Iterator[str]:
    """The approved pieces of text of an authority, as they stand on the page."""
    quote = authority.quotation if authority.print_quotation else None
    for text in authority.print_words.values():
        filled = text.replace("{cite}", authority.citation).replace("{name}", authority.short_name)
        if quote:
            stop = "" if quote.endswith(".") else "."
            filled = filled.replace("{quote}.", f"“{quote}{stop}”").replace(
                "{quote},", f"“{quote},”"
            )
            filled = filled.replace("{quote}", f"“{quote}”")
        yield filled.replace("*", "")


_FEW = 4
"""Fewer words between quotation marks are a word set apart, not a quotation."""

_QUOTED = re.compile(r"[“\"]([^“”\"]+)[”\"]")
_CITATION = re.compile(
    r"\b\d+ (?:U\.S\.C\.|C\.F\.R\.|F\. ?\dd|F\.\dth|F\. Supp\.(?: ?\dd)?|U\.S\.|S\. ?Ct\.|"
    r"I\. & N\. Dec\.|WL)(?: §§?)? ?[\dA-Za-z.\-]+(?:\(\w+\))*"
    r"|§§? ?\d[\w.:\-]*(?:\(\w+\))*"
    r"|[A-Z][\w’'.\-]+ v\. [A-Z][\w’'\-]+"
    r"|\bPub\. L\. No\. [\d\-]+|\b[HS]\.B\. \d+"
)


def _still_there(authority: Authority, words: str) -> bool:
    """Whether words name an authority: by its citation, its quotation or the name of its case."""
    cite = _plain(authority.citation)
    case = _CASE.match(cite)
    quote = authority.quotation
    return (
        cite in words
        or bool(case and case[0] in words)
        or bool(quote and authority.print_quotation and _plain(quote) in words)
    )


_CASE = re.compile(r"[A-Z][\w’'.\- ]* v\. [A-Z][\w’'\-]+")


def _added(before: str, after: str) -> str:
    old, new = before.split(), after.split()
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return " | ".join(" ".join(new[c:d]) for tag, _, _, c, d in steps if tag != "equal" and c < d)


def _plain(words: str) -> str:
    return " ".join(words.replace("*", "").split())


def _free_to_decline(asked: Asked) -> Blocker:
    return Blocker(
        "R3",
        f"The law of {asked.facts.state_name} directs jails to comply with detainers. No letter "
        "may say or suggest that the agency is free to decline. Take those words out.",
        WhoCanOpen.NOBODY,
    )


def _stale(stands: str) -> Blocker:
    return Blocker(
        "EDIT_OLD",
        "The facts or the text under this paragraph have changed since it was edited. Without "
        f"the edit it now says: “{' '.join(stands.split())}” Keep your words, edit them, or put "
        "it back.",
        WhoCanOpen.CASEWORKER,
    )


def _gone() -> Blocker:
    return Blocker(
        "EDIT_OLD",
        "A paragraph that was edited no longer stands in this letter. Take the edit out.",
        WhoCanOpen.CASEWORKER,
    )
