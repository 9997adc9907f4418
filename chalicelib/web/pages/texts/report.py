"""Texts of reports about the office."""

from __future__ import annotations

TEXTS = {
    "report.title": ("举报投诉处理部门或人员", "Report the complaints office"),
    "report.lead": (
        "您可以匿名举报。请先选择谁可以看您的举报；被举报的人看不到。",
        "You can stay anonymous. First choose who may read your report: the people whom you name do not see it.",
    ),
    "report.not_complaint": (
        "这里只受理对投诉处理工作的举报。要投诉其他事情，请：",
        "This form is about the handling of complaints only. For anything else:",
    ),
    "report.to": ("谁可以看您的举报？", "Who may read your report?"),
    "report.to_supervisors": ("本单位的监督人员", "Supervisors of this organisation"),
    "report.to_supervisors_hint": (
        "由没有参与办理、也没有被您举报的监督人员查看；没有这样的监督人员时，由同样无关的单位负责人或者本服务的运营方查看。",
        "Supervisors who had no part in the matter and whom you do not name read it. If there are none, such owners of the organisation read it, or the operators of this service.",
    ),
    "report.to_operators": ("不要让他们看", "Not them"),
    "report.to_operators_hint": (
        "只由本服务的运营方查看。本单位的任何人都看不到您的举报，也不会得知有这份举报。",
        "Only the operators of this service read it. No person of this organisation sees your report or learns that there is one.",
    ),
    "report.to_missing": ("请选择谁可以看您的举报", "Choose who may read your report"),
    "report.about": ("您要举报的是谁？", "Whom do you report?"),
    "report.about_office": ("整个投诉处理部门", "The complaints office as a whole"),
    "report.about_people": ("其中的个人", "People in it"),
    "report.about_missing": ("请选择要举报的是谁", "Choose whom you report"),
    "report.names": ("被举报人的姓名", "Their names"),
    "report.names_hint": (
        "每行一个，也可以写称呼，例如“王督察”。他们不会参与处理。姓名可能指某位监督人员，或者在本单位查不到时，由其他人处理。",
        "One on each line, as you know them. They will not handle the report. If a name may mean a supervisor, or no person here, others handle it.",
    ),
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
    "report.state_open": ("等待处理", "Waiting to be handled"),
    "report.state_taken": ("正在处理", "Being handled"),
    "report.state_closed": ("已结束", "Closed"),
    "report.finding": ("结论", "Finding"),
    "report.finding_upheld": ("属实", "Upheld"),
    "report.finding_not_upheld": ("不属实", "Not upheld"),
    "report.finding_undecided": ("无法认定", "Undecided"),
    "report.event_reported": ("您提交了举报", "You sent the report"),
    "report.event_added": ("您作了补充", "You added to it"),
    "report.event_taken": ("开始处理", "Its handling began"),
    "report.event_replied": ("答复", "An answer"),
    "report.event_closed": ("处理结束", "It was closed"),
    "report.event_passed": ("未按时处理，转由单位负责人处理", "It was left too long, and went to the owners"),
    "report.event_moved": ("转给其他人员处理", "It went to other people"),
    "report.message": ("补充说明", "Add to the report"),
    "report.message_label": ("您要补充的内容", "What you want to add"),
    "report.message_missing": ("请填写要补充的内容", "Enter what you want to add"),
    "report.message_long": ("最多 {most} 个字符", "At most {most} characters"),
    "report.added": ("已提交，处理举报的人员会看到。", "Sent. The people who handle the report will see it."),
}
