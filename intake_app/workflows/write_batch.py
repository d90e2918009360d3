"""Letters for many running clocks in one go: each is kept as a draft, none is approved or sent.

Each goes to the jail, of the kind that fits the case. A letter to anybody else tells more of a
client, and is begun by a person, case by case. A letter the gate blocks is not kept. What is done
when the batch is stopped stays done, and the next one leaves out the cases that have their letter.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeAlias

from intake_app.core.custody_clock import ClockReading, ClockState
from intake_app.core.errors import AppError, OfficeDamaged
from intake_app.core.letters.fitting import to_a_jail
from intake_app.core.letters.options import LetterOptions
from intake_app.core.roles import Act, require
from intake_app.store.letter_register import letters_in_case
from intake_app.store.letters import Stage
from intake_app.store.office import Office
from intake_app.workflows.ask_for_approval import ask_for_approval
from intake_app.workflows.compose_letter import compose_letter
from intake_app.workflows.keep_letter import keep_letter
from intake_app.workflows.open_case import look_into_case
from intake_app.workflows.read_desk import ClockRow, read_clocks
from intake_app.workflows.read_letter_page import fits_of
from intake_app.workflows.steps import Steps

SOON = timedelta(hours=12)


class Clocks(StrEnum):
    """For which clocks letters are written."""

    OVER = "over"
    SOON = "soon"
    ALL = "all"


class Became(StrEnum):
    """What became of one case of a batch."""

    WRITTEN = "written"
    BLOCKED = "blocked"
    THERE = "there already"


@dataclass(frozen=True)
class Outcome:
    """One case of a batch. title: of the letter's kind.

    letter_id: the letter that was kept, or was there; None where it was blocked.
    why: sentences; none where it was written.
    """

    case_id: int
    number: str
    name: str
    masked: bool
    title: str
    became: Became
    letter_id: int | None
    why: tuple[str, ...]


def running_clocks(office: Office, now: datetime) -> tuple[ClockRow, ...]:
    """The cases letters may be written for in one go, most urgent first.

    Raises `NotAllowed` for a role that writes no letters.
    """
    require(office.member.role, Act.COMPOSE_LETTERS)
    return tuple(row for row in read_clocks(office, now) if _runs(row.reading))


def chosen(rows: Sequence[ClockRow], which: Clocks) -> tuple[ClockRow, ...]:
    """Those of `running_clocks` that are over, or will be within 12 hours too, or all."""
    if which is Clocks.ALL:
        return tuple(rows)
    return tuple(
        row for row in rows if _over(row.reading) or (which is Clocks.SOON and _soon(row.reading))
    )


_Done: TypeAlias = tuple[Became, int | None, tuple[str, ...]]


class Batch:
    """One go. `steps` does it, a case a step; `outcomes` grows as it goes on.

    waiting: whether the letters wait for an attorney at once, or stay drafts.
    """

    def __init__(
        self, office: Office, rows: Sequence[ClockRow], now: datetime, *, waiting: bool
    ) -> None:
        require(office.member.role, Act.COMPOSE_LETTERS)
        self._office, self._rows, self._now, self._waiting = office, rows, now, waiting
        self._stopped = False
        self.outcomes: list[Outcome] = []

    @property
    def left(self) -> int:
        """How many cases are not looked at yet."""
        return len(self._rows) - len(self.outcomes)

    def count(self, became: Became) -> int:
        """How many cases became that."""
        return sum(1 for one in self.outcomes if one.became is became)

    def stop(self) -> None:
        """Begin no further case."""
        self._stopped = True

    def steps(self) -> Steps[None]:
        """Raises `AppError` where the office file can't be written; what was kept stays."""
        for row in self._rows:
            if self._stopped:
                return
            self.outcomes.append(self._write(row))
            yield len(self.outcomes) / len(self._rows)

    def _write(self, row: ClockRow) -> Outcome:
        case = look_into_case(self._office, row.case_id, self._now)
        kind = to_a_jail(fits_of(self._office, case, self._now))
        became, letter_id, why = self._there(row, kind.key) or self._composed(row, kind.key)
        return Outcome(
            row.case_id, row.number, row.name, row.masked, kind.title, became, letter_id, why
        )

    def _there(self, row: ClockRow, kind: str) -> _Done | None:
        """No second letter of that kind is written."""
        with self._office.reading() as connection:
            kept = letters_in_case(self._office, connection, row.case_id)
            alike = [one for one in kept if one.kind == kind]
        last = max(alike, key=lambda one: one.id, default=None)
        return None if last is None else (Became.THERE, last.id, (_THERE[last.stage],))

    def _composed(self, row: ClockRow, kind: str) -> _Done:
        office, options = self._office, LetterOptions()
        try:
            # To the last page: what can't be set, as a name in a strange script, is not kept.
            letter = compose_letter(office, row.case_id, kind, self._now, options)
        except OfficeDamaged:
            raise
        except AppError as error:
            return Became.BLOCKED, None, (error.sentence,)
        if letter.pdf is None:
            return Became.BLOCKED, None, tuple(one.why for one in letter.blocked_by)
        letter_id = keep_letter(office, row.case_id, kind, options, self._now)
        if self._waiting:
            ask_for_approval(office, row.case_id, kind, options, self._now)
        return Became.WRITTEN, letter_id, ()


_THERE = {
    Stage.DRAFT: "There is a draft of this letter already.",
    Stage.WAITING: "This letter waits for an attorney already.",
    Stage.APPROVED: "This letter was approved before. Open the case to write it anew.",
}


def _runs(reading: ClockReading | None) -> bool:
    """Whether a clock runs or has run out; one that a wrong date keeps from being read does not."""
    running = (ClockState.RUNNING, ClockState.PLAIN_PAST_REG_RUNNING)
    return reading is not None and (reading.state in running or _over(reading))


def _over(reading: ClockReading | None) -> bool:
    return reading is not None and reading.ended is None and bool(reading.hours_over)


def _soon(reading: ClockReading | None) -> bool:
    return reading is not None and reading.left is not None and reading.left <= SOON


def summary(batch: Batch) -> str:
    """`Written: 12. Blocked: 3.`, and what was not looked at."""
    parts = [f"Written: {batch.count(Became.WRITTEN)}."]
    for became, word in ((Became.BLOCKED, "Blocked"), (Became.THERE, "There already")):
        if count := batch.count(became):
            parts.append(f"{word}: {count}.")
    if batch.left:
        parts.append(f"Stopped before the last {batch.left}; what is written stays.")
    return " ".join(parts)
