"""Suggesting: the line protocol of `annotator suggest -`, and suggestions for a whole project."""

import json
import sys
from collections.abc import Callable, Generator, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from annotator.domain.actors import Actors
from annotator.domain.article import Article, Meta
from annotator.domain.record import dumps, to_record
from annotator.domain.spans import Span
from annotator.jobs.progress import Progress

if TYPE_CHECKING:
    from annotator.storage.project import Project
    from annotator.suggest.suggester import Suggested, Suggester

_LONGEST_LINE = 200_000_000


@dataclass(frozen=True)
class StreamReport:
    """Lines answered with a record, and one sentence for each line refused."""

    answered: int
    refused: tuple[str, ...] = ()


class _RefusedError(ValueError):
    """Why a line cannot be taken; `id` is the line's own, when it had one."""

    def __init__(self, why: str, id: Any = None) -> None:
        super().__init__(why)
        self.id = id


def suggest_stream(
    lines_in: Iterable[bytes | str],
    write: Callable[[str], None],
    *,
    suggester: "Suggester",
    replies: bool = False,
    complain: Callable[[str], None] | None = None,
) -> StreamReport:
    """Answer each line with one canonical record, in order; `write` gets a line with its end.

    `id` and `text` are echoed as given. A refused line is told to `complain` (standard error by
    default), and answered with `{"id", "error"}` when `replies` is set. Empty lines are passed over.
    """
    complain = complain or _to_stderr
    answered, refused = 0, []
    for number, line in enumerate(lines_in, 1):
        if not line.strip():
            continue
        try:
            record = answer(line, suggester)
        except _RefusedError as e:
            sentence = f"line {number}: {e}"
            refused.append(sentence)
            complain(sentence)
            if replies:
                write(dumps({"id": e.id, "error": str(e)}) + "\n")
            continue
        write(dumps(record) + "\n")
        answered += 1
    return StreamReport(answered, tuple(refused))


def _to_stderr(sentence: str) -> None:
    sys.stderr.write(sentence + "\n")
    sys.stderr.flush()


def answer(line: bytes | str, suggester: "Suggester") -> dict[str, Any]:
    """The record for one line. Raises ValueError with a sentence when the line cannot be taken."""
    asked = _parsed(line)
    id, text = asked.get("id"), asked.get("text")
    if not isinstance(id, str | int) or isinstance(id, bool) or id == "":
        raise _RefusedError("it has no id")
    if not isinstance(text, str):
        raise _RefusedError("it has no text", id)
    if any("\ud800" <= c <= "\udfff" for c in text) or any("\ud800" <= c <= "\udfff" for c in str(id)):
        raise _RefusedError("its text holds half a character (a lone surrogate)", id)
    title = asked.get("title") or _meta(asked).get("title")
    found = _found(asked, str(id), text, title if isinstance(title, str) else None, suggester)
    return _record(id, text, title if isinstance(title, str) else None, found)


def _parsed(line: bytes | str) -> Mapping[str, Any]:
    try:
        asked = json.loads(line)
    except (ValueError, RecursionError):
        raise _RefusedError("it is not JSON") from None
    if not isinstance(asked, dict):
        raise _RefusedError("it is not a JSON object")
    return asked


def _meta(asked: Mapping[str, Any]) -> Mapping[str, Any]:
    meta = asked.get("meta")
    return meta if isinstance(meta, dict) else {}


def _found(
    asked: Mapping[str, Any], id: str, text: str, title: str | None, suggester: "Suggester"
) -> "Suggested":
    if not asked.get("fill"):
        return suggester.suggest(id, text, title=title)
    try:
        spans = tuple(Span(int(s["start"]), int(s["end"])) for s in asked["fill"])
        return suggester.fill(id, text, spans)
    except (TypeError, KeyError, ValueError):
        raise _RefusedError("the content to fill does not lie in its text", asked.get("id")) from None


def _record(id: str | int, text: str, title: str | None, found: "Suggested") -> dict[str, Any]:
    """The canonical record, under the id that the line gave."""
    record = to_record(Article(text, meta=Meta(title=title)), found.layer, Actors(found.actors))
    record["id"] = id
    return record


def suggest_project(project: "Project", *, pipeline: str | None = None) -> Generator[Progress, None, int]:
    """Suggest for every article that is not done and has no suggestions yet; how many were.

    The pipeline is the one given, else the project's setting, else the default. Nothing that a
    person decided is touched; each article is saved on its own, so cancelling loses only the one at hand.
    """
    waiting = project.ids_without_suggestions()
    if not waiting:
        return 0
    yield Progress(0, len(waiting), "Loading the language pipeline")
    suggester = load_suggester(project, pipeline=pipeline)
    if suggester.lacks:
        yield Progress(0, len(waiting), _lacking(suggester))
    for number, id in enumerate(waiting, 1):
        article = project.article(id)
        found = suggester.suggest(id, article.text, title=article.meta.title)
        project.put_machine_layer(id, replace(found.layer, article=id), found.actors)
        yield Progress(number, len(waiting), article.meta.title or id)
    return len(waiting)


def _lacking(suggester: "Suggester") -> str:
    """What the chosen pipeline cannot do, and what is suggested all the same."""
    missing = " and ".join(
        {"parser": "no parser", "ner": "no recogniser of names"}[x] for x in suggester.lacks
    )
    return f"The pipeline has {missing}: only marked quotations and known names are suggested"


def load_suggester(project: "Project", *, pipeline: str | None = None) -> "Suggester":
    """The suggester for a project: its scheme, its actors, its pipeline setting."""
    from annotator.suggest.pipeline import DEFAULT
    from annotator.suggest.suggester import Suggester

    chosen = pipeline or project.setting("pipeline") or DEFAULT
    return Suggester(chosen, scheme=project.scheme, known=project.actors())
