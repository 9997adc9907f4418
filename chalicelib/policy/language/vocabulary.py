"""The language's own vocabulary: acts and their events, and names that a policy may not define."""

from __future__ import annotations

from typing import Any

from chalicelib.policy.language.parts import TIME, ActTerm, EventTerm, Label

YES_NO = frozenset({"yes", "no"})
"""The values of a flag in conditions."""


_OF_FILES = "by evidence kind"
_OF_PROPOSALS = {"changes_work": True, "internal": True, "listed": False, "on_proposals": True}
_ON_PROPOSALS: dict[str, Any] = {**_OF_PROPOSALS, "writes": "act proposal"}
_ANYWHERE: dict[str, Any] = {"listed": False, "in_any_stage": True}
_OF_ATTEMPTS: dict[str, Any] = {"changes_work": True, "in_any_stage": True, "has_effect": False, "by_time": False}
_CONVERSATION: dict[str, Any] = {
    **_ANYWHERE,
    "selectable": False,
    "counted": False,
    "has_effect": False,
    "is_duty": False,
    "by_time": False,
}
_ON_RESULTS: dict[str, Any] = {"undone_by_reopening": True, "replaces": "agreed disputed"}
ACT_TERMS = {
    "supplement": ActTerm("supplemented", "补充材料", "Supplemented"),
    "accept": ActTerm("accepted", "受理", "Accepted", replaces="refused"),
    "refuse": ActTerm("refused", "不予受理", "Refused", cancels=True, replaces="accepted", part="aside result"),
    "transfer": ActTerm("transferred", "转送", "Transferred", cancels=True, part="aside"),
    "classify": ActTerm("classified", "确定类别", "Classified", if_told=True),
    "assign": ActTerm("assigned", "指派", "Assigned", by_time=False, writes="again handed_over", if_told=True),
    "forward": ActTerm("forwarded", "上报或转交", "Forwarded", gives_work=True, if_told=True),
    "demand_evidence": ActTerm(
        "evidence_demanded",
        "要求提供证据",
        "Evidence demanded",
        by_time=False,
        writes="decide_by every kinds of until within",
    ),
    "receive_evidence": ActTerm(
        "evidence_received", "收到证据", "Evidence received", by_time=False, writes="by demand further"
    ),
    "inspect": ActTerm("inspected", "调查核实", "Inspected"),
    "find_liability": ActTerm("liability_found", "责任认定", "Liability found", replaces="liability_found"),
    "mediate": ActTerm("mediated", "调解", "Mediated"),
    "recuse": ActTerm(
        "recused", "回避", "Recused", by_time=False, is_duty=False, writes="person", part="aside", if_told=True
    ),
    "offer": ActTerm(
        "offered",
        "提出处理意见",
        "Solution offered",
        own_zh="提出{}",
        puts=Label(zh="", en="offer"),
        replaces="offered",
        part="result",
    ),
    "decide": ActTerm(
        "decided",
        "作出处理决定",
        "Decided",
        puts=Label(zh="", en="outcome"),
        undone_by_reopening=True,
        replaces="decided",
        part="result",
    ),
    "confirm": ActTerm("confirmed", "审核通过", "Confirmed", part="answer", if_told=True),
    "object": ActTerm("objected", "提出异议", "Objected", part="aside answer"),
    "sign": ActTerm("signed", "签署", "Signed", part="answer", if_told=True),
    "approve": ActTerm("approved", "批准", "Approved", **_ON_PROPOSALS),
    "reject": ActTerm("rejected", "未批准", "Not approved", **_ON_PROPOSALS),
    "reply": ActTerm("replied", "答复", "Replied", puts=Label(zh="答复", en="answer"), part="result", if_told=True),
    "notify": ActTerm("notified", "通知", "Notified", internal=True),
    "agree": ActTerm(
        "agreed",
        "接受处理意见",
        "Agreed",
        own_zh="接受{}",
        accepts=True,
        asks="reply",
        part="answer",
        **_ON_RESULTS,
    ),
    "dispute": ActTerm(
        "disputed",
        "不接受处理意见",
        "Disputed",
        own_zh="不接受{}",
        part="aside answer",
        **_ON_RESULTS,
    ),
    "park": ActTerm("parked", "转为未了事宜", "Made pending", part="aside"),
    "resume": ActTerm("resumed", "恢复处理", "Resumed"),
    "attempt": ActTerm("attempted", "联系投诉人", "Attempt to reach complainant", writes="by reached", **_OF_ATTEMPTS),
    "mark_unreachable": ActTerm("unreachable", "无法联系投诉人", "Complainant unreachable", part="aside"),
    "promise": ActTerm("promised", "承诺反馈时间", "Time promised", by_time=False),
    "extend": ActTerm("extended", "延长期限", "Extended", by_time=False, changes_work=True, writes="until"),
    "execute": ActTerm("executed", "执行", "Carried out", undone_by_reopening=True, part="result", if_told=True),
    "lift": ActTerm("lifted", "解除处理措施", "Measure lifted"),
    "rate": ActTerm("rated", "评价", "Rated", asks="rate", replaces="rated", late=True, part="answer"),
    "do_task": ActTerm(
        "task_done", "完成任务", "Task done", changes_work=True, internal=True, listed=False, writes="opened task"
    ),
    "tick": ActTerm("ticked", "勾选办理指引", "Guidance ticked off", has_effect=False, routine=True, counted=False),
    "note": ActTerm(
        "noted",
        "备注",
        "Note",
        has_effect=False,
        internal=True,
        counted=False,
        in_any_stage=True,
        writes=f"{_OF_FILES} conflict hold asked_by",
    ),
    "link": ActTerm(
        "linked", "关联其他投诉", "Linked to another complaint", changes_work=True, writes="as to", **_ANYWHERE
    ),
    "unlink": ActTerm(
        "unlinked",
        "取消关联",
        "Link removed",
        selectable=False,
        counted=False,
        changes_work=True,
        writes="from",
        **_ANYWHERE,
    ),
    "hold": ActTerm("held", "法律保全", "Legal hold", **_ANYWHERE),
    "release": ActTerm("released", "解除法律保全", "Legal hold lifted", **_ANYWHERE),
    "unmask": ActTerm("unmasked", "取消遮盖", "Mask released", writes="begun masks", **_ANYWHERE),
    "confirm_mask": ActTerm("mask_confirmed", "确认遮盖", "Mask confirmed", writes="begun masks", **_ANYWHERE),
    "close": ActTerm("closed", "结案", "Closed", cancels=True, undone_by_reopening=True, writes="cause follows"),
    "archive": ActTerm("archived", "归档", "Archived", undone_by_reopening=True),
    "reopen": ActTerm("reopened", "重新处理", "Reopened", changes_work=True, reopens=True, part="aside answer"),
    "publish": ActTerm("published", "公布", "Published", writes="kind notice sha256 steps"),
    "remind": ActTerm("reminded", "催办", "Reminded", has_effect=False, is_duty=False, gives_work=True, **_ANYWHERE),
    "unpublish": ActTerm("unpublished", "撤销公布", "Unpublished", writes="kind notice"),
    "write": ActTerm("written", "投诉人留言", "Message from the complainant", **_CONVERSATION),
    "inform": ActTerm("informed", "给投诉人的消息", "Message to the complainant", **_CONVERSATION),
    "correct": ActTerm("corrected", "更正联系方式", "Contact details corrected", **_CONVERSATION),
    "lack_evidence": ActTerm(
        "evidence_lacking", "说明没有所要求的证据", "No such evidence", writes="demand", **_CONVERSATION
    ),
    "withdraw": ActTerm("withdrawn", "撤回投诉", "Withdrawn", cancels=True, undone_by_reopening=True, part="aside"),
}
"""Every act. The sets below follow from it; `complaints.acting.act_hooks` has the rules of acts."""

EVENT_OF_ACT = {name: act.event for name, act in ACT_TERMS.items()}
"""Each act and the event that records it."""

_OF_RUNS = "clock run"
_ARRIVED = f"{_OF_FILES} checking_at sha256 size version"
_WITHOUT_ACT = (
    EventTerm("registered", "登记", "Registered", writes="channel given language received_at repeat severity unit"),
    EventTerm(
        "proposed",
        "提请审批",
        "Submitted for approval",
        gives_work=True,
        changes_work=True,
        writes="act approvers task until",
        internal=True,
    ),
    EventTerm("demand_lapsed", "举证期限届满", "Time for evidence over", writes="demand every kinds of reached"),
    EventTerm("warned", "期限预警", "Warned of a deadline", writes=f"{_OF_RUNS} due", routine=True),
    EventTerm("missed", "超过期限", "Deadline missed", writes=f"{_OF_RUNS} rung"),
    EventTerm("escalated", "升级至上一层级", "Escalated", writes=f"{_OF_RUNS} roles rung tier", internal=True),
    EventTerm("reclassified", "自动升级类别", "Class raised", writes="after cause from to"),
    EventTerm(
        "task_opened",
        "产生任务",
        "Task opened",
        gives_work=True,
        changes_work=True,
        writes="role task until",
        internal=True,
    ),
    EventTerm(
        "switched",
        "适用新版制度",
        "Moved to another policy version",
        changes_work=True,
        writes="accept_breaches calendar from job mode start_new_clocks to",
    ),
    EventTerm("recalculated", "重新计算期限", "Deadlines recalculated", changes_work=True, routine=True),
    EventTerm(
        "evidence_declared",
        "申报文件",
        "File declared",
        writes=f"{_OF_FILES} demand given media_type most sha256 size",
        routine=True,
        counted=False,
    ),
    EventTerm("evidence_uploaded", "上传文件", "File uploaded", writes=_ARRIVED, routine=True, counted=False),
    EventTerm(
        "evidence_sealed",
        "封存文件",
        "File sealed",
        writes=f"{_ARRIVED} demand media_type scanner stand_in uploaded_at",
        counted=False,
    ),
    EventTerm("evidence_refused", "拒收文件", "File refused", writes=f"{_OF_FILES} reason", counted=False),
    EventTerm("evidence_expired", "文件未上传", "File not uploaded", writes=_OF_FILES),
    EventTerm("erased", "删除个人数据", "Personal data erased", writes=f"{_OF_FILES} asked_by"),
    EventTerm(
        "values_erased", "删除非公开内容", "Private values erased", selectable=False, counted=False, changes_work=True
    ),
    EventTerm("returned", "邮件被退回", "Mail returned", writes="kind mail", changes_work=True, internal=True),
    EventTerm("mask_reminded", "提醒作出决定", "Reminded of a decision", selectable=False, routine=True),
    EventTerm("receipt_reissued", "换发回执", "Receipt replaced", selectable=False, routine=True),
    EventTerm(
        "receipt_exposed", "回执由已离开人员持有", "Receipt held by a former member", selectable=False, routine=True
    ),
)
EVENT_TERMS: dict[str, EventTerm] = {term.event: term for term in (*ACT_TERMS.values(), *_WITHOUT_ACT)}
"""Every type of events of complaints."""


def event_term(type_: str) -> EventTerm:
    """The row of the type. One of a later version has its own name, and lists leave it out."""
    return EVENT_TERMS.get(type_) or EventTerm(type_, type_, type_, routine=True)


EVENTS = frozenset(name for name, term in EVENT_TERMS.items() if term.selectable)
"""The events that a policy can name."""
EVENTS_WITHOUT_ACT = EVENTS - frozenset(EVENT_OF_ACT.values())

CANCELLING_EVENTS = frozenset(act.event for act in ACT_TERMS.values() if act.cancels)
"""Events that cancel running clocks, except clocks that list the event in `survives`."""

ANSWERS = frozenset(act.event for act in ACT_TERMS.values() if act.puts is not None)
"""Events that give the complainant an answer in the matter: a reply, an offer or a decision."""

INDEXED_EVENTS = frozenset({"registered", "supplemented"}) | CANCELLING_EVENTS
"""Events whose texts can be searched for: the filing, what was added to it, and the ends with their summaries."""

REOPENING_ACTS = frozenset(name for name, act in ACT_TERMS.items() if act.reopens)
LATE_ACTS = frozenset(name for name, act in ACT_TERMS.items() if act.late)
NO_EFFECT = frozenset(name for name, act in ACT_TERMS.items() if not act.has_effect)
UNDONE_BY_REOPENING = frozenset(act.event for act in ACT_TERMS.values() if act.undone_by_reopening)
"""Events that no longer count after a complaint is reopened: `after` needs them to happen again, and ageing continues
until they do."""
REPLACED_BY = {act.event: frozenset(act.replaces.split()) for act in ACT_TERMS.values() if act.replaces}
"""By type: the types of the earlier events that one of this type replaces."""

RESERVED_ACTORS = frozenset({"complainant", "respondent", "owner", "system", TIME})

LISTABLE_ACTS = frozenset(name for name, act in ACT_TERMS.items() if act.listed)
UNLISTED_ACTS = frozenset(ACT_TERMS) - LISTABLE_ACTS
"""Acts that stages do not list. Every policy has them, where there is a proposal or a task to act on."""
ACTS_BY_TIME = frozenset(name for name, act in ACT_TERMS.items() if act.by_time) - UNLISTED_ACTS

PROPOSAL_ACTS = frozenset(name for name, act in ACT_TERMS.items() if act.on_proposals)
PROPOSAL_EVENTS = frozenset(EVENT_OF_ACT[name] for name in PROPOSAL_ACTS)
BEFORE_EFFECT = PROPOSAL_EVENTS | {"proposed"}
"""The events of a proposed act. The other party does not see them."""

EVENTS_IN_ANY_STAGE = frozenset(act.event for act in ACT_TERMS.values() if act.in_any_stage)
"""Events of acts that every policy allows in every stage."""

TASK_OPENING_EVENTS = frozenset(EVENT_OF_ACT[name] for name in {*LISTABLE_ACTS, "do_task"}) | {
    "registered",
    "reclassified",
}
"""Events that can open a task: of filing, of acts that stages list, of tasks, and of ageing."""

BUILT_IN_CONDITIONS = frozenset({"channel", "severity", "stage", "unit", "hours"})
"""Names that conditions can use for every complaint. No fact, category or flag may use them."""

COMPLAINT_CONDITIONS = BUILT_IN_CONDITIONS | {"reachable", "in_time", "demand", "routed"}
"""Those, and the flags that the system sets. A field of this name does not replace the complaint's value."""

CLOCK_STATES = ("none", "running", "paused", "met", "missed", "cancelled")
"""The states of a clock's latest run. `none`: it never ran."""

UNIT_CALENDAR = "unit"
"""The name of the calendar that the owners choose for the complaint's unit."""

ASSIGNED = "assigned"
HANDING_ON = frozenset({ASSIGNED, "forwarded"})
"""Built-in wordings that ask their reader for work."""
FILING = "registered"
"""The event of a filing."""
WITHOUT_WORK, TO_OTHERS = "_without_work", "_to_others"
"""The ends of the wordings for readers who have none, and for a role that learns who has it."""
OVERDUE = "overdue"
"""The built-in wording for the people who can act after a miss, besides those of the tier."""
CATEGORY = "category"
"""The key of an event with the categories that it chose or corrected, by name."""

PROGRESS = "progress"
"""The placeholder of a wording for what has happened since the last event of the type that the message is about."""
