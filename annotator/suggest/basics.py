"""Basics: word classes and base forms, guessed where an English pipeline tags but does not give them."""

from typing import TYPE_CHECKING

from annotator.suggest import lexicon

if TYPE_CHECKING:
    from spacy.tokens import Doc

_CLASSES = (
    ("VB", "VERB"),
    ("MD", "AUX"),
    ("NNP", "PROPN"),
    ("NN", "NOUN"),
    ("PRP", "PRON"),
    ("W", "PRON"),
    ("JJ", "ADJ"),
    ("RB", "ADV"),
    ("IN", "ADP"),
    ("TO", "PART"),
    ("DT", "DET"),
    ("CC", "CCONJ"),
    ("CD", "NUM"),
)
_AUXILIARIES = {
    "is": "be",
    "are": "be",
    "was": "be",
    "were": "be",
    "been": "be",
    "has": "have",
    "had": "have",
    "does": "do",
    "did": "do",
}


def complete(doc: "Doc") -> None:
    """Set what is missing of `pos_` and `lemma_`; nothing in other languages or without tags."""
    if doc.lang_ != "en" or not doc.has_annotation("TAG"):
        return
    if doc.to_array(["POS", "LEMMA"]).all():
        return  # nothing is missing
    for token in doc:
        if not token.pos:
            token.pos_ = next((pos for tag, pos in _CLASSES if token.tag_.startswith(tag)), "PUNCT")
        if not token.lemma:
            token.lemma_ = _base(token.lower_, token.tag_)


def _base(word: str, tag: str) -> str:
    """The base form that our lexicons know, else the word itself."""
    if word in _AUXILIARIES:
        return _AUXILIARIES[word]
    if not tag.startswith(("V", "NN")):
        return word
    known = lexicon.load().verbs if tag.startswith("V") else lexicon.load().nouns
    if tag.startswith("V") and word in lexicon.forms():
        return lexicon.forms()[word]
    return next((base for base in _stems(word) if base in known), word)


def _stems(word: str) -> list[str]:
    """What a word may come from: "urged" -> urge, "rejecting" -> reject, "denies" -> deny."""
    out = [word]
    for ending in ("s", "es", "ed", "d", "ing"):
        if word.endswith(ending):
            stem = word[: -len(ending)]
            out += [stem, stem + "e"]
            if len(stem) > 2 and stem[-1] == stem[-2]:
                out.append(stem[:-1])  # "admitted"
            if stem.endswith("i"):
                out.append(stem[:-1] + "y")
    return out
