"""Questions to practise on: asked in English and Chinese, answered from the data, with reasons.

`exercise("total-change")` asks, `check("total-change", "…")` answers with a reason. The answers of
amounts are computed from the disclosure at hand, so they are those of any department.
"""

from .checking import Feedback, check
from .questions import BANK, Question, exercise

__all__ = ["BANK", "Feedback", "Question", "check", "exercise"]
