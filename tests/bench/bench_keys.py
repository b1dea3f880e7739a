"""Keys per statement: the practice articles annotated through the real window as their gold says, over
real suggestions and from an empty page, beside what a plain count of the machine's mistakes predicts.
"""

import json
import os
import sys
import tempfile
import time
from collections import Counter
from contextlib import nullcontext
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[1]))

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from replaying import Annotator, Answering, Gold, letters, plain

from annotator import paths
from annotator.ingest.registry import read_file
from annotator.storage.project import Project
from annotator.suggest.analysis import default_scheme
from annotator.suggest.suggester import Suggester
from annotator.ui import theme as looks

ALIKE = 0.8  # shared letters over all letters, from which a piece counts as found
WRONG = {"speaker": 2, "target": 2, "topic": 3, "act": 2}
MISSED_PIECE, FALSE, MISSED = 3, 1, 10


class Bot:
    """What of pytest-qt the desk needs."""

    def addWidget(self, widget):  # noqa: N802  # the plugin's own name
        widget.resize(1440, 900)

    def waitExposed(self, _widget):  # noqa: N802  # the plugin's own name
        return nullcontext()

    def waitUntil(self, holds):  # noqa: N802  # the plugin's own name
        end = time.monotonic() + 5
        while not holds() and time.monotonic() < end:
            QTest.qWait(5)


def main() -> None:
    """One line an article: statements, keys counted and pressed for each (nameless: without the letters
    of names that had to be typed), and what they were for.
    """
    app = QApplication.instance() or QApplication(["bench"])
    looks.apply(app, looks.THEMES["light"], looks.choose_fonts())
    suggester = Suggester(scheme=default_scheme())
    total, purposes, ways = Counter(), Counter(), Counter()
    print(f"{'article':24}{'gold':>5}{'counted':>9}{'pressed':>9}{'nameless':>10}{'empty page':>12}")
    for path in sorted((paths.seeds() / "gold").glob("*.jsonl")):
        gold = Gold(json.loads(path.read_text("utf-8")))
        count, pressed, how = _measure(path.stem, gold, suggester, empty=False)
        _, by_hand, _ = _measure(path.stem, gold, suggester, empty=True)
        n = len(gold.statements)
        keys, hand, typed = pressed.total(), by_hand.total(), pressed["names typed"]
        each = f"{count / n:9.2f}{keys / n:9.2f}{(keys - typed) / n:10.2f}{hand / n:12.2f}"
        print(f"{path.stem:24}{n:5}{each}   {dict(pressed)}")
        purposes.update(pressed)
        ways.update(how)
        total.update(gold=n, counted=count, pressed=keys, nameless=keys - typed, hand=hand)
    n = total["gold"]
    means = [total[x] / n for x in ("counted", "pressed", "nameless", "hand")]
    together = "".join(f"{x:{w}.2f}" for x, w in zip(means, (9, 9, 10, 12), strict=True))
    print(f"{'together':24}{n:5}{together}   {dict(purposes)}")
    print("how often: " + ", ".join(f"{way} {count}" for way, count in ways.most_common()))


def _measure(name: str, gold: Gold, suggester: Suggester, *, empty: bool) -> tuple[int, Counter, Counter]:
    with tempfile.TemporaryDirectory() as folder:
        (read,) = read_file(paths.seeds() / f"{name}.txt")
        with Project.create(Path(folder) / "k.annot", annotator="bench") as project:
            project.add_articles([read.article])
            found = suggester.suggest(gold.id, gold.text, title=read.article.meta.title)
            if not empty:
                project.put_machine_layer(gold.id, found.layer, found.actors)
            annotator = Annotator(Bot(), project, gold, Answering(suggester, project), exact=False)
            annotator.work()
            annotator.window.close()
    return _counted(gold, found), annotator.pressed, annotator.ways


def _counted(gold: Gold, found: object) -> int:
    """Keys as the mistakes predict them, piece by piece."""
    names = {a.id: a.name for a in found.actors}
    pieces = [(letters(gold.text, [p]), s) for s in found.layer.ordered_statements() for p in s.spans]
    wanted = [(letters(gold.text, [p]), s) for s in gold.statements for p in s.spans]
    alike = sorted(
        (-len(a & b) / len(a | b), i, j)
        for i, (a, _) in enumerate(wanted)
        for j, (b, _) in enumerate(pieces)
        if len(a & b) >= ALIKE * len(a | b)
    )
    pairs: dict[int, int] = {}
    for _, i, j in alike:
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    keys = 0
    for statement in gold.statements:
        places = [(i, pairs.get(i)) for i, w in enumerate(wanted) if w[1] is statement]
        keys += _mending(gold, statement, places, pieces, names)
    used = {id(pieces[j][1]) for j in pairs.values()}
    return keys + FALSE * sum(id(s) not in used for s in found.layer.statements.values())


def _mending(gold: Gold, statement: object, places: list, pieces: list, names: dict) -> int:
    matched = [pieces[j][1] for _, j in places if j is not None]
    if not matched:
        return MISSED
    worst = max(_wrong(gold, statement, found, names) for found in matched)
    return min(MISSED, 1 + worst + MISSED_PIECE * (len(places) - len(matched)))


def _wrong(gold: Gold, statement: object, found: object, names: dict) -> int:
    _, speakers, targets, topics, act = gold.frame(statement)
    theirs, span = found.speaker, statement.speaker.span
    same = theirs.span == span or bool(theirs.span and span and theirs.span.overlaps(span))
    wrong = Counter()
    wrong["speaker"] = not same or {plain(names[a]) for a in theirs.actors} != speakers
    wrong["target"] = {plain(names[t.actor]) for t in found.targets if t.actor} != targets
    wrong["topic"] = not (topics & set(found.topics) or topics == set(found.topics))
    wrong["act"] = (found.act or "none") != act
    return sum(WRONG[role] for role, is_wrong in wrong.items() if is_wrong)


if __name__ == "__main__":
    main()
