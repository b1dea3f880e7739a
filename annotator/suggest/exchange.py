"""Exchange: who has spoken so far in a text, and to or about whom most likely."""

from collections.abc import Mapping
from dataclasses import dataclass

_RECENT = 4  # statements


@dataclass(frozen=True)
class Said:
    """A statement that came before: speakers with their sides, how likely each target is, paragraph."""

    speakers: frozenset[str]
    shares: Mapping[str, float]
    paragraph: int


class Exchange:
    """The statements of one text so far."""

    def __init__(self) -> None:
        self._said: list[Said] = []

    def add(self, said: Said) -> None:
        """Remember a statement."""
        self._said.append(said)

    @property
    def last(self) -> Said | None:
        """The statement just before."""
        return self._said[-1] if self._said else None

    def same_speaker(self, speakers: frozenset[str]) -> tuple[Said | None, int]:
        """The nearest recent statement of the same speaker or side, and how many statements ago."""
        for ago, said in enumerate(reversed(self._said[-_RECENT:]), 1):
            if said.speakers & speakers:
                return said, ago
        return None, 0
