"""Time and size of the index of words: `make bench ONLY=search TEXTS=1000000`.

The texts are made of the clauses of the texts that `make demo-load` uses, at random and as many to a text as there. The
questions are words of two characters of random texts. Each answer is the newest fifty complaints, compared with the
text. `cold`: a process that has no segment open.
"""

from __future__ import annotations

import os
import random
import re
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice, pairwise
from pathlib import Path

from benchmarks.demo_load import corpus, picking
from benchmarks.targets import target_line
from chalicelib.access import binding
from chalicelib.features.search.index import words
from chalicelib.features.search.index.blind_tokens import Tokens
from chalicelib.features.search.index.sqlite_index import SqliteIndex
from chalicelib.ports.search_index import BLOCK, IndexQuery, IndexRow, Posting, TextPlace
from infra.memory_store.store import MemoryStore
from tests.helpers.fakes.sealer import FakeKms, PlainSealer, real_sealer

TENANT, HOLDER, PAGE = "acme", "content", 50
QUESTIONS, COLD, SCANNED = 200, 20, 20
"""How many are asked: warm, cold, and of the scan."""
MAX_WARM, MAX_COLD, MAX_BYTES = 50, 2000, 2.5
"""Targets: milliseconds at the 95th percentile, and bytes of index per character."""
_CLAUSE = r"[^，。！？；,.!?;~ ]+[，。！？；,.!?;~ ]*"
Ask = Callable[[str], Sequence[int]]


class Files:
    """`SegmentObjects` in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, tenant: str, name: str, body: bytes) -> None:
        (self._folder / f"{tenant}-{name}").write_bytes(body)

    def get(self, tenant: str, name: str) -> bytes | None:
        return (self._folder / f"{tenant}-{name}").read_bytes()

    def remove(self, tenant: str, name: str) -> None:
        (self._folder / f"{tenant}-{name}").unlink()


def texts(count: int) -> list[str]:
    """Texts of random clauses, always the same ones."""
    chance = random.Random(20)
    picked = [line for line in corpus.lines() if picking.MIN_LENGTH <= len(line) <= 400 and picking.topic(line)]
    by_text = [re.findall(_CLAUSE, line) for line in picked]
    clauses, sizes = [clause for text in by_text for clause in text], [len(text) for text in by_text]
    return ["".join(chance.choices(clauses, k=chance.choice(sizes))) for _ in range(count)]


def written(index: SqliteIndex, found: Sequence[str]) -> tuple[list[str], int]:
    """The names of the segments, oldest first, and their bytes."""
    tokens, names, size = Tokens(PlainSealer(), TENANT), list[str](), 0
    for first in range(0, len(found), BLOCK):
        postings = [
            Posting(IndexRow(n, 1, None, [TextPlace(1, 0, HOLDER)]), tokens.of_text(HOLDER, text))
            for n, text in enumerate(found[first : first + BLOCK])
        ]
        names.append(f"{first // BLOCK:04d}")
        size += index.write(TENANT, names[-1], postings, None)
    return names, size


def by_index(index: SqliteIndex, names: Sequence[str], found: Sequence[str], word: str) -> list[int]:
    question = IndexQuery([[Tokens(PlainSealer(), TENANT).of_text(HOLDER, word)]])
    candidates = (
        position * BLOCK + row.n
        for position in range(len(names) - 1, -1, -1)
        for row in index.find(TENANT, names[position], question, None)
    )
    return list(islice((n for n in candidates if words.contains(found[n], word)), PAGE))


def plain(path: Path, found: Sequence[str]) -> sqlite3.Connection:
    """One file, whose FTS5 table has the bigrams in the clear and their positions, beside a table with the texts."""
    database = sqlite3.connect(path)
    database.execute("CREATE VIRTUAL TABLE p USING fts5(t, content='')")
    database.execute("CREATE TABLE texts (n INTEGER PRIMARY KEY, t TEXT)")
    pairs = (" ".join(f"{a}{b}" for a, b in pairwise(text)) for text in map(words.normalised, found))
    database.executemany("INSERT INTO p (rowid, t) VALUES (?, ?)", enumerate(pairs))
    database.executemany("INSERT INTO texts VALUES (?, ?)", enumerate(found))
    database.execute("INSERT INTO p (p) VALUES ('optimize')")
    database.commit()
    return database


def by_plain(database: sqlite3.Connection, word: str) -> list[int]:
    asked = "SELECT rowid FROM p WHERE p MATCH ? ORDER BY rowid DESC LIMIT ?"
    return [n for (n,) in database.execute(asked, (f'"{word}"', PAGE))]


def by_scan(database: sqlite3.Connection, word: str) -> list[int]:
    asked = "SELECT n FROM texts WHERE instr(t, ?) ORDER BY n DESC LIMIT ?"
    return [n for (n,) in database.execute(asked, (word, PAGE))]


def timed(ask: Ask, word: str) -> tuple[float, Sequence[int]]:
    """Milliseconds, and the answer."""
    began = time.perf_counter()
    answer = ask(word)
    return 1000 * (time.perf_counter() - began), answer


def asked_words(found: Sequence[str], count: int) -> list[str]:
    """Words of two characters: pairs of neighbours of random texts, so that frequent ones are asked for more often."""
    chance, asked = random.Random(21), list[str]()
    while len(asked) < count:
        word = chance.choice(words.normalised(chance.choice(found)).split() or [""])
        start = chance.randrange(max(1, len(word) - 1))
        asked.extend([word[start : start + 2]] if re.fullmatch("[\u4e00-\u9fff]{2}", word[start : start + 2]) else [])
    return asked


def percentiles(milliseconds: Sequence[float]) -> tuple[float, float]:
    ordered = sorted(milliseconds)
    return ordered[len(ordered) // 2], ordered[min(len(ordered) - 1, len(ordered) * 95 // 100)]


def opened_texts() -> float:
    """Milliseconds to decrypt the texts of a page of fifty hits."""
    sealer = real_sealer(MemoryStore(), FakeKms())
    with binding.tenant(TENANT):
        sealed = [sealer.seal(TENANT, str(n), ("漏水" * 40).encode()) for n in range(PAGE)]
        began = time.perf_counter()
        for n, value in enumerate(sealed):
            sealer.open(TENANT, str(n), value)
    return 1000 * (time.perf_counter() - began)


def rows(count: int = int(os.environ.get("TEXTS", "100000"))) -> Iterator[str]:
    found = texts(count)
    characters = sum(map(len, found))
    with tempfile.TemporaryDirectory() as folder:
        files = Files(Path(folder))
        index, database = SqliteIndex(files, PlainSealer()), plain(Path(folder) / "plain.db", found)
        names, size = written(index, found)
        asked = asked_words(found, QUESTIONS)
        for name in names:
            list(islice(index.find(TENANT, name, IndexQuery([[["aaaaaa"]]]), None), 1))
        times: dict[str, list[float]] = {name: [] for name in ("warm", "plain", "scan", "cold")}
        for position, word in enumerate(asked):
            ways: dict[str, Ask] = {
                "warm": lambda w: by_index(index, names, found, w),
                "plain": lambda w: by_plain(database, w),
            }
            if position < SCANNED:
                ways["scan"] = lambda w: by_scan(database, w)
            if position < COLD:
                ways["cold"] = lambda w: by_index(SqliteIndex(files, PlainSealer()), names, found, w)
            answers = {}
            for name, ask in ways.items():
                taken, answers[name] = timed(ask, word)
                times[name].append(taken)
            if answers["warm"] != answers["plain"]:
                raise AssertionError(f"other answers for {word}")
        plain_size = (Path(folder) / "plain.db").stat().st_size
    yield from _table(times)
    kept = f"{size / characters:.2f} bytes of index per character, of {characters / count:.0f} characters a text"
    yield f"\n{count:,} texts in {len(names)} segments; {kept}. The plain file has {plain_size / characters:.1f}."
    yield f"\nDecryption of the texts of {PAGE} hits, which comes on top: {opened_texts():.0f} ms."
    yield target_line("p95 of a warm question in milliseconds", MAX_WARM, {"index": percentiles(times["warm"])[1]})
    yield target_line("p95 of a cold question in milliseconds", MAX_COLD, {"index": percentiles(times["cold"])[1]})
    yield target_line("bytes of index per character", MAX_BYTES, {"index": size / characters})


def _table(times: dict[str, list[float]]) -> Iterator[str]:
    labels = {
        "warm": "segments, open",
        "cold": "segments, none open",
        "plain": "FTS5 in one plain file",
        "scan": "a scan of the plain texts",
    }
    floor = percentiles(times["plain"])
    yield "| how | questions | p50 ms | p95 ms | p50 ratio | p95 ratio |\n|---|---:|---:|---:|---:|---:|"
    for name, label in labels.items():
        p50, p95 = percentiles(times[name])
        yield f"| {label} | {len(times[name])} | {p50:.2f} | {p95:.2f} | {p50 / floor[0]:.1f} | {p95 / floor[1]:.1f} |"


if __name__ == "__main__":
    print("\n".join(rows(int(sys.argv[1])) if len(sys.argv) > 1 else rows()))
