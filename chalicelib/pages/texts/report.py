"""Texts of reports about the office."""

from __future__ import annotations

TEXTS = {
    "report.title": ("举报投诉处理部门或人员", "Report the complaints office"),
    "report.lead": (
        "举报由没有参与办理的监督人员处理。您可以匿名；被举报的人看不到您的举报。",
        "Supervisors who had no part in the matter handle it. You can stay anonymous, and the people whom you name do not see your report.",
    ),
    "report.not_complaint": (
        "这里只受理对投诉处理工作的举报。要投诉其他事情，请：",
        "This form is about the handling of complaints only. For anything else:",
    ),
    "report.about": ("您要举报的是谁？", "Whom do you report?"),
    "report.about_office": ("整个投诉处理部门", "The complaints office as a whole"),
    "report.about_people": ("其中的个人", "People in it"),
    "report.about_missing": ("请选择要举报的是谁", "Choose whom you report"),
    "report.names": ("被举报人的姓名", "Their names"),
    "report.names_hint": ("每行一个。他们不会参与处理。", "One on each line. They will not handle the report."),
    "report.names_missing": ("请填写被举报人的姓名", "Enter their names"),
    "report.text": ("发生了什么？", "What happened?"),
    "report.text_missing": ("请说明发生了什么", "Say what happened"),
    "report.complaint": ("有关的投诉编号", "Number of the complaint that it concerns"),
    "report.contact": ("您的联系方式", "How to reach you"),
    "report.contact_hint": (
        "可以不填：凭回执也能看到答复。",
        "You may leave this empty: the receipt shows you the answers.",
    ),
    "report.send_how": (
        "提交后您会得到回执。回执只显示一次，请准备好记录。",
        "You will get a receipt. It is shown once: be ready to save it.",
    ),
    "report.send": ("提交举报", "Send the report"),
    "report.again": (
        "这份举报已经提交过。要补充，请用回执打开它；要另外举报，请再提交一次。",
        "This report was sent before. Open it with its receipt to add to it, or send the form again for another report.",
    ),
    "report.filed": ("举报已提交", "Your report is sent"),
    "report.keep": (
        "请现在记下或打印回执和下面的地址。回执相当于密码，只显示一次。",
        "Save or print the receipt and the address below now. The receipt works like a password and is shown once.",
    ),
    "report.address": ("查看答复的地址：", "The address of the answers:"),
    "report.lost": (
        "回执丢失后无法补发，因为我们不知道您是谁。",
        "A lost receipt cannot be replaced, because you are not known to the organisation.",
    ),
    "report.open": ("查看举报", "Open the report"),
    "report.one": ("对投诉处理工作的举报", "Report about the complaints office"),
    "report.enter_how": (
        "请输入提交举报时得到的回执。",
        "Enter the receipt that you got when you sent the report.",
    ),
    "report.wrong": (
        "没有这份举报，或者回执不是它的回执。请检查：字母区分大小写，没有空格。",
        "There is no such report, or this is not its receipt. Check it: capitals matter, and there are no spaces.",
    ),
    "report.state_open": ("等待处理", "Waiting for a supervisor"),
    "report.state_taken": ("正在处理", "Being handled"),
    "report.state_closed": ("已结束", "Closed"),
    "report.finding": ("结论", "Finding"),
    "report.finding_upheld": ("属实", "Upheld"),
    "report.finding_not_upheld": ("不属实", "Not upheld"),
    "report.finding_undecided": ("无法认定", "Undecided"),
    "report.event_reported": ("您提交了举报", "You sent the report"),
    "report.event_added": ("您作了补充", "You added to it"),
    "report.event_taken": ("监督人员开始处理", "A supervisor took it"),
    "report.event_replied": ("监督人员的答复", "A supervisor answered"),
    "report.event_closed": ("处理结束", "It was closed"),
    "report.event_passed": ("未按时处理，转由单位负责人处理", "It was left too long, and went to the owners"),
    "report.event_moved": ("转给其他监督人员", "It went to other supervisors"),
    "report.message": ("补充说明", "Add to the report"),
    "report.message_label": ("您要补充的内容", "What you want to add"),
    "report.message_missing": ("请填写要补充的内容", "Enter what you want to add"),
    "report.message_long": ("最多 {most} 个字符", "At most {most} characters"),
    "report.added": ("已提交，监督人员会看到。", "Sent. The supervisors will see it."),
}
