"""What was typed for a letter and is not in the file, as text to be sealed while it is locked."""

import json
from typing import Any

from intake_app.core.letters.options import options_from_json, options_to_json
from intake_app.store.office import Office
from intake_app.ui.letter_asked import BlockersCard
from intake_app.ui.letter_extras import ExtrasCard
from intake_app.ui.letter_work import LetterWork
from intake_app.ui.show_letter import ShowLetter


class LetterAside:
    """Puts aside what the letter page holds, and puts it back into a page made anew."""

    def __init__(self, work: LetterWork, blockers: BlockersCard, extras: ExtrasCard) -> None:
        self._work, self._blockers, self._extras = work, blockers, extras
        self._waiting: dict[str, Any] = {}

    @property
    def place(self) -> object:
        """What to ask the letter page for: the letter open, or the one that was before the lock."""
        if self._work.case_id is not None or not self._waiting:
            return self._work.case_id
        case_id, letter_id = self._waiting["case_id"], self._waiting["letter_id"]
        return case_id if letter_id is None else ShowLetter(letter_id, case_id)

    def text(self) -> str:
        """Everything that is not in the file; empty where there is nothing."""
        work = self._work
        unkept = work.unkept
        typed = {
            "options": options_to_json(unkept) if unkept is not None else "",
            "asked": self._blockers.typed(),
            "reasons": self._blockers.reasons(),
            "reply_by": self._extras.typed(),
        }
        letter_id = work.letter.id if work.letter is not None else None
        place = {"case_id": work.case_id, "letter_id": letter_id, "kind": work.kind}
        if any(typed.values()):
            return json.dumps(place | typed)
        if work.back is None or work.back[2] is None:
            self._waiting.pop("options", None)
        return json.dumps(self._waiting) if any(map(self._waiting.get, typed)) else ""

    def take_back(self, office: Office, text: str) -> None:
        """Try to keep what was chosen; the rest waits until its letter is shown."""
        self._waiting = told = json.loads(text)
        options = options_from_json(told["options"]) if told.get("options") else None
        self._work.take_back(office, told["case_id"], told["kind"], options)

    def type_again(self) -> None:
        """The letter is shown: put back what was half-typed for it."""
        told = self._waiting
        if told and (told["case_id"], told["kind"]) == (self._work.case_id, self._work.kind):
            self._waiting = {}
            self._blockers.type_again(told["asked"], told["reasons"])
            self._extras.type_again(told["reply_by"])
