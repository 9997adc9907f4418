"""A surname with a title, such as 王先生, 王工 and 老王, as patterns: a short one is often part of ordinary words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chalicelib.particulars import pinyin
from chalicelib.particulars.name_forms import FAMILIAR, OFFICIAL, TITLES, chinese_name

_HAN = "\u4e00-\u9fff"
_SHORT_TITLES = {
    "工": "程作资人厂商业期艺具地序会信时伤种匠装费",
    "总": "是共额量部结价数和之算计体得分裁的在说觉店行监督署局",
    "董": "事",
    "局": "面部长",
    "处": "理罚分置于在方境所长",
    "科": "技学目研普幻长",
    "队": "伍友员列长",
    "导": "致购航演弹",
    "老": "是师板旧化年人",
    "哥": "们",
    "姐": "妹",
    "所": "述有以在谓属称提反说",
    "督": "促办",
    **dict.fromkeys("叔姨嫂婶伯爷奶妈爸婆", ""),
}
"""The titles, with the characters with which each begins another word."""
_SHORT = "|".join(f"{title}(?![{others}])" if others else title for title, others in _SHORT_TITLES.items())
_FAMILIAR = "".join(FAMILIAR)
_LONG_TITLES = "|".join(
    [
        *(
            *TITLES,
            *OFFICIAL,
            "督察",
            "总经理",
            "董事",
            "老总",
            "副总",
            "专员",
            "店长",
            "工程师",
            "技师",
            "护士",
            "教授",
            "博士",
        ),
        *(
            "大夫",
            "夫人",
            "教练",
            "大叔",
            "大婶",
            "大娘",
            "大伯",
            "大嫂",
            "爷爷",
            "奶奶",
            "叔叔",
            "同志",
            "司机",
            "氏(?:夫妇|兄弟|姐妹|父子|母子)",
        ),
        "[校班园院厂社村乡镇区县市行]长(?![期远久度时年大途线达效短假])",
    ]
)
_BETWEEN = r"[\s·•・.-]?"
ORDINARY = frozenset(
    "方高万时任安于成白单常明金马石水江温全平文包毛路乐向古关严何车花管强同史范康段钱易龙叶余程顾计支封干应左连国元雷"
    "伍谢苗季景麦章费项柴查居原通和从后边区家房都能有常应曾"
)
"""Surnames that are also frequent words."""
_COUNTED = "0-9一二两三四五六七八九十几每这那整半数各某首上下本谢"
_AFTER_FAMILIAR = {"张": "开", "刘": "海"}
"""Characters with which 小 and the surname are part of another word; 子 for most, as in 小王子."""


def certain(name: str) -> Iterator[str]:
    """Patterns of what names the person. A surname that is an ordinary word counts between clauses only."""
    found = chinese_name(name)
    if found is None:
        return
    surname, is_ordinary = re.escape(found[0]), found[0] in ORDINARY
    before, behind = (rf"(?<![{_HAN}])", _HAN) if is_ordinary else ("", _AFTER_FAMILIAR.get(found[0], "子"))
    yield rf"{surname}{_BETWEEN}(?:{_LONG_TITLES})|姓{_BETWEEN}{surname}|{surname}姓(?!名)"
    yield rf"(?<![{_COUNTED}]){before}{surname}{_BETWEEN}(?:{_SHORT})"
    yield rf"(?<![大从]){before}[{_FAMILIAR}]{_BETWEEN}{surname}(?![{behind}])"
    yield rf"(?<![{_COUNTED}]){before}{surname}(?:[xX]{{2,3}}|[×*〇]{{2,3}})(?![A-Za-z×*〇])"
    if spelled := "|".join(pinyin.surnames(name)):
        yield rf"(?<![A-Za-z])(?i:{spelled}){_BETWEEN}(?:{_LONG_TITLES}|[总工董姐哥](?![{_HAN}]))"


def doubtful(name: str) -> Iterator[str]:
    """Patterns of what is also part of an ordinary word, and of a surname with the rest concealed."""
    if found := chinese_name(name):
        surname = re.escape(found[0])
        yield rf"{surname}{_BETWEEN}(?:{_SHORT})|[{_FAMILIAR}]{_BETWEEN}{surname}"
        yield rf"{surname}(?:某|[×*〇xX]){{1,2}}|{surname}氏"
