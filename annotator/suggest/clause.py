"""The grammar of a content's first clause: who or what it speaks of, and how (will, must, has not …). "We
will not" says more about what is done with words than many words do.
"""

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from annotator.domain.spans import Span
from annotator.suggest.reading import Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl", "csubj"})
_AS_THEY_STAND = frozenset(
    {"i", "we", "you", "it", "they", "he", "she", "this", "that", "there", "these", "those", "one"}
    | {"who", "what", "which", "nobody", "everybody"}
)
_NOT = frozenset({"no", "nobody", "nothing", "none"})
_MODALS = {
    **{m: m for m in ("will", "would", "should", "must", "can", "could", "may", "might", "ought", "need")},
    "shall": "will",
    "'ll": "will",
    "wo": "will",
    "'d": "would",
    "ca": "can",
}
_OWNERS = {
    **dict.fromkeys(("our", "my"), "ours"),
    **dict.fromkeys(("his", "her", "its", "their"), "theirs"),
    "your": "yours",
}
_KINDS = {"GPE": "a state", "NORP": "a state", "PERSON": "a person", "ORG": "an organisation"}
_BE = frozenset({"is", "are", "'re", "'s", "am", "'m", "was", "were", "be", "been"})
_HAVE = frozenset({"has", "have", "'ve"})
NO_VERB, TO_DO = "no verb", "to do"


def features(reading: Reading, spans: Sequence[Span], own: Collection[str]) -> list[str]:
    """What the grammar says, as names of features; `own` are those who speak. Nothing without a parse."""
    if not reading.parsed:
        return []
    tokens = _tokens(reading, spans)
    places = {t.i for t in tokens}
    heads = [t for t in tokens if t.head.i not in places or t.head.i == t.i]
    verb = next((t for t in heads if t.pos_ in ("VERB", "AUX")), None)
    if verb is None:
        first = next((t for t in heads if t.pos_ not in ("PUNCT", "SPACE")), None)
        return [NO_VERB, *([TO_DO] if first is not None and first.tag_ == "TO" else [])]
    children = [c for c in verb.children if c.i in places]
    subject = next((c for c in children if c.dep_ in _SUBJECTS), None)
    who, how = _who(subject, own), _how(verb, children, subject)
    where = "in marks" if reading.inside(verb.i) else "reported"
    return [
        f"of {who}",
        how,
        f"{who} {how}",
        f"{where}: of {who}",
        f"{where}: {how}",
        *(["if"] if any(t.lower_ == "if" and t.dep_ == "mark" for t in tokens) else []),
        *(["until"] if any(t.lower_ in ("until", "unless") for t in tokens) else []),
    ]


def _tokens(reading: Reading, spans: Sequence[Span]) -> list["Token"]:
    doc = reading.doc
    return [t for s in spans for t in doc[reading.token_from(s.start) : reading.token_at(s.end - 1) + 1]]


def _who(subject: "Token | None", own: Collection[str]) -> str:
    """The kind of subject."""
    if subject is None:
        return "nobody named"
    owner = next((o for c in subject.children if c.dep_ == "poss" and (o := _OWNERS.get(c.lower_))), None)
    if owner:
        return owner
    if subject.lower_ in _AS_THEY_STAND:
        return str(subject.lower_)
    if subject.ent_kb_id_ and subject.ent_kb_id_ in own:
        return "the speaker"
    return _KINDS.get(subject.ent_type_, "a thing")


def _how(verb: "Token", children: Sequence["Token"], subject: "Token | None") -> str:
    """Tense or modal verb of the clause, with "not" when it is denied."""
    aux = [c.lower_.replace("’", "'") for c in children if c.dep_ in ("aux", "auxpass")]
    modal = next((_MODALS[a] for a in aux if a in _MODALS), "")
    return (modal or _tense(verb, aux, children, subject)) + (" not" if _denied(children, subject) else "")


def _denied(children: Sequence["Token"], subject: "Token | None") -> bool:
    if any(c.dep_ == "neg" or c.lower_ == "never" for c in children):
        return True
    return subject is not None and (subject.lower_ in _NOT or any(c.lower_ in _NOT for c in subject.children))


def _tense(verb: "Token", aux: list[str], children: Sequence["Token"], subject: "Token | None") -> str:
    said = set(aux)
    if verb.tag_ == "VBD":
        return "did"
    if said & _HAVE:
        return "has done"
    if "had" in said:
        return "had done"
    if said & _BE:
        return "is doing" if verb.tag_ == "VBG" else "is done"
    if verb.tag_ in ("VBZ", "VBP"):
        return "does"
    to = any(c.tag_ == "TO" for c in children)
    return TO_DO if to else "do!" if verb.tag_ == "VB" and subject is None else "other"
