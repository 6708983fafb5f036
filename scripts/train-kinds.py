#!/usr/bin/env python3
"""Fits the weights in rules/kinds.yaml, which tell what a document is, to documents with known kinds, and prints them.

    pip install numpy scikit-learn
    cargo run --release --example kinds -- $(find fixtures/labelled ../shared/labelled -type f ! -name '*.json*') \\
        ../shared/corpus/*/*.docx > kinds.jsonl
    python3 scripts/train-kinds.py kinds.jsonl fixtures/labelled/*/labels.json ../shared/labelled/labels.json

Documents without a label are taken to be something else, and count less. What is set aside to measure is not learnt from; how
many of it are right is printed.
"""

import json
import os
import sys

import numpy as np
from sklearn.linear_model import LogisticRegression

KINDS = ["combined", "mou", "op", "other"]
CLOSENESS, UNLABELLED = 10.0, 0.2


def numbers(grounds):
    """As `Grounds::numbers` in src/judge/kind.rs."""
    mou, op, other = (min(max(score, 0), 20) / 10 for score in grounds["says"])
    of_mou, of_op = (min(count, 15) / 10 for count in grounds["elements"])
    parts, rest = grounds["parts"], [grounds["says_both"], grounds["about"]]
    return [1.0, mou, op, other, min(mou, op), of_mou, of_op, min(of_mou, of_op), *map(float, parts + rest)]


def main(found, labels):
    known = {}
    for path in labels:
        for label in json.load(open(path)).values():
            for file in label["files"]:
                known[os.path.realpath(os.path.join(os.path.dirname(path), file))] = (label["kind"], label.get("set"))
    rows = []
    for line in open(found):
        item = json.loads(line)
        if "error" in item:
            continue
        kind, part = known.get(os.path.realpath(item["file"]), ("other", None))
        weight = 1.0 if os.path.realpath(item["file"]) in known else UNLABELLED
        rows.append((numbers(item["grounds"]), KINDS.index(kind), part == "measure", weight, item["file"]))
    x, y, aside, weight = (np.array([row[i] for row in rows]) for i in range(4))
    model = LogisticRegression(C=CLOSENESS, fit_intercept=False, max_iter=5000)
    model.fit(x[~aside], y[~aside], sample_weight=weight[~aside])
    guess = model.predict(x)
    for row, kind in zip(rows, guess):
        if row[1] != kind:
            print("#", "aside" if row[2] else "learnt", row[4], "is", KINDS[row[1]], "taken for", KINDS[kind], row[0])
    for name, mine in (("learnt from", ~aside & (weight == 1)), ("set aside", aside)):
        print(f"# {name}: {(guess == y)[mine].sum()} of {mine.sum()} right")
    for kind, weights in zip(KINDS, model.coef_):
        print(f"  {kind}: [{', '.join(f'{w:.2f}' for w in weights)}]")


main(sys.argv[1], sys.argv[2:])
