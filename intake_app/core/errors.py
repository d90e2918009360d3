"""Errors: what went wrong, in the user's words, and whose fault it is.

`AppError` is the world's fault: a wrong passphrase, a full disk, a file that is no table.
Its sentence says what happened and what to do next, and never holds a name, a number or any
other value from a case. Everything else that is raised is a fault of ours.
"""

LONGEST = 1_000
"""Letters of the longest sentence: nobody reads more, and a window has no room for it."""


class AppError(Exception):
    """Something the user can act on.

    `sentence` is complete, in plain English, and safe to show, print and log.
    """

    def __init__(self, sentence: str) -> None:
        # What a file calls something stands in some of them, and may be as long as the file.
        self.sentence = sentence if len(sentence) <= LONGEST else f"{sentence[:LONGEST]}…"
        super().__init__(self.sentence)


class NotAllowed(AppError):
    """The member's role may not do this."""


class BadAnswer(AppError):
    """What was typed can't be this answer; the sentence says what can."""


class Busy(AppError):
    """Another program has the office open."""


class WrongPassphrase(AppError):
    """The passphrase opens no slot of this member."""


class TooSoon(AppError):
    """After several wrong passphrases the next try has to wait; the sentence says how long."""

    def __init__(self, sentence: str, seconds: int = 0) -> None:
        super().__init__(sentence)
        self.seconds = seconds


class KeyFileMissing(AppError):
    """The office folder has no key file."""


class KeyFileDamaged(AppError):
    """The key file can't be read or its checksum is wrong."""


class OfficeMissing(AppError):
    """There is no office in that folder."""


class OfficeDamaged(AppError):
    """The database can't be read with the right key."""


class OfficeTooNew(AppError):
    """A newer version of the program has written this office."""


class NotSafe(AppError):
    """A summary can't be published without giving somebody away; nothing was written."""
