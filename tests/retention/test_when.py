"""`retention`: when the time begins, who decides how long it is, what stops it, and that a crash loses nothing."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from chalicelib.access import binding
from chalicelib.features.messages.relay.relay import RelayedEvent
from chalicelib.features.retention import step
from chalicelib.jobs import driver
from chalicelib.jobs import job as jobs
from chalicelib.kit.instants import DAY, HOUR, to_text
from chalicelib.store import keys
from chalicelib.store.port import Put
from chalicelib.wiring import Wiring
from chalicelib.workers import entries, hourly
from chalicelib.workers.reactions import run_reactions
from tests.clauses.offices import bureau as at_bureau
from tests.clauses.organisation import Organisation
from tests.helpers.fakes.faults import Breaker, Crash
from tests.helpers.nonempty import nonempty
from tests.helpers.searches import every
from tests.kernel.web.untouched import in_process
from tests.retention.office import bureau, erased, filed, items, later, publish, refused

__all__ = ["bureau"]
AFTER = "2026-09-23T09:00:00+08:00"


def is_erased(bureau: Organisation, number: str) -> bool:
    return len(erased(bureau, number)) == 1


def test_a_complaint_that_has_not_ended_keeps_its_values(bureau: Organisation) -> None:
    number = filed(bureau)

    later(bureau, "2026-12-01T09:00:00+08:00")

    assert not is_erased(bureau, number)


def test_a_legal_hold_wins_until_it_is_lifted(bureau: Organisation) -> None:
    number = refused(bureau)
    bureau.act(number, "owner", "hold", reason="诉讼")
    later(bureau, AFTER)
    assert (is_erased(bureau, number), len(items(bureau, "private"))) == (False, 4)

    bureau.act(number, "owner", "release", reason="诉讼结束")
    later(bureau, "2026-09-24T10:00:00+08:00")

    assert (is_erased(bureau, number), items(bureau, "private")) == (True, [])


def test_a_reopening_begins_the_time_anew(bureau: Organisation) -> None:
    number = at_bureau.decided(bureau)
    bureau.world.move_to("2026-09-18T09:00:00+08:00")  # the complainant is silent, and it is closed
    [closed] = bureau.events(number, type_="closed")
    later(bureau, "2026-10-05T09:00:00+08:00")
    bureau.act(number, "complainant", "reopen")

    later(bureau, "2026-10-09T09:00:00+08:00")
    assert not is_erased(bureau, number)
    later(bureau, "2026-11-30T09:00:00+08:00")

    [event] = erased(bureau, number)
    assert event["fields"]["ended_at"] > closed["at"]
    assert event["fields"]["ended_at"] == bureau.events(number, type_="closed")[-1]["at"]


def test_a_version_that_shortens_the_time_holds_for_complaints_that_have_ended(bureau: Organisation) -> None:
    number = refused(bureau)
    publish(bureau, "17 calendar days")

    later(bureau, "2026-09-19T09:00:00+08:00")

    [event] = erased(bureau, number)
    assert (event["fields"]["kept"], event["fields"]["version"]) == ("17 calendar days", "3")
    assert event["policy"] == "2"


def test_a_version_that_lengthens_the_time_holds_for_complaints_that_have_ended(bureau: Organisation) -> None:
    number = refused(bureau)
    publish(bureau, "40 calendar days")

    later(bureau, AFTER)
    assert not is_erased(bureau, number)
    later(bureau, "2026-10-13T09:00:00+08:00")

    assert is_erased(bureau, number)


def test_a_version_without_retention_keeps_the_values(bureau: Organisation) -> None:
    number = refused(bureau)
    publish(bureau, None)

    later(bureau, AFTER)

    assert not is_erased(bureau, number)


def test_complaints_of_several_pages_are_each_erased_once(
    bureau: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(step, "PAGE", 2)
    numbers = [refused(bureau) for _ in range(3)]
    kept = filed(bureau)
    numbers += [refused(bureau) for _ in range(2)]

    later(bureau, AFTER)
    later(bureau, "2026-09-24T10:00:00+08:00")

    assert all(is_erased(bureau, number) for number in nonempty(numbers))
    assert erased(bureau, kept) == []


def left(bureau: Organisation) -> dict[str, int]:
    kinds = ("private", "similar-signature", "similar-band")
    phones = sum("#X#phone#" in one.key.pk for one in items(bureau, "lookup"))
    return {**{kind: len(items(bureau, kind)) for kind in kinds}, "phone": phones}


def run_job(bureau: Organisation, wiring: Wiring) -> None:
    """The hourly job, and the job that it starts."""
    hourly.run(wiring, bureau.id, wiring.clock())
    with binding.tenant(bureau.id):
        driver.run_steps(wiring, bureau.id, step.JOB_KIND, wiring.clock(), entries.JOBS, budget=HOUR)


def erase(bureau: Organisation, number: str, wiring: Wiring) -> None:
    """As `run_job`, with the reaction to what this has recorded."""
    run_job(bureau, wiring)
    [event] = erased(bureau, number)
    run_reactions(wiring, RelayedEvent(bureau.id, number, event["seq"]))


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("stride", every(6))
def test_a_crash_at_any_call_leads_to_the_same_end(bureau: Organisation, stride: int, *, after: bool) -> None:
    world, at = in_process(bureau), 1 - stride
    while True:
        at += stride
        number = refused(bureau)
        world.fakes.clock.move_to(world.now() + 32 * DAY)
        try:
            erase(bureau, number, world.fakes.breaking(Breaker(at, after=after)))
        except Crash:
            for _ in range(2):
                world.fakes.clock.move_to(world.fakes.clock() + DAY)
                world.sweep()
        else:
            break
        assert (set(left(bureau).values()), len(erased(bureau, number))) == ({0}, 1), at
    assert at > 30


def test_a_hold_that_comes_a_moment_before_wins(bureau: Organisation) -> None:
    """The owner places it after the job has read the complaint, and before it commits."""
    number = refused(bureau)
    world = in_process(bureau)
    world.jump_to(AFTER)
    commit, placed = world.fakes.store.commit, False

    def commit_after_the_hold(writes: Any) -> None:
        nonlocal placed
        if not placed and any("values_erased" in repr(one) for one in writes):
            placed = True
            bureau.act(number, "owner", "hold", reason="诉讼")
        commit(writes)

    world.fakes.store.commit = commit_after_the_hold  # type: ignore[method-assign]
    world.sweep()
    world.fakes.store.commit = commit  # type: ignore[method-assign]

    assert (placed, erased(bureau, number), len(items(bureau, "private"))) == (True, [], 4)


def test_an_event_that_the_stream_loses_is_relayed_again(bureau: Organisation) -> None:
    number = refused(bureau)
    world = in_process(bureau)
    world.fakes.clock.move_to(world.now() + 32 * DAY)
    run_job(bureau, world.fakes.wiring)
    world.forget()
    assert (len(erased(bureau, number)), len(items(bureau, "private"))) == (1, 3)

    later(bureau, to_text(world.now() + 2 * DAY))

    assert (len(erased(bureau, number)), items(bureau, "private")) == (1, [])


def test_a_damaged_complaint_does_not_stop_the_others(bureau: Organisation) -> None:
    damaged, number = refused(bureau), refused(bureau)
    world, key = in_process(bureau), keys.snapshot(keys.complaint(bureau.id, damaged))
    store = world.fakes.store
    with binding.tenant(bureau.id):
        store.commit([Put(replace(store.get([key])[key], body="{"), if_absent=False)])
    world.fakes.clock.move_to(world.now() + 32 * DAY)

    run_job(bureau, world.fakes.wiring)

    assert is_erased(bureau, number)
    job = bureau.get("/jobs/retention", "owner")
    assert (job["state"], job["counts"]) == ("failed", {"failed": 1, "erased": 1})
    assert "1" in job["reason"]


def done(bureau: Organisation) -> list[str]:
    with binding.tenant(bureau.id):
        stored = jobs.read(in_process(bureau).fakes.store, bureau.id, step.JOB_KIND)
    assert stored is not None
    return stored.job.at(step.RetentionCursor).done


def test_a_month_of_which_nothing_is_left_is_not_read_again(bureau: Organisation) -> None:
    number = refused(bureau)
    bureau.world.move_to("2026-10-05T09:00:00+08:00")
    held = refused(bureau)
    bureau.act(held, "owner", "hold", reason="诉讼")

    later(bureau, "2026-11-05T09:00:00+08:00")

    assert (is_erased(bureau, number), is_erased(bureau, held), done(bureau)) == (True, False, ["202609"])
    later(bureau, "2026-11-06T10:00:00+08:00")
    assert bureau.get("/jobs/retention", "owner")["counts"] == {"held": 1}
