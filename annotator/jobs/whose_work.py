"""Whose work stands for an article: one person's view, the machine's, the gold, or each of them."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from annotator.domain.layer import Layer, LayerKind, State, view
from annotator.domain.record import to_record
from annotator.errors import AnnotatorError
from annotator.export.loss import Loss
from annotator.storage.project import Project

MACHINE, GOLD, ALL = "machine", "gold", "all"


class Choice:
    """Which layers of an article stand for it, and what of them is left out."""

    def __init__(self, project: Project, layer: str | None, only: str, loss: Loss) -> None:
        self._project = project
        self._layer = layer
        self._only = only
        self._loss = loss
        self._actors = project.actors()
        self._names: set[str] = set()
        self._asked_for_seen = layer in (None, MACHINE, ALL)
        self._any = False

    def records(self, id: str, humans: list[Layer] | None = None) -> Iterator[dict[str, Any]]:
        """The records of one article, usually one. `humans` are its human layers, when they are read."""
        humans = self._project.human_layers(id) if humans is None else humans
        self._names.update(layer.annotator for layer in humans)
        article = None
        for layer in self._layers(id, humans):
            if not self._wanted(layer, humans):
                self._loss.leave_out(f"articles not {self._only}")
                continue
            self._any = True
            article = article or self._project.article(id)
            yield to_record(article, self._without_undecided(layer), self._actors)

    def check(self) -> None:
        """After the last article. Raises AnnotatorError when the layer asked for, or any record, is
        nowhere.
        """
        if not self._asked_for_seen:
            known = ", ".join(sorted(self._names)) or "nobody yet"
            who = "a gold layer" if self._layer == GOLD else f"an annotator {self._layer!r}"
            raise AnnotatorError(f"No article has {who}.", f"Annotators here: {known}.")
        if not self._any:
            what = "has articles" if self._only == "all" else f"has articles that are {self._only}"
            raise AnnotatorError(f"Nothing in {self._project.path.name} {what}, so nothing was exported.")

    def _layers(self, id: str, humans: list[Layer]) -> Iterable[Layer]:
        machine = self._project.machine_layer(id)
        if self._layer == ALL:
            gold = self._project.gold_layer(id)
            views = [view(h, machine) for h in humans]
            return [*views, *(x for x in (machine, gold) if x)] or [_nobodys(id)]
        if self._layer == MACHINE:
            chosen = machine or Layer(id, MACHINE, LayerKind.MACHINE)
        elif self._layer == GOLD:
            chosen = self._gold(id)
        elif self._layer is not None:
            chosen = self._person(id, self._layer, humans, machine)
        else:
            chosen = self._default(id, humans, machine)
        others = [h for h in humans if h.annotator != chosen.annotator]
        self._loss.leave_out("layers of other annotators", count=len(others))
        return [chosen]

    def _gold(self, id: str) -> Layer:
        gold = self._project.gold_layer(id)
        self._asked_for_seen |= gold is not None
        return gold or Layer(id, GOLD, LayerKind.GOLD)

    def _person(self, id: str, name: str, humans: list[Layer], machine: Layer | None) -> Layer:
        own = next((h for h in humans if h.annotator == name), None)
        self._asked_for_seen |= own is not None
        return view(own or Layer(id, name), machine)

    def _default(self, id: str, humans: list[Layer], machine: Layer | None) -> Layer:
        if len(humans) > 1:
            names = ", ".join(h.annotator for h in humans)
            raise AnnotatorError(
                f"Article {id} has the layers of more than one annotator: {names}.",
                "Choose one with --layer NAME, or --layer all.",
            )
        if humans:
            return view(humans[0], machine)
        return machine or _nobodys(id)

    def _wanted(self, layer: Layer, humans: list[Layer]) -> bool:
        human = layer.kind is LayerKind.HUMAN
        if self._only == "done":
            done_by_any = any(h.state is State.DONE for h in humans)
            return layer.state is State.DONE or (not human and done_by_any)
        if self._only == "decided":
            begun = any(layer.annotator == h.annotator for h in humans)
            return begun if human else layer.kind is LayerKind.GOLD and not layer.empty
        return True

    def _without_undecided(self, layer: Layer) -> Layer:
        if self._only != "decided":
            return layer
        decided = {id: s for id, s in layer.statements.items() if s.decided}
        self._loss.leave_out("undecided statements", count=len(layer.statements) - len(decided))
        return replace(layer, statements=MappingProxyType(decided))


def _nobodys(id: str) -> Layer:
    return Layer(id, "")  # not whoever exports: the same content must give the same bytes
