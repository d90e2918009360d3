"""Where a conflict check stands, in words: on the page and beside the section's title."""

from intake_app.ui.section_notes import Note
from intake_app.ui.theme import Tone
from intake_app.workflows.check_conflicts import ConflictView, Outcome

SAID: dict[Outcome, tuple[str, Tone]] = {
    Outcome.NOT_CHECKED: ("not checked", Tone.PLAIN),
    Outcome.NO_MATCH: ("no match", Tone.GOOD),
    Outcome.NO_MATCH_SO_FAR: ("no match so far", Tone.SOON),
    Outcome.POSSIBLE: ("possible match", Tone.SOON),
    Outcome.ASK: ("ask an attorney", Tone.BAD),
    Outcome.OTHER_PERSON: ("other people", Tone.GOOD),
    Outcome.NO_CONFLICT: ("no conflict", Tone.GOOD),
    Outcome.CONFIRMED: ("conflict", Tone.BAD),
    Outcome.WAIVED: ("waived", Tone.PLAIN),
}
NOTES: dict[Outcome, Note] = {
    Outcome.NOT_CHECKED: Note(),
    Outcome.NO_MATCH: Note("✓", None, "no match"),
    Outcome.NO_MATCH_SO_FAR: Note("half", Tone.PLAIN, "no match so far"),
    Outcome.POSSIBLE: Note("match", Tone.SOON, "possible match"),
    Outcome.ASK: Note("ask", Tone.BAD, "ask an attorney"),
    Outcome.OTHER_PERSON: Note("✓", None, "other people"),
    Outcome.NO_CONFLICT: Note("✓", None, "no conflict"),
    Outcome.CONFIRMED: Note("conflict", Tone.BAD, "conflict"),
    Outcome.WAIVED: Note("waived", Tone.PLAIN, "conflict waived"),
}


def sentence(result: ConflictView) -> str:
    """What was done, and what to do next."""
    people = f"{result.compared:,} {'person' if result.compared == 1 else 'people'}"
    match result.outcome:
        case Outcome.NOT_CHECKED:
            return (
                f"Nobody was looked for yet. Give the {result.missing} of the person held, or add "
                "an adverse party: they are compared with everybody in the other cases."
            )
        case Outcome.NO_MATCH:
            return f"Compared with {people} in the other cases: nobody is alike."
        case Outcome.NO_MATCH_SO_FAR:
            return (
                f"Compared with the {people} you may compare. The others are compared when a "
                "paralegal or an attorney opens this case."
            )
        case Outcome.ASK:
            return (
                "Ask an attorney before you take any facts: somebody named here may be in another "
                "case that you may not see. The question stands on the attorney’s desk."
            )
        case Outcome.POSSIBLE if result.may_clear:
            return (
                "Compare them before you take any facts. Unless all of them are other people, ask "
                "an attorney first."
            )
        case Outcome.POSSIBLE:
            return "Is there a conflict? Nothing is decided yet."
        case Outcome.OTHER_PERSON:
            return "Whoever was found is somebody else."
        case Outcome.NO_CONFLICT:
            return "An attorney looked at what was found: there is no conflict."
        case Outcome.WAIVED:
            return "An attorney found a conflict that was waived: you may go on."
        case Outcome.CONFIRMED:
            return "An attorney found a conflict. Do not go on with this case."
