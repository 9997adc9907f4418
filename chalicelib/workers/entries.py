"""Handlers of the Lambda functions other than the API: they take batches and return partial batch responses.

The response names the records that failed, so only these are delivered again (Powertools for AWS Lambda, batch
processing).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

import msgspec

from chalicelib.casework import case_successors
from chalicelib.features.backtests import item, step
from chalicelib.features.deadlines import batch
from chalicelib.features.deadlines.quarantine import quarantine_batch
from chalicelib.features.deadlines.sweep import sweep as sweep_due
from chalicelib.features.evidence.arrival import Arrival, handle_arrival
from chalicelib.features.evidence.scanning import guardduty_events
from chalicelib.features.evidence.wake_evidence import wake as wake_evidence
from chalicelib.features.exports import export_job, export_step
from chalicelib.features.leaving import erase_step, erasure
from chalicelib.features.messages import attempt
from chalicelib.features.messages.attempt import Attempt
from chalicelib.features.messages.mail import ses_feedback
from chalicelib.features.messages.relay import stream_reconciliation, throttle_retry
from chalicelib.features.messages.relay.relay import RelayedEvent
from chalicelib.features.messages.relay.relay import relay as relay_keys
from chalicelib.features.messages.sqs import parse_body
from chalicelib.features.messages.webhooks import replay_deliveries
from chalicelib.features.people import hand_over
from chalicelib.features.switching import switch_all, switch_all_step
from chalicelib.features.units import periodic_tasks, periodic_tasks_step
from chalicelib.jobs import driver
from chalicelib.jobs.claim import Claim
from chalicelib.jobs.driver import JobStep, Steps
from chalicelib.kit import observability
from chalicelib.ports import Queue
from chalicelib.statistics.rebuild import cursor as statistics_rebuild
from chalicelib.statistics.rebuild import step as statistics_rebuild_step
from chalicelib.store.port import Key, Unavailable
from chalicelib.wiring import Wiring
from chalicelib.workers import reactions
from chalicelib.workers.work_batch import process_batch

if TYPE_CHECKING:
    from aws_lambda_powertools.utilities.batch.types import PartialItemFailureResponse

LambdaEvent = dict[str, Any]
"""The JSON with which AWS invokes a function."""

_WORK = msgspec.json.Decoder(RelayedEvent | JobStep | Attempt)
"""Made once: otherwise each message would have the union examined again, which takes longer than the decoding."""


def _rebuild_search(claim: Claim) -> None:
    from chalicelib.features.search import rebuild  # a cold start does not need it

    rebuild.step(claim)


def _merge_texts(claim: Claim) -> None:
    from chalicelib.features.search import merge_job  # as above

    merge_job.step(claim)


def _sign_earlier_complaints(claim: Claim) -> None:
    from chalicelib.features.similar import backfill  # as above

    backfill.step(claim)


def _repair(claim: Claim) -> None:
    from chalicelib.features.repair import step as repair_step  # as above

    repair_step.step(claim)


JOBS: Steps = {
    switch_all.JOB_KIND: switch_all_step.step,
    item.JOB_KIND: step.step,
    export_job.NAME: export_step.step,
    replay_deliveries.JOB_KIND: replay_deliveries.step,
    stream_reconciliation.JOB_KIND: partial(stream_reconciliation.step, has_reaction=reactions.has_reaction),
    erasure.NAME: erase_step.step,
    case_successors.JOB_KIND: hand_over.step,
    periodic_tasks.JOB_KIND: periodic_tasks_step.step,
    reactions.JOB_KIND: reactions.resume,
    statistics_rebuild.JOB_KIND: statistics_rebuild_step.step,
    "search-rebuild": _rebuild_search,
    "search-merge": _merge_texts,
    "similar-backfill": _sign_earlier_complaints,
    "repair": _repair,
}
"""The step function of each kind of job."""


def sweep(wiring: Wiring) -> None:
    result = sweep_due(wiring, wiring.clock())
    observability.info("The sweep has enqueued hits", count=result.enqueued)


def wake(wiring: Wiring, event: LambdaEvent, context: Any) -> PartialItemFailureResponse:
    """Handles the due queue. A message that fails five times moves to the dead-letter queue (`park`)."""

    def handle(record: Any) -> None:
        process_batch(wiring, batch.parse(parse_body(record.body).body), wiring.clock(), JOBS, wake_evidence)

    return _each(event, context, handle)


def park(wiring: Wiring, event: LambdaEvent, context: Any) -> PartialItemFailureResponse:
    """Handles the due queue's dead-letter queue: quarantines each hit."""
    return _each(event, context, lambda record: quarantine_batch(wiring, batch.parse(parse_body(record.body).body)))


def relay(effects_queue: Queue, event: LambdaEvent, context: Any) -> PartialItemFailureResponse:
    """Handles the table's stream. Stops at the first failure, so the rest of the batch is delivered again in order."""
    records = [record["dynamodb"] for record in event["Records"]]
    failed = relay_keys(effects_queue, [Key(each["Keys"]["pk"]["S"], each["Keys"]["sk"]["S"]) for each in records])
    if failed is None:
        return {"batchItemFailures": []}
    return {"batchItemFailures": [{"itemIdentifier": records[failed]["SequenceNumber"]}]}


def effects(wiring: Wiring, event: LambdaEvent, context: Any) -> PartialItemFailureResponse:
    """Handles the effects queue. A message that fails five times moves to the dead-letter queue."""
    batch_of_effects = throttle_retry.RetryingBatch(wiring)
    answer = _each(event, context, lambda record: batch_of_effects.handle(record.body, partial(_effect, wiring)))
    batch_of_effects.emit_metric()
    return answer


def _effect(wiring: Wiring, body: str) -> None:
    returned = ses_feedback.parse_feedback(body)
    if returned is not None:
        ses_feedback.apply_feedback(wiring, returned)
        return
    work = _WORK.decode(parse_body(body).body)
    if isinstance(work, JobStep):
        driver.run_message(wiring, work, JOBS)
    elif isinstance(work, Attempt):
        attempt.run(wiring, work, wiring.clock())
    else:
        reactions.run_reactions(wiring, work)


def hooks(wiring: Wiring, event: LambdaEvent, context: Any) -> PartialItemFailureResponse:
    """Handles the webhook queue. Each message is one try of one delivery.

    An unavailable table uses up no try of the queue: the delivery is on index `due`, so a later sweep tries it again.
    """

    def handle(record: Any) -> None:
        try:
            attempt.run(wiring, msgspec.json.decode(parse_body(record.body).body, type=Attempt), wiring.clock())
        except Unavailable as error:
            observability.info("A webhook delivery is left to a later sweep", error=observability.frames(error))

    return _each(event, context, handle)


def _each(event: LambdaEvent, context: Any, handle: Callable[[Any], object]) -> PartialItemFailureResponse:
    """Handles each message on its own. Failed messages are logged and reported, so the queue delivers them again."""
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


def object_created(wiring: Wiring, event: LambdaEvent) -> None:
    """Handles one EventBridge event: an object that Amazon S3 received, or GuardDuty's scan of an object.

    An exception makes EventBridge deliver the event again.
    """
    detail = event["detail"]
    if event["source"] == "aws.s3":
        created = detail["object"]
        handle_arrival(wiring, Arrival(created["key"], created["version-id"], int(created["size"])), wiring.clock())
    elif not guardduty_events.handle_scan_result(wiring, detail, wiring.clock()):
        observability.error("A scan gave no verdict", status=detail["scanResultDetails"]["scanResultStatus"])
        observability.measure("ScanWithoutVerdict")
