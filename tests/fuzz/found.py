"""Inputs that once ended the program, hung it or took too much memory, by target: tried first."""

from tests.fuzz.bombs import huge_jpeg, paper, wide_png

_DEEP = b"a = " + b"[" * 3_000
_LONG = b"a = " + b"9" * 5_000
_STARS = b"""source = "x"
title = "x"
case = "booking_ref"
[[rows]]
make = "charge"
[[answer]]
fill = "charge.level"
column = "charge"
[answer.patterns]
felony = ["%s"]
""" % (b"*a" * 12 + b"*b")

FOUND: dict[str, tuple[bytes, ...]] = {
    "mapping files": (_DEEP, _LONG, _STARS),
    "authorities": (_DEEP, _LONG, b"authority = 3", b"state = 3", b"[state]\nx = 1"),
    "report tables": (_DEEP, _LONG),
    "letter texts": (
        b"{{ " + b"9" * 5_000 + b" }}",
        b"{% if say.x %}" * 150 + b"x" + b"{% endif %}" * 150,
        b"{% if " + b"not " * 3_000 + b"say.x %}{% endif %}",
        b"{{ office." + b"a" * 30_000 + b" }}",
        "To: {{ jail.address\ue000 }}\n---\nWords.".encode(),
    ),
    "logos": (wide_png(9_990, 9_990),),
    "documents": (
        huge_jpeg(progressive=False),
        paper(b"/F Do " * 500, form=b"/F Do " * 500),
        paper(b"600 0 0 600 0 0 cm /I Do", picture=(50_000, 50_000)),
    ),
    "command line": (
        b"heron gravel tulip ferry\nimport\noffice\ntable.csv\n--mapping\nnoise",
        b"heron gravel tulip ferry\nclock\n--zone\nUTC\n--release-due\n2026-11-31",
        b"heron gravel tulip ferry\nletter\noffice\n--case\n\xff\n--kind\ndecline\n--out\no.pdf",
    ),
    "typed text": (b"long " * 2_000_000, b"a" + b" " * 70_000 + b"a"),
}
