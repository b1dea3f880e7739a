"""The verbs that keep work flowing: many statements at once, values taken over, merged and split
statements, remarks.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from annotator.domain.spans import Span
from annotator.domain.statement import Decision, Kind, Speaker, Statement, Target
from annotator.jobs.flow import occurrences
from annotator.ui.candidates import Candidate, actor_of
from annotator.ui.hints import Asking
from annotator.ui.pickers.choice import ChoicePicker
from annotator.ui.pickers.rows import Choice
from annotator.ui.pickers.ticks import TickPicker
from annotator.ui.pickers.words import WordsField
from annotator.ui.rooms import Room
from annotator.ui.wording import KIND_NAMES, flag_name
from annotator.ui.words import as_start, likely_starts, words_in

BARS = ((0.9, "9"), (0.8, "8"), (0.7, "7"), (0.5, "5"), (0.0, "0"))
KIND_KEYS = {Kind.DIRECT: "d", Kind.MIXED: "m", Kind.INDIRECT: "i"}
UNSURE = "unsure"
AROUND = 45  # code points shown on either side of an occurrence


class FlowVerbs(Room):
    """Slots `flow.*`."""

    # -- many at once

    def confirm_rest(self) -> None:
        """Ask for the least score, then confirm all from there on."""
        choices = []
        for bar, key in BARS:
            found = self.session.decider.above(bar)
            name = f"Score {bar:.2f} or more".replace("0.", ".") if bar else "Any score"
            choices.append(Choice(bar, f"{name}: {_counted(len(found))}", key=key))
        left = len(self.snapshot.shown.undecided()) - len(self.session.decider.above(0.0))
        title = f"Confirm what is left{f'; {_counted(left)} with an open role will wait' if left else ''}"
        self._keyed(title, choices, self._confirm_above)

    def _confirm_above(self, bar: float, _: object) -> None:
        count = len(self.session.decider.above(bar))
        if self.session.decide(lambda d: d.confirm_above(bar)):
            self.session.focus_undecided()
            self.say(f"{_counted(count)} confirmed. {self.window.key_of('undo')} takes it back.")
        else:
            self.say("No undecided statement has such a score.")

    def reject_rest(self) -> None:
        """Ask for the kind, then reject all that is undecided of it."""
        left = self.snapshot.shown.undecided()
        choices = [Choice(None, f"All kinds: {_counted(len(left))}", key="a")]
        for kind in Kind:
            count = sum(s.kind is kind for s in left)
            choices.append(Choice(kind, f"{KIND_NAMES[kind]}: {_counted(count)}", key=KIND_KEYS[kind]))
        self._keyed("Reject everything undecided", choices, self._reject_rest)

    def _reject_rest(self, kind: Kind | None, _: object) -> None:
        if self.session.decide(lambda d: d.reject_rest(kind)):
            self.session.focus_undecided()
            self.say(f"Rejected. {self.window.key_of('undo')} takes it back.")
        else:
            self.say("There is nothing undecided of this kind.")

    # -- values taken over

    def repeat(self) -> None:
        """The role set last, set here too."""
        last = self.session.last_value
        if last is None:
            self.say("No role was set yet that could be repeated.")
            return
        fields = last.fields if last.article == self.snapshot.article.id else _without_spans(last.fields)
        self.revise(self.statement, last.what, **fields)
        self.say(f"The {last.what} set before")

    def copy_speaker(self) -> None:
        """The speaker of the statement above."""
        above = self._above()
        if above is None or not above.speaker.decided:
            self.say("No statement above has a speaker.")
        else:
            self.revise(self.statement, "speaker", speaker=above.speaker, via=above.via)

    def copy_target(self) -> None:
        """The targets of the statement above."""
        above = self._above()
        if above is None or "targets" in above.undecided_roles():
            self.say("No statement above has a target.")
        else:
            self.revise(self.statement, "target", targets=above.targets, no_target=above.no_target)

    def _above(self) -> Statement | None:
        before = self.snapshot.statements[: self.snapshot.numbers[self.statement.id] - 1]
        return next((s for s in reversed(before) if s.decision is not Decision.REJECTED), None)

    # -- one of two, two of one

    def merge(self) -> None:
        """This statement and the next that is not rejected become one."""
        after = self.snapshot.statements[self.snapshot.numbers[self.statement.id] :]
        other = next((s for s in after if s.decision is not Decision.REJECTED), None)
        if other is None:
            self.say("There is no statement after this one.")
            return
        text, id = self.session.text, self.statement.id
        self.session.decide(lambda d: d.merge(text, id, other.id), id)

    def split(self) -> None:
        """Two statements: the second starts at a selection, or at the word whose letter is pressed."""
        selection = self.window.article.selected()
        if selection is not None:
            self._split_at(selection.start)
            return
        text, visible = self.session.text, self.window.article.on_screen()
        inside = [w for s in self.statement.spans for w in words_in(text, s)][1:]
        found = [w for w in likely_starts(text, inside) if visible and visible.contains(w)]
        if not found:
            self.say(self.window.SELECT_FIRST)
            return
        asking = Asking(
            f"Split statement {self.snapshot.numbers[self.statement.id]}",
            self.window.key_of("split"),
            lambda picked, _: self._split_at(picked.span.start if picked.span else 0),
            "press the letters of the word that the second statement starts with",
        )
        self.window.start_hints(asking, [Candidate(as_start(text, w)) for w in found])

    def _split_at(self, at: int) -> None:
        id, text = self.statement.id, self.session.text
        made = self.session.decider.split(text, id, at)
        if made is None:
            self.say("Both statements need content: split inside the words of this one.")
        elif self.session.do(made[0], focus=id):
            self.window.article.unselect()
            self.say("Split; the second has the same roles.")

    # -- remarks

    def note(self) -> None:
        """A few words on the statement, for colleagues and for adjudication."""
        statement = self.statement
        field = WordsField(
            f"Note on statement {self.snapshot.numbers[statement.id]}",
            statement.note or "",
            self.theme,
            self.fonts,
            parent=self.window,
            placeholder="What a colleague should know",
        )
        field.written.connect(lambda said: self.revise(statement, "note", note=said or None))
        self.window.show_picker(field)

    def unsure(self) -> None:
        """Say that one is not sure, or is after all."""
        now = None if self.statement.confidence == UNSURE else UNSURE
        self.revise(self.statement, "confidence", confidence=now)
        self.say("Marked as unsure" if now else "No longer marked as unsure")

    def statement_flags(self) -> None:
        """Tick what is special about the statement."""
        statement = self.statement
        offered = dict.fromkeys((*self.session.scheme.statement_flags, *statement.flags))
        choices = [Choice(f, flag_name(f), marked=f in statement.flags) for f in offered]
        title = f"Flags of statement {self.snapshot.numbers[statement.id]}"
        self._ticks(title, choices, "set", lambda f: self.revise(statement, "flags", flags=tuple(f)))

    # -- every occurrence of an entity

    def mark_all(self) -> None:
        """All places where the words of an entity stand: a selection's, or one picked by letter."""
        selection = self.window.article.selected()
        if selection is not None:
            self._ask_occurrences(selection)
            return
        visible = self.window.article.on_screen()
        shown = [
            m.span for m in self.snapshot.shown.ordered_mentions() if m.decision is not Decision.REJECTED
        ]
        found = [Candidate(s) for s in dict.fromkeys(shown) if visible and visible.contains(s)]
        if not found:
            self.say(self.window.SELECT_FIRST)
            return
        asking = Asking(
            "Every occurrence",
            self.window.key_of("mark_all"),
            lambda picked, _: self._ask_occurrences(picked.span),
            "press the letters of the entity",
        )
        self.window.start_hints(asking, found)

    def _ask_occurrences(self, span: Span | None) -> None:
        if span is None:
            return
        there = next((m for m in self.snapshot.shown.mentions.values() if m.span == span), None)
        if there is not None:
            self._show_occurrences(span, there.label, there.actor)
            return
        choices = [Choice(x.id, x.name, x.note, x.key) for x in self.session.scheme.offered().labels]
        actor = actor_of(span, self.snapshot, self.session.actors)
        title = f"What “{_line(span.surface(self.session.text))}” is, everywhere"
        self._keyed(title, choices, lambda label, _: self._show_occurrences(span, label, actor))

    def _show_occurrences(self, span: Span, label: str, actor: str | None) -> None:
        text, shown = self.session.text, self.snapshot.shown
        name = self.session.scheme.label_name(label)
        live = [m for m in shown.mentions.values() if m.decision is not Decision.REJECTED]
        choices = []
        for found in occurrences(text, span.surface(text)):
            other = next((m for m in live if m.span.overlaps(found) and m.span != found), None)
            known = next((m for m in live if m.span == found), None)
            same = known is not None and (known.label, known.actor) == (label, actor)
            if same and known and known.decision is not Decision.SUGGESTED:
                continue
            detail = f"part of “{_line(other.span.surface(text))}”" if other else ""
            detail = detail or (self.session.scheme.label_name(known.label) if known else "not marked yet")
            choices.append(Choice(found, _around(text, found), detail, marked=other is None))
        if not choices:
            self.say("Every occurrence is marked already.")
            return
        title = f"“{_line(span.surface(text))}” as {name}"
        self._ticks(
            title,
            choices,
            "mark",
            lambda spans: self.session.decide(lambda d: d.mark_all(spans, label, actor)),
        )
        self.window.article.unselect()

    # -- shared

    def _keyed(self, title: str, choices: Sequence[Choice], picked: Any) -> None:
        picker = ChoicePicker(title, choices, self.theme, self.fonts, parent=self.window, keys=True)
        picker.picked.connect(picked)
        self.window.show_picker(picker)

    def _ticks(self, title: str, choices: Sequence[Choice], take: str, taken: Any) -> None:
        picker = TickPicker(title, choices, self.theme, self.fonts, parent=self.window, take=take)
        picker.taken.connect(taken)
        self.window.show_picker(picker)


def _without_spans(fields: dict[str, Any]) -> dict[str, Any]:
    """The values as another article can take them: actors without their words."""
    fields = dict(fields)
    if isinstance(speaker := fields.get("speaker"), Speaker):
        fields["speaker"] = replace(speaker, span=None)
    if via := fields.get("via"):
        fields["via"] = replace(via, span=None) if via.actor else None
    if "targets" in fields:
        fields["targets"] = tuple(Target(t.actor, t.role) for t in fields["targets"] if t.actor)
    return fields


def _around(text: str, span: Span) -> str:
    left = text[max(0, span.start - AROUND) : span.start]
    right = text[span.end : span.end + AROUND]
    before, after = (" ".join(f"·{x}·".split()).strip("·") for x in (left, right))
    return f"… {before}[{span.surface(text)}]{after} …"


def _line(said: str) -> str:
    return " ".join(said.split())


def _counted(count: int) -> str:
    return f"{count} statement{'' if count == 1 else 's'}"
