"""The ledger: `lines.py` is the only code that writes lines, `check.py` proves that they hold."""

from tracker.ledger.lines import CLOCK, LOADER, Actor, Line, append, append_many, erasure_line, line_about

__all__ = [
    "CLOCK",
    "LOADER",
    "Actor",
    "Line",
    "append",
    "append_many",
    "erasure_line",
    "line_about",
]
