"""For people: frames, tables, pictures, downloads. Here pandas and seaborn come in.

What a chapter needs stands here: `Budget` gives the frames, `show` sets a frame as a table, `draw`,
`bridge` and `flow` draw one, `say` tells a sentence with computed figures, `cite` an amount in it
to the cent, `answer` the sentences that a chapter comes to.
"""

from ..messages import say
from .answers import answer
from .bridges import bridge
from .budget import Budget
from .flows import flow
from .plots import draw
from .tables import cite, show

__all__ = ["Budget", "answer", "bridge", "cite", "draw", "flow", "say", "show"]
