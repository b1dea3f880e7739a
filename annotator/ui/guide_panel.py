"""The guidelines beside the text: what the scheme says of the values in question, then what counts."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QTextBrowser, QToolButton, QVBoxLayout, QWidget

from annotator import paths
from annotator.domain.scheme import LabelScheme
from annotator.domain.statement import Statement
from annotator.ui.markdown import go_to, show_markdown
from annotator.ui.theme import Fonts, look
from annotator.ui.widgets import label

HEADINGS = {
    "speaker": "Speaker",
    "via": "Speaker",
    "target": "Target",
    "topic": "Topic and act",
    "act": "Topic and act",
    "kind": "Content",
    "content": "Content",
}  # role -> heading of the guidelines


def definitions(scheme: LabelScheme, ids: tuple[str, ...]) -> str:
    """What the scheme says of entity labels, topics, areas and acts, as Markdown; empty for none."""
    return "\n\n".join(filter(None, (_definition(scheme, id) for id in ids)))


def _definition(scheme: LabelScheme, id: str) -> str:
    if id in scheme.topics:
        topic, area = scheme.topics[id], scheme.area_of(id)
        return _entry(topic.name, topic.definition, topic.cues, area.name if area else "")
    for act in scheme.acts:
        if act.id == id:
            return _entry(act.name, act.note, act.cues, "Act")
    for known in scheme.labels:
        if known.id == id:
            return _entry(known.name, known.note, (), "Entity")
    for area in scheme.areas:
        if area.id == id:
            return "\n\n".join(_entry(t.name, t.definition, t.cues, area.name) for t in area.topics)
    return ""


def _entry(name: str, note: str, cues: tuple[str, ...], above: str) -> str:
    found = f"Words such as *{', '.join(cues[:8])}*." if cues else ""
    return "\n\n".join(p for p in (f"### {name}", f"{above}. {note}".strip(), found) if p)


class GuidePanel(QWidget):
    """`left` when it wants to go."""

    left = Signal()

    def __init__(self, fonts: Fonts, parent: QWidget) -> None:
        super().__init__(parent)
        self._fonts, self._heading, self._source, self.role = fonts, "", "", ""
        look(self, "panel")
        box = QVBoxLayout(self)
        pad = fonts.px(12)
        box.setContentsMargins(pad, pad, 0, 0)
        top = QHBoxLayout()
        top.addWidget(label("Guidelines", "heading", parent=self), 1)
        close = QToolButton(self)
        close.setText("✕")
        close.setToolTip("Close (Esc)")
        close.setAccessibleName("Close the guidelines")
        close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        close.clicked.connect(self.left)
        top.addWidget(close)
        box.addLayout(top)
        self.page = QTextBrowser(self)
        self.page.setOpenLinks(False)
        self.page.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        look(self.page, "page")
        box.addWidget(self.page, 1)

    def show_about(self, role: str, scheme: LabelScheme, ids: tuple[str, ...] = ()) -> None:
        """The guidelines at a role; above them what the scheme says of these labels, topics or acts."""
        source = (paths.resources() / "guidelines" / "guidelines.md").read_text(encoding="utf-8")
        said, self.role = definitions(scheme, ids), role
        heading = HEADINGS.get(role, "")
        if said:  # what is in question stands alone above, the whole below
            source = f"{said}\n\n---\n\n{source}"
        self._heading = "" if said else heading
        self.page.setAccessibleName(f"Guidelines: {heading or 'what counts as a statement'}")
        if source != self._source:  # reading it takes longer than the rest of a key press
            self._source = source
            show_markdown(self.page, source, self._fonts)
        go_to(self.page, self._heading)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes it."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Shown for the first time, the page goes to its cursor."""
        super().showEvent(event)
        go_to(self.page, self._heading)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where a heading stands is known only once the page has its width."""
        super().resizeEvent(event)
        go_to(self.page, self._heading)


def in_question(role: str, statement: Statement | None) -> tuple[str, ...]:
    """The values of a role that the scheme defines."""
    if statement is None:
        return ()
    if role == "topic":
        return statement.topics
    return (statement.act,) if role == "act" and statement.act else ()
