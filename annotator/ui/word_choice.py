"""How words are chosen without a selection: by the letters of the first and of the last."""

from collections.abc import Callable

from annotator.domain.spans import Span
from annotator.ui.candidates import Candidate
from annotator.ui.hints import Asking
from annotator.ui.rooms import Room
from annotator.ui.words import as_end, as_start, likely_ends, words

FIRST_WORD = "press the letters of the first word, or select with the mouse or Shift+arrows"
LAST_WORD = "press the letters of the last word"
Order = Callable[[str, list[Span]], list[Span]]  # words as they are likely to be the first


class WordChoice(Room):
    """Asks for a stretch of the words in view."""

    def ask(self, title: str, verb: str, order: Order, then: Callable[[Span], object]) -> None:
        """First and last word by letters; a selection by mouse or arrows leaves the letters."""
        visible, text = self.window.article.on_screen(), self.session.text
        found = order(text, words(text, visible)) if visible else []
        if visible is None or not found:
            self.say(self.window.SELECT_FIRST)
            return
        key = self.window.key_of(verb)

        def last(first: Candidate, _: object) -> None:
            start = first.span.start if first.span else 0
            ends = likely_ends(text, [w for w in words(text, visible) if w.end > start], start)

            def done(found: Candidate, _: object) -> None:
                if found.span:
                    then(Span(start, found.span.end))

            asking = Asking(title, key, done, LAST_WORD)
            self.window.start_hints(asking, [Candidate(as_end(text, w)) for w in ends])

        starts = [Candidate(as_start(text, w)) for w in found]
        self.window.start_hints(Asking(title, key, last, FIRST_WORD), starts)
