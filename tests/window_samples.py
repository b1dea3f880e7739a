"""A project with two articles whose suggestions are written by hand, and the real window over it."""

from dataclasses import replace
from types import MappingProxyType

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.domain.actors import Actor
from annotator.domain.article import Article, Meta
from annotator.domain.ids import suggestion_id
from annotator.domain.layer import Layer, LayerKind
from annotator.domain.spans import Span
from annotator.domain.statement import Kind, Mention, Provenance, Reason, Role, Speaker, Statement, Target
from annotator.storage.project import Project
from annotator.ui.main_window import MainWindow

TEXT = (
    "Talks resume 🕊 in the capital\n\n"
    "Ilse Verhoeven urged Serbia to return to the table. “We expect an answer this week,” she told "
    "reporters. “Silence is no answer.”\n\n"
    "Goran Petric replied that Belgrade was “ready to sit down tomorrow”. "
    "NATO said it was watching the crossings."
)
OTHER = "Ministers met again\n\nThe ministry said the talks would go on in spring. Nobody else spoke."
ACTORS = (
    Actor("org:EU", "European Union", "org"),
    Actor("person:ilse-verhoeven", "Ilse Verhoeven", "person", "org:EU"),
    Actor("person:goran-petric", "Goran Petric", "person", "state:RS"),
    Actor("state:RS", "Serbia", "state"),
    Actor("org:NATO", "NATO", "org"),
)
_BY_MACHINE = Provenance(
    suggester="rules 1 + hand",
    score=0.9,
    reasons=(("speaker", Reason(0.9, "subject of “urged”")), ("topic", Reason(0.4, "“table”"))),
)


def find(words, text=TEXT, after=0):
    start = text.index(words, after)
    return Span(start, start + len(words))


ARTICLE = Article(
    TEXT, "en", Meta(title="Talks resume 🕊 in the capital", outlet="Wire", published="2026-03-10")
)
SECOND = Article(OTHER, "en", Meta(title="Ministers met again"))


def suggested(article, content, kind=Kind.INDIRECT, **fields):
    spans = tuple(content)
    return Statement(suggestion_id("s", article.id, spans), spans, kind, provenance=_BY_MACHINE, **fields)


def machine_layer():
    statements = (
        suggested(
            ARTICLE,
            [find("to return to the table")],
            speaker=Speaker(find("Ilse Verhoeven"), ("person:ilse-verhoeven",)),
            targets=(Target("state:RS", Role.BOTH, find("Serbia")),),
            topics=("conflict.peace_talks",),
            act="request",
            cue=find("urged"),
        ),
        suggested(
            ARTICLE,
            [find("“We expect an answer this week,”"), find("“Silence is no answer.”")],
            Kind.DIRECT,
            speaker=Speaker(find("she"), ("person:ilse-verhoeven",)),
            topics=("conflict.peace_talks",),
            cue=find("told reporters"),
        ),
        suggested(
            ARTICLE,
            [find("Belgrade was “ready to sit down tomorrow”")],
            Kind.MIXED,
            speaker=Speaker(find("Goran Petric"), ("person:goran-petric",)),
            no_target=True,
            no_topic=True,
            cue=find("replied"),
        ),
    )
    names = (
        ("Ilse Verhoeven", "PERSON", "person:ilse-verhoeven"),
        ("Serbia", "GPE", "state:RS"),
        ("Goran Petric", "PERSON", "person:goran-petric"),
        ("Belgrade", "GPE", "state:RS"),
        ("NATO", "ORG", "org:NATO"),
    )
    mentions = [
        Mention(
            suggestion_id("m", ARTICLE.id, [find(n)], label), find(n), label, actor, provenance=_BY_MACHINE
        )
        for n, label, actor in names
    ]
    return Layer(
        ARTICLE.id,
        "rules 1 + hand",
        LayerKind.MACHINE,
        mentions=MappingProxyType({m.id: m for m in mentions}),
        statements=MappingProxyType({s.id: s for s in statements}),
    )


def second_layer():
    statement = suggested(
        SECOND,
        [find("the talks would go on in spring", OTHER)],
        speaker=Speaker(find("The ministry", OTHER)),
        no_target=True,
        topics=("bilateral.visits",),
    )
    empty = replace(machine_layer(), article=SECOND.id, mentions=MappingProxyType({}))
    return replace(empty, statements=MappingProxyType({statement.id: statement}))


def make_project(path):
    """The project, closed again."""
    with Project.create(path, annotator="anna") as project:
        project.add_articles([ARTICLE, SECOND])
        project.put_machine_layer(ARTICLE.id, machine_layer(), ACTORS)
        project.put_machine_layer(SECOND.id, second_layer())
    return path


class Desk:
    """The real window on a project, and keys pressed in it as a person presses them."""

    def __init__(self, qtbot, project, suggester=None):
        self.qtbot, self.project = qtbot, project
        self.window = MainWindow(project, suggester=suggester)
        qtbot.addWidget(self.window)
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.window.activateWindow()
        self.window.restore()
        qtbot.waitUntil(self.window.article.hasFocus)

    def press(self, *keys):
        """Keys as the table of verbs writes them; `type:words` types words."""
        for key in keys:
            where = QApplication.focusWidget() or self.window
            if key.startswith("type:"):
                QTest.keyClicks(where, key.removeprefix("type:"))
            elif len(key) == 1 and not key.isalnum():
                QTest.keyClicks(where, key)
            else:
                QTest.keySequence(where, QKeySequence(key))
        return self

    def select(self, words):
        """Select by keyboard: caret to the words' start, then Shift+Right over them."""
        span = find(words, self.session.text)
        self.article.unselect(span.start)
        for _ in range(span.end - span.start):
            self.qtbot.keyClick(self.article, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
        return self

    @property
    def session(self):
        return self.window.session

    @property
    def article(self):
        return self.window.article

    @property
    def note(self):
        return self.window.footer.note

    def stored(self, article=ARTICLE):
        """What the file holds of the annotator's work."""
        return self.project.layer(article.id)

    def statement(self, number, article=ARTICLE):
        """A statement as it is stored, by the number the window shows."""
        return self.stored(article).statements[self.session.snapshot.statements[number - 1].id]
