"""Invented departments, consistent from below, printed in the published layout or damaged.

They try the reader and the checks on more than one document, and they are for teaching: an error
can be planted in one, and it is known where.
"""

from .plan import Plan, department
from .planting import PLANTS, Planted, plant
from .printing import DAMAGES, disclosure, package, printed
from .shape import SHAPES, Shape

__all__ = [
    "DAMAGES",
    "PLANTS",
    "SHAPES",
    "Plan",
    "Planted",
    "Shape",
    "department",
    "disclosure",
    "package",
    "plant",
    "printed",
]
