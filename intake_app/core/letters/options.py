"""What the writer of a letter chose and edited, as it is kept with the letter."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Addressee:
    """Who gets the letter. `lines` is the postal address, one line each; `cc` gets a copy."""

    name: str = ""
    title: str = ""
    agency: str = ""
    lines: tuple[str, ...] = ()
    cc: tuple[str, ...] = ()


@dataclass(frozen=True)
class Signer:
    """The attorney or accredited representative the letter is prepared for; may be unknown.

    `lines` stand below the title: the signature block, such as a bar number.
    """

    name: str = ""
    title: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Edit:
    """One paragraph written anew. `was` is what stood there, `now` what stands; empty: left out.

    key: the paragraph's key in `Letter.body`.
    """

    key: str
    was: str
    now: str


@dataclass(frozen=True)
class LetterOptions:
    """Everything a person chose. Nothing chosen means the usual for the kind and the case.

    ticked: ids of authorities a named lawyer checked for this very letter (rule R2).
    overrides: rule of the gate -> why an attorney writes the letter all the same.
    grounds: keys of the grounds chosen, for the kinds that have any.
    tell: groups of facts (`FactGroup` values) chosen to be told; each still needs its consent.
    next_step: what the signing attorney says will follow, for the kinds that say so.
    footnotes: citations at the foot of the page instead of in the line.
    language: empty for the usual one of the recipient.
    """

    addressee: Addressee | None = None
    signer: Signer | None = None
    ticked: frozenset[str] = frozenset()
    overrides: Mapping[str, str] = field(default_factory=dict)
    edits: tuple[Edit, ...] = ()
    grounds: frozenset[str] = frozenset()
    tell: frozenset[str] = frozenset()
    next_step: str = ""
    footnotes: bool = False
    language: str = ""
    reply_by: datetime | None = None
    enclosures: tuple[str, ...] = ()


def options_to_json(options: LetterOptions) -> str:
    """The options as text, the same for the same options."""
    told = asdict(options)
    for name in ("ticked", "grounds", "tell"):
        told[name] = sorted(told[name])
    told["reply_by"] = options.reply_by.isoformat() if options.reply_by else None
    return json.dumps(told, ensure_ascii=False, sort_keys=True)


def options_from_json(text: str) -> LetterOptions:
    """What `options_to_json` wrote; what it does not know of a later version is left out."""
    told: dict[str, Any] = json.loads(text)
    known = {name: told[name] for name in LetterOptions.__dataclass_fields__ if name in told}
    for name in ("ticked", "grounds", "tell"):
        known[name] = frozenset(known.get(name, ()))
    known["edits"] = tuple(Edit(**edit) for edit in known.get("edits", ()))
    known["enclosures"] = tuple(known.get("enclosures", ()))
    for name, cls in (("addressee", Addressee), ("signer", Signer)):
        kept = known.get(name)
        known[name] = None if kept is None else _tuples(cls(**kept))
    at = known.get("reply_by")
    known["reply_by"] = datetime.fromisoformat(at) if at else None
    return LetterOptions(**known)


def _tuples(kept: Any) -> Any:
    lists = {name: tuple(value) for name, value in vars(kept).items() if isinstance(value, list)}
    return replace(kept, **lists)
