"""Every format has a reader here, shape too, whose reader is whoever wrote the mapping."""

import json
from pathlib import Path

from annotator.export.registry import FORMATS


def test_every_format_is_read_in_this_folder():
    tests = "".join(p.read_text("utf-8") for p in Path(__file__).parent.glob("test_*.py"))
    assert not [f for f in FORMATS if f'exported("{f}"' not in tests]


def test_an_own_shape_has_the_fields_of_its_mapping(exported, kept, records, tmp_path):
    mapping = tmp_path / "map.toml"
    mapping.write_text('[fields]\nid = "statement.id"\nwords = "statement.spans[].text"\n', "utf-8")
    [file] = exported("shape", shape=str(mapping)).glob("*.jsonl")
    rows = [json.loads(line) for line in file.read_text("utf-8").split("\n")[:-1]]
    wanted = [
        {"id": s["id"], "words": [x["text"] for x in s["spans"]]}
        for r in records
        for s in kept(r, "statements")
    ]
    assert all(row in rows for row in wanted)
