"""Writing a letter and looking at its words: what was edited, and what no letter may say."""

from dataclasses import dataclass, replace

from intake_app.core.case import CaseFile
from intake_app.core.letters.edited import EditProblem, edit_problems, letter_problems
from intake_app.core.letters.gate import GateResult, Overridden, reasons_of
from intake_app.core.letters.rules import Asked
from intake_app.documents.letter_template import Block
from intake_app.documents.letter_text import Letter, write_letter


@dataclass(frozen=True)
class CheckedLetter:
    """A letter, the gate's answer with what its words add to it, and problems of its edits."""

    letter: Letter
    result: GateResult
    edit_problems: tuple[EditProblem, ...]


def write_checked(asked: Asked, result: GateResult, text: str, case: CaseFile) -> CheckedLetter:
    """Write the letter the gate has let pass, with those edits that may stand in it.

    Words that no letter may say are blockers of the result. Raise `AppError` as `write_letter`.
    """
    facts, options = asked.facts, asked.options
    letter = write_letter(facts, result, asked.library, text, replace(options, edits=()))
    problems: tuple[EditProblem, ...] = ()
    if options.edits:
        fixed = [one.key for one in letter.body if one.block in (Block.TABLE, Block.QUOTATION)]
        body = {one.key: one.text for one in letter.body}
        found = edit_problems(body, fixed, asked, case)
        reasons = reasons_of(asked)
        aside = [one.blocker for one in found if one.blocker.override]
        aside = [one for one in aside if reasons.get(one.rule)]
        problems = tuple(one for one in found if one.blocker not in aside)
        withheld = {one.key for one in problems if one.withheld}
        stand = tuple(edit for edit in options.edits if edit.key not in withheld)
        letter = write_letter(facts, result, asked.library, text, replace(options, edits=stand))
        set_aside = (Overridden(one.rule, one.why, reasons[one.rule]) for one in aside)
        result = replace(result, overridden=tuple(dict.fromkeys((*result.overridden, *set_aside))))
    typed = (*facts.enclosures, facts.next_step)
    stops = letter_problems(letter.text, typed, asked, case)
    return CheckedLetter(letter, replace(result, blockers=stops), problems)
