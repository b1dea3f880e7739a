"""Works in a project until it is killed, and acknowledges every piece of work on standard output.

`kill_child.py PROJECT ROUND save` acknowledges what `do` has returned from; `early` acknowledges
what is done but not yet committed, as a careless program would; `create` makes one project after
another in the folder PROJECT.
"""

import itertools
import os
import random
import sys
from pathlib import Path

from annotator.domain.article import Article
from annotator.domain.edits import AddStatement, ChangeStatement, Placed, SetState, Step
from annotator.domain.layer import State
from annotator.domain.spans import Span
from annotator.domain.statement import Decision, Kind, Speaker, Statement, Target
from annotator.storage.project import Project


def acknowledge(*words):
    os.write(1, (" ".join(words) + "\n").encode())


def work(project, name, dice):
    """One piece of work; what to acknowledge."""
    article = dice.choice(project.article_ids())
    statement = Statement(
        name,
        (Span(0, 3), Span(5, 9)),
        Kind.MIXED,
        speaker=Speaker(Span(0, 3), ("person:qin",)),
        targets=(Target("state:JP"),),
        topics=("territory.taiwan",),
        note="x" * dice.randrange(2000),
    )
    doing = Placed(SetState(dice.choice([State.DOING, State.DONE])), article)
    project.do(Step("Add", (Placed(AddStatement(statement), article), doing)))
    match dice.randrange(4):
        case 0:
            edit = ChangeStatement(name, (("decision", Decision.REJECTED),))
            project.do(Step("Reject", (Placed(edit, article),)))
            return article, name, "rejected"
        case 1:
            project.undo()
            return article, name, "undone"
        case 2:
            added = Article(f"{name} said a word. " * 50)
            project.add_articles([added])
            return added.id, name, "article"
        case _:
            return article, name, "suggested"


def main(project_path, round_, mode):
    dice = random.Random(round_)
    if mode == "create":
        for n in itertools.count():
            path = Path(project_path) / f"{round_}-{n}.annot"
            Project.create(path, annotator="ann").close()
            acknowledge(path.name)
    with Project.open(Path(project_path)) as project:
        for n in itertools.count():
            if mode == "save":
                acknowledge(*work(project, f"r{round_}n{n}", dice))
            else:
                with project.batch():
                    for part in range(20):
                        acknowledge(*work(project, f"r{round_}n{n}p{part}", dice))


if __name__ == "__main__":
    main(*sys.argv[1:])
