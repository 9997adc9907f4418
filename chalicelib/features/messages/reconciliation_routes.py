"""Routes for operators: relaying events again, in case the table's stream lost them."""

from __future__ import annotations

import msgspec

from chalicelib.features.messages.relay import reconciliation_orders
from chalicelib.kit.instants import to_text
from chalicelib.web.api import Api
from chalicelib.web.call import Call, Reply

_TENANT = "/v1/ops/tenants/{id}"


class ReconciliationView(msgspec.Struct, frozen=True, kw_only=True):
    """`job`: the organisation's job (`GET /v1/t/{tenant}/jobs/{job}`, for its owner); null for all organisations."""

    ordered_at: str
    job: str | None


def register(api: Api) -> None:
    _reconciliation(api)


def _reconciliation(api: Api) -> None:
    """Each organisation's reconciliation is a separate job. Completed work is not repeated."""

    @api.route(
        "/v1/ops/walk",
        method="POST",
        summary="Order a reconciliation of all organisations: their hourly jobs relay events again",
        allow=["operator"],
        response=ReconciliationView,
        status=202,
        problems=["not-found"],
    )
    def ops_walk_all(call: Call) -> Reply:
        reconciliation_orders.order_for_all(call.wiring.store, call.now)
        return Reply(ReconciliationView(ordered_at=to_text(call.now), job=None), 202)

    @api.route(
        "/v1/ops/walk/{id}",
        method="POST",
        summary="Reconcile an organisation now: relay its events again",
        allow=["operator"],
        response=ReconciliationView,
        status=202,
        problems=["conflict"],
    )
    def ops_walk(call: Call) -> Reply:
        job = reconciliation_orders.start_now(call.wiring, call.params["id"], call.now)
        return Reply(ReconciliationView(ordered_at=to_text(call.now), job=job), 202)
