"""What XML has no place for: control characters and two others, wherever they stand."""

_UNFIT = dict.fromkeys(
    [n for n in range(0x20) if chr(n) not in "\t\n\r"] + [0xFFFE, 0xFFFF], "\N{REPLACEMENT CHARACTER}"
)


def fit(text: str) -> str:
    """The text with U+FFFD for each of them, as long as it was."""
    return text.translate(_UNFIT)
