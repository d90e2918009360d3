"""Work done in short steps, so that nobody's save waits long behind it.

A workflow that returns `Steps` does nothing until it is asked for its next step; between two of
them other work may be done on the office. It yields what part is done (0 to 1) and returns its
result at the end. Left in the middle it has changed nothing that anybody sees.
"""

from collections.abc import Generator
from typing import TypeAlias, TypeVar

T = TypeVar("T")

Steps: TypeAlias = Generator[float, None, T]


def whole(steps: Steps[T]) -> T:
    """Do all steps at once and return the result."""
    while True:
        try:
            next(steps)
        except StopIteration as end:
            result: T = end.value
            return result
