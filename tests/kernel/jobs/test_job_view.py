"""Jobs in the store and in responses: each has its own type, and neither changes the order of what was listed."""

from __future__ import annotations

import json

import msgspec

from chalicelib.jobs.job import Job
from chalicelib.jobs.job_view import job_view

REFUSED = {"number": "202611-000001", "problem": "invalid", "detail": "The stage is unknown.", "pointers": ["/stages"]}
STORED = {
    "id": "switch-7",
    "kind": "switch",
    "by": "ann",
    "started": 0,
    "listed": {"refused": [REFUSED], "breached": ["202611-000002"]},
}


def job_of(stored: dict[str, object]) -> Job:
    return msgspec.json.decode(json.dumps(stored), type=Job)


def test_a_stored_job_is_written_as_it_was_read() -> None:
    text = json.dumps(STORED, separators=(",", ":"))

    assert msgspec.json.encode(job_of(STORED)).decode() == text


def test_the_view_lists_complaints_in_the_order_of_the_store() -> None:
    listed = json.loads(msgspec.json.encode(job_view(job_of(STORED))))["listed"]

    assert json.dumps(listed) == json.dumps(STORED["listed"])


def test_only_jobs_with_dry_runs_show_a_token() -> None:
    assert "token" not in msgspec.to_builtins(job_view(job_of(STORED)))
    assert msgspec.to_builtins(job_view(job_of({**STORED, "asked": {"dry_run": True}})))["token"] is None
    done = {**STORED, "asked": {"dry_run": True}, "state": "done"}
    assert msgspec.to_builtins(job_view(job_of(done)))["token"].startswith("switch-7.")
    assert msgspec.to_builtins(job_view(job_of({**done, "asked": {"dry_run": False}})))["token"] is None
