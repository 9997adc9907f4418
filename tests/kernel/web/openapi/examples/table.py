"""The scene of each operation."""

from __future__ import annotations

from functools import partial

from tests.kernel.web.openapi.examples.scenes import (
    OPERATOR,
    Scene,
    before_li,
    begun,
    failed_mail,
    filed,
    leaving,
    member,
    nobody,
    operator,
    pending,
    settled,
    suspended,
    two_versions,
    with_draft,
    with_li,
    worked,
)
from tests.kernel.web.openapi.examples.scenes_of_records import (
    announced,
    counted,
    demanded,
    erased,
    figured,
    improving,
    in_parts,
    inspected,
    noticed,
    parked,
    reported,
    sealed,
    year_begun,
)

SCHEMAS = ("get_because_schema", "policy_schema", "expanded_policy_schema")
PUBLIC = ("health", "openapi_document", *SCHEMAS, "list_presets", "preview_deadline")
OWNERS = (
    "get_tenant",
    "open_tenant",
    "get_usage",
    "put_origins",
    "put_second_factor",
    "get_own_record",
    "verify_own_record",
    "start_export",
    "rebuild_statistics",
    "get_leaving",
)
MEMBERS = ("list_people", "create_unit", "get_policy", "list_policy_versions", "check_policy")
WEBHOOK = begun("create_webhook", "/webhooks", "webhook")
BACKTEST = begun("start_backtest", "/policy/backtest", "id")
DRAFT_REPORT = begun("start_backtest", "/policy/backtest", "id", report="inflow")

SCENES: dict[str, Scene] = {
    **dict.fromkeys((*PUBLIC, "preview_policy", "create_tenant", "get_erasure_key"), nobody),
    "get_preset": partial(nobody, preset="corporate-standard"),
    "problem_page": partial(nobody, kind="not-found"),
    **dict.fromkeys(
        (*OWNERS, *MEMBERS, "get_leaving", "leave_service", "put_policy_draft", "start_backtest"), member()
    ),
    **dict.fromkeys(("start_backtest", "switch_complaints", "create_webhook"), member()),
    "get_policy_version": member(version="1"),
    "get_subject": member("agent", subject="A-1001"),
    **dict.fromkeys(("get_me", "delete_deputy", "get_deputy"), member("agent")),
    **dict.fromkeys(("get_my_settings", "change_my_settings", "get_my_figures"), member("agent")),
    "invite_person": before_li,
    **dict.fromkeys(("grant_roles", "remove_person", "put_deputy"), with_li),
    "post_complaint": member(""),
    **dict.fromkeys(("list_complaints", "get_history", "get_similar"), filed()),
    "search_complaints": settled,
    "list_reads": filed("owner"),
    **dict.fromkeys(("list_forms", "get_form", "get_case_file"), filed("agent", form="work_order")),
    "post_act": filed(act="accept"),
    "list_acts": filed("agent"),
    **dict.fromkeys(("get_complaint", "get_deadlines", "reissue_receipt"), filed("complainant")),
    **dict.fromkeys(("get_record", "verify_record"), worked("agent")),
    "list_messages": worked("team_lead"),
    "list_tasks": worked("team_lead"),
    "post_evidence": filed("complainant"),
    "complete_evidence": in_parts,
    **dict.fromkeys(("list_evidence", "get_evidence", "get_evidence_link", "post_copy"), sealed()),
    **dict.fromkeys(("list_notices", "get_notice"), announced),
    **dict.fromkeys(("get_report", "list_report_cases"), filed("owner", report="inflow")),
    **dict.fromkeys(("get_analysis", "list_similar_groups"), filed("owner")),
    **dict.fromkeys(("list_ledgers", "get_ledger"), pending),
    **dict.fromkeys(("list_inspections", "get_inspection", "get_inspection_page"), inspected(done=True)),
    "order_inspection": inspected(),
    "open_improvement": with_li,
    **dict.fromkeys(("list_improvements", "get_improvement", "act_on_improvement"), improving),
    "write_text_block": filed("owner"),
    **dict.fromkeys(
        ("list_text_blocks", "get_text_block", "change_text_block", "retire_text_block", "get_inserted_text_block"),
        begun("write_text_block", "/text-blocks", "block", number="202611-000001"),
    ),
    "get_notices_feed": member(""),
    **dict.fromkeys(("list_figures", "get_figures"), figured()),
    "correct_figures": figured("owner", wrong=True),
    "list_case_notices": noticed(),
    "post_notice_act": noticed(act="edit"),
    **dict.fromkeys(("get_demand", "get_demand_link"), demanded),
    **dict.fromkeys(("list_units", "put_unit"), counted("owner")),
    **dict.fromkeys(("get_unit", "get_unit_record", "verify_unit_record"), counted()),
    "list_unit_reads": counted("owner"),
    "post_unit_act": counted("management_office"),
    **dict.fromkeys(("get_organisation_tasks", "post_organisation_act"), year_begun()),
    **dict.fromkeys(("get_organisation_record", "verify_organisation_record"), year_begun(done=True)),
    "list_organisation_reads": year_begun("owner", done=True),
    **dict.fromkeys(("get_policy_draft", "delete_policy_draft", "open_policy_draft", "publish_policy"), with_draft()),
    "post_policy_comment": with_draft("agent", opened=True),
    "list_policy_comments": with_draft(opened=True, commented=True),
    **dict.fromkeys(("get_backtest", "get_backtest_lines"), BACKTEST),
    **dict.fromkeys(("get_draft_report", "list_draft_report_cases"), DRAFT_REPORT),
    "switch_complaint": two_versions,
    "start_bulk": filed("owner"),
    **dict.fromkeys(("get_bulk", "run_bulk"), begun("start_bulk", "/bulk", "bulk")),
    "list_jobs": begun("start_bulk", "/bulk", "bulk"),
    "get_job": begun("rebuild_statistics", "/statistics/rebuild", "job"),
    "get_export": begun("start_export", "/exports", "export"),
    "stay": leaving,
    "get_erasure": erased,
    "list_effects": filed("owner"),
    "replay_mail": failed_mail,
    **dict.fromkeys(("list_webhooks", "change_webhook", "remove_webhook", "replay_webhook", "ping_webhook"), WEBHOOK),
    **dict.fromkeys(
        ("ops_get_tenant", "ops_suspend", "ops_change_plan", "ops_walk", "ops_walk_all", "ops_lift_mail_stop"), operator
    ),
    "ops_resume": suspended,
    "report_office": member(""),
    **dict.fromkeys(("list_office_reports", "get_office_report", "list_office_report_reads"), reported()),
    "act_on_office_report": reported(),
    "add_to_office_report": reported("complainant"),
    **dict.fromkeys(
        ("ops_list_office_reports", "ops_get_office_report", "ops_act_on_office_report"),
        reported(OPERATOR, sealed=True),
    ),
    **dict.fromkeys(("ops_list_parked", "ops_redrive", "ops_redrive_tenant", "ops_redrive_all"), parked),
}
