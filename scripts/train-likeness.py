#!/usr/bin/env python3
"""Makes rules/likeness.bin, the table behind the second opinion (src/likeness): for every element of ma-37p how much
each word or pair of words speaks for a provision of it, learnt from labelled clauses by logistic regression.

    pip install numpy scipy scikit-learn
    cargo run --release --example units -- fixtures/labelled/*/labels.json fixtures/labelled/*.jsonl \\
        fixtures/likeness/*.jsonl rules/ma-37p.yaml ../shared/labelled/labels.json ../shared/excerpts.jsonl > units.jsonl
    python3 scripts/train-likeness.py units.jsonl rules/likeness.bin

What is set aside to measure (`"set": "measure"`) is never learnt from. The same input gives the same table.
"""

import collections
import struct
import sys

import numpy as np
import scipy.sparse as sp
from sklearn.linear_model import LogisticRegression

from labelled import answer, fnv, key, texts

MASK = (1 << 64) - 1
#: A feature in fewer texts teaches nothing.
LEAST_TEXTS = 3
#: A feature is kept if it speaks at least so loudly for or against some element, and each of its weights likewise.
LOUD, AUDIBLE = 0.6, 0.2
#: How closely the weights follow the examples.
CLOSENESS = 20.0


def pair(a, b):
    return ((a << 17 & MASK | a >> 47) + b) & MASK


HASHES = {}


def hashed(word):
    if word not in HASHES:
        HASHES[word] = (fnv(word), fnv(word[:5]) if len(word) > 5 else None)
    return HASHES[word]


def features(unit):
    """As `Scales::features` in src/likeness/mod.rs: words, beginnings, pairs, pairs with a word between, title."""
    hashes = [hashed(word) for word in unit["words"]]
    out = [key(1, h) for h, _ in hashes] + [key(2, stem) for _, stem in hashes if stem is not None]
    edged = [fnv("<")] + [h for h, _ in hashes] + [fnv(">")]
    out += [key(3, pair(a, b)) for a, b in zip(edged, edged[1:])]
    out += [key(4, pair(a, b)) for a, b in zip(edged, edged[2:])]
    out += [key(5, hashed(word)[0]) for word in (unit["title"] or "").split()]
    return out


def matrix(lists, columns, idf):
    rows, cols, values = [], [], []
    for row, features_of in enumerate(lists):
        counts = collections.Counter(columns[f] for f in features_of if f in columns)
        weights = {c: (1 + np.log(n)) * idf[c] for c, n in counts.items()}
        length = np.sqrt(sum(w * w for w in weights.values())) or 1.0
        rows += [row] * len(weights)
        cols += list(weights)
        values += [w / length for w in weights.values()]
    return sp.csr_matrix((values, (rows, cols)), shape=(len(lists), len(columns)))


def fit(lists, data, labels, keep):
    frequency = collections.Counter(f for features_of in lists for f in set(features_of))
    kept = sorted(f for f, n in frequency.items() if n >= LEAST_TEXTS and (keep is None or f in keep))
    columns = {f: i for i, f in enumerate(kept)}
    idf = np.array([np.log((1 + len(lists)) / (1 + frequency[f])) + 1 for f in kept])
    x = matrix(lists, columns, idf)
    weights, biases = np.zeros((len(kept), len(labels))), np.full(len(labels), -20.0)
    for column, label in enumerate(labels):
        rows, answers, counts = [], [], []
        for row, (_, *labelled) in enumerate(data):
            if (found := answer(label, *labelled)) is not None:
                rows.append(row), answers.append(found[0]), counts.append(found[1])
        if sum(answers) >= 8:
            model = LogisticRegression(C=CLOSENESS, solver="liblinear", random_state=0)
            model.fit(x[rows], answers, sample_weight=counts)
            weights[:, column], biases[column] = model.coef_[0], model.intercept_[0]
    return kept, idf, weights, biases


def main(source, target):
    data = list(texts(source))
    lists = [[f for unit in statements for f in features(unit)] for statements, *_ in data]
    labels = sorted({label for t in data for label in t[1]})
    kept, _, weights, _ = fit(lists, data, labels, None)
    loud = {f for f, row in zip(kept, np.abs(weights).max(axis=1)) if row >= LOUD}
    kept, idf, weights, biases = fit(lists, data, labels, loud)
    offsets, entries = [0], bytearray()
    for row in weights:
        for label in np.flatnonzero(np.abs(row) >= AUDIBLE):
            entries += struct.pack("<Bh", label, max(-32767, min(32767, round(row[label] * 1000))))
        offsets.append(len(entries) // 3)
    with open(target, "wb") as file:
        file.write(b"SLK1" + struct.pack("<II", len(labels), len(kept)))
        for label, bias in zip(labels, biases):
            file.write(struct.pack("<fB", bias, len(label)) + label.encode())
        file.write(struct.pack(f"<{len(kept)}I", *kept) + struct.pack(f"<{len(kept)}f", *idf))
        file.write(struct.pack(f"<{len(offsets)}I", *offsets) + entries)
    print(f"{len(data)} texts, {len(labels)} labels, {len(kept)} features, {offsets[-1]} weights")


main(*sys.argv[1:])
