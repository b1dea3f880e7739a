import pytest

from annotator.suggest.analysis import default_scheme
from annotator.suggest.suggester import Suggester


@pytest.fixture(scope="session")
def suggester():
    return Suggester(scheme=default_scheme())


@pytest.fixture(scope="session")
def found(suggester):
    """Suggest for a text; statements as (content pieces, speaker words, speaker names, statement)."""

    def find(text, title=None):
        suggested = suggester.suggest("article", text, title=title)
        names = {a.id: a.name for a in suggested.actors}
        return [Seen(text, s, names) for s in suggested.layer.ordered_statements()]

    return find


class Seen:
    """One suggested statement in words."""

    def __init__(self, text, statement, names):
        self.statement = statement
        self.content = [s.surface(text) for s in statement.spans]
        self.speaker = statement.speaker.span.surface(text) if statement.speaker.span else None
        self.names = [names[a] for a in statement.speaker.actors]
        self.targets = {names[t.actor]: t.role for t in statement.targets if t.actor}
        self.via = names.get(statement.via.actor) if statement.via else None
        self.cue = statement.cue.surface(text) if statement.cue else None
        self.kind = statement.kind.value
        self.act = statement.act

    def __repr__(self):
        return f"{self.content} by {self.speaker!r} {self.names} to {self.targets} ({self.cue}, {self.act})"
