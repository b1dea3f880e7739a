"""What the table of all statements costs as ratios to reading their ids alone.
`python -m tests.bench statements`.
"""

import sys
import tempfile
from pathlib import Path
from types import MappingProxyType

from annotator.domain.actors import Actor
from annotator.domain.edits import AddStatement, Placed, Step
from annotator.domain.layer import Layer, LayerKind
from annotator.domain.statement import accepted
from annotator.storage.project import Project
from annotator.storage.statements import Wanted
from tests.bench.bench_storage import AT, made_articles, milliseconds, suggestion

IN_EACH = 20


def _filled(path: Path, count: int) -> Project:
    project = Project.create(path, annotator="ann")
    actors = (Actor("person:qin-gang", "Qin Gang", "person"), Actor("state:JP", "Japan", "state"))
    with project.batch():
        project.add_articles(made_articles(count // IN_EACH, IN_EACH * 25))
        for n, id in enumerate(project.article_ids()):
            statements = MappingProxyType({f"s{i}": suggestion(i, i * 100) for i in range(IN_EACH)})
            layer = Layer(id, "rules 1", LayerKind.MACHINE, statements=statements)
            project.put_machine_layer(id, layer, actors)
            if n % 4 == 0:
                edits = [Placed(AddStatement(accepted(s, "ann", AT)), id) for s in statements.values()]
                project.do(Step("Bench", tuple(edits)))
    return project


def main(count: int = 100_000) -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as name, _filled(Path(name) / "big.annot", count) as project:
        table = project.statements
        sql = "SELECT layer, id FROM statement"
        bare = milliseconds(lambda: project._conn.execute(sql).fetchall(), 5)
        keys = table.find()
        print(f"{len(keys)} statements listed of {count}; their ids alone: {bare:.0f} ms")
        for label, act in {
            "find()": table.find,
            "find(order=speaker)": lambda: table.find(order="speaker"),
            "find(order=published)": lambda: table.find(order="published", descending=True),
            "find(decision)": lambda: table.find(Wanted(decisions=frozenset({"confirmed"}))),
            "find(area)": lambda: table.find(Wanted(areas=frozenset({"territory"}))),
            "find(words)": lambda: table.find(Wanted(words="beijing qin")),
            "counts()": table.counts,
            "rows(), a page of 200": lambda: table.rows(keys[:200]),
            "decided_differently()": table.decided_differently,
            "usage()": project.usage,
        }.items():
            took = milliseconds(act, 3)
            print(f"{label:28} {took:8.1f} ms = {took / bare:5.1f}x")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
