"""Keys of keyboards that write no Latin letters: what a key would write on a Latin one. The place of
the key decides where the system tells it, else the letter, by the commonest layouts.
"""

import unicodedata

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from annotator.ui.verbs import someone_types

_ROWS = ("qwertyuiop[]", "asdfghjkl;'", "zxcvbnm,./")
_SHIFTED = dict(zip("[];',./", '{}:"<>?', strict=True))
# Numbers of the first key of each row; the others follow. Windows counts as keyboards of old did, X11
# and Wayland eight higher.
_FIRST_SCAN = {"windows": (0x10, 0x1E, 0x2C), "xcb": (24, 38, 52), "wayland": (24, 38, 52)}
_MAC = "asdfhgzxcv\0bqweryt" + 12 * "\0" + "]ou[ip\0lj'k;\0,/nm."  # by Apple's numbers of keys
_LAYOUTS = (
    ("йцукенгшщзхъфывапролджэячсмитьбю", "qwertyuiop[]asdfghjkl;'zxcvbnm,."),  # Russian
    ("ії", "s]"),  # Ukrainian, where it differs
    ("ςερτυθιοπασδφγηξκλζχψωβνμ", "wertyuiopasdfghjklzxcvbnm"),  # Greek
    ("קראטוןםפשדגכעיחלךףזסבהנמצתץ", "ertyuiopasdfghjkl;zxcvbnm,."),  # Hebrew
    ("ضصثقفغعهخحجدشسيبلاتنمكطئءؤرىةوزظ", "qwertyuiop[]asdfghjkl;'zxcvnm,./"),  # Arabic
)
_BY_LETTER = {a: b for theirs, ours in _LAYOUTS for a, b in zip(theirs, ours, strict=True)}


def is_foreign(text: str) -> bool:
    """True for one letter of a script other than Latin."""
    return len(text) == 1 and text.isalpha() and not unicodedata.name(text, "LATIN").startswith("LATIN")


def latin(event: QKeyEvent, platform: str) -> str:
    """What the key of a foreign letter writes on a Latin keyboard; nothing when it is not known."""
    text = event.text()
    if not is_foreign(text):
        return ""
    plain = _by_place(event, platform) or _BY_LETTER.get(text.lower(), "")
    if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
        return _SHIFTED.get(plain, plain.upper())
    return plain


def _by_place(event: QKeyEvent, platform: str) -> str:
    if platform == "cocoa":
        number = event.nativeVirtualKey()  # 0 is a key, too; only then there is a scan code
        known = event.nativeScanCode() and number < len(_MAC)
        return _MAC[number].strip("\0") if known else ""
    for first, row in zip(_FIRST_SCAN.get(platform, ()), _ROWS, strict=False):
        place = event.nativeScanCode() - first
        if 0 <= place < len(row):
            return row[place]
    return ""


class LatinKeys(QObject):
    """Watches the application: where nobody types, foreign letters become the Latin ones of their keys,
    so that verbs, hints and pickers know but one alphabet.
    """

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._platform = QGuiApplication.platformName()
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Deliver another event in place of a foreign one."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if not isinstance(watched, QWidget) or someone_types(watched):
            return False
        text = latin(event, self._platform)
        if not text:
            return False
        key = Qt.Key(ord(text.upper()))
        made = QKeyEvent(QEvent.Type.KeyPress, key, event.modifiers(), text, event.isAutoRepeat())
        QApplication.sendEvent(watched, made)
        return True
