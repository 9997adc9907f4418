"""The attempts on each operation, with the victim's names (`{number}`) and the stranger's own (`{my_number}`).

Each is sent to the victim's path and to the stranger's own, once with the victim's real names and once with names that
do not exist. CONTRIBUTING.md says what to add for a new route.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from chalicelib.kit.instants import DAY, to_text
from tests.across.isolation.scene import Scene
from tests.kernel.web.well_formed import body_of

WELL_FORMED = object()
"""The body with which the operation succeeds for a permitted caller (`tests/kernel/web/well_formed.py`)."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """`params`: path parameters whose name differs from the victim's item. Texts may contain names in braces."""

    params: Mapping[str, str] = field(default_factory=dict)
    query: str = ""
    body: Any = None


def _act(act: str, number: str = "{my_number}", /, **fields: Any) -> Attempt:
    return Attempt({"act": act, "number": number}, body={"fields": fields})


PERIOD = "from=2026-11-01&to=2026-11-30"
TESTED = {"id": "{backtest}", "report": "deadlines"}
LOOK = [Attempt()]
"""An attempt without names other than those in the path."""
ASK = [Attempt(body=WELL_FORMED)]
PAGES = [Attempt(), Attempt(query="limit=1&cursor={cursor}")]
BLOCKS = [{"block": "{block}", "version": 1}]
NOTE = {"act": "note", "fields": {"text": "x"}}

PARTS = {"parts": [{"number": 1, "etag": "x", "sha256": "0" * 64}]}

IMPROVEMENT = {"title": "x", "by": "category.kind", "value": "other", "due": "2026-12-24"}

ATTEMPTS: Mapping[str, list[Attempt]] = {
    "get_tenant": LOOK,
    "open_tenant": LOOK,
    "get_usage": LOOK,
    **{"put_origins": ASK, "put_second_factor": ASK},
    **{"get_references": LOOK, "put_references": ASK},
    # complaints
    "list_complaints": [Attempt(query=one) for one in ("", "unit={unit}", "person={sub}", "limit=1&cursor={cursor}")],
    "post_complaint": [*ASK, Attempt(body={"channel": "phone", "facts": {}, "unit": "{unit}"})],
    "get_complaint": LOOK,
    "list_acts": LOOK,
    "get_deadlines": LOOK,
    "get_record": LOOK,
    "verify_record": LOOK,
    "list_forms": LOOK,
    "get_form": [Attempt({"form": "work_order"})],
    **dict.fromkeys(("get_case_file", "post_copy"), LOOK),
    "get_history": LOOK,
    "get_similar": LOOK,
    "get_analysis": [Attempt(query="by=unit")],
    "list_similar_groups": LOOK,
    "list_reads": [Attempt(), Attempt(query="limit=1&cursor={cursor}")],
    "search_complaints": [
        Attempt(body={"phone": "00000000000"}),
        Attempt(body={"email": "user@example.com"}),
        Attempt(body={"number": "{number}"}),
        Attempt(body={"unit": "{unit}"}),
        Attempt(body={"words": "回电", "respondent": "回电", "outcome": {"outcome": "resolved"}}),
        Attempt(body={"archived": False, "cursor": "{cursor}"}),
    ],
    "get_subject": [Attempt({"subject": "A-1"})],
    "post_act": [
        _act("accept", "{number}"),
        _act("link", "{number}", to="{my_number}"),
        _act("link", to="{number}"),
        _act("assign", responsible="{sub}"),
        _act("note", text="{number}"),
        _act("approve", proposal="{number}/2"),
        _act("do_task", task="{number}/2"),
        Attempt({"act": "link", "number": "{my_number}"}, "dry_run=true", {"fields": {"to": "{number}"}}),
        Attempt({"act": "note", "number": "{my_number}"}, body={"fields": {"text": "x"}, "text_blocks": BLOCKS}),
    ],
    "switch_complaint": [*ASK, Attempt({"number": "{my_number}"}, body={"fields": {"to": "{version}"}})],
    "reissue_receipt": LOOK,
    "post_evidence": ASK,
    "get_evidence": [Attempt({"id": "{evidence}"}), Attempt({"number": "{my_number}", "id": "{evidence}"})],
    "list_evidence": LOOK,
    "get_evidence_link": [
        Attempt({"id": "{evidence}"}, query="copy=original"),
        Attempt({"number": "{my_number}", "id": "{evidence}"}),
    ],
    "complete_evidence": [Attempt({"id": "{evidence}"}, body=PARTS)],
    "get_demand": [Attempt({"demand": "1"}), Attempt({"demand": "{number}"})],
    "get_demand_link": [Attempt({"demand": "1"}), Attempt({"demand": "{number}"})],
    "list_messages": [Attempt(), Attempt(query="complaint={number}"), Attempt(query="limit=1&cursor={cursor}")],
    "list_tasks": [Attempt(), Attempt(query="of=unit"), Attempt(query="limit=1&cursor={cursor}")],
    # the register
    "list_notices": [Attempt(), Attempt(query="complaint={number}"), Attempt(query="limit=1&cursor={cursor}")],
    "get_notice": [Attempt(), Attempt(query="complaint={number}")],
    "get_notices_feed": LOOK,
    "list_figures": [Attempt(), Attempt(query="complaint={number}")],
    "correct_figures": [Attempt({"period": "2026-11"}, body=WELL_FORMED)],
    "get_figures": [Attempt({"period": "2026-11"}), Attempt({"period": "2026-11"}, query="complaint={number}")],
    "list_case_notices": LOOK,
    "post_notice_act": [
        Attempt({"act": "approve"}, body={"fields": {}}),
        Attempt({"act": "approve", "number": "{my_number}"}, body={"fields": {}}),
        Attempt({"act": "withdraw"}, body={"fields": {"reason": "短。"}}),
    ],
    # reports about the office
    "report_office": [
        *ASK,
        Attempt(body={"about": {"people": ["{sub}"]}, "text": "x", "complaint": "{number}"}),
    ],
    "list_office_reports": [Attempt(), Attempt(query="limit=1&cursor={cursor}")],
    "get_office_report": LOOK,
    "list_office_report_reads": LOOK,
    "add_to_office_report": ASK,
    "act_on_office_report": [
        Attempt({"act": "note"}, body={"text": "x"}),
        Attempt({"act": "admit"}, body={"person": "{sub}"}),
    ],
    "list_people": LOOK,
    "invite_person": [
        Attempt(body={"email": "{email}", "name": "新人", "grants": [{"role": "owner"}]}),
        Attempt(body={"email": "x@y.example", "name": "新人", "grants": [{"role": "agent", "unit": "{unit}"}]}),
    ],
    "invite_people": ASK,
    "get_me": LOOK,
    "delete_deputy": LOOK,
    "get_deputy": LOOK,
    "get_my_settings": LOOK,
    "get_my_figures": LOOK,
    "change_my_settings": [Attempt(body={"mails": "none", "rows": 20})],
    "put_deputy": [Attempt(body={"sub": "{sub}", "from": "{tomorrow}", "until": "{day_after}"})],
    "remove_person": [Attempt(), Attempt(query="to={sub}"), Attempt({"sub": "{my_sub}"}, query="to={sub}")],
    "grant_roles": [
        Attempt(body={"grants": [{"role": "owner"}]}),
        Attempt({"sub": "{my_sub}"}, body={"grants": [{"role": "owner", "unit": "{unit}"}]}),
    ],
    "list_units": LOOK,
    "create_unit": [Attempt(body={"id": "{unit}", "name": "分部"})],
    "put_unit": [Attempt(body={"calendar": "plant"}), Attempt(body={"parent": "{unit}"})],
    "get_unit": LOOK,
    "get_unit_record": LOOK,
    "verify_unit_record": LOOK,
    "list_unit_reads": [Attempt(), Attempt(query="limit=1&cursor={cursor}")],
    "post_unit_act": [Attempt({"act": "do_task"}, body={"fields": {"task": "{number}/2"}})],
    # the organisation's tasks
    "get_organisation_tasks": LOOK,
    "get_organisation_record": LOOK,
    "verify_organisation_record": LOOK,
    "list_organisation_reads": [Attempt(), Attempt(query="limit=1&cursor={cursor}")],
    "post_organisation_act": [
        Attempt({"act": "do_task"}, body={"fields": {"task": "{number}/2"}}),
        Attempt({"act": "do_task"}, body={"fields": {"task": "U#{unit}/2"}}),
    ],
    # the policy
    "get_policy": LOOK,
    **dict.fromkeys(("check_policy", "put_policy_draft", "open_policy_draft"), ASK),
    "get_policy_draft": [Attempt(), Attempt(query="complaint={number}")],
    "delete_policy_draft": LOOK,
    "list_policy_comments": [Attempt(), Attempt(query="draft={draft}"), Attempt(query="limit=1&cursor={cursor}")],
    "post_policy_comment": [Attempt(body={"text": "短。"}), Attempt(body={"text": "短。", "complaint": "{number}"})],
    "switch_complaints": [*ASK, Attempt(body={"token": "{job}"})],
    **dict.fromkeys(("get_policy_version", "rebuild_statistics", "list_ledgers", "get_job"), LOOK),
    **dict.fromkeys(("run_bulk", "cancel_bulk", "start_practice", "list_practices", "list_mailings"), LOOK),
    **dict.fromkeys(("list_program_accounts", "remove_program_account", "add_program_key", "revoke_program_key"), LOOK),
    **dict.fromkeys(("create_program_account", "change_program_account"), ASK),
    "set_mailing": [Attempt(body={"document": "inflow", "every": "month", "day": 5, "to": ["{sub}"]})],
    **dict.fromkeys(("list_jobs", "list_policy_versions", "list_inspections", "list_improvements"), PAGES),
    **dict.fromkeys(("start_backtest", "order_inspection", "create_webhook", "change_webhook", "publish_policy"), ASK),
    **dict.fromkeys(("write_text_block", "change_text_block"), ASK),
    "start_bulk": [
        Attempt(body={**NOTE, "numbers": ["{number}"]}),
        Attempt(body={**NOTE, "filter": {"unit": ["{unit}"], "person": ["{sub}"]}}),
        Attempt(body={"act": "assign", "fields": {"responsible": ["{sub}"]}, "numbers": ["{my_number}"]}),
    ],
    "get_bulk": [Attempt(), Attempt(query="cursor={cursor}")],
    "get_backtest": [Attempt({"id": "{backtest}"})],
    "get_backtest_lines": [Attempt({"id": "{backtest}"}), Attempt({"id": "{backtest}"}, query="cursor={cursor}")],
    "get_draft_report": [
        Attempt(TESTED, query=PERIOD),
        Attempt(TESTED, query=f"{PERIOD}&by=unit"),
        Attempt(TESTED, query=f"{PERIOD}&unit={{unit}}"),
    ],
    "list_draft_report_cases": [
        Attempt(TESTED, query=f"measure=met&column=before&{PERIOD}"),
        Attempt(TESTED, query=f"measure=met&{PERIOD}&cursor={{cursor}}"),
    ],
    "get_report": [Attempt({"report": "all"}, query=PERIOD), Attempt({"report": "all"}, query=f"{PERIOD}&by=unit")],
    "list_report_cases": [
        Attempt({"report": "all"}, query=f"measure=received&{PERIOD}"),
        Attempt({"report": "all"}, query=f"measure=received&{PERIOD}&cursor={{cursor}}"),
    ],
    "get_ledger": [
        Attempt({"ledger": "all"}),
        Attempt({"ledger": "all"}, query="month=2026-10"),
        Attempt({"ledger": "all"}, query="limit=1&cursor={cursor}"),
    ],
    **dict.fromkeys(("get_inspection", "get_inspection_page", "get_improvement", "end_mailing"), LOOK),
    **dict.fromkeys(("list_text_blocks", "get_text_block", "retire_text_block"), LOOK),
    "get_inserted_text_block": [Attempt(), Attempt({"number": "{my_number}"})],
    "open_improvement": [
        *ASK,
        Attempt(body={**IMPROVEMENT, "owner": "{sub}"}),
        Attempt(body={**IMPROVEMENT, "by": "unit", "value": "{unit}", "owner": "{my_sub}"}),
    ],
    "act_on_improvement": [
        Attempt({"act": "done"}, body={}),
        Attempt({"act": "cancel"}, body={"reason": "x"}),
        Attempt({"act": "hand_over"}, body={"owner": "{sub}"}),
    ],
    "list_effects": [Attempt(), Attempt(query="reader={sub}"), Attempt(query="limit=1&cursor={cursor}")],
    **dict.fromkeys(("list_webhooks", "remove_webhook", "ping_webhook"), LOOK),
    "replay_webhook": [*ASK, Attempt(body={"event": "{number}/1", "recorded_at": "2026-11-27T01:00:00Z"})],
    "replay_mail": [
        *ASK,
        Attempt(body={"event": "{number}/2", "recorded_at": "2026-11-27T01:00:00Z", "reader": "C#{number}"}),
        Attempt(body={"event": "{number}/2", "recorded_at": "2026-11-27T01:00:00Z", "reader": "{sub}"}),
    ],
    # archives
    "start_export": LOOK,
    "get_export": LOOK,
    # its own record
    "get_own_record": [Attempt(), Attempt(query="limit=1&cursor={cursor}")],
    "verify_own_record": LOOK,
    # leaving
    "leave_service": [*ASK, Attempt(body={"id": "{tenant}"})],
    "stay": LOOK,
    "get_leaving": LOOK,
}
"""By operation id."""

OF_OPERATORS = """
ops_get_tenant ops_suspend ops_resume ops_change_plan ops_list_parked ops_redrive ops_redrive_tenant ops_walk
ops_walk_all ops_redrive_all ops_list_tenants ops_get_usage
"""
NO_TENANTS: Mapping[str, str] = {
    "health": "says whether the service and its dependencies answer",
    "openapi_document": "the same for all",
    "policy_schema": "the same for all",
    "expanded_policy_schema": "the same for all",
    "get_because_schema": "the same for all",
    "problem_page": "the same for all",
    "list_presets": "the same for all",
    "get_preset": "the same for all",
    "preview_deadline": "computes from what is sent",
    "preview_policy": "computes from what is sent",
    "get_erasure": "shows the statement of an organisation that has left, and not whether any other exists",
    "get_erasure_key": "the same for all",
    **dict.fromkeys(OF_OPERATORS.split(), "operators', never a person's: tests/organisations/test_ops.py"),
    "ops_lift_mail_stop": "operators', never a person's: tests/across/faults/test_stopped_mails.py",
    "ops_list_office_reports": "operators', never a person's: tests/supervision/test_operators.py",
    "ops_get_office_report": "operators', never a person's: tests/supervision/test_operators.py",
    "ops_act_on_office_report": "operators', never a person's: tests/supervision/test_operators.py",
    "create_tenant": "tells that an id is taken, and no more: test_a_taken_id_reveals_nothing_about_its_owner",
}
"""Operations whose path names no organisation, and why they reveal nothing about one."""

FOR_ANYBODY: Mapping[str, str] = {
    "post_complaint": "anyone who knows an organisation may complain; its number counts (P3.2)",
    "list_notices": "a public register; strangers see no notice for users: test_strangers_see_no_notice_for_users",
    "get_notice": "as list_notices",
    "get_notices_feed": "the public register",
    "list_figures": "public figures; strangers see none for users: tests/figures/test_answers.py",
    "get_figures": "as list_figures",
    "report_office": "anyone who knows an organisation may report its office; the id is random (P1.8)",
}
"""Operations of an organisation that succeed for people from outside, by design."""

ONE_PAGE = frozenset(
    {"list_report_cases", "list_tasks", "list_unit_reads", "list_organisation_reads", "get_backtest_lines"}
    | {"list_draft_report_cases", "get_bulk"}
)
"""Lists of which the victim has only one page. They are tried with a cursor of another list."""

PLAIN_QUERY = frozenset(
    {"limit", "shelf", "stage", "severity", "channel", "mine", "missed", "tier", "of", "kind", "state", "way", "month"}
    | {"category", "outcome", "field", "from", "to", "edition", "format", "mark", "unassigned", "dry_run", "age"}
    | {"measure", "by", "policy", "unit", "role", "clock", "clause", "event", "ground", "task", "answer", "run_state"}
    | {"cause", "column", "due", "duty", "lang", "layout", "first_category"}
)
"""Query parameters that name no item of an organisation."""


def body_for(scene: Scene, operation: str, attempt: Attempt) -> Any:
    if attempt.body is WELL_FORMED:
        return body_of(scene.target, operation)
    return attempt.body


def times(scene: Scene) -> dict[str, str]:
    return {name: to_text(scene.world.now() + days * DAY) for name, days in (("tomorrow", 1), ("day_after", 2))}
