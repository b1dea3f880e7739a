"""Colours and fonts of the window: themes read from resources/themes, the fonts the machine has,
and the style sheet made of both. Nothing global: whoever paints is given a Theme and Fonts.

Widgets ask for a look by dynamic properties, set with `look(widget, "primary")`:
QPushButton primary | quiet | danger | chip | tab · QLabel title | heading | strong | muted | small |
tiny | error | figure | key, or property `pill` = suggested | confirmed | corrected | rejected | plain ·
QFrame card | popup | line, with property `role` = speaker | target | topic | act | kind and `active` ·
views `boxed` · QTextEdit `article` · QTextBrowser `page` · QProgressBar score | done ·
any QWidget window | panel | article.
"""

import re
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from string import Template

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from annotator import paths

TEXT_FAMILIES = ("Noto Serif", "Source Serif 4", "Source Serif Pro", "Charter", "Georgia", "DejaVu Serif")
UI_FAMILIES = ("Inter", "SF Pro Text", "Segoe UI", "Noto Sans", "Cantarell", "DejaVu Sans")
MONO_FAMILIES = ("JetBrains Mono", "SF Mono", "Consolas", "Menlo", "DejaVu Sans Mono", "Noto Sans Mono")

TEXT_PX, UI_PX, MONO_PX = 17, 13, 12  # at scale 1
LEADING = 2.1  # height of a line of the article in font sizes
COLUMN = 70  # characters on a line of the article
SCALES = (0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0)


@dataclass(frozen=True)
class Theme:
    """Hex colours by what they mean. `*_soft` is a ground, `*_line` a stroke, the bare name the
    strong colour, which can also be read as text on `panel` and `article`.
    """

    name: str
    dark: bool
    window: str
    panel: str
    article: str
    line: str
    line_soft: str
    hover: str
    text: str
    muted: str
    accent: str
    accent_hover: str
    accent_soft: str
    accent_text: str
    statement: str
    statement_soft: str
    statement_line: str
    speaker: str
    speaker_soft: str
    target: str
    target_soft: str
    topic: str
    act: str
    kind: str
    confirmed: str
    suggested: str
    suggested_soft: str
    suggested_line: str
    rejected: str
    hint: str
    hint_soft: str
    hint_line: str
    hint_text: str
    error: str
    error_soft: str
    entity_line: str
    shadow: str

    def role(self, role: str) -> str:
        """Strong colour of speaker, target, topic, act or kind."""
        return str(getattr(self, role))

    def decision(self, decision: str) -> str:
        """Colour of the dot that shows a decision."""
        dots = {"suggested": self.suggested_line, "rejected": self.rejected}
        return dots.get(decision, self.confirmed)


def _read(name: str) -> Theme:
    source = (_folder() / f"{name}.toml").read_text(encoding="utf-8")
    return Theme(name=name, **tomllib.loads(source))


def _folder() -> Path:
    return paths.resources() / "themes"


THEMES = {name: _read(name) for name in ("light", "dark", "contrast")}


@dataclass(frozen=True)
class Fonts:
    """What text, controls and keys are set in; `scale` is already in their sizes. `leading` and
    `column` shape the article: line height in font sizes, characters on a line.
    """

    text: QFont
    ui: QFont
    mono: QFont
    scale: float = 1.0
    leading: float = LEADING
    column: int = COLUMN

    def px(self, length: float) -> int:
        """A length in pixels at scale 1, at this scale; never 0 for a positive one."""
        return max(1, round(length * self.scale)) if length > 0 else 0

    def sized(self, px: float, *, bold: bool = False) -> QFont:
        """The font of controls at another size, given at scale 1."""
        font = QFont(self.ui)
        font.setPixelSize(self.px(px))
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        return font


def choose_fonts(scale: float = 1.0, text_family: str | None = None, ui_family: str | None = None) -> Fonts:
    """The best that the machine has, or the families asked for where they are installed."""
    here = set(QFontDatabase.families())
    return Fonts(
        text=_font(here, (text_family, *TEXT_FAMILIES), TEXT_PX * scale, QFont.StyleHint.Serif),
        ui=_font(here, (ui_family, *UI_FAMILIES), UI_PX * scale, QFont.StyleHint.SansSerif),
        mono=_font(here, MONO_FAMILIES, MONO_PX * scale, QFont.StyleHint.Monospace),
        scale=scale,
    )


def _font(here: set[str], families: tuple[str | None, ...], px: float, hint: QFont.StyleHint) -> QFont:
    family = next((f for f in families if f and f in here), None)
    font = QFont(family) if family else QFont()
    font.setStyleHint(hint)
    font.setPixelSize(max(6, round(px)))
    return font


def text_families() -> list[str]:
    """Installed families for the article's text, the recommended first."""
    here = QFontDatabase.families()
    return [f for f in TEXT_FAMILIES if f in here] + sorted(set(here) - set(TEXT_FAMILIES))


def stylesheet(theme: Theme, fonts: Fonts) -> str:
    """The complete style sheet of the window; every length scales with the fonts."""
    source = Template((_folder() / "window.qss").read_text(encoding="utf-8"))
    colours = {f.name: getattr(theme, f.name) for f in fields(theme)}
    filled = source.substitute(colours, mono=fonts.mono.family(), icons=_folder().as_posix())
    scaled = re.sub(r"\b(\d+)px", lambda m: f"{fonts.px(int(m[1]))}px", filled)
    return scaled.replace("hair solid", f"{max(1, int(fonts.scale))}px solid")


def palette(theme: Theme) -> QPalette:
    """What widgets that no rule reaches are drawn with."""
    p, role = QPalette(), QPalette.ColorRole
    for r, colour in {
        role.Window: theme.window,
        role.WindowText: theme.text,
        role.Base: theme.panel,
        role.AlternateBase: theme.article,
        role.Text: theme.text,
        role.Button: theme.panel,
        role.ButtonText: theme.text,
        role.ToolTipBase: theme.panel,
        role.ToolTipText: theme.text,
        role.PlaceholderText: theme.muted,
        role.Highlight: theme.accent,
        role.HighlightedText: theme.accent_text,
        role.Link: theme.accent,
        role.LinkVisited: theme.statement,
        role.Mid: theme.line,
        role.Midlight: theme.line_soft,
        role.Shadow: theme.shadow,
    }.items():
        p.setColor(r, QColor(colour))
    for r in (role.Text, role.WindowText, role.ButtonText):
        p.setColor(QPalette.ColorGroup.Disabled, r, QColor(theme.muted))
    return p


def apply(app: QApplication, theme: Theme, fonts: Fonts) -> None:
    """Dress the whole application; may be called again at any time."""
    app.setStyle("Fusion")  # the one style that looks and measures the same everywhere
    app.setFont(fonts.ui)
    app.setPalette(palette(theme))
    app.setStyleSheet(stylesheet(theme, fonts))


def look(widget: QWidget, name: str, **properties: object) -> QWidget:
    """Give `widget` a look of the style sheet and any further dynamic properties; returns it."""
    return restyle(widget, look=name, **properties)


def restyle(widget: QWidget, **properties: object) -> QWidget:
    """Set dynamic properties and let the style sheet follow them; returns `widget`."""
    if all(widget.property(key) == value for key, value in properties.items()):
        return widget  # following costs a third of a millisecond
    for key, value in properties.items():
        widget.setProperty(key, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    return widget
