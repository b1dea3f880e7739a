"""What a picker finds when somebody types a name: the actors of the project and of the gazetteer, and
words of the article that nobody is known for.
"""

from collections.abc import Callable, Sequence

from annotator.jobs.actor_search import ActorSearch, Found
from annotator.ui.pickers.rows import Choice, Finder


class ActorFinder(Finder):
    """`choices` while nothing is typed. `choice_of` makes the row of an actor that was found, `near` are
    the ids that stand first among what fits equally well.
    """

    def __init__(
        self,
        choices: Sequence[Choice],
        search: ActorSearch,
        near: Sequence[str],
        choice_of: Callable[[Found], Choice],
    ) -> None:
        super().__init__(choices)
        self._search, self._near, self._choice_of = search, tuple(near), choice_of

    def find(self, query: str) -> tuple[Choice, ...]:
        """The best first; words of the article after the actors."""
        if not query.strip():
            return self.choices
        found = [self._choice_of(f) for f in self._search.find(query, self._near)]
        seen = {c.label for c in found}
        return (*found, *(c for c in super().find(query) if c.label not in seen))
