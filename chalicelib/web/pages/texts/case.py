"""Texts of a complaint's own pages."""

from __future__ import annotations

TEXTS = {
    "case.enter": ("查询投诉", "Follow a complaint"),
    "case.enter_how": (
        "请输入提交投诉时得到的编号和回执。",
        "Enter the number and the receipt that you got when you filed the complaint.",
    ),
    "case.number": ("投诉编号", "Number"),
    "case.number_hint": ("例如 202611-000001", "For example 202611-000001"),
    "case.receipt": ("回执", "Receipt"),
    "case.receipt_hint": ("一串字母和数字，区分大小写", "Letters and digits; capitals matter"),
    "case.open": ("打开", "Open"),
    "case.wrong": (
        "没有这个编号的投诉，或者回执不是它的回执。请检查编号和回执：字母区分大小写，没有空格。",
        "There is no such complaint, or this is not its receipt. Check both: capitals matter, and there are no spaces.",
    ),
    "case.number_missing": ("请输入投诉编号", "Enter the number"),
    "case.receipt_missing": ("请输入回执", "Enter the receipt"),
    "case.expired": (
        "为了保护您的隐私，页面已超时，请重新输入回执。",
        "The page was closed to protect you. Enter the receipt again.",
    ),
    "case.kept": ("您填写的内容没有丢失，打开后可以继续提交。", "What you typed is kept: you can send it afterwards."),
    "case.title": ("投诉 {number}", "Complaint {number}"),
    "case.stage": ("当前状态", "State"),
    "case.filed": ("提交时间", "Filed"),
    "case.next": ("接下来的期限", "What is due next"),
    "case.no_next": ("目前没有正在计时的期限。", "Nothing is due at present."),
    "case.why": ("为什么是这个时间？", "Why this time?"),
    "case.calendar": ("把期限加入日历（.ics）", "Add the deadlines to a calendar (.ics)"),
    "calendar.summary": ("{label}（投诉 {number}）", "{label} (complaint {number})"),
    "case.do": ("您现在可以做的事", "What you can do now"),
    "case.wanted": ("提供证据材料", "Give the evidence that is asked for"),
    "case.wanted_kinds": ("：{kinds}。", ": {kinds}."),
    "case.and": ("、", "; "),
    "case.wanted_until": ("请在 {until} 之前提供。", "Until {until}."),
    "case.nothing": (
        "目前没有需要您做的事。有进展时您会收到消息。",
        "You need to do nothing at present. You get a message when something happens.",
    ),
    "case.messages": ("消息", "Messages"),
    "case.no_messages": ("还没有消息。", "There are no messages yet."),
    "case.timeline": ("办理经过", "What has happened"),
    "case.files": ("材料", "Files"),
    "case.no_files": ("还没有上传材料。", "No file has been added yet."),
    "case.leave": ("退出", "Leave"),
    "case.done": ("已提交，办理人员会看到。", "Sent. The people who handle the complaint will see it."),
    "case.reworded": (
        "拟公示的内容已经修改，您的同意没有登记。请您看过修改后的内容再决定。",
        "The text that is to be published has changed, so your consent is not recorded. Read the new text and decide again.",
    ),
    "case.publication": ("拟公示的内容", "What is to be published"),
    "case.publication_how": (
        "本单位拟公示您的投诉的办理情况，内容如下；公示前会删去当事人的姓名等个人信息。您同意后才会公示，并且随时可以撤回同意。",
        "The organisation wants to publish the following about your complaint. Names and other personal data are removed before. It does so only if you agree, and you can take your consent back at any time.",
    ),
    "case.publication_reworded": (
        "拟公示的内容有修改，您此前的意见不再有效。请您对照修改前后的内容，重新决定是否同意。",
        "The text that is to be published has changed, so an earlier answer does not count. Compare the texts and decide again.",
    ),
    "case.publication_before": ("修改前", "Before"),
    "case.publication_now": ("修改后", "Now"),
    "case.publication_consent": ("同意公示", "Agree to the publication"),
    "case.publication_withdraw_consent": ("撤回同意", "Take my consent back"),
    "case.changed": (
        "现在不能这样做：投诉的状态已经改变。下面是当前情况。",
        "This cannot be done now, because the state of the complaint has changed. This is the present state.",
    ),
    "case.see": ("查看投诉的当前情况", "See the present state of the complaint"),
    "case.send": ("提交", "Send"),
}
