import pytest
from export_samples import ACTORS, articles, crlf, emoji, sample_records, samples, scripts, tangled, written
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.training.converters import conll_ner_to_docs

from annotator.domain.record import to_record
from annotator.domain.statement import Decision


def record_of(pair):
    return to_record(*pair, ACTORS)


def read_plainly(path):
    """An IOB2 reader of its own: [(sentences of words, {(label, words of the span)})] a document."""
    documents = []
    for block in path.read_text("utf-8").split("-DOCSTART- -X- O O\n")[1:]:
        sentences, spans = [], []
        for chunk in block.strip("\n").split("\n\n"):
            words = []
            for line in filter(None, chunk.split("\n")):
                word, pos, phrase, tag = line.split(" ")
                assert (pos, phrase) == ("-X-", "O")
                words.append(word)
                if tag.startswith("B-"):
                    spans.append((tag[2:], [word]))
                elif tag.startswith("I-"):
                    assert spans, "no span to go on with"
                    assert len(words) > 1, "a span goes on over a blank line"
                    assert spans[-1][0] == tag[2:]
                    spans[-1][1].append(word)
                else:
                    assert tag == "O"
            sentences.append(words)
        documents.append((sentences, [(label, " ".join(words)) for label, words in spans]))
    return documents


def one(pair, tmp_path, **options):
    files, loss = written("conll", [record_of(pair)], tmp_path, **options)
    (document,) = read_plainly(files[0])
    return *document, loss


def test_entities_stand_where_they_were_marked(tmp_path):
    sentences, spans, _ = one(emoji(), tmp_path)
    assert spans == [("GPE", "🇨 🇳"), ("PERSON", "Foreign Minister Qin Gang"), ("GPE", "Japan")]
    assert sentences[-1] == ["Tokyo", "was", "silent", "."]


def test_nested_entities_are_reported_with_their_words(tmp_path):
    _, _, loss = one(emoji(), tmp_path)
    tally = loss.lost["spans inside or across another one"]
    assert tally.count == 1
    assert "PERSON" in tally.examples[0]
    assert "“Qin Gang”" in tally.examples[0]


def test_the_longest_of_crossing_entities_wins_and_a_moved_one_is_reported(tmp_path):
    _, spans, loss = one(tangled(), tmp_path)
    assert ("ORG", "Chinese Embassy in Tokyo") in spans
    assert loss.lost["spans inside or across another one"].count == 2
    assert [x for x in spans if "Japan" in x[1]] == [("GPE", "U.S.-Japan")]
    (moved,) = loss.lost["spans widened to whole tokens"].examples
    assert moved.endswith("“Japan” became “U.S.-Japan”")


def test_rejected_ones_are_never_written(tmp_path):
    _, spans, loss = one(tangled(), tmp_path)
    assert "ties" not in [words for _, words in spans]
    assert loss.left_out["rejected entities"].count == 1
    _, roles, loss = one(tangled(), tmp_path, labels="roles")
    assert ("CONTENT", "wait") not in roles
    assert loss.left_out["rejected statements"].count == 1


def test_roles_of_a_split_statement(tmp_path):
    _, spans, loss = one(emoji(), tmp_path, labels="roles")
    assert spans == [
        ("CONTENT", "We are 🧑 🏽\u200d 🚀 ready"),
        ("SPEAKER", "Qin Gang"),
        ("CUE", "told"),
        ("TARGET", "Japan"),
        ("CONTENT", "to talk 🤝"),
    ]
    assert loss.lost["that the pieces of a split statement belong together"].count == 1


def test_content_over_a_line_end_is_cut_and_a_mention_over_one_is_not(tmp_path):
    sentences, spans, loss = one(crlf(), tmp_path, labels="roles")
    pieces = [words for label, words in spans if label == "CONTENT"]
    assert pieces == ["trade .", "Must", "grow"]
    assert loss.lost["spans cut at the ends of sentences"].count == 1
    assert loss.lost["speakers explicitly not stated"].count == 1
    assert loss.lost["targets explicitly none"].count == 1
    assert loss.lost["who relayed a statement"].count == 1
    assert sentences[0] == ["Foreign"]
    sentences, spans, _ = one(crlf(), tmp_path)
    assert spans == [("ORG", "Foreign Ministry")]
    assert sentences[0] == ["Foreign", "Ministry", "speaks"]


def test_of_roles_on_the_same_words_content_wins(tmp_path):
    _, spans, loss = one(tangled(), tmp_path, labels="roles")
    assert ("CONTENT", "Beijing told Seoul that Tokyo must wait") in spans
    assert ("SPEAKER", "the Chinese Embassy in Tokyo") in spans
    lost = loss.lost["spans inside or across another one"]
    assert lost.count == 5  # inner content, speaker, cue and target; the outer one's second target


def test_all_letters_are_there_in_every_script(tmp_path):
    for pair in samples():
        sentences, _, _ = one(pair, tmp_path)
        assert "".join(w for s in sentences for w in s) == "".join(pair[0].text.split())


def test_a_document_line_inside_a_text_starts_no_document(tmp_path):
    sentences, spans, _ = one(scripts(), tmp_path)
    words = [w for s in sentences for w in s]
    assert "-DOCSTART-" not in words
    assert ("ORG", "- DOCSTART-") in spans


@pytest.mark.parametrize("labels", ["entities", "roles"])
def test_spacy_reads_every_document_and_span(tmp_path, labels, capsys):
    files, _ = written("conll", sample_records(), tmp_path, labels=labels)
    raw = files[0].read_text("utf-8")
    assert raw.endswith("\n\n")
    docs = list(conll_ner_to_docs(raw, no_print=True))
    plain = read_plainly(files[0])
    assert len(docs) == len(plain) == 5
    for doc, (sentences, spans) in zip(docs, plain, strict=True):
        assert [[t.text for t in s] for s in doc.sents] == sentences
        assert [(e.label_, " ".join(t.text for t in e)) for e in doc.ents] == spans


def test_loss_names_what_entities_leave_behind(tmp_path):
    _, loss = written("conll", sample_records(), tmp_path)
    counts = loss.counts()
    records = sample_records()
    assert counts["statements (only entities are asked for)"] == sum(len(r["statements"]) for r in records)
    assert counts["ids and metadata of articles (documents stand in the order of article ids)"] == 5


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(articles(), min_size=1, max_size=3), st.sampled_from(["entities", "roles"]))
def test_any_records_are_read_back_and_every_span_is_written_or_reported(tmp_path, pairs, labels):
    records = [to_record(article, layer, ACTORS) for article, layer in pairs]
    files, loss = written("conll", records, tmp_path, labels=labels)
    plain = read_plainly(files[0])
    assert len(plain) == len(records)
    if labels == "entities":
        kept = sum(len(spans) for _, spans in plain)
        asked = sum(m["decision"] != Decision.REJECTED for r in records for m in r["mentions"])
        gone = loss.counts().get("spans inside or across another one", 0)
        assert kept + gone + loss.counts().get("spans without a token", 0) == asked
