"""Texts of the pages for requests that failed."""

from __future__ import annotations

TEXTS = {
    "error.advice": (
        "请返回上一页检查后再试。如果问题依旧，请联系受理单位，并告知下面的编号。",
        "Go back, check what you sent, and try again. If it does not help, contact the organisation and give it the reference below.",
    ),
    "error.advice.unknown": (
        "请检查网址是否完整。如果您是从邮件或二维码进入的，请重新打开。",
        "Check that the address is complete. If you came from a mail or a QR code, open it again.",
    ),
    "error.advice.large": (
        "内容太长，未能接收。请返回，缩短文字后再提交；较长的说明可以作为文件上传。",
        "The text is too long and was not received. Go back and shorten it. A longer account can be uploaded as a file.",
    ),
    "error.advice.closed": (
        "如需投诉，请以其他方式联系该机构，或过些时候再来。如果您是机构管理员，请登录后开通。",
        "To complain, contact the organisation in another way, or come back later. If you are its owner, sign in and open it.",
    ),
    "error.advice.wait": (
        "请稍候一分钟再试。您没有做错什么，已填写的内容仍在上一页中。",
        "Wait a minute and try again. You did nothing wrong, and your answers are still on the page before.",
    ),
    "error.reference": ("编号：{correlation}", "Reference: {correlation}"),
}
