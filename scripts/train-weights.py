#!/usr/bin/env python3
"""Fits the weights in rules/weights.yaml, by which src/judge/weighing.rs weighs what the rules found against what the
statements are like, and prints them.

    pip install numpy scikit-learn
    cargo run --release --example units -- fixtures/labelled/*/labels.json fixtures/labelled/*.jsonl > units.jsonl
    python3 scripts/train-weights.py units.jsonl > rules/weights.yaml

Learnt from is what table and net have not learnt from: what is set aside ("set": "measure"). How many verdicts of these
are right by weights that were fitted to the others (in five parts, document by document) is printed first, to the error
output: on what the weights are fitted to itself they look a little better than they are.
"""

import collections
import random
import sys

import numpy as np
from sklearn.linear_model import LogisticRegression

from labelled import items

#: How closely the weights follow the examples, and how freely the elements may differ.
CLOSENESS, FREEDOM = 0.3, 1.5
#: What a clause by itself counts beside an element of a whole document.
CLAUSE = 0.3
#: A provision that is imagined is worse than one overlooked: how far above 0 its sum must be.
CAUTIOUS = 0.5
#: A contradiction that is not seen is worse than one seen too many: how far below 0 its sum may be.
EAGER = 0.5
PARTS = 5


def cases(some):
    """(item, requirement, label, its elements, grounds) of every requirement that is labelled."""
    for item in some:
        for requirement, label in item["labels"].items():
            if grounds := item["grounds"][requirement]:
                elements = [e for e in item["elements"] if e.startswith(requirement + "/")]
                yield item, requirement, label, elements, grounds


def fitted(rows):
    """The weights for (name, numbers, answer, count): of every number, and what each name has besides."""
    names = sorted({row[0] for row in rows})
    numbers = np.array([row[1][1:] for row in rows])
    mean, spread = numbers.mean(0), numbers.std(0) + 1e-6
    which = np.zeros((len(rows), len(names)))
    which[np.arange(len(rows)), [names.index(row[0]) for row in rows]] = FREEDOM
    model = LogisticRegression(C=CLOSENESS, max_iter=5000)
    counts = [row[3] for row in rows]
    model.fit(np.hstack([(numbers - mean) / spread, which]), [row[2] for row in rows], sample_weight=counts)
    coefficients = model.coef_[0][: len(mean)] / spread
    constant = model.intercept_[0] - (coefficients * mean).sum()
    return np.r_[constant, coefficients], dict(zip(names, model.coef_[0][len(mean) :] * FREEDOM))


def learnt(some):
    """The weights for provisions and for contradictions."""
    provisions, contradictions = [], []
    for item, requirement, label, elements, grounds in cases(some):
        count = CLAUSE if item["clause"] else 1.0
        contradictions.append((requirement, grounds["contradiction"], label["contradicted"], count))
        if not label["contradicted"]:
            for element, numbers in zip(elements, grounds["provisions"]):
                provisions.append((element, numbers, element in label["has"], count))
    (of_provision, constants), (of_contradiction, of_requirements) = fitted(provisions), fitted(contradictions)
    return of_provision, of_contradiction, constants | of_requirements


def verdict(provided, contradicted, elements):
    if contradicted:
        return "contradicted"
    return "met" if len(provided) == len(elements) else "partial" if provided else "missing"


def measured(some):
    """Prints how many verdicts are right by weights that do not know the document."""
    some = list(some)
    random.Random(1).shuffle(some)
    right, confusion = collections.Counter(), collections.Counter()
    for part in range(PARTS):
        others = [item for i, item in enumerate(some) if i % PARTS != part]
        of_provision, of_contradiction, constants = learnt(others)
        for item, requirement, label, elements, grounds in cases(some[part::PARTS]):
            provided = [
                e for e, numbers in zip(elements, grounds["provisions"]) if np.dot(numbers, of_provision) + constants.get(e, 0.0) > CAUTIOUS
            ]
            contradicted = np.dot(grounds["contradiction"], of_contradiction) + constants.get(requirement, 0.0) > -EAGER
            given = verdict(provided, contradicted, elements)
            wanted = verdict(label["has"] or [], label["contradicted"], elements)
            right["clauses" if item["clause"] else "documents", given == wanted] += 1
            if not item["clause"]:
                confusion[wanted, given] += 1
    for what in ("documents", "clauses"):
        count = right[what, True] + right[what, False]
        print(f"{what}: {right[what, True]}/{count} = {right[what, True] / max(1, count):.1%}", file=sys.stderr)
    for (wanted, given), count in sorted(confusion.items()):
        print(f"{wanted:>14} → {given:<14}{count:5}", file=sys.stderr)


def named(what, item, numbers):
    names = zip(item["names"][what], numbers, strict=True)
    return "\n".join([f"{what}:"] + [f"  {name}: {number:.3f}" for name, number in names])


def main(path):
    some = [item for item in items(path) if item["set"] == "measure"]
    measured(some)
    of_provision, of_contradiction, constants = learnt(some)
    print("# How what speaks for and against a provision and a contradiction is weighed (src/judge/weighing.rs): the weights of")
    print("# what src/judge/grounds.rs finds, and what each element and contradiction has besides. Learnt from labelled documents by")
    print("# scripts/train-weights.py.")
    print(named("provision", some[0], of_provision))
    print(named("contradiction", some[0], of_contradiction))
    print(f"cautious: {CAUTIOUS}\neager: {EAGER}")
    print("constants:")
    for name, number in sorted(constants.items()):
        print(f"  {name}: {number:.3f}")


main(sys.argv[1])
