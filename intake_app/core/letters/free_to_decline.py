"""Words that tell an agency it is free to decline a detainer.

In states whose law requires compliance they are wrong whoever writes them: "voluntary" is a
statement of federal law only (section 0.1, finding 1, and rule R3 of our law notes). The net is
wide on purpose; what it takes by mistake is reworded in a minute.
"""

import re

from intake_app.core.names import fold

_COMPLY = r"(comply|honor|hold|keep|detain|obey|follow|cooperate|act on|act upon|abide|accept)"
_REFUSE = r"(decline|refuse|ignore|disregard|reject|not comply|not honor|not hold)"

_FREE = re.compile(
    r"\b("
    rf"(free|at liberty|entitled|welcome|permitted|allowed|able) to (simply )?{_REFUSE}|"
    rf"(may|can|could|might) (\w+ )?{_REFUSE}|"
    rf"(choose|elect|choice|discretion|option|right|power|freedom) (whether )?(not )?to "
    rf"({_REFUSE}|{_COMPLY}|release)|"
    rf"(choose|chooses|choosing) (whether|if)|discretionary|"
    rf"(not|no|no longer|nor|never|nothing) (\w+ ){{0,4}}(require|requires|required|oblige|obliges|"
    rf"obliged|obligate|obligates|obligated|bind|binds|bound|compel|compels|compelled|force|"
    rf"forces|forced|command|commands|commanded|mandate|mandates|mandated|direct|directs|"
    rf"directed) (\w+ ){{0,6}}(to )?{_COMPLY}|"
    rf"need not (\w+ )?{_COMPLY}|needn ?t {_COMPLY}|"
    rf"(don ?t|doesn ?t|do not|does not) have to {_COMPLY}|"
    rf"no (legal |such )?(duty|obligation|requirement|mandate) (\w+ ){{0,2}}to {_COMPLY}|"
    r"under no (duty|obligation)|(not|never) (\w+ ){0,2}(mandatory|obligatory|compulsory|binding|"
    r"compel|mandated)|cannot compel|can ?t compel|nonbinding|non binding|non mandatory|"
    r"not an? (\w+ )?(order|command|mandate|duty|obligation)|"
    r"(a|mere|merely|only|just) requests? (and )?not|(mere|merely) (a )?requests?|"
    r"(is|are) (only|just) (a )?requests?|"
    r"into a command|voluntar(y|ily)(?! (departure|return))|optional|"
    r"declin(e|es|ed|ing)|"
    r"(disregard|ignore|refuse|reject) (the|this|that|a|an|any|such) (immigration )?(detainer|hold|"
    r"request)"
    r")\b"
)

_SENTENCE = re.compile(r"(?<=[.!?;:”])\s+(?=[A-Z“])|\n+")


def says_free_to_decline(words: str) -> bool:
    """Whether these words say, or come near to saying, that the agency may freely decline."""
    return any(_FREE.search(fold(sentence)) for sentence in _SENTENCE.split(words))
