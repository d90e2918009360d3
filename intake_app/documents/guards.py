"""Under which conditions the words of the law stand in a letter's text.

The parts of a letter (`{% if say.… %}`) are what keeps a sentence out of the letters in which the
law does not allow it. An office's own text may word a letter anew, but not take such a condition
away: each use of an authority must stand where the shipped text would have it stand too.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from jinja2 import nodes

from intake_app.core.errors import BadAnswer
from intake_app.documents.letter_template import parsed

Path = tuple[str, str]
"""group, name: as `C01.quote`."""

_Holds = Callable[[Mapping[Path, bool]], bool]


@dataclass(frozen=True)
class Use:
    """One placeholder printed: its line, and when it stands; `asks` are the conditions' names."""

    path: Path
    line: int
    holds: _Holds
    asks: frozenset[Path]


def uses(text: str) -> tuple[Use, ...]:
    """Every placeholder that is printed, in order; raise `AppError` for a text with a mistake."""
    return tuple(_printed(parsed(text).body, lambda _: True, frozenset()))


def require_guards(own: str, shipped: str, laws: Iterable[str]) -> None:
    """Raise `BadAnswer` for the first use of a law that the shipped text would not allow there.

    laws: the groups that are law: ids of authorities, and `state_law`.
    """
    known = set(laws)
    allowed = [use for use in uses(shipped) if use.path[0] in known]
    for use in uses(own):
        group, name = use.path
        if group not in known:
            continue
        same = [one for one in allowed if one.path == use.path]
        there = same or [one for one in allowed if one.path[0] == group]
        if not there:
            raise BadAnswer(
                f"Line {use.line} cites “{group}.{name}”, which the shipped letter of that kind "
                "does not use. Take it out."
            )
        if not _within(use, there):
            raise BadAnswer(
                f"Line {use.line} prints “{group}.{name}” in more letters than the law allows. "
                "Put it between the same “{% if … %}” and “{% endif %}” as in the shipped letter."
            )


def _within(use: Use, allowed: list[Use]) -> bool:
    """Whether some allowed use stands wherever this one does, whatever the facts are."""
    names = sorted(use.asks.union(*(one.asks for one in allowed)))
    if len(names) > _MOST_NAMES:
        return False
    for answers in product((False, True), repeat=len(names)):
        case = dict(zip(names, answers, strict=True))
        if use.holds(case) and not any(one.holds(case) for one in allowed):
            return False
    return True


_MOST_NAMES = 14
"""Conditions that are tried in every combination: 16,384 of them take a moment at most."""


def _printed(body: Iterable[nodes.Node], holds: _Holds, asks: frozenset[Path]) -> Iterator[Use]:
    for node in body:
        if isinstance(node, nodes.Output):
            for part in node.nodes:
                if isinstance(part, nodes.Getattr):
                    yield Use(_path(part), part.lineno, holds, asks)
        elif isinstance(node, nodes.If):
            yield from _branches(node, holds, asks)


def _branches(node: nodes.If, holds: _Holds, asks: frozenset[Path]) -> Iterator[Use]:
    names, open_so_far = asks, holds
    for test, body in [(node.test, node.body), *((one.test, one.body) for one in node.elif_)]:
        names = names | frozenset(map(_path, test.find_all(nodes.Getattr))) | _own(test)
        told = _condition(test)
        yield from _printed(body, _both(open_so_far, told), names)
        open_so_far = _both(open_so_far, _not(told))
    yield from _printed(node.else_, open_so_far, names)


def _own(test: nodes.Node) -> frozenset[Path]:
    """`find_all` looks below a node only."""
    return frozenset({_path(test)}) if isinstance(test, nodes.Getattr) else frozenset()


def _condition(test: nodes.Node) -> _Holds:
    if isinstance(test, nodes.Not):
        return _not(_condition(test.node))
    if isinstance(test, nodes.And):
        return _both(_condition(test.left), _condition(test.right))
    if isinstance(test, nodes.Or):
        return _not(_both(_not(_condition(test.left)), _not(_condition(test.right))))
    path = _path(test)
    return lambda case: case[path]


def _both(one: _Holds, other: _Holds) -> _Holds:
    return lambda case: one(case) and other(case)


def _not(one: _Holds) -> _Holds:
    return lambda case: not one(case)


def _path(node: nodes.Node) -> Path:
    if not isinstance(node, nodes.Getattr) or not isinstance(node.node, nodes.Name):
        raise TypeError("a letter’s text holds names only")
    return node.node.name, node.attr
