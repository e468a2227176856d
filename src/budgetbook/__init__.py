"""One department's budget, as published: read, checked, explained."""

from .disclosure import Disclosure, Figure, Indicator, Project, load
from .errors import InputError

__all__ = ["Disclosure", "Figure", "Indicator", "InputError", "Project", "load"]

__version__ = "2026.11.0"
RELEASED = "2026-11-24"
