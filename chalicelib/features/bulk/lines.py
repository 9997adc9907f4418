"""The list of a bulk job: a line for each complaint, in slices of `SLICE` lines (`J#<id>#<n>`)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

import msgspec

from chalicelib.jobs.job import Job
from chalicelib.kit.problem import InBoth, Problem
from chalicelib.store import keys, reads
from chalicelib.store.port import Put, Store
from chalicelib.store.stored_form import Form
from chalicelib.web import languages

SLICE = 50
"""Complaints of one step."""
Outcome = Literal["waiting", "possible", "done", "refused", "changed", "not_done"]
"""`waiting`: not looked at yet. `possible`: of a dry run. `changed`: others acted on it after the dry run. `not_done`:
the job was stopped before."""
LEFT_OVER = frozenset[Outcome]({"waiting", "possible"})
"""What becomes `not_done` if the job is stopped."""


class CaseLine(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`version`: of the complaint at the dry run. `problem`: the kind; `text`: why it was refused, or what changed."""

    number: str
    outcome: Outcome = "waiting"
    version: str = ""
    problem: str = ""
    text: InBoth = InBoth("", "")


FORM = Form("bulk-lines", list[CaseLine], version=2, keeps=False)


def refusal(number: str, problem: Problem, outcome: Outcome = "refused") -> CaseLine:
    """The line of a complaint on which the act cannot be done, with the places of the request that are wrong."""
    en, zh = (_text(problem, language) for language in ("en", "zh"))
    return CaseLine(number=number, outcome=outcome, problem=problem.kind, text=InBoth(en, zh))


def _text(problem: Problem, language: str) -> str:
    places = [f"{one.pointer} {languages.say(one.text, language)}" for one in problem.places]
    return " ".join([languages.say(problem.text, language), *places])


def put(tenant: str, job: Job, number: int, found: Sequence[CaseLine]) -> Put:
    """Of one slice. A step that is repeated writes it again."""
    key = keys.job_part(tenant, job.id, number)
    return Put(FORM.entry(key, list(found), expires=job.expires), if_absent=False)


def read(store: Store, tenant: str, job: str, number: int) -> list[CaseLine]:
    """One slice; empty after the last."""
    found = reads.find(store, keys.job_part(tenant, job, number))
    return [] if found is None else FORM.read(found)


def read_all(store: Store, tenant: str, job: str) -> Iterator[CaseLine]:
    for entry in reads.items(store, keys.organisation(tenant), keys.job_parts(job)):
        yield from FORM.read(entry)
