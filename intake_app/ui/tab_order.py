"""Where Tab goes: through a window in the order it is laid out.

Qt goes in the order in which the parts came into the window, so that whatever is filled in later
would come last, behind all that stands below it.
"""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLayout, QWidget


def move_on(window: QWidget, *, forward: bool) -> bool:
    """Take the keyboard to the next stop, or the one before; False where it is on none."""
    stop = next_stop(window, forward=forward)
    if stop is not None:
        reason = Qt.FocusReason
        stop.setFocus(reason.TabFocusReason if forward else reason.BacktabFocusReason)
    return stop is not None


def next_stop(window: QWidget, *, forward: bool) -> QWidget | None:
    """Where Tab or Shift+Tab goes from where the keyboard is; None where that is no stop."""
    here, stops = window.focusWidget(), [one for one in _parts(window) if _stops(one)]
    if here not in stops:
        return None
    return stops[(stops.index(here) + (1 if forward else -1)) % len(stops)]


def _stops(part: QWidget) -> bool:
    takes = part.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(takes) and part.isEnabled() and part.focusProxy() is None


def _parts(widget: QWidget) -> Iterator[QWidget]:
    """It and all that is to be seen in it; what no layout holds comes after what one holds."""
    yield widget
    layout = widget.layout()
    laid_out = dict.fromkeys(_in_order(layout)) if layout is not None else {}
    made = (one for one in widget.children() if isinstance(one, QWidget) and not one.isWindow())
    for part in laid_out | dict.fromkeys(made):
        # Words are no stop and hold none; most of what is on a page are words.
        if not isinstance(part, QLabel) and part.isVisible():
            yield from _parts(part)


def _in_order(layout: QLayout) -> Iterator[QWidget]:
    for at in range(layout.count()):
        item = layout.itemAt(at)
        widget, inner = (item.widget(), item.layout()) if item is not None else (None, None)
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _in_order(inner)
