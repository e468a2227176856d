"""The answer that a chapter gives: computed sentences, English in bullets, then Chinese."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..messages import Message, said


@dataclass(frozen=True)
class Answer:
    """Bullets of one or more sentences each, in Markdown with the links of their amounts."""

    points: tuple[tuple[Message, ...], ...]

    def _repr_markdown_(self) -> str:
        return self._told(lambda message: message._repr_markdown_())

    def __str__(self) -> str:
        return self._told(str)

    __repr__ = __str__

    def _told(self, shown: Callable[[Message], str]) -> str:
        bullets = (" ".join(map(shown, point)) for point in self.points)
        chinese = (shown(message.chinese) for point in self.points for message in point)
        return "\n\n".join(
            (
                f"**{said('The answer')}**",
                "\n".join(f"- {bullet}" for bullet in bullets),
                f"<p class='zh' lang='zh-Hans'>{''.join(chinese)}</p>",
            )
        )


def answer(*points: Message | tuple[Message, ...]) -> Answer:
    """Return the answer of a chapter; each point is a sentence, or several in one bullet."""
    return Answer(tuple(p if isinstance(p, tuple) else (p,) for p in points))
