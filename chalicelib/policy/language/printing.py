"""What lines of a printed form can show, besides facts, fields and categories, and the default labels of these."""

from __future__ import annotations

from chalicelib.policy.language.model import PolicyDocument
from chalicelib.policy.language.parts import Label
from chalicelib.policy.language.vocabulary import EVENT_OF_ACT

CLOCK_PREFIX, EVENT_PREFIX = "clock.", "event."
EVENT_LIST = "events"
MAX_SECTIONS, MAX_LINES = 30, 100
"""In one form, and in one section."""


def _label(zh: str, en: str) -> Label:
    return Label(zh=zh, en=en)


BUILT_IN_VALUES = {
    "number": _label("编号", "Number"),
    "channel": _label("投诉渠道", "Channel"),
    "category": _label("投诉分类", "Category"),
    "severity": _label("投诉类别", "Class"),
    "stage": _label("当前阶段", "Stage"),
    "unit": _label("相关单位", "Unit"),
    "registered_at": _label("登记时间", "Registered"),
    "received_at": _label("收到时间", "Received"),
}
"""Values that every complaint has. `category` shows the values of all categories."""

EVENT_NAMES = {
    "registered": _label("登记", "Registered"),
    "supplemented": _label("补充材料", "Supplemented"),
    "accepted": _label("受理", "Accepted"),
    "refused": _label("不予受理", "Refused"),
    "transferred": _label("转送", "Transferred"),
    "classified": _label("确定类别", "Classified"),
    "assigned": _label("指派", "Assigned"),
    "forwarded": _label("上报或转交", "Forwarded"),
    "evidence_demanded": _label("要求提供证据", "Evidence demanded"),
    "evidence_received": _label("收到证据", "Evidence received"),
    "demand_lapsed": _label("举证期限届满", "Time for evidence over"),
    "inspected": _label("调查核实", "Inspected"),
    "liability_found": _label("责任认定", "Liability found"),
    "mediated": _label("调解", "Mediated"),
    "recused": _label("回避", "Recused"),
    "offered": _label("提出处理方案", "Solution offered"),
    "decided": _label("作出处理决定", "Decided"),
    "confirmed": _label("审核通过", "Confirmed"),
    "objected": _label("提出异议", "Objected"),
    "signed": _label("签署", "Signed"),
    "proposed": _label("提请审批", "Submitted for approval"),
    "approved": _label("批准", "Approved"),
    "rejected": _label("未批准", "Not approved"),
    "replied": _label("答复", "Replied"),
    "notified": _label("通知", "Notified"),
    "agreed": _label("接受处理意见", "Agreed"),
    "disputed": _label("不接受处理意见", "Disputed"),
    "parked": _label("转为未了事宜", "Made pending"),
    "resumed": _label("恢复处理", "Resumed"),
    "unreachable": _label("无法联系投诉人", "Complainant unreachable"),
    "promised": _label("承诺反馈时间", "Time promised"),
    "extended": _label("延长期限", "Extended"),
    "executed": _label("执行", "Carried out"),
    "rated": _label("评价", "Rated"),
    "task_opened": _label("产生任务", "Task opened"),
    "task_done": _label("完成任务", "Task done"),
    "ticked": _label("勾选办理指引", "Guidance ticked off"),
    "noted": _label("备注", "Note"),
    "linked": _label("关联其他投诉", "Linked to another complaint"),
    "held": _label("法律保全", "Legal hold"),
    "released": _label("解除法律保全", "Legal hold lifted"),
    "unmasked": _label("取消遮盖", "Mask released"),
    "mask_confirmed": _label("确认遮盖", "Mask confirmed"),
    "closed": _label("结案", "Closed"),
    "archived": _label("归档", "Archived"),
    "reopened": _label("重新处理", "Reopened"),
    "published": _label("公示", "Published"),
    "unpublished": _label("撤销公示", "Unpublished"),
    "withdrawn": _label("撤回投诉", "Withdrawn"),
    "warned": _label("期限预警", "Warned of a deadline"),
    "missed": _label("超过期限", "Deadline missed"),
    "escalated": _label("升级至上一层级", "Escalated"),
    "reclassified": _label("自动升级类别", "Class raised"),
    "switched": _label("适用新版制度", "Moved to another policy version"),
    "recalculated": _label("重新计算期限", "Deadlines recalculated"),
    "evidence_declared": _label("申报文件", "File declared"),
    "evidence_uploaded": _label("上传文件", "File uploaded"),
    "evidence_sealed": _label("封存文件", "File sealed"),
    "evidence_refused": _label("拒收文件", "File refused"),
    "evidence_expired": _label("文件未上传", "File not uploaded"),
    "erased": _label("删除个人数据", "Personal data erased"),
}
"""The names of events in printed forms and messages."""

_ROUTINE = frozenset({"warned", "ticked", "recalculated", "evidence_declared", "evidence_uploaded"})
LISTED_EVENTS = EVENT_NAMES.keys() - _ROUTINE
"""The events that the list of events shows, unless its line names them."""


def giving_events(document: PolicyDocument, name: str) -> set[str]:
    """The events that can give a value of the fact or field. A proposal gives none before it takes effect."""
    received = document.intake.received
    found = {"registered"} if name in document.intake.facts or (received and name in received.needs) else set()
    for stage in document.stages.values():
        found |= {EVENT_OF_ACT[key] for key, act in stage.acts.items() if name in (*act.needs, *act.takes)}
    doing = any(name in (*task.needs, *task.takes) for task in document.tasks.values())
    return found | ({"task_done"} if doing else set())
