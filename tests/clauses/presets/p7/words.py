"""P7 `property-management`: messages to the customer, and the first one to the centre."""

from __future__ import annotations

RECEIVED = "感谢您的反馈。您的投诉 {} 已登记，我们会及时处理并回复您。"
ANSWERED = (
    "我们对您的投诉 {} 的回复附后，请您告知是否满意。您不满意的，我们将再次处理并回复您；"
    "一直未收到您的意见的，我们将结案，结案后您仍可申请重新处理。"
)
REMINDER = "您的投诉 {} 已回复，请您告知是否满意。未收到您的意见的，我们将结案；结案后您仍可申请重新处理。"
THANKS = "感谢您告知我们，您对投诉 {} 的回复表示满意。"
NOT_SATISFIED = "您对投诉 {} 的回复不满意，我们已记录，将再次处理并回复您。"
TAKEN_UP_AGAIN = "您的投诉 {} 现重新处理，我们将再次回复您。"
CLOSED_WITH_THANKS = "您的投诉 {} 已结案，感谢您的反馈。如您仍有意见，可申请重新处理。"
CLOSED_UNANSWERED = "您的投诉 {} 已结案。您尚未对我们的回复提出意见；如您仍有意见，可申请重新处理。"
TO_HANDLE = (
    "投诉 {} 已登记，请及时处理；不能及时处理的，"
    "请于 2026年11月27日（周五）09:30 前告知顾客最快反馈时间，或转达管理处。"
)
