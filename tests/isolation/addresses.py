"""Web addresses in the forms that strangers try, and texts that only look like them."""

from __future__ import annotations

import unicodedata

MARK = "evil"
"""In the host of each address, after NFKC and without signs that are not seen; or `领奖`, or `203.0.113`."""
_MARKS = (MARK, "领奖", "203.0.113", "0xcb007105", "3405803781", "2001:db8", "xn--fsq")

ADDRESSES = (
    "https://evil.com/x?y=1#z",
    "HTTP://EVIL",
    "ftp://evil/x",
    "hxxps://evil[.]com",
    "weixin://evil",
    "javascript:evil()",
    "data:text/evil",
    "mailto:evil",
    "http://3405803781/",
    "evil.com",
    "EVIL.COM",
    "www.evil",
    "a.evil.co",
    "evil.com:8080/x",
    "lin@evil.com",
    "//evil.com",
    r"\\evil\share",
    "evil.com点击领取",
    "evil.com.pdf",
    "evil.zip",
    "领奖.com",
    "领奖.中国",
    "evil.中国",
    "evil移动.公司",
    "xn--fsq.xn--fiqs8s",
    "evil.xn--p1ai",
    "evil．com",
    "evil。com",
    "领奖。com",
    "evil｡cn",
    "evil。中国",
    "领奖。公司/x",
    "evil․com",
    "evil﹒com",
    "evil. com",
    "evil . com",
    "evil .vip",
    "evil\u3000.\u00a0com",
    "evil[.]com",
    "evil(.)com",
    "evil【.】com",
    "ev\u200bil.com",
    "evil\u200b.\u2060com",
    "ev\u00adil.c\u00adom",
    "evil.c\ufe0fom",
    "e\u0336v\u0336i\u0336l\u0336.\u0336c\u0336o\u0336m\u0336",
    "ｅｖｉｌ．ｃｏｍ",
    "ⓔⓥⓘⓛ.ⓒⓞⓜ",
    "𝐞𝐯𝐢𝐥.𝐜𝐨𝐦",
    "evil.соm",
    "evil.example",
    "203.0.113.5",
    "203.0.113.5:8080/x",
    "２０３．０．１１３．５",
    "203。0。113。5",
    "0xCB007105",
    "3405803781:8080/x",
    "2001:db8::1",
    "[2001:db8::1]:8080/x",
    "::ffff:203.0.113.5",
)
IN_NAMES_ONLY = ("领奖。公司", "evil。在线", "中国移动。网址", "evil。vip")
"""Sentences can look like that: `退款。公司说…`. A name has no sentences."""
HARMLESS = (
    "商品已退。中国移动的客服说不能退。",
    "已退款。公司说不退。",
    "情况如下。网址：无。",
    "联系人张三。手机：13800000000",
    "很好。APP打不开。VIP也没有用。",
    "产地日本。中国、韩国也有。",
    "1.信息：无 2.手机 3.公司",
    "退款……公司不同意。",
    "e.g. this, i.e. that, etc.",
    "No.5, v1.2, 3.50元, 2026.11.30, 12.5%",
    "photo.jpg, report.pdf, 说明.docx",
    "St. Mary's, U.S. Steel, Ph.D., J. R. Smith",
    "Mr. Wang called. It was late. So we left. Is it done? In time.",
    "第3.2.1条, 10:30:45, 00:1a:2b:3c:4d:5e, 100:1",
    "13800000000/13900000000, A/B, 和/或",
    "张三@李四, 3 @ 2.00",
    "std::vector, 比例：1：2",
    "亲，您好~ ^_^ :-) :/ …",
)
OTHER_NAMES = (
    "St. Mary's",
    "U.S. Steel",
    "示例（北京）有限公司",
    "No. 1 Shop",
    "A.B. & Co.",
    "Acme Co., Ltd.",
    "Dr. Li, Mr. Wang",
    "中国移动公司",
    "阿里·买买提",
    "7-Eleven 2号店",
)


def is_in(text: str) -> bool:
    """True if a reader would see the host of one of the addresses. Shares no code with the search."""
    seen = [sign for sign in unicodedata.normalize("NFKC", text) if unicodedata.category(sign) not in ("Cf", "Mn")]
    plain = "".join(seen).casefold().replace("。", ".")
    return any(mark in plain for mark in _MARKS)
