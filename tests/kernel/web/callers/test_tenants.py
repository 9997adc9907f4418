"""The path's tenant: it must exist and be active, and only it is bound."""

from __future__ import annotations

import pytest

from chalicelib.access import binding
from chalicelib.web.call import Call, Reply
from tests.kernel.web.client import Frame


@pytest.fixture
def bound(frame: Frame) -> Frame:
    """A reading and a writing route that respond with the bound tenant."""

    def answer(call: Call) -> Reply:
        return Reply({"tenant": call.tenant, "bound": binding.current().tenant})

    for method in ("GET", "POST"):

        def handler(call: Call) -> Reply:
            return answer(call)

        handler.__name__ = method.lower()
        frame.api.route("/v1/t/{tenant}/things", method=method, summary="Things", allow=["public"])(handler)
    return frame


def test_the_handler_runs_bound_to_the_tenant_of_the_path(bound: Frame) -> None:
    assert bound.send("GET", "/v1/t/acme/things").json_body == {"tenant": "acme", "bound": "acme"}


@pytest.mark.parametrize("tenant", ["nobody", "waiting", "ACME", "ab", "a" * 41, "acme%23", "acme%2Fx", "%C3%A4cm"])
def test_an_id_that_names_no_active_tenant_is_not_found(bound: Frame, tenant: str) -> None:
    answer = bound.send("GET", f"/v1/t/{tenant}/things")

    assert (answer.status_code, answer.json_body["type"]) == (404, "/v1/problems/tenant-unknown")


@pytest.mark.parametrize("tenant", ["%FF", "a%00b", "a" * 201])
def test_a_path_that_is_no_text_is_not_found(bound: Frame, tenant: str) -> None:
    answer = bound.send("GET", f"/v1/t/{tenant}/things")

    assert (answer.status_code, answer.json_body["type"]) == (404, "/v1/problems/not-found")


@pytest.mark.parametrize("tenant", ["paused", "going"])
def test_a_suspended_or_leaving_tenant_is_read(bound: Frame, tenant: str) -> None:
    assert bound.send("GET", f"/v1/t/{tenant}/things").status_code == 200


@pytest.mark.parametrize("tenant", ["paused", "going"])
def test_a_suspended_or_leaving_tenant_is_not_written(bound: Frame, tenant: str) -> None:
    answer = bound.send("POST", f"/v1/t/{tenant}/things")

    assert (answer.status_code, answer.json_body["type"]) == (403, "/v1/problems/tenant-suspended")


def test_a_route_without_a_tenant_has_nothing_bound(frame: Frame) -> None:
    seen: list[bool] = []

    @frame.api.route("/v1/free", method="GET", summary="Free", allow=["public"])
    def free(call: Call) -> Reply:
        with pytest.raises(binding.Unbound):
            binding.current()
        seen.append(True)
        return Reply({"tenant": call.tenant})

    assert frame.send("GET", "/v1/free").json_body == {"tenant": None}
    assert seen == [True]


def test_nothing_stays_bound_after_a_request(bound: Frame) -> None:
    bound.send("GET", "/v1/t/acme/things")

    with pytest.raises(binding.Unbound):
        binding.current()


def test_path_parameters_are_decoded_once(frame: Frame) -> None:
    @frame.api.route("/v1/t/{tenant}/units/{unit}", method="GET", summary="Unit", allow=["public"])
    def unit(call: Call) -> Reply:
        return Reply({"unit": call.params["unit"]})

    assert frame.send("GET", "/v1/t/acme/units/%E5%AE%A2%E6%9C%8D%2525+x").json_body == {"unit": "客服%25+x"}
