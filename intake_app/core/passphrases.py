"""What a passphrase must be."""

import unicodedata

from intake_app.core.errors import BadAnswer

SHORTEST = 12


def normal_passphrase(typed: str) -> str:
    """The same words on every keyboard: NFKC, as NIST SP 800-63B asks."""
    return unicodedata.normalize("NFKC", typed)


def check_passphrase(typed: str) -> None:
    """Raise `BadAnswer` for a passphrase too short to keep a stolen folder shut."""
    if len(normal_passphrase(typed)) < SHORTEST:
        raise BadAnswer(
            f"A passphrase needs at least {SHORTEST} characters. "
            "Four or five words that do not belong together are good."
        )
    try:
        typed.encode()
    except UnicodeEncodeError as error:
        raise BadAnswer(
            "That passphrase has a sign that can’t be kept. Use letters, digits and blanks."
        ) from error
