"""One department's budget, as published: read, checked, explained."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036  an older Python is told so before it fails
    raise SystemExit("budgetbook needs Python 3.11 or newer; this is " + sys.version.split()[0])

from .errors import InputError
from .model.disclosure import Disclosure, Figure, Indicator, Project
from .model.loading import load

__all__ = ["Disclosure", "Figure", "Indicator", "InputError", "Project", "load"]

__version__ = "2026.11.1"
RELEASED = "2026-11-27"
