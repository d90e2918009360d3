"""What the keys do, in the words of the help (F1), page by page."""

from collections.abc import Mapping

from intake_app.ui.case_keys import KEYS

EVERYWHERE = {
    "Ctrl+K": "find a person",
    "Ctrl+N": "new intake",
    "Alt+1 to 7": "pages",
    "Esc": "back",
    "F9": "blank the screen",
    "Ctrl+Shift+L": "lock",
    "Ctrl and plus or minus": "size of the text",
}
IN_THE_LIST = {"F2": "into the case"}
IN_A_LETTER = {"F2": "kind of letter", "Ctrl+Z": "bring back your own words"}
IN_A_TIME = {"Alt+Down": "its time zone"}


def key_help() -> str:
    """All of it, for one message: a line for each place."""
    return "\n".join(
        (
            f"{_told(EVERYWHERE)}.",
            f"In the list of cases, {_told(IN_THE_LIST)}.",
            f"In a case, {_told(KEYS)}; in a time, {_told(IN_A_TIME)}.",
            f"In a letter, {_told(IN_A_LETTER)}.",
        )
    )


def _told(keys: Mapping[str, str]) -> str:
    return " · ".join(f"{key.replace('Return', 'Enter')}: {does}" for key, does in keys.items())
