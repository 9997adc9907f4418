"""Texts of the page of a demand for evidence."""

from __future__ import annotations

TEXTS = {
    "demand.title": ("投诉 {number} 的举证要求", "Demand for evidence on complaint {number}"),
    "demand.heading": ("举证要求", "Demand for evidence"),
    "demand.enter_how": (
        "请输入随链接一起收到的回执。它只能打开这一项举证要求。",
        "Enter the receipt that came with the link. It opens only this demand.",
    ),
    "demand.expired": (
        "为了保护您的隐私，页面已超时，请重新输入回执。",
        "The page was closed to protect you. Enter the receipt again.",
    ),
    "demand.receipt": ("举证回执", "Receipt of the demand"),
    "demand.receipt_hint": ("链接中 # 之后的部分，区分大小写", "The part of the link after #; capitals matter"),
    "demand.wrong": (
        "这不是这项举证要求的回执。请检查：字母区分大小写，没有空格。",
        "This is not the demand's receipt. Check it: capitals matter, and there are no spaces.",
    ),
    "demand.lead": (
        "{name}请您就一件投诉提供证据。您在这里只能看到这项要求和您提供的材料。",
        "{name} asks you for evidence about a complaint. You see only this demand here, and what you gave for it.",
    ),
    "demand.asked_every": ("需要全部下列材料", "All of these are needed"),
    "demand.asked_one": ("需要下列材料之一", "One of these is needed"),
    "demand.until": ("请在此时间之前提供", "Until"),
    "demand.ended": (
        "这项要求已经答复，或者时间已过，不能再添加材料。",
        "The demand was answered, or its time is over. Nothing more can be added.",
    ),
    "demand.late": (
        "时间已过，尚无您答复的记录。您仍可提供材料或用文字答复。",
        "The time is over, and no answer of yours is on record. You can still give evidence or answer in words.",
    ),
    "demand.given": ("您提供的材料", "What you gave"),
    "demand.words": ("用文字答复", "Answer in words"),
    "demand.text": ("您的答复", "Your answer"),
    "demand.text_kind": ("您的答复属于哪种材料？", "What kind of evidence is your answer?"),
    "demand.text_missing": ("请填写您的答复", "Enter your answer"),
    "demand.text_long": ("答复最多 {most} 个字符", "The answer may have {most} characters"),
}
