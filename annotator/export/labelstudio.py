"""Label Studio: one JSON list of tasks and the labelling configuration that shows them."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from annotator.export.formats import Format, Job, Record, Writer
from annotator.export.marks import (
    CONTENT,
    CONTINUES,
    CUE,
    SPEAKER,
    TARGET,
    VIA,
    Mark,
    kept,
    kind_of_layer,
    links_of,
    marks_of_mentions,
    marks_of_statement,
    report_details,
)

_META = ("title", "outlet", "published", "url", "source_id")
_CARRIED = frozenset({"metadata", "decisions", "actors", "details", "nones"})
_ROLES = (CONTENT, SPEAKER, CUE, TARGET, VIA)
_CHOICES = ("kind", "topic", "act", "decision", "role", "none")  # per region, in this order
_NONES = {"not_stated": "not stated", "no_target": "no target", "no_topic": "no topic"}
Region = dict[str, Any]


class LabelStudioWriter(Writer):
    """Writes `STEM.labelstudio.json` and `STEM.labelstudio.xml`."""

    def __init__(self, job: Job) -> None:
        super().__init__(job)
        self._path = self.folder / f"{self.stem}.labelstudio.json"
        self._file = self._path.open("w", encoding="utf-8", newline="\n")
        self._file.write("[")
        self._number = 0
        self._labels: set[str] = set()
        self._values: dict[str, set[str]] = {name: set() for name in _CHOICES}

    def add(self, record: Record) -> str:
        """Write one task; a reader must find exactly it."""
        report_details(record, self.loss, besides=_CARRIED)
        if any(c > "\uffff" for c in record["text"]):
            self.loss.add("articles whose places count emoji and the like as one character", record["id"])
        line = json.dumps(self._task(record), ensure_ascii=False)
        self._file.write(f"\n{line}" if self._number == 1 else f",\n{line}")
        return line

    def _task(self, record: Record) -> dict[str, Any]:
        regions: list[Region] = []
        for mark in marks_of_mentions(record, self.loss):
            regions += self._region(mark, decision=[mark.item["decision"]])
            regions += _actors(mark, [mark.item["actor"]])
        for s in kept(record, "statements", self.loss):
            regions += self._statement(s)
        meta = {key: record["meta"][key] for key in _META if record["meta"][key]}
        data = {"text": record["text"], "article_id": record["id"], **meta}
        layer = record["layer"]
        self._number += 1
        task, done = {"id": self._number, "data": data}, {"id": self._number, "result": regions}
        if layer["kind"] == "machine":
            return {**task, "predictions": [{**done, "model_version": layer["annotator"]}]}
        who = {"annotator": layer["annotator"], **kind_of_layer(record)}
        return {**task, "annotations": [done], "meta": who}

    def _statement(self, s: Mapping[str, Any]) -> Iterator[Region]:
        marks = marks_of_statement(s)
        nones = [words for key, words in _NONES.items() if s.get(key) or s["speaker"].get(key)]
        choices = {
            "kind": [s["kind"]],
            "topic": s["topics"],
            "act": [s["act"]],
            "decision": [s["decision"]],
            "none": nones,
        }
        for n, mark in enumerate(marks):
            if n == 0:
                yield from self._region(mark, **choices)
            elif mark.label == TARGET:
                yield from self._region(mark, role=[mark.item["role"]])
                yield from _actors(mark, [mark.item["actor"]])
            else:
                yield from self._region(mark)
            if mark.label == SPEAKER:
                yield from _actors(mark, mark.item["actors"])
        for link in links_of(marks):
            relation = {"type": "relation", "direction": "right", "labels": [link.label.lower()]}
            yield {**relation, "from_id": link.head, "to_id": link.child}

    def _region(self, mark: Mark, **choices: list[str | None]) -> Iterator[Region]:
        self._labels.add(mark.label)
        yield _value(mark, "label", "labels", {"labels": [mark.label]})
        for name in _CHOICES:
            values = [v for v in choices.get(name, ()) if v]
            self._values[name].update(values)
            if values:
                yield _value(mark, name, "choices", {"choices": values})

    def close(self) -> list[Path]:
        """End the list, write the configuration."""
        self._file.write("\n]\n")
        self._file.close()
        config = self.folder / f"{self.stem}.labelstudio.xml"
        config.write_text(configuration(self._labels, self._values), encoding="utf-8", newline="\n")
        return [self._path, config]

    def reread(self) -> Iterator[str]:
        """Every task; the words of every region must be its text's."""
        with self._path.open(encoding="utf-8", newline="\n") as f:
            for line in f:
                line = line.strip().rstrip(",")
                if line not in ("[", "]", ""):
                    task = json.loads(line)
                    _check(task)
                    yield json.dumps(task, ensure_ascii=False)


def _value(mark: Mark, name: str, type: str, value: Mapping[str, Any]) -> Region:
    place = {"start": mark.start, "end": mark.end, "text": mark.words}
    return {"id": mark.key, "from_name": name, "to_name": "text", "type": type, "value": {**place, **value}}


def _actors(mark: Mark, actors: list[str | None]) -> Iterator[Region]:
    known = [a for a in actors if a]
    if known:
        yield _value(mark, "actor", "textarea", {"text": known})


def _check(task: Mapping[str, Any]) -> None:
    text = task["data"]["text"]
    for done in (*task.get("annotations", ()), *task.get("predictions", ())):
        for region in done["result"]:
            value = region.get("value", {})
            if region["type"] == "labels" and text[value["start"] : value["end"]] != value["text"]:
                raise ValueError(f"region {region['id']} says {value['text']!r}")


def configuration(labels: set[str], values: Mapping[str, set[str]]) -> str:
    """The labelling configuration for these labels and choices."""
    entities = sorted(labels.difference(_ROLES))
    lines = ["<View>", '  <Labels name="label" toName="text">']
    lines += [f"    <Label value={quoteattr(x)}/>" for x in (*entities, *_ROLES)]
    lines += ["  </Labels>", "  <Relations>"]
    roles = [CONTINUES, *_ROLES[1:]]
    lines += [f"    <Relation value={quoteattr(x.lower())}/>" for x in roles]
    lines += ["  </Relations>", '  <Text name="text" value="$text"/>']
    for name in _CHOICES:
        several = ' choice="multiple"' if name in ("topic", "none") else ""
        lines.append(f'  <Choices name="{name}" toName="text" perRegion="true"{several}>')
        lines += [f"    <Choice value={quoteattr(x)}/>" for x in sorted(values[name])]
        lines.append("  </Choices>")
    lines += ['  <TextArea name="actor" toName="text" perRegion="true" editable="true"/>', "</View>", ""]
    return "\n".join(lines)


FORMAT = Format(
    name="labelstudio",
    title="Label Studio",
    note="A list of tasks and the labelling configuration. Statements are CONTENT regions with relations to "
    "speaker, cue, targets and via; kind, topics, act, decision and nones are choices of the region, actors "
    "text areas. The machine's layers are predictions.",
    suffix=".json",
    writer=LabelStudioWriter,
)
