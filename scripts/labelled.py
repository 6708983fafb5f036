"""Labelled texts as `examples/units.rs` prints them, for the scripts that learn from them."""

import json

#: What nearly every statement provides in passing is tagged only where it is meant: no tag says nothing.
UNTAGGED = {"MOU-2"}
#: How much a clause about another requirement counts against one.
ASIDE = 0.3


def items(path):
    with open(path) as file:
        return [json.loads(line) for line in file]


def texts(path):
    """(statements, answers by label, requirements known, elements seen by rules) of every text to learn from: the
    statements of a clause together, those of a document one by one. What is set aside to measure is left out."""
    for item in items(path):
        if item["set"] == "measure":
            continue
        answers = {}
        for requirement, label in item["labels"].items():
            answers["!" + requirement] = int(label["contradicted"])
            if label["has"] is not None:
                for element in item["elements"]:
                    if element.startswith(requirement + "/"):
                        answers[element] = int(element in label["has"])
        stating = [(i, unit) for i, unit in enumerate(item["units"]) if unit["states"]]
        if item["clause"]:
            seen = {e for e, found in item["elements"].items() if found["seen"]}
            yield [unit for _, unit in stating], answers, set(item["labels"]), seen
            continue
        for i, unit in stating:
            yield [unit], by_tags(item, answers, unit["tags"]) if item["tagged"] else by_rules(item, answers, i), None, None


def by_rules(item, answers, unit):
    """What a statement of a document answers: what it does by the rules, and that it does not what nothing does."""
    mine = {}
    for label, answer in answers.items():
        requirement = label.strip("!").split("/")[0]
        which = "contradicted" if label.startswith("!") else "provided"
        names = [label] if which == "provided" else [e for e in item["elements"] if e.startswith(requirement + "/")]
        if not answer:
            mine[label] = 0
        elif any(unit in item["elements"][name][which] for name in names):
            mine[label] = 1
    return mine


def by_tags(item, answers, tags):
    """What a statement with tags answers, of a document where every statement that provides something has them."""
    known = item["elements"] if item["kind"] == "other" else answers
    requirements = {label.strip("!").split("/")[0] for label in known}
    mine = {}
    for label in ["!" + r for r in requirements] + list(item["elements"]):
        if label in tags:
            mine[label] = 1
        elif "?" + label not in tags and label.split("/")[0].strip("!") in requirements - UNTAGGED:
            mine[label] = 0
    return mine


def answer(label, answers, known, seen):
    """What a text answers for a label, and how much that counts; nothing where it is unknown."""
    if label in answers:
        return answers[label], 1.0
    if known is not None and label.strip("!").split("/")[0] not in known and label not in seen:
        return 0, ASIDE
    return None


def fnv(word):
    h = 0xCBF29CE484222325
    for byte in word.encode():
        h = (h ^ byte) * 0x100000001B3 & (1 << 64) - 1
    return h


def key(kind, h):
    """As `feature` in src/likeness/table.rs."""
    mask = (1 << 64) - 1
    return ((h ^ kind * 0x9E3779B97F4A7C15 & mask) * 0xFF51AFD7ED558CCD & mask) >> 32
