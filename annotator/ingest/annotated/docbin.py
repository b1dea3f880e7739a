"""spaCy's DocBin: texts with entities and span groups, or a record of ours in the user data. The file is
compressed msgpack, nothing in it is ever run.
"""

import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from annotator.ingest.annotated.articles import article_from
from annotator.ingest.annotated.converting import read_any_record
from annotator.ingest.annotated.found import Document, FoundMention, results
from annotator.ingest.annotated.placing import Place
from annotator.ingest.annotated.values import name_of
from annotator.ingest.results import Refused, Result, UnfitError

USER_DATA = "annotator"  # key of our record in the user data
_MOST_BYTES = 500_000_000
_MOST_UNPACKED = 1_000_000_000
_SMALL, _MOST_RATIO = 20_000_000, 200
_PARTS = {"attrs": list, "tokens": bytes, "spaces": bytes, "lengths": bytes, "strings": list, "cats": list}


def read_docbin(path: Path, name: str) -> Iterator[Result]:
    """Its Docs; one that cannot be read is refused by its number, the others go on."""
    bin_, vocab = _opened(_unpacked(path))
    for number in range(len(bin_.tokens)):
        where = f"document {number + 1}"
        try:
            yield from _results(_doc(bin_, number, vocab), name, where)
        except RecursionError:
            yield Refused(name, where, "its user data are nested too deeply")
        except UnfitError as e:
            yield Refused(name, where, str(e))
        except Exception as e:  # noqa: BLE001 - spaCy raises anything on strange arrays
            yield Refused(name, where, f"it is too broken to be read ({type(e).__name__})")


def _unpacked(path: Path) -> bytes:
    """The msgpack of the file, of sane size and with the parts of a DocBin."""
    if path.stat().st_size > _MOST_BYTES:
        raise UnfitError(f"it is larger than {_MOST_BYTES // 1_000_000} MB")
    data = path.read_bytes()
    most = min(_MOST_UNPACKED, max(_SMALL, _MOST_RATIO * len(data)))
    try:
        opener = zlib.decompressobj()
        unpacked = opener.decompress(data, most)
    except zlib.error:
        raise UnfitError("it is not a spaCy DocBin") from None
    if opener.unconsumed_tail:
        raise UnfitError("it would unpack to far more than its size (a bomb)")
    if not opener.eof:
        raise UnfitError("it is broken: its end is missing")
    return unpacked


def _opened(unpacked: bytes) -> tuple[Any, Any]:
    """The DocBin and a vocabulary that knows its words."""
    import srsly

    try:
        message = srsly.msgpack_loads(unpacked)
    except Exception:  # noqa: BLE001 - msgpack raises many kinds of errors
        raise UnfitError("it is not a spaCy DocBin") from None
    if not isinstance(message, dict) or any(
        not isinstance(message.get(part), kind) for part, kind in _PARTS.items()
    ):
        raise UnfitError("it is not a spaCy DocBin")
    import spacy
    from spacy.tokens import DocBin

    vocab = spacy.blank("xx").vocab
    try:
        bin_ = DocBin(store_user_data=True).from_bytes(zlib.compress(unpacked, 0))
        for string in bin_.strings:
            vocab.strings.add(string)
    except Exception:  # noqa: BLE001 - spaCy raises anything on strange arrays
        raise UnfitError("it is a broken spaCy DocBin") from None
    if bin_.tokens and sum(map(len, bin_.tokens)) * 8 * len(bin_.attrs) != len(message["tokens"]):
        raise UnfitError("its parts do not fit together")
    bin_.strings = set()
    return bin_, vocab


def _doc(bin_: Any, number: int, vocab: Any) -> Any:
    from spacy.tokens import DocBin

    one = DocBin(store_user_data=True)
    one.attrs, one.strings = bin_.attrs, set()
    for part in ("tokens", "spaces", "cats", "span_groups", "flags", "user_data"):
        values = getattr(bin_, part)
        setattr(one, part, values[number : number + 1])
    return next(iter(one.get_docs(vocab)))


def _results(doc: Any, name: str, where: str) -> Iterator[Result]:
    ours = doc.user_data.get(USER_DATA)
    if isinstance(ours, str):
        try:
            head = json.loads(ours)
        except json.JSONDecodeError:
            raise UnfitError("the record in its user data is not JSON") from None
        if not isinstance(head, dict):
            raise UnfitError("the record in its user data is none")
        yield from read_any_record({**head, "text": doc.text}, name, where)
        return
    article, text = article_from({}, doc.text, file=name, extractor="docbin 1")
    spans = {(e.start_char, e.end_char, e.label_) for e in doc.ents}
    spans |= {(s.start_char, s.end_char, s.label_) for group in doc.spans.values() for s in group}
    mentions = [_mention(text, *span) for span in sorted(spans)]
    topics = (f"topics of the whole text left out ×{len(doc.cats)}",) if doc.cats else ()
    yield from results(Document(article, text, tuple(mentions), notes=topics), name, where)


def _mention(text: str, start: int, end: int, label: str) -> FoundMention:
    label = name_of(label) or "?"
    return FoundMention(Place(((start, end),), text[start:end], label), label)
