"""A surname with a title, such as 王先生, 王工 and 老王, as patterns: a short one is often part of ordinary words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from chalicelib.particulars import english, name_forms, pinyin
from chalicelib.particulars.name_forms import COMPOUND, FAMILIAR, OFFICIAL, TITLES
from chalicelib.particulars.normal import Normal

_HAN = "\u4e00-\u9fff"
SHORT_OFFICIAL = {
    "工": "程作资人厂商业期艺具地序会信时伤种匠装费",
    "总": "是共额量部结价数和之算计体得分裁的在说觉店行监督署局",
    "董": "事",
    "局": "面部长",
    "处": "理罚分置于在方境所长",
    "科": "技学目研普幻长",
    "队": "伍友员列长",
    "导": "致购航演弹",
    "所": "述有以在谓属称提反说",
    "督": "促办",
}
"""Titles of an office, with the characters with which each begins another word."""
_SHORT_TITLES = {
    **SHORT_OFFICIAL,
    "老": "是师板旧化年人",
    "哥": "们",
    "姐": "妹",
    **dict.fromkeys("叔姨嫂婶伯爷奶妈爸婆", ""),
}


def _alternatives(titles: Mapping[str, str]) -> str:
    return "|".join(f"{title}(?![{others}])" if others else title for title, others in titles.items())


_SHORT = _alternatives(_SHORT_TITLES)
_FAMILIAR = "".join(FAMILIAR)
OCCUPATIONS = ("总经理", "董事", "老总", "副总", "专员", "店长", "工程师", "技师", "护士", "教授", "博士")
_LONG_TITLES = "|".join(
    [
        *(*TITLES, *OFFICIAL, *OCCUPATIONS),
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
_OF_A_HOME = "业主|房东|住户|租户|租客|车主|店主|邻居"
_ROLES = f"{_OF_A_HOME}|顾客|客户|买家|乘客|旅客|患者|病人|家属|家长|同事"
"""By which people are called behind their surname. The last ones follow ordinary words too often to be a doubt."""
_BETWEEN = r"[\s·•・.-]?"
ORDINARY = frozenset(
    "方高万时任安于成白单常明金马石水江温全平文包毛路乐向古关严何车花管强同史范康段钱易龙叶余程顾计支封干应左连国元雷"
    "伍谢苗季景麦章费项柴查居原通和从后边区家房都能有常应曾"
)
"""Surnames that are also frequent words."""
FREQUENT = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田"
    "任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
PLAIN = "".join(one for one in FREQUENT if one not in ORDINARY)
_COUNTED = "0-9一二两三四五六七八九十几每这那整半数各某首上下本谢"
_AFTER_FAMILIAR = {"张": "开", "刘": "海"}
"""Characters with which 小 and the surname are part of another word; 子 for most, as in 小王子."""


_TITLE_BEFORE = rf"(?i:(?:(?:{english.TITLES})(?:\.\s?|\s{{1,3}}|$)){{1,3}})"
_PERSONAL_TITLE = r"[\s(]{0,3}(?:先生|女士|小姐|太太|夫人|阿姨|大爷|大妈|大姐|大哥)\)?$"
_NAME_AND_TITLE = (
    rf"([{FREQUENT}{''.join(sorted(ORDINARY))}]|(?:[{PLAIN}]|{'|'.join(sorted(COMPOUND))})[{_HAN}]{{0,2}})"
    rf"[\s(]{{0,3}}(?:{_LONG_TITLES}|{_ROLES})\)?"
)
"""Of an office or a role: `客服经理` is no person of the name 客服."""
_ANYBODY = (
    "未填写|未提供|未透露|不便透露|不愿透露|未填|未知|不详|不明|保密|匿名|实名|化名|没有|无|空|本人|姓名|名字"
    "|(?:投诉|举报|反映|来电|来访|当事|申请|消费)[人者]|用户|客户|顾客|买家|卖家|商家|店家|店铺|业主|住户|租户|租客|房东"
    "|居民|市民|群众|公民|乘客|旅客|游客|患者|病人|家属|家长|学生|会员|网友|路人|员工|职工|[一两几这那该]|[名位个某的]"
)
_ANYBODY_IN_LATIN = frozenset(
    {
        *("anonymous", "none", "null", "nil", "n", "a", "na", "unknown", "private", "confidential", "withheld"),
        *("undisclosed", "customer", "client", "user", "consumer", "buyer", "guest", "visitor", "member", "resident"),
        *("tenant", "owner", "manager", "complainant", "patient", "passenger", "student", "parent", "person", "test"),
        *("somebody", "someone", "nobody", "name", "not", "given", "provided", "no", "the", "an", "of"),
    }
)


def own_name(value: str) -> str:
    """What a value for a name says of the person: the name without titles.

    Empty for a title alone, and for what stands for anybody, such as `匿名` and `The manager`.
    """
    bare = re.sub(_PERSONAL_TITLE, "", re.sub(f"^{_TITLE_BEFORE}", "", value.strip()))
    if with_title := re.fullmatch(_NAME_AND_TITLE, bare):
        bare = with_title[1]
    words = re.findall(r"[^\W\d_]+", bare.lower())
    is_anybody = re.fullmatch(rf"(?:{_ANYBODY})*+|{_LONG_TITLES}", bare) or _ANYBODY_IN_LATIN.issuperset(words)
    is_one_sign = len(bare) == 1 and bare == value.strip()
    return "" if is_anybody or is_one_sign else bare


def certain(name: str) -> Iterator[str]:
    """Patterns of what names the person. A surname that is an ordinary word counts between clauses only."""
    found = name_forms.surname(name)
    if found is None:
        return
    surname, is_ordinary = re.escape(found), found in ORDINARY
    before, behind = (rf"(?<![{_HAN}])", _HAN) if is_ordinary else ("", _AFTER_FAMILIAR.get(found, "子"))
    yield rf"{surname}{_BETWEEN}(?:{_LONG_TITLES})|姓{_BETWEEN}{surname}|{surname}姓(?!名)"
    yield rf"(?<![{_COUNTED}]){before}{surname}{_BETWEEN}(?:{_SHORT}|{_ROLES})"
    yield rf"(?<![大从]){before}[{_FAMILIAR}]{_BETWEEN}{surname}(?![{behind}])"
    yield rf"(?<![{_COUNTED}]){before}{surname}(?:[xX]{{2,3}}|[×*〇]{{2,3}})(?![A-Za-z×*〇])"
    if spelled := "|".join(pinyin.surnames(name)):
        yield rf"(?<![A-Za-z])(?i:{spelled}){_BETWEEN}(?:{_LONG_TITLES}|[总工董姐哥](?![{_HAN}]))"


def doubtful(name: str) -> Iterator[str]:
    """Patterns of what is also part of an ordinary word, and of a surname with the rest concealed."""
    if found := name_forms.surname(name):
        surname = re.escape(found)
        yield rf"{surname}{_BETWEEN}(?:{_SHORT}|{_OF_A_HOME})|[{_FAMILIAR}]{_BETWEEN}{surname}"
        yield rf"{surname}(?:某|[×*〇xX]){{1,2}}|{surname}氏"


def addressed(text: Normal, titles: Collection[str]) -> Iterator[str]:
    """The one or two characters before each title of an office: of them, one is a surname if a person is called so.

    `titles`: further ones. A surname that is an ordinary word counts before a short title between clauses only.
    """
    form = text.words
    for found in re.finditer(official(titles), form.text):
        at = found.start()
        yield form.text[max(at - 2, 0) : at]
        if found["long"] or form.text[at - 1 : at] not in ORDINARY or not _follows(text, at - 1):
            yield form.text[max(at - 1, 0) : at]


def official(titles: Collection[str]) -> str:
    """A pattern of titles of an office. `titles`: further ones."""
    long = "|".join(map(re.escape, sorted({*OFFICIAL, *OCCUPATIONS, *titles}, key=len, reverse=True)))
    return rf"副?(?:(?P<long>{long})|{_alternatives(SHORT_OFFICIAL)})"


def _follows(text: Normal, at: int) -> bool:
    """Whether the sign stands right behind a Chinese character."""
    start = text.words.starts[at]
    return re.fullmatch(f"[{_HAN}]", text.original[start - 1 : start]) is not None
