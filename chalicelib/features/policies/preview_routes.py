"""Routes to try out a calendar or a policy, without signing in."""

from __future__ import annotations

from chalicelib.features.policies import deadline_preview, policy_preview
from chalicelib.web.api import Api
from chalicelib.web.call import Call, Reply


def register(api: Api) -> None:
    @api.route(
        "/v1/preview/deadline",
        method="POST",
        summary="Calculate when a time limit is due under a calendar, with the reasons",
        allow=["public"],
        request=deadline_preview.DeadlinePreviewRequest,
        response=deadline_preview.DeadlinePreview,
    )
    def preview_deadline(call: Call) -> Reply:
        return Reply(deadline_preview.preview(call.body))

    @api.route(
        "/v1/preview/policy",
        method="POST",
        summary="Preview a complaint under a policy: deadlines, stage, open acts",
        allow=["public"],
        request=policy_preview.PolicyPreviewRequest,
        response=policy_preview.PolicyPreview,
        problems=["policy-invalid"],
        weight=5,
    )
    def preview_policy(call: Call) -> Reply:
        return Reply(policy_preview.preview(call.wiring.policies, call.body))
