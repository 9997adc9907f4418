"""Routes for demands for evidence."""

from __future__ import annotations

from chalicelib.features.evidence import demand_queries
from chalicelib.features.evidence.routes import evidence_request
from chalicelib.web.api import Api
from chalicelib.web.call import Call, Reply

_DEMAND = "/v1/t/{tenant}/complaints/{number}/demands/{demand}"


def register(api: Api) -> None:
    @api.route(
        _DEMAND + "/link",
        method="GET",
        summary="Get the demand's own receipt, for the person who must provide the evidence",
        allow=["person"],
        response=demand_queries.DemandLink,
        problems=["forbidden", "complaint-unknown"],
    )
    def get_demand_link(call: Call) -> Reply:
        return Reply(demand_queries.answer_link(call.wiring, evidence_request(call), call.params["demand"]))

    @api.route(
        _DEMAND,
        method="GET",
        summary="Get a demand: the evidence that is required, the time limit, and the evidence provided",
        allow=["person", "receipt"],
        response=demand_queries.DemandView,
        problems=["forbidden", "complaint-unknown"],
    )
    def get_demand(call: Call) -> Reply:
        return Reply(demand_queries.view(call.wiring, evidence_request(call), call.params["demand"]))
