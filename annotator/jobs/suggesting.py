"""Suggesting: the line protocol of `annotator suggest -`, and suggestions for a whole project."""

import json
import logging
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

log = logging.getLogger(__name__)


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
            record = _answered(line, suggester)
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


def _answered(line: bytes | str, suggester: "Suggester") -> dict[str, Any]:
    """The record for one line; no line, however odd, ends the stream for those behind it."""
    asked = _parsed(line)
    try:
        return answer(asked, suggester)
    except _RefusedError:
        raise
    except Exception as e:  # a mistake of ours over one text must not cost the others
        log.exception("a text could not be suggested")
        raise _RefusedError("it could not be suggested", _id_of(asked)) from e


def answer(asked: Mapping[str, Any], suggester: "Suggester") -> dict[str, Any]:
    """The record for one request. Raises ValueError with a sentence when it cannot be taken."""
    id, text = _id_of(asked), asked.get("text")
    if id is None:
        raise _RefusedError("it has no id")
    if not isinstance(text, str):
        raise _RefusedError("it has no text", id)
    if _halved(text):
        raise _RefusedError("its text holds half a character (a lone surrogate)", id)
    title = asked.get("title") or _meta(asked).get("title")
    title = title if isinstance(title, str) and not _halved(title) else None
    return _record(id, text, title, _found(asked, str(id), text, title, suggester))


def _id_of(asked: Mapping[str, Any]) -> str | int | None:
    """The id as given, None when there is none that can be given back."""
    id = asked.get("id")
    if not isinstance(id, str | int) or isinstance(id, bool) or id == "" or _halved(str(id)):
        return None
    return id


def _halved(text: str) -> bool:
    """True when a lone surrogate stands in it."""
    return any("\ud800" <= c <= "\udfff" for c in text)


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
    if asked.get("fill") is None:
        return suggester.suggest(id, text, title=title)
    from annotator.suggest.suggester import NoContentError

    try:
        return suggester.fill(id, text, _spans(asked))
    except NoContentError as e:
        raise _RefusedError(str(e), _id_of(asked)) from None


def _spans(asked: Mapping[str, Any]) -> tuple[Span, ...]:
    """The spans of the content to fill."""
    try:
        return tuple(Span(_whole(s["start"]), _whole(s["end"])) for s in asked["fill"])
    except (TypeError, KeyError, ValueError):
        raise _RefusedError("the content to fill is no list of spans", _id_of(asked)) from None


def _whole(place: Any) -> int:
    if type(place) is not int:
        raise TypeError(place)
    return place


def _record(id: str | int, text: str, title: str | None, found: "Suggested") -> dict[str, Any]:
    """The canonical record, under the id that the line gave."""
    record = to_record(Article(text, meta=Meta(title=title)), found.layer, Actors(found.actors))
    record["id"] = id
    return record


def suggest_project(
    project: "Project", *, pipeline: str | None = None, again: bool = False
) -> Generator[Progress, None, int]:
    """Suggest for every article that is not done and has no suggestions yet, with `again` for every one
    that is not done; how many were.

    The pipeline is the one given, else the project's setting, else the default. Nothing that a
    person decided is touched; each article is saved on its own, so cancelling loses only the one at hand.
    """
    waiting = project.ids_not_done() if again else project.ids_without_suggestions()
    if not waiting:
        return 0
    yield Progress(0, len(waiting), "Loading the language pipeline")
    suggester = load_suggester(project, pipeline=pipeline)
    if suggester.lacks:
        yield Progress(0, len(waiting), suggester.note)
    for number, id in enumerate(waiting, 1):
        article = project.article(id)
        found = suggester.suggest(id, article.text, title=article.meta.title)
        project.put_machine_layer(id, replace(found.layer, article=id), found.actors)
        yield Progress(number, len(waiting), article.meta.title or id)
    return len(waiting)


def load_suggester(project: "Project", *, pipeline: str | None = None) -> "Suggester":
    """The suggester for a project: its scheme, its actors and their names, its pipeline setting."""
    from annotator.suggest.pipeline import DEFAULT
    from annotator.suggest.suggester import Suggester

    chosen = pipeline or project.setting("pipeline") or DEFAULT
    return Suggester(chosen, scheme=project.scheme, known=project.actors(), names=project.linked_names())


def teach(suggester: "Suggester", project: "Project") -> None:
    """Let a suggester know what the project has learned since."""
    suggester.learn(project.scheme, project.actors(), project.linked_names())
