"""The same protection by other programs, timed; run by a Python that has them, not by ours.

`python peer_disclosure.py WAY` reads what is asked as JSON from standard input and prints the
answer as JSON. What a way does once, as importing, is not in its seconds. It runs in a folder
that is thrown away: Tau-Argus writes the true table into the folder it works in.
"""

import contextlib
import importlib
import json
import os
import sys
import time
from collections.abc import Callable
from typing import Any


def main() -> None:
    """Do what one way is asked and tell how long it took."""
    asked = json.load(sys.stdin)
    # These programs print as they go, some of it past Python: standard output is for the answer.
    answers = os.dup(1)
    os.dup2(2, 1)
    with contextlib.redirect_stdout(sys.stderr):
        told = _WAYS[sys.argv[1]](asked)
    os.write(answers, json.dumps(told).encode())


def _tauargus(asked: dict[str, Any]) -> dict[str, Any]:
    """Optimal suppression of one table of counts: {"columns": {name: answers}, "range": percent}.

    Tells the labels of the figures it withholds.
    """
    pytauargus: Any = importlib.import_module("pytauargus")
    columns = dict(asked["columns"])
    names = list(columns)
    columns["cases"] = [1.0] * len(columns[names[0]])
    started = time.perf_counter()
    done = pytauargus.protect(
        columns,
        names,
        response="cases",
        safety_rules=f"FREQ(11,{asked['range']})",
        suppress="OPT(1)",
        workdir="work",
    )
    taken = time.perf_counter() - started
    table = done.tables[0]
    shown = [str(value) for value in table.safe()]
    places = [[str(line[name]) for name in names] for line in table.dataframe()]
    withheld = [place for place, value in zip(places, shown, strict=True) if value == "x"]
    return {"seconds": taken, "withheld": withheld, "figures": len(shown)}


def _anjana(asked: dict[str, Any]) -> dict[str, Any]:
    """k-anonymity of rows: {"columns", "k", "levels": {name: {answer: [level 1, …]}}}."""
    pandas: Any = importlib.import_module("pandas")
    anonymity: Any = importlib.import_module("anjana.anonymity")
    frame = pandas.DataFrame(asked["columns"])
    names = list(asked["columns"])
    hierarchies = {
        name: {number: pandas.Series(labels) for number, labels in enumerate(levels)}
        for name, levels in asked["levels"].items()
    }
    started = time.perf_counter()
    made, _, level = anonymity.k_anonymity_inner(
        frame, [], names, asked["k"], asked["suppressed"], hierarchies
    )
    taken = time.perf_counter() - started
    return {"seconds": taken, "level": {n: int(v) for n, v in level.items()}, "rows": len(made)}


def _pycanon(asked: dict[str, Any]) -> dict[str, Any]:
    """How often the rarest row stands there: {"columns": {name: answers}}."""
    pandas: Any = importlib.import_module("pandas")
    anonymity: Any = importlib.import_module("pycanon.anonymity")
    frame = pandas.DataFrame(asked["columns"])
    started = time.perf_counter()
    k = anonymity.k_anonymity(frame, list(asked["columns"]))
    return {"seconds": time.perf_counter() - started, "k": int(k)}


_WAYS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "tauargus": _tauargus,
    "anjana": _anjana,
    "pycanon": _pycanon,
}

if __name__ == "__main__":
    main()
