"""What the Lambda entries besides the API do: batches in, partial responses out.

Powertools' batch processing reports each record that failed, so that only those come again.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import msgspec

from chalicelib import observability
from chalicelib.casework.jobs import case_successors, hand_over, switch_all, switch_all_step
from chalicelib.casework.reactions import table
from chalicelib.deadlines import batch
from chalicelib.deadlines.quarantine import park as park_given_up
from chalicelib.deadlines.sweep import sweep as sweep_due
from chalicelib.evidence import legal_holds
from chalicelib.evidence.arrival import Arrival, arrived
from chalicelib.evidence.scanning import guardduty_events
from chalicelib.evidence.wake_evidence import wake as wake_evidence
from chalicelib.jobs import driver
from chalicelib.jobs.driver import JobStep, Steps
from chalicelib.leaving import erase_step, erasure
from chalicelib.messages import attempt
from chalicelib.messages.attempt import Attempt
from chalicelib.messages.inbox.deliver import deliver
from chalicelib.messages.mail import ses_feedback
from chalicelib.messages.relay import stream_reconciliation, throttle_retry
from chalicelib.messages.relay.relay import Effect, read
from chalicelib.messages.relay.relay import relay as relay_keys
from chalicelib.messages.sqs import received
from chalicelib.messages.webhooks import replay_deliveries
from chalicelib.messages.webhooks.announce import announce
from chalicelib.oversight.backtest import item, step
from chalicelib.record.export import export, export_step
from chalicelib.store.port import Key, Unavailable
from chalicelib.wiring import Wiring
from chalicelib.workers.work_batch import work

CONCERNS = (*table.CONCERNS, legal_holds.moves)
"""Of which events something comes, besides messages and webhooks."""
JOBS: Steps = {
    switch_all.JOB_KIND: switch_all_step.step,
    item.NAME: step.step,
    export.NAME: export_step.step,
    replay_deliveries.KIND: replay_deliveries.step,
    stream_reconciliation.KIND: partial(stream_reconciliation.step, concerns=CONCERNS),
    erasure.NAME: erase_step.step,
    case_successors.KIND: hand_over.step,
}
"""What does a job's steps, by its kind."""


def sweep(wiring: Wiring) -> None:
    done = sweep_due(wiring, wiring.clock())
    observability.info("swept", count=done.enqueued)


def wake(wiring: Wiring, event: dict[str, Any], context: Any) -> dict[str, Any]:
    """The due queue: what is named is acted on; what fails five times is parked."""

    def handle(record: Any) -> None:
        work(wiring, batch.parse(received(record.body).body), wiring.clock(), JOBS, wake_evidence)

    return _each(event, context, handle)


def park(wiring: Wiring, event: dict[str, Any], context: Any) -> dict[str, Any]:
    """The due queue's dead letters."""
    return _each(event, context, lambda record: park_given_up(wiring, batch.parse(received(record.body).body)))


def relay(wiring: Wiring, event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Stops at the first failure: the rest of the batch comes again (design §8)."""
    records = [record["dynamodb"] for record in event["Records"]]
    failed = relay_keys(wiring, [Key(each["Keys"]["pk"]["S"], each["Keys"]["sk"]["S"]) for each in records])
    if failed is None:
        return {"batchItemFailures": []}
    return {"batchItemFailures": [{"itemIdentifier": records[failed]["SequenceNumber"]}]}


def follow(wiring: Wiring, effect: Effect) -> None:
    """All that comes of an event, which is read once: it never changes. Each part has its turn, whatever fails."""
    event, wanting = read(wiring, effect)
    if event is None:
        return
    table.all_of(
        effect,
        lambda: deliver(wiring, effect, event, wiring.clock()),
        lambda: announce(wiring, effect, event, wanting, wiring.clock()),
        lambda: table.run(wiring, effect, event),
        lambda: legal_holds.run(wiring, effect, event, wiring.clock()),
    )


def effects(wiring: Wiring, event: dict[str, Any], context: Any) -> dict[str, Any]:
    """The effects queue: what fails five times lies in the dead-letter queue."""
    batch_of_effects = throttle_retry.EffectBatch(wiring)
    answer = _each(event, context, lambda record: batch_of_effects.handle(record.body, partial(_effect, wiring)))
    batch_of_effects.measure()
    return answer


def _effect(wiring: Wiring, body: str) -> None:
    returned = ses_feedback.parse(body)
    if returned is not None:
        ses_feedback.take(wiring, returned, wiring.clock())
        return
    work = msgspec.json.decode(received(body).body, type=Effect | JobStep | Attempt)
    if isinstance(work, JobStep):
        driver.run(wiring, work, JOBS)
    elif isinstance(work, Attempt):
        attempt.run_or_pass_on(wiring, work, wiring.clock())
    else:
        follow(wiring, work)


def hooks(wiring: Wiring, event: dict[str, Any], context: Any) -> dict[str, Any]:
    """The webhooks' queue: one try of one delivery a message.

    A table that is away uses up no try of the queue's: the delivery hangs on index `due`, which brings it again.
    """

    def handle(record: Any) -> None:
        try:
            attempt.run(wiring, msgspec.json.decode(received(record.body).body, type=Attempt), wiring.clock())
        except Unavailable as error:
            observability.info("A webhook's try is left to its lease", error=observability.frames(error))

    return _each(event, context, handle)


def _each(event: dict[str, Any], context: Any, handle: Callable[[Any], object]) -> dict[str, Any]:
    """Each message of a queue on its own: those that fail come again, and the log says at what they did."""
    from aws_lambda_powertools.utilities.batch import BatchProcessor, EventType, process_partial_response

    def handled(record: Any) -> None:
        try:
            handle(record)
        except Exception as error:
            observability.error("A message could not be handled", error=observability.frames(error))
            raise

    processor = BatchProcessor(event_type=EventType.SQS, raise_on_entire_batch_failure=False)
    response = process_partial_response(event=event, record_handler=handled, processor=processor, context=context)
    return {"batchItemFailures": list(response["batchItemFailures"])}


def object_created(wiring: Wiring, event: dict[str, Any]) -> None:
    """One event a call, as EventBridge delivers them: of Amazon S3, or of GuardDuty's scan of an object.

    Raises where it is to be delivered again.
    """
    detail = event["detail"]
    if event["source"] == "aws.s3":
        created = detail["object"]
        arrived(wiring, Arrival(created["key"], created["version-id"], int(created["size"])), wiring.clock())
    elif not guardduty_events.received(wiring, detail, wiring.clock()):
        observability.error("A scan gave no verdict", status=detail["scanResultDetails"]["scanResultStatus"])
        observability.measure("ScanWithoutVerdict")
