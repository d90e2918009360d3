"""`make bench`: every benchmark, one table; exit 1 where a promised limit is passed.

`python -m tests.bench NAME …` runs some of them.
"""

import importlib
import os
import sys
from pathlib import Path

from tests.bench.figures import Figure


def main(names: list[str]) -> int:
    """Run the benchmarks and print their figures."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    found = sorted(path.stem for path in Path(__file__).parent.glob("bench_*.py"))
    chosen = [stem for stem in found if not names or stem.removeprefix("bench_") in names]
    passed = True
    print(f"{'what':58} {'value':>10} {'unit':6} {'ratio':>7} {'limit':>6}  peer")
    for stem in chosen:
        for figure in importlib.import_module(f"tests.bench.{stem}").measure():
            print(_line(figure), flush=True)
            passed &= _within(figure)
    return 0 if passed else 1


def _line(figure: Figure) -> str:
    ratio = "" if figure.ratio is None else f"{figure.ratio:.2f}"
    limit = "" if figure.limit is None else f"{figure.limit:g}"
    mark = "" if _within(figure) else "  OVER"
    return (
        f"{figure.name:58} {figure.value:10.3f} {figure.unit:6} {ratio:>7} {limit:>6}  "
        f"{figure.peer}{mark}"
    )


def _within(figure: Figure) -> bool:
    if figure.limit is None:
        return True
    return (figure.value if figure.ratio is None else figure.ratio) <= figure.limit


sys.exit(main(sys.argv[1:]))
