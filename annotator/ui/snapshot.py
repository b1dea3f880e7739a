"""What is shown of one article: its text, the person's layer and the view over the machine's."""

from dataclasses import dataclass, field
from functools import cached_property

from annotator.domain.article import Article
from annotator.domain.layer import Layer, view
from annotator.domain.statement import Statement


@dataclass(frozen=True)
class Snapshot:
    """An article as its annotator sees it now; immutable, replaced by every step."""

    article: Article
    human: Layer
    machine: Layer | None
    shown: Layer = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "shown", view(self.human, self.machine))

    @cached_property
    def statements(self) -> list[Statement]:
        """By place in the text: position + 1 is the number shown."""
        return self.shown.ordered_statements()

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Number shown by statement id."""
        return {s.id: n for n, s in enumerate(self.statements, 1)}

    @cached_property
    def decided(self) -> int:
        """How many statements are decided."""
        return sum(s.decided for s in self.statements)
