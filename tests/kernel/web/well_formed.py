"""An organisation on the local stack with something of everything, and a well-formed request to each operation."""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from chalicelib.kit.instants import DAY, to_text
from chalicelib.policy import presets
from tests.clauses.offices.company import WORK_ORDER
from tests.clauses.organisation import Organisation, hire, sign_up
from tests.clauses.world import World
from tests.helpers import left_out
from tests.kernel.web import well_formed_mailings, well_formed_programs

PRESET = "corporate-standard"
POLICY = {name: part for name, part in presets.document(PRESET).items() if name != "examples"}
WEBHOOK = {"url": "https://systems.example/hook", "events": ["registered"]}
WORK_DAYS = {day: [["09:00", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}
PHOTO = {"kind": "photo", "name": "照片.jpg", "size": 3, "media_type": "image/jpeg", "sha256": "0" * 64}
TEXT_BLOCK = {"name": "致歉", "language": "zh", "text": "您好，您的投诉 {number} 给您带来不便，深表歉意。"}
ABOUT_THE_OFFICE = {"about": {"office": True}, "text": "处理人员收受商家好处。", "to": "supervisors"}
"""The policy has no supervisors, so that the owner handles it."""
AGENTS = frozenset(
    {"list_complaints", "get_complaint", "list_acts", "get_deadlines", "get_record", "post_act", "post_policy_comment"}
)
COMPLAINANTS = frozenset({"post_evidence", "get_evidence", "post_copy", "add_to_office_report"})
"""Operations that succeed for them; everything else is the owner's."""


@dataclass(frozen=True, slots=True)
class Target:
    """`names`: by path parameter, something that is there."""

    organisation: Organisation
    number: str
    names: Mapping[str, str]

    def authorization(self, who: str) -> dict[str, str]:
        """Of the owner, of a role, or of the complainant of `number`; nobody has none."""
        return {} if who == "nobody" else {"Authorization": self.organisation.auth(who, self.number)}

    def params(self, path: str) -> dict[str, str]:
        kind = "evidence_id" if "/evidence/" in path else "backtest_id"
        return {name: self.names[kind if name == "id" else name] for name in re.findall(r"\{(\w+)\}", path)}

    def ask(self, method: str, path: str, body: Any = None, who: str = "owner") -> Any:
        world = self.organisation.world
        answer = world.call(method, self.organisation.path + path, body, auth=self.organisation.auth(who, self.number))
        assert answer.status < 300, answer.text
        return answer.json


_ALWAYS = {
    "version": "1",
    "preset": PRESET,
    "kind": "forbidden",
    "subject": "A-1",
    "demand": "1",
    "notice": "0" * 32,
    "period": "2026-Q3",
    "form": "work_order",
    "inspection": "2026-10.1",
    "ledger": "manager",
    "mailing": "236131eda593",
}
"""Names that are the same in every organisation."""


def target_in(world: World) -> Target:
    """An organisation at whose spare person, complaint, evidence, back-test and job requests can be aimed."""
    organisation = sign_up(world, PRESET, plan="large")
    hire(organisation, "agent", name="spare")
    number = organisation.file()
    names = {
        "aggregate": "ORG",
        "report": "deadlines",
        "tenant": organisation.id,
        "number": number,
        "act": "accept",
        "sub": organisation.subs["spare"],
    }
    target = Target(organisation, number, {**names, **_ALWAYS})
    made = {
        "evidence_id": target.ask("POST", f"/complaints/{number}/evidence", PHOTO, "complainant")["id"],
        "backtest_id": _id_of(target, "start_backtest", "/policy/backtest", _backtest(target)),
        "export": _id_of(target, "start_export", "/exports"),
        "webhook": target.ask("POST", "/webhooks", WEBHOOK)["id"],
        "job": _id_of(target, "switch_complaints", "/policy/switch", {"dry_run": True}),
        "bulk": _id_of(target, "start_bulk", "/bulk", _bulk(target)),
        "unit": target.ask("POST", "/units", {"id": "hall", "name": "大厅"})["id"],
        "improvement": _id_of(target, "open_improvement", "/improvements", _improvement(target)),
        "block": target.ask("POST", "/text-blocks", TEXT_BLOCK)["id"],
        "reference": _id_of(target, "report_office", "/supervision", ABOUT_THE_OFFICE, "agent"),
    }
    return Target(organisation, number, {**target.names, **made, **well_formed_programs.made(target)})


def _end_practices(target: Target) -> None:
    """An organisation has few at a time."""
    made = target.organisation
    for one in made.get("/practice", "owner")["practices"]:
        made.world.call("POST", f"/v1/t/{one['id']}/leave", {"id": one["id"]}, auth=made.auth("owner"))


def _bulk(target: Target) -> dict[str, Any]:
    return {"act": "note", "fields": {"text": "等待供应商回复"}, "numbers": [target.number]}


def _id_of(target: Target, operation: str, path: str, body: Any = None, who: str = "owner") -> str:
    """Of what the request makes; of nothing if its feature is left out."""
    return "0" * 32 if operation in left_out.NAMES else str(target.ask("POST", path, body, who)["id"])


@dataclass(frozen=True, slots=True)
class Request:
    who: str
    params: Mapping[str, str]
    body: Any


def request_to(target: Target, operation: str, path: str) -> Request:
    """A request that succeeds, whatever was asked of the target before: what it needs is put there first."""
    who = "agent" if operation in AGENTS else "complainant" if operation in COMPLAINANTS else "owner"
    params = {**target.params(path), **_needed(target, operation)}
    return Request(who, params, body_of(target, operation))


def _needed(target: Target, operation: str) -> dict[str, str]:
    if operation == "start_practice":
        _end_practices(target)
    if operation in DRAFTED:
        target.ask("PUT", "/policy/draft", {"policy": POLICY})
    if operation in COMMENTED:
        target.ask("POST", "/policy/draft/open", {"to": ["departments"]})
    if operation in ("post_act", "reissue_receipt"):
        return {"number": target.organisation.file()}
    if operation == "act_on_office_report":
        return {"act": "note"}
    if operation == "act_on_improvement":
        return {"act": "done", "improvement": target.ask("POST", "/improvements", _improvement(target))["id"]}
    if operation in ("retire_text_block", "get_inserted_text_block"):
        return {"block": target.ask("POST", "/text-blocks", TEXT_BLOCK)["id"]}
    if operation in ("change_webhook", "remove_webhook", "ping_webhook", "replay_webhook"):
        return {"webhook": target.ask("POST", "/webhooks", WEBHOOK)["id"]}
    if operation in ("remove_person", "grant_roles"):
        return {"sub": target.ask("POST", "/people", _invitation(target))["sub"]}
    return well_formed_programs.needed(target, operation)


OPS_REPORTS = ("ops_list_office_reports", "ops_get_office_report", "ops_act_on_office_report")
OPS_TENANTS = ("ops_list_tenants", "ops_get_tenant", "ops_get_usage")
PUT_BACK = ("ops_redrive", "ops_redrive_tenant", "ops_redrive_all", "ops_walk", "ops_walk_all")
NOT_AT_ONCE: Mapping[str, int] = {
    "order_inspection": 422,
    **dict.fromkeys(("get_inspection", "get_inspection_page"), 404),
    **{
        "post_unit_act": 409,
        "post_organisation_act": 409,
        "leave_service": 422,
        "get_erasure": 404,
        "get_ledger": 404,
        "replay_mail": 404,
        "cancel_bulk": 409,
        "add_to_office_report": 404,
        "correct_figures": 404,
    },
    **dict.fromkeys(
        (
            "get_notice",
            "get_figures",
            "post_notice_act",
            "get_demand",
            "get_demand_link",
            "get_evidence_link",
            "complete_evidence",
        ),
        404,
    ),
    **dict.fromkeys(
        (
            *OPS_TENANTS,
            "ops_suspend",
            "ops_resume",
            "ops_list_parked",
            "ops_change_plan",
            *PUT_BACK,
            *OPS_REPORTS,
            "ops_lift_mail_stop",
        ),
        404,
    ),
}
"""What is refused, and how: a unit owes nothing before complaints have counted against it (`test_units.py`), nor the
organisation before the calendar has opened a task (`tests/units/periodic_tasks`); the target does not leave, and was
not erased (`tests/leaving/test_leaving.py`); none of its mails has failed (`tests/messages/test_replayed_mails.py`);
operators sign (`tests/organisations/test_ops.py`); the complaint's receipt is none of a report (`tests/supervision`);
its file came in one part and is not sealed, and nothing was demanded (`tests/evidence`); its policy publishes nothing
(`tests/register`) and
has no ledger (`tests/ledgers`), and no period has ended since its sign-up (`tests/inspections`)."""
DRAFTED = frozenset(
    {"get_policy_draft", "delete_policy_draft", "open_policy_draft", "list_policy_comments", "post_policy_comment"}
)
COMMENTED = frozenset({"post_policy_comment"})


def body_of(target: Target, operation: str) -> Any:
    """None for operations without a body."""
    found = BODIES.get(operation)
    return found(target) if callable(found) else found


def _invitation(target: Target) -> dict[str, Any]:
    email = f"{_word()}@{target.organisation.id}.example"
    return {"email": email, "name": "新人", "grants": [{"role": "agent"}]}


def _backtest(target: Target) -> dict[str, Any]:
    now = target.organisation.world.now()
    return {"from": to_text(now - DAY), "to": to_text(now), "policy": POLICY}


def _deputy(target: Target) -> dict[str, Any]:
    now = target.organisation.world.now()
    return {"sub": target.organisation.subs["agent"], "from": to_text(now + DAY), "until": to_text(now + 2 * DAY)}


def _improvement(target: Target) -> dict[str, Any]:
    organisation = target.organisation
    return {
        "title": "来料全检",
        "by": "category.matter",
        "value": "product_quality",
        "owner": organisation.subs["agent"],
        "due": to_text(organisation.world.now() + 30 * DAY)[:10],
    }


def _word() -> str:
    return uuid.uuid4().hex[:12]


NINE = "2026-11-27T09:00:00+08:00"
CALENDAR = {"timezone": "Asia/Shanghai", "hours": WORK_DAYS, "holidays": "CN"}
BODIES: Mapping[str, Any] = {
    "create_tenant": lambda _: {"id": f"t-{_word()}", "name": "例", "email": f"{_word()}@x.example", "preset": PRESET},
    "preview_deadline": {"calendar": CALENDAR, "start": NINE, "within": "2 working days"},
    "preview_policy": {
        "preset": PRESET,
        "complaint": {"channel": "phone", "category": "service_quality"},
        "events": [{"event": "registered", "at": NINE}],
    },
    "post_complaint": lambda target: target.organisation.example(),
    "post_act": {"fields": WORK_ORDER},
    "correct_figures": {"reason": "统计有误。"},
    "post_notice_act": {"fields": {"reason": "不宜公示。"}},
    **{name: {"fields": {"task": "report"}} for name in ("post_unit_act", "post_organisation_act")},
    "post_evidence": PHOTO,
    "complete_evidence": {"parts": [{"number": 1, "etag": "x", "sha256": "0" * 64}]},
    "put_origins": {"origins": []},
    "put_second_factor": {"required": False},
    **{"set_mailing": well_formed_mailings.body, **well_formed_programs.BODIES},
    "put_references": {"references": {"extensions_near_due": 0.1}},
    "report_office": ABOUT_THE_OFFICE,
    "add_to_office_report": {"text": "十一月三日。"},
    **{name: {"text": "先核对流水。"} for name in ("act_on_office_report", "ops_act_on_office_report")},
    "search_complaints": {"phone": "00000000000"},
    "switch_complaint": {"fields": {"dry_run": True}},
    "switch_complaints": {"dry_run": True},
    "start_bulk": lambda target: _bulk(target),
    "invite_person": _invitation,
    "invite_people": {"file": "ZW1haWwsbmFtZSxyb2xlcwpsaUB4LmV4YW1wbGUsTGksYWdlbnQ="},
    "grant_roles": {"grants": [{"role": "agent"}]},
    "put_deputy": _deputy,
    "change_my_settings": {"mails": "daily", "language": "en", "rows": 20},
    "create_unit": lambda _target: {"id": _word(), "name": "分部"},
    "put_unit": {"calendar": "plant"},
    "check_policy": {"policy": POLICY},
    "put_policy_draft": {"policy": "language: 2\n"},
    "open_policy_draft": {"to": ["departments"]},
    "post_policy_comment": {"text": "期限太短。"},
    "publish_policy": {"policy": POLICY},
    "start_backtest": _backtest,
    "order_inspection": {"period": "2026-10"},
    "open_improvement": lambda target: _improvement(target),
    "act_on_improvement": {},
    **dict.fromkeys(("write_text_block", "change_text_block"), TEXT_BLOCK),
    "create_webhook": WEBHOOK,
    "change_webhook": {"state": "disabled"},
    "replay_webhook": {"since": NINE},
    "replay_mail": {"event": "202611-000001/2", "recorded_at": NINE, "reader": "C#202611-000001"},
    "ops_suspend": {"reason": "unpaid"},
    "ops_change_plan": {"plan": "large"},
    "ops_lift_mail_stop": {"email": "somebody@shop.example"},
    "leave_service": {"id": "somebody-else"},
}
