"""A plain script that learns speaker, target and topic from the flat table: nothing but Python.

    python train_from_table.py train.jsonl test.jsonl

Prints, as JSON, for each role the share it gets right on the second table, and the share that always
saying the most frequent answer would get right.
"""

import json
import math
import re
import sys
from collections import Counter, defaultdict
from itertools import pairwise

ROLES = {"speaker": "speaker_name", "target": "target_name", "topic": "topic"}


def rows(path):
    with open(path, encoding="utf-8") as file:  # noqa: PTH123 - a script as users write them
        return [json.loads(line) for line in file]


def words(row, role):
    """Words around and in the statement; for who is spoken to or about, with what stands before them."""
    found = re.findall(r"\w+", (row["content"] if role == "topic" else row["context"]) or "")
    return found if role == "topic" else [*found, *map(" ".join, pairwise(found))]


def learn(table, role):
    """Naive Bayes over words: counts of words by answer."""
    seen, answers = defaultdict(Counter), Counter()
    for row in table:
        answer = row[ROLES[role]]
        if answer:
            answers[answer] += 1
            seen[answer].update(set(words(row, role)))
    return seen, answers


def guess(model, found):
    seen, answers = model

    def score(answer):
        n = answers[answer]
        return math.log(n) + sum(math.log((seen[answer][w] + 0.1) / (n + 0.2)) for w in set(found))

    return max(sorted(answers), key=score)


def main(train, test):
    table, unseen = rows(train), rows(test)
    out = {}
    for role, column in ROLES.items():
        model = learn(table, role)
        asked = [row for row in unseen if row[column]]
        most = model[1].most_common(1)[0][0]
        out[role] = {
            "right": sum(guess(model, words(row, role)) == row[column] for row in asked) / len(asked),
            "majority": sum(row[column] == most for row in asked) / len(asked),
        }
    print(json.dumps(out))


if __name__ == "__main__":
    main(*sys.argv[1:])
