"""Deeds: whose a deed is that a text names without its owner: "condemned the takeover" by those who took
over, "called the suspension …" by who suspended, "welcomed the step" by who took it.
"""

from collections.abc import Iterator
from itertools import islice

from annotator.suggest.scene import Named, Scene

_OTHER = {
    "takeover": "take",
    "expulsion": "expel",
    "detention": "detain",
    "ruling": "rule",
    "withdrawal": "withdraw",
    "seizure": "seize",
    "failure": "fail",
    "flight": "fly",
    "shot": "shoot",
    "sale": "sell",
    "choice": "choose",
}
_ANY = frozenset(
    {"move", "step", "decision", "action", "measure", "act", "policy", "order", "ruling", "announcement"}
    | {"it", "this", "that", "verdict", "judgment", "outcome"}
)
_SAID = frozenset(
    {"allegation", "accusation", "claim", "charge", "remark", "comment", "criticism", "complaint"}
    | {"suggestion", "demand", "call", "statement", "threat", "warning", "report", "comparison", "argument"}
)
_TEXTS = frozenset({"text", "draft", "proposal", "resolution", "plan", "bill", "document", "offer", "motion"})
_WRITE = frozenset({"propose", "draft", "submit", "table", "circulate", "present", "publish", "issue"})
_LEAST = 4  # letters that a noun and its verb share
_BACK = 60  # namings before
_DOERS = frozenset({"subject", "voice", "owner", "by"})


class Deeds:
    """The deeds of one text by who does them."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene

    def authors(self, noun: str, at: int, voice: frozenset[str]) -> Iterator[str]:
        """Who did last before a place what a noun names; the speaker's own deeds are left out."""
        before = [n for n in islice(self._scene.before(at), _BACK) if self._did(n, voice)]
        found = next((n for n in before if _same(noun, n.deed)), None)
        if found is None and noun in _TEXTS:
            found = next((n for n in before if n.deed in _WRITE), None)
        if found is None and noun in _SAID:
            found = next((n for n in before if n.how == "voice"), None)
        if found is None and noun in _ANY:
            found = next((n for n in before if n.how in ("subject", "voice")), None)
        if found is not None:
            yield from self._all(found)

    def _did(self, n: Named, voice: frozenset[str]) -> bool:
        known = n.id.startswith("person:") or self._scene.may_be_party(n.side)
        return n.how in _DOERS and known and n.id not in voice and n.side not in voice

    def _all(self, found: Named) -> Iterator[str]:
        """One who did it, after the side of a body or person."""
        if found.side != found.id:
            yield found.side
        yield found.id


def _same(noun: str, verb: str) -> bool:
    """ "suspension" and "suspend"."""
    if not verb:
        return False
    if noun == verb or _OTHER.get(noun) == verb:
        return True
    least = max(_LEAST, min(len(noun), len(verb)) - 3)
    return len(verb) >= least and noun.startswith(verb[:least])
