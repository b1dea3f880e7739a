"""What a person may set to their liking: theme, sizes, the article's letters and lines, keys."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Protocol, TypeVar

from annotator.ui.theme import COLUMN, LEADING, SCALES, TEXT_PX, THEMES, Fonts, Theme, choose_fonts

TEXT_SIZES = (12, 13, 14, 15, 16, TEXT_PX, 18, 19, 20, 22, 24, 28, 32, 40)  # pixels at scale 1
LEADINGS = {"Close": 1.7, "Rather close": 1.9, "Usual": LEADING, "Wide": 2.4, "Very wide": 2.8}
COLUMNS = (50, 60, COLUMN, 80, 100)
_KEY = "comfort"
N = TypeVar("N", int, float)

Keys = Mapping[str, tuple[str, ...]]


class Store(Protocol):
    """What keeps a text under a name: see settings.Settings."""

    def get(self, key: str, default: str) -> str:
        """The text kept, or the default."""

    def put(self, key: str, value: str) -> None:
        """Keep a text."""


@dataclass(frozen=True)
class Comfort:
    """`keys` are the user's own by verb id; a verb without keeps its usual ones. An empty
    `text_family` is the best font that the machine has.
    """

    theme: str = "light"
    scale: float = 1.0
    text_family: str = ""
    text_px: int = TEXT_PX
    leading: float = LEADING
    column: int = COLUMN
    keys: Keys = field(default_factory=lambda: MappingProxyType({}))

    @property
    def colours(self) -> Theme:
        """The theme itself."""
        return THEMES.get(self.theme, THEMES["light"])

    def fonts(self) -> Fonts:
        """Fonts in these sizes."""
        fonts = choose_fonts(self.scale, self.text_family or None)
        fonts.text.setPixelSize(max(6, round(self.text_px * self.scale)))
        return replace(fonts, leading=self.leading, column=self.column)

    def keep(self, store: Store) -> None:
        """Write down."""
        row = {**vars(self), "keys": {id: list(keys) for id, keys in self.keys.items()}}
        store.put(_KEY, json.dumps(row))

    @classmethod
    def kept(cls, store: Store) -> "Comfort":
        """What was written down; the usual for what is missing or makes no sense."""
        try:
            row = json.loads(store.get(_KEY, "{}"))
        except ValueError:
            row = {}
        return cls.sensible(row if isinstance(row, dict) else {})

    @classmethod
    def sensible(cls, row: Mapping[str, Any]) -> "Comfort":
        """Values within their bounds; the usual for others."""
        usual = cls()
        kept = {
            name: value
            for name, value in row.items()
            if name in vars(usual) and name != "keys" and _fits(value, getattr(usual, name))
        }
        made = replace(usual, **kept, keys=_keys(row.get("keys")))
        return replace(
            made,
            theme=made.colours.name,
            scale=_nearest(made.scale, SCALES),
            text_px=_nearest(made.text_px, TEXT_SIZES),
            leading=_nearest(made.leading, LEADINGS.values()),
            column=_nearest(made.column, COLUMNS),
        )


def _nearest(value: N, choices: Iterable[N]) -> N:
    return min(choices, key=lambda choice: abs(choice - value))


def _fits(value: object, usual: object) -> bool:
    if isinstance(usual, float):
        return isinstance(value, int | float) and not isinstance(value, bool)
    return type(value) is type(usual)


def _keys(value: object) -> Keys:
    if not isinstance(value, dict):
        return MappingProxyType({})
    good = {
        id: tuple(keys)
        for id, keys in value.items()
        if isinstance(keys, list) and all(isinstance(k, str) and k for k in keys)
    }
    return MappingProxyType(good)
