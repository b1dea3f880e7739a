"""An annotator who decides as the gold says, by keys alone: looks at what the window shows, presses
what it takes to get there, and counts.
"""

import re
from collections import Counter
from itertools import count, permutations, product

from PySide6.QtCore import QObject, Signal
from window_samples import Desk

from annotator.domain.record import from_record
from annotator.domain.spans import Span, likeness
from annotator.domain.statement import NO_ACT
from annotator.ui.pickers.choice import ChoicePicker
from annotator.ui.pickers.rows import fold
from annotator.ui.pickers.topics import TopicPicker
from annotator.ui.words import moved_end, moved_start

REACH = 4  # words that an end is moved by brackets
NEARLY = 0.8  # of the letters that content shares with the gold, all letters of both being 1
ALIKE = 0.3  # likeness from which a suggestion is mended rather than rejected


class Answering(QObject):
    """The suggester in this process, as the window knows its child: answers Q at once."""

    suggested, filled = Signal(str, int), Signal(str, str, object)
    not_filled = Signal(str, str)
    progressed, failed = Signal(int, int), Signal(str)
    running = True

    def __init__(self, suggester, project):
        super().__init__()
        self._suggester, self._project = suggester, project

    def hurry(self, article):
        pass

    def catch_up(self):
        pass

    def stop(self):
        pass

    def fill(self, article, statement, spans):
        text = self._project.article(article).text
        found = self._suggester.fill(article, text, tuple(spans))
        self.filled.emit(article, statement, found)


def letters(text, spans):
    """Letters and digits of some content: marks, spaces and stops do not count."""
    return frozenset(i for s in spans for i in range(s.start, s.end) if text[i].isalnum())


def plain(name):
    """A name without article and signs."""
    return re.sub(r"^the ", "", re.sub(r"[^\w() ]", "", name).strip().casefold())


class Gold:
    """What is to be decided of one article."""

    def __init__(self, record):
        read = from_record(record)
        self.text, self.id = read.article.text, read.article.id
        self.statements = read.layer.ordered_statements()
        self._names = {a.id: a.name for a in read.actors}

    def speakers(self, statement):
        return [self._names[a] for a in statement.speaker.actors]

    def targets(self, statement):
        return [self._names[t.actor] for t in statement.targets if t.actor]

    def frame(self, statement):
        """Content, speakers, targets, topics and act, as they are compared."""
        return (
            letters(self.text, statement.spans),
            frozenset(map(plain, self.speakers(statement))),
            frozenset(map(plain, self.targets(statement))),
            frozenset(statement.topics),
            statement.act or NO_ACT,
        )


class Annotator(Desk):
    """Works through the open article; `pressed` counts keys by what they were for. Unless `exact`, a
    content nearly right and one topic of several are let stand.
    """

    def __init__(self, qtbot, project, gold, answering=None, *, exact=True):
        super().__init__(qtbot, project, answering)
        self.exact = exact
        self.session.clock = count().__next__  # looks at what arrives before the next key
        self.gold, self.pressed, self.ways = gold, Counter(), Counter()
        self.window.open_article(gold.id)

    def keys(self, purpose, *keys):
        """Press and count; typed words count each letter."""
        self.press(*keys)
        self.pressed[purpose] += sum(len(k) - 5 if k.startswith("type:") else 1 for k in keys)

    # -- the whole article

    def work(self):
        """Every statement, top to bottom, and the article done."""
        pairs = self._pairs()
        while self.session.focused and not self.session.focused.decided:
            wanted = pairs.get(self.session.focus)
            if wanted is None:
                self.keys("false", "X")
            else:
                self._mend(wanted)
                self.keys("confirm", "Return")
        for wanted in self.gold.statements:
            if wanted not in pairs.values():
                self._make(wanted)
                self._mend(wanted)
                self.keys("confirm", "Return")
        self.press("Ctrl+Return")

    def _pairs(self):
        """Which suggestion is meant to be which gold statement: most alike first."""
        shown = self.session.snapshot.statements
        found = sorted(
            (-likeness(s.spans, g.spans), s.id, n)
            for s in shown
            for n, g in enumerate(self.gold.statements)
            if likeness(s.spans, g.spans) >= ALIKE
        )
        pairs, taken = {}, set()
        for _, id, n in found:
            if id not in pairs and n not in taken:
                pairs[id] = self.gold.statements[n]
                taken.add(n)
        return pairs

    def frames(self):
        """What the file holds now, as gold frames are compared; rejected statements left out."""
        actors = self.project.actors()
        layer = self.project.layer(self.gold.id)
        return {
            (
                letters(self.gold.text, s.spans),
                frozenset(plain(actors.name(a)) for a in s.speaker.actors),
                frozenset(plain(actors.name(t.actor)) for t in s.targets if t.actor),
                frozenset(s.topics),
                s.act or NO_ACT,
            )
            for s in layer.statements.values()
            if s.decision != "rejected"
        }

    # -- one statement

    def _mend(self, wanted):
        self._content(wanted)
        self._speaker(wanted)
        self._targets(wanted)
        self._topics(wanted)
        last = self._last("act")
        if (self.session.focused.act or NO_ACT) == (wanted.act or NO_ACT):
            return
        if last and last["act"] == (wanted.act or NO_ACT):
            self.keys("act", ".")
            self.ways["act by ."] += 1
        else:
            key = next((a.key for a in self.session.scheme.acts if a.id == wanted.act), None)
            self.keys("act", "A", key.upper() if key else "Tab")

    def _above(self):
        """The statement whose roles `,` and `;` take over."""
        shown = self.session.snapshot
        before = shown.statements[: shown.numbers[self.session.focus] - 1]
        return next((s for s in reversed(before) if s.decision != "rejected"), None)

    def _last(self, what):
        """What `.` would set, if it is this role."""
        last = self.session.last_value
        return last.fields if last and last.what == what else None

    def _named(self, ids):
        return {plain(self.session.actors.name(id)) for id in ids if id}

    def _make(self, wanted):
        pieces = wanted.spans
        self._spell("missed", "Q", pieces[0])
        for piece in pieces[1:]:
            self._spell("missed", "Shift+Q", piece)

    def _content(self, wanted):
        text, spans = self.gold.text, self.session.focused.spans
        want = letters(text, wanted.spans)
        have = letters(text, spans)
        if have == want or (not self.exact and len(have & want) >= NEARLY * len(have | want)):
            return
        moves = _moves(text, spans, want)
        if moves is not None:
            self.keys("content", *moves)
            return
        self._spell("content", "C", wanted.spans[0])
        for piece in wanted.spans[1:]:
            self._spell("content", "Shift+Q", piece)

    def _speaker(self, wanted):
        actors, speaker = self.session.actors, self.session.focused.speaker
        names, now = self.gold.speakers(wanted), [plain(actors.name(a)) for a in speaker.actors]
        overlap = _overlap(speaker.span, wanted.speaker.span)
        if set(now) == set(map(plain, names)) and (overlap or not now):
            return
        if not names:
            self.keys("speaker", "S", "Tab")
            return
        above = self._above()
        words = above and _overlap(above.speaker.span, wanted.speaker.span)
        if words and self._named(above.speaker.actors) == set(map(plain, names)):
            self.keys("speaker", ",")
            self.ways["speaker by ,"] += 1
            return
        for n, name in enumerate(names):
            self._party("speaker", "S", name, wanted.speaker.span, add=n > 0)

    def _targets(self, wanted):
        actors, statement = self.session.actors, self.session.focused
        names = {plain(n): n for n in self.gold.targets(wanted)}
        now = [plain(actors.name(t.actor)) for t in statement.targets if t.actor]
        if set(now) == set(names) and (names or statement.no_target):
            return
        above, last = self._above(), self._last("target")
        if above and self._named(t.actor for t in above.targets) == set(names) and (names or above.no_target):
            self.keys("target", ";")
            self.ways["target by ;"] += 1
            return
        if last and self._named(t.actor for t in last["targets"]) == set(names):
            self.keys("target", ".")
            self.ways["target by ."] += 1
            return
        if not names:
            self.keys("target", "T", "Tab")
            return
        extra, missing = [n for n in now if n not in names], [n for n in names if n not in now]
        toggles = bool(set(now) & set(names)) and len(extra) + len(missing) < len(names)
        for n, name in enumerate([*missing, *extra] if toggles else names):
            self._party("target", "T", names.get(name, name), None, add=toggles or n > 0)

    def _topics(self, wanted):
        now = self.session.focused.topics
        if not self.exact and set(now) & set(wanted.topics):
            return
        if set(now) == set(wanted.topics) and (now or self.session.focused.no_topic):
            return
        last = self._last("topic")
        if last and (set(last["topics"]) == set(wanted.topics)):
            self.keys("topic", ".")
            self.ways["topic by ."] += 1
            return
        if not wanted.topics:
            self.keys("topic", "P", "Tab")
            return
        kept = [t for t in now if t in wanted.topics]
        further = [t for t in wanted.topics if t not in kept]
        change = [(t, True) for t in now if t not in wanted.topics] + [(t, True) for t in further]
        if not kept:
            change = [(t, n > 0) for n, t in enumerate(wanted.topics)]
        for topic, add in change if self.exact else change[:1]:
            self.keys("topic", "P")
            picker = next(p for p in self.window.findChildren(TopicPicker) if p.isVisible())
            self.ways[f"topic by {'digit' if topic in picker._likely and not add else 'two letters'}"] += 1
            if topic in picker._likely and not add:
                self.keys("topic", str(picker._likely.index(topic) + 1))
                continue
            area, key = self.session.scheme.area_of(topic).key, self.session.scheme.topics[topic].key
            self.keys("topic", area.upper(), f"Shift+{key.upper()}" if add else key.upper())

    # -- letters and lists

    def _spell(self, purpose, verb, span):
        """Words by their first and last: their letters, once they are in view."""
        self._bring_into_view(purpose, span)
        self.keys(purpose, verb)
        self._letters(purpose, lambda h: h.span.start <= _first(self.gold.text, span) < h.span.end)
        last = _last(self.gold.text, span)
        self._letters(purpose, lambda h: h.span.start <= last < h.span.end)

    def _bring_into_view(self, purpose, span):
        for key in ("PgUp", "PgDown"):
            for _ in range(20):
                visible = self.article.on_screen()
                away = span.start < visible.start if key == "PgUp" else span.end > visible.end
                if not away:
                    break
                self.keys(purpose, key)

    def _letters(self, purpose, fits):
        hint = next((h for h in self.window.hints.shown if fits(h)), None)
        assert hint is not None, f"no letters for {purpose}: {self.window.footer.question or self.note}"
        self.keys(purpose, *hint.letters.upper())

    def _party(self, purpose, verb, name, span, *, add):
        """A letter over this actor, best over the very words; else over the words, then who they are;
        else typed, as little as it takes.
        """
        self.keys(purpose, verb)
        shown = self.window.hints.shown if self.window.hints.active else []
        fitting = sorted((h for h in shown if self._is(h.value, name)), key=lambda h: len(h.letters))
        right = [h for h in fitting if _overlap(h.value.span, span)] if span else fitting
        there = next((h for h in shown if not h.value.actor and _overlap(h.span, span)), None)
        if right or (fitting and not there):
            hint = (right or fitting)[0]
            self.ways[f"{purpose} {'over the words' if hint.span else 'beside the text'}"] += 1
            *first, last = hint.letters.upper()
            self.keys(purpose, *first, f"Shift+{last}" if add else last)
            return
        self.ways[f"{purpose} {'by who the words are' if there else 'typed'}"] += 1
        if there:
            self.keys(purpose, *there.letters.upper())
        elif self.window.hints.active:
            self.keys(purpose, "/")
        self._type(purpose, name, add=add)

    def _is(self, value, name):
        actor = value.new.name if value.new else value.actor and self.session.actors.name(value.actor)
        return bool(actor) and plain(actor) == plain(name)

    def _type(self, purpose, name, *, add):
        picker = next(p for p in self.window.findChildren(ChoicePicker) if p.isVisible())
        rows = map(picker.list.rows.choice, range(picker.list.rows.rowCount()))
        lettered = next((c for c in rows if c.key and plain(c.label) == plain(name)), None)
        if lettered:
            self.keys(purpose, lettered.key.upper())
            return
        if picker.field.isHidden():
            self.keys(purpose, "/")
        self.keys("names typed", f"type:{self._query(picker, name)}")
        found = picker.list.current()
        if found and plain(found.label) == plain(name):
            self.keys(purpose, "Shift+Return" if add else "Return")
        else:
            self.keys(purpose, "Ctrl+N", "Return")

    def _query(self, picker, name):
        """The least to type: how the name begins, or how two of its words begin."""
        words = [w for w in fold(re.sub(r"[^\w ]", " ", name)).split() if len(w) > 2 or w.isupper()]
        begins = [fold(name)[:n] for n in range(len(name) + 1)]
        begins += [
            f"{a[:i]} {b[:j]}" for a, b in permutations(words, 2) for i in range(1, 5) for j in range(1, 5)
        ]
        for query in sorted(begins, key=len):
            found = picker._finder.find(query) if query else [picker.list.current()]
            if found and found[0] and plain(found[0].label) == plain(name):
                return query
        return fold(name)


def _overlap(a, b):
    return a == b or bool(a and b and a.overlaps(b))


def _first(text, span):
    return next(i for i in range(span.start, span.end) if text[i].isalnum())


def _last(text, span):
    return next(i for i in range(span.end - 1, span.start, -1) if text[i].isalnum())


def _moves(text, spans, want):
    """Brackets that make the content right, the fewest; None when they cannot."""
    steps = range(-REACH, REACH + 1)
    for start, end in sorted(product(steps, steps), key=lambda p: abs(p[0]) + abs(p[1])):
        moved = [Span(s.start, s.end) for s in spans]
        for _ in range(abs(start)):
            moved[0] = moved_start(text, moved[0], 1 if start > 0 else -1)
        for _ in range(abs(end)):
            moved[-1] = moved_end(text, moved[-1], 1 if end > 0 else -1)
        if letters(text, moved) == want:
            return ["}" if start > 0 else "{"] * abs(start) + ["]" if end > 0 else "["] * abs(end)
    return None
