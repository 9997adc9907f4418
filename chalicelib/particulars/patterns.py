"""Particulars of any person that have a form of their own, such as phone numbers, in the normal form of a text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from chalicelib.particulars import english
from chalicelib.particulars.name_forms import COMPOUND
from chalicelib.particulars.surnames import FREQUENT, PLAIN

Kind = Literal["name", "number", "value", "phone", "identity", "plate", "address", "email", "web", "account", "person"]
"""`name`, `number` and `value`: of the case. The others have a form of their own, of any person."""
OF_PEOPLE: frozenset[Kind] = frozenset({"name", "person", "account"})
"""Respondents do not read them, even if they are doubtful."""

_SPACE = r"[^\S\n]{0,3}"
_FIRST, _LAST = r"(?<!\d)", r"(?!\d)"
_OPEN, _CLOSE = r"[(\[{<【「*_]", r"[)\]}>】」*_]"

LOCAL_PART = r"[A-Za-z0-9_.+-]{1,64}+"
"""As long as RFC 5321 §4.5.3.1.1 permits. An open end would cost quadratic time for a long word without `@`."""
_LABEL = r"[A-Za-z0-9-]{1,63}+"
_AT = rf"{_SPACE}(?:@|{_OPEN}{_SPACE}(?:@|[aA][tT]?|艾特){_SPACE}{_CLOSE}|艾特){_SPACE}"
_SPELLED_DOT = (
    rf"(?:{_SPACE}{_OPEN}{_SPACE}(?:\.|[dD][oO][tT]|点){_SPACE}{_CLOSE}{_SPACE}|\s{{1,3}}(?i:dot|点)\s{{1,3}}|点)"
)
_DOT = rf"(?:{_SPACE}[.。]{_SPACE}|{_SPELLED_DOT})"
_EMAIL = rf"{LOCAL_PART}{_AT}{_LABEL}(?:{_DOT}{_LABEL}){{1,6}}"
_CHINESE_DOMAIN = r"[\u4e00-\u9fff]{1,20}[.。][\u4e00-\u9fff]{2,4}"
_EMAIL_IN_WORDS = rf"{LOCAL_PART}\s{{1,3}}(?i:at)\s{{1,3}}{_LABEL}(?:{_SPELLED_DOT}{_LABEL}){{1,6}}"

_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_BETWEEN = r"[^\w\n]{0,3}"
_PLATE = (
    rf"[{_PROVINCES}]{_BETWEEN}[A-HJ-Za-hj-z]{_BETWEEN}(?:"
    rf"(?=(?:(?:[A-Za-z]{_BETWEEN}){{0,2}}\d{_BETWEEN}){{3}})(?:[A-Za-z0-9]{_BETWEEN}){{4}}[A-Za-z0-9挂学警港澳领]"
    rf"|[DFdf]{_BETWEEN}[A-Za-z0-9]{_BETWEEN}(?:\d{_BETWEEN}){{3}}\d|(?:\d{_BETWEEN}){{5}}[DFdf])(?![A-Za-z0-9])"
)
"""Of five characters, with two letters at most (GA 36); of six for cars with new energy, with D or F first or last."""

_ROAD = "大道|大街|胡同|[路街巷弄]"
_OF_PLACE = r"[^\W_A-Za-z省市区县旗镇乡在于住到位是的从去往]"
_HOUSE = "号楼|号院|[号栋幢座]"
_NO = r"\d(?:\s?\d){0,4}"
_NUMBER = rf"第?{_SPACE}{_NO}(?:\s?[-之]\s?{_NO})?{_SPACE}[号弄]"
_NO_HOUSE = r"(?!\s?(?:[线车店窗柜门机台令文]|公交|公告|电梯))"
_STREET = rf"(?:{_OF_PLACE}\s?){{1,6}}(?:{_ROAD}){_SPACE}{_NUMBER}(?!线|公交|车|店)"
_VILLAGE = rf"{_OF_PLACE}{{1,6}}(?:[屯寨堡甲乙丙丁]|(?<!石家)庄){_SPACE}{_NUMBER}{_NO_HOUSE}"
"""石家庄 is a city, and 号 behind it a day."""
_COUNTED = r"(?!\d|\.\d|%|\s?[-\d元块万亿余多平㎡米个人名层楼台部辆年月日天件份次只条套间分小时])"
_FLAT = rf"{_NO}{_SPACE}[室房户]"
_BARE_FLAT = rf"\d(?:\s?\d){{2,3}}(?:{_SPACE}[室房号户]|{_COUNTED})"
_ROOM = rf"(?:(?:{_NO}{_SPACE}单元{_SPACE})?(?:{_NO}{_SPACE}[楼层]{_SPACE})?(?:{_FLAT}|{_BARE_FLAT}))"
_BUILDING = (
    rf"{_FIRST}(?:{_NO}|[A-Z]){_SPACE}(?:号楼|号院|[栋幢座]|号(?={_SPACE}\d[\d\s]{{0,6}}[单室房户楼层])){_SPACE}{_ROOM}"
)
_ESTATE = (
    rf"{_OF_PLACE}{{2,6}}(?:小区|公寓|花园|新村|家园|[苑村]){_SPACE}(?:{_NO}{_SPACE}期{_SPACE})?"
    rf"{_NO}{_SPACE}(?:{_HOUSE}|组|队|室)"
)
_FLAT_BEHIND = r"\d{1,3}\s?-\s?\d{1,2}\s?-\s?\d{3,4}(?![\d-])"
_ESTATE_DASHED = (
    rf"{_OF_PLACE}{{1,6}}(?:(?:小区|公寓|花园|新村|家园|苑){_SPACE}(?:{_FLAT_BEHIND}|\d{{1,3}}\s?-\s?\d{{3,4}}{_COUNTED})"
    rf"|[村城庭府郡湾居园里]{_SPACE}{_FLAT_BEHIND})"
)
_LIVING = rf"(?:家住|住在?|住址|地址)(?:[:=]|是|为)?{_SPACE}((?:{_OF_PLACE}\s?){{1,12}}{_FLAT_BEHIND})"
_UNIT = rf"{_FIRST}{_NO}{_SPACE}单元{_SPACE}(?:{_FLAT}|{_BARE_FLAT})"
_DASHED = rf"{_FIRST}\d{{1,3}}\s?-\s?(?:\d{{1,2}}\s?-\s?)?\d{{3,4}}{_SPACE}[室房]"

_MEDIA = (
    "微 ?信|薇 ?信|威 ?信|v ?信|we ?chat|wei[ -]?xin|w ?x|v ?x|q ?q|扣 ?扣|抖 ?音|快 ?手"
    "|[加+] ?[v微薇威]x?|小 ?红 ?书|微 ?博|weibo|支 ?付 ?宝|旺 ?旺|telegram|whatsapp"
)
_BEFORE_MEDIA = r"(?<![A-Za-z0-9])"
_QUOTE = r"[\"'\u201c\u2018\u300c(\u3010\[]?"
_GIVEN = rf"(?:(?:[账帐] ?号|号 ?码|号|id){_SPACE}(?:[:=]|是|为|叫)?|:){_SPACE}{_QUOTE}{_SPACE}"
_ACCOUNT = (
    rf"{_BEFORE_MEDIA}(?:{_MEDIA}){_SPACE}{_GIVEN}(?:[a-z][a-z0-9_-]{{0,30}}|\d{{5,12}}{_LAST}{_COUNTED})(?![a-z0-9_])"
)
_MIXED = r"(?=[a-z_-]{0,20}[\d_])(?=[\d_-]{0,20}[a-z])[a-z0-9][a-z0-9_-]{4,30}"
_BARE_ACCOUNT = (
    rf"{_BEFORE_MEDIA}(?:{_MEDIA})(?:是|为|叫|加|搜|[\s=:]){{0,3}}"
    rf"(?:{_MIXED}|\d{{7,11}}{_LAST})"
)
_HANDLE = r"(?<![A-Za-z0-9.@])@\s?[\w-]{2,20}"

_PHONES = f"电话|座机|固话|手机|联系方式|传真|{english.PHONES}"
_PAPERS = f"身份证|证件|护照|通行证|驾驶证|社保卡?|医保卡?|{english.PAPERS}"
_CARDS = f"卡号|银行卡|储蓄卡|信用卡|银行账号|收款账号|{english.CARDS}"
_INTRODUCING = rf"(?:号码|号|{english.NUMBER_OF})?{_SPACE}(?:[:=.]|是|为|(?i:is)(?![A-Za-z]))?{_SPACE}"
_NO_PERSON = r"(?!\(?(?:19|20)\d\d[-/.]\d|[48]00|0\d{2,3}[ -]?[19]\d{4}(?!\d))"
"""Days, and numbers of services: 400-, 800-, and 12345 with the code of an area."""
_INTRODUCED = rf"(?<![A-Za-z0-9])({_NO_PERSON}[A-Za-z]{{0,2}}\d(?:[ _-]?\d){{6,20}}[xX]?)(?![A-Za-z0-9]){_COUNTED}"
_LISTED = r"((?:1[3-9](?:[,、;.]?\s?\d){9}|0\d{2,3}[,、;]\s?\d{3,4}[,、;]?\s?\d{4})(?!\d))"
"""Of a phone, with the signs of a list in it."""
_DIALLED = rf"(?<![A-Za-z0-9])({_NO_PERSON}\+?\(?\d(?:[ _().-]{{0,2}}\d){{6,20}})(?![A-Za-z0-9]){_COUNTED}"

OF_ANY_PERSON: Sequence[tuple[Kind, str]] = (
    ("email", _EMAIL),
    ("email", _EMAIL_IN_WORDS),
    ("email", f"{LOCAL_PART}@{_CHINESE_DOMAIN}"),
    ("plate", _PLATE),
    ("address", _STREET),
    ("address", _BUILDING),
    ("address", _ESTATE),
    ("address", _ESTATE_DASHED),
    ("address", _LIVING),
    ("address", _UNIT),
    ("address", _VILLAGE),
    ("address", _DASHED),
    ("account", f"(?i:{_ACCOUNT})"),
    ("account", f"(?i:{_BARE_ACCOUNT})"),
    ("account", _HANDLE),
    ("web", r"(?:https?://|www\.)\S+"),
    ("phone", rf"(?:{_PHONES}){_INTRODUCING}{_DIALLED}"),
    ("phone", rf"(?:{_PHONES}){_INTRODUCING}{_LISTED}"),
    ("phone", english.MOBILE),
    ("phone", english.INTERNATIONAL),
    ("phone", english.NORTH_AMERICAN),
    ("address", english.STREET),
    ("account", english.ACCOUNT),
    ("identity", english.NATIONAL_INSURANCE),
    ("identity", rf"(?:{_PAPERS}){_INTRODUCING}{_INTRODUCED}"),
    ("account", rf"(?:{_CARDS}){_INTRODUCING}{_INTRODUCED}"),
)
"""Refused in a text for publication in every case. A group of a pattern is the place of the particular."""

_TITLES = (
    "先生|女士|小姐|老师|师傅|同学|太太|阿姨|大爷|大妈|大姐|大哥|老板|医生|律师|主任|经理|主管|科长|处长|局长|警官"
)
_COMPOUND = "|".join(sorted(COMPOUND))
_GIVEN_NAME = rf"(?!某|.?(?:{_TITLES}))[\u4e00-\u9fff](?:(?![称说来电于在的和与是已未等])[\u4e00-\u9fff]){{0,2}}"
_NO_SURNAME = (
    "(?!陈[述列]|张[贴罗]|谢[绝谢]|许[可诺久]|周[一二三四五六日末边年期围]|江[苏西]|罗列|郑[重州]|陆续|董事|杜绝|胡乱"
    "|黄[金牛]|苏州)"
)
_PEOPLE = "联系人|收货人|收件人|寄件人"
NAMES: Sequence[tuple[Kind, str]] = (
    (
        "person",
        rf"(?:姓名|名字|本名|真名|户名|持卡人|车主|业主|{_PEOPLE}){_SPACE}[:=]{_SPACE}((?:{_COMPOUND}|[{FREQUENT}]){_GIVEN_NAME})",
    ),
    (
        "person",
        rf"(?:姓名|名字|本名|真名|{_PEOPLE}){_SPACE}[是为叫]{_SPACE}({_NO_SURNAME}[{PLAIN}]{_GIVEN_NAME})",
    ),
    ("person", rf"(?:{_PEOPLE}|[我人]叫){_SPACE}({_NO_SURNAME}[{PLAIN}]{_GIVEN_NAME})"),
    ("person", english.NAMED),
)
"""Names that a text introduces. Without a colon, a surname that is an ordinary word can begin another one."""

_OPENING = r"[\"'\u201c\u2018\u300c\u300e\u300a\u3010(]"
_BEHIND_NAME = r"\s\"'\u201c\u201d\u2018\u2019\u300c-\u300f\u300a\u300b\u3010\u3011(),\u3001\u3002.;!?"
_NAMING = (
    r"(?:昵称|网名|用户名|外号|绰号|笔名|微信名|(?i:nick(?:name)?|username))\s*+"
    rf"(?:(?:[:=]|[是为叫]|(?i:is)\b)\s*+{_OPENING}?|{_OPENING})"
    rf"|(?:又名|化名|(?i:a\.?k\.?a\.?|known as|goes by))\s*+:?\s*+{_OPENING}?"
)
NICKNAME = rf"(?:{_NAMING})\s*+([^{_BEHIND_NAME}]{{1,20}})"
DOUBTFUL: Sequence[tuple[Kind, str]] = (
    ("person", rf"[{FREQUENT}](?:{_TITLES}|某|[×*])|姓[{FREQUENT}](?!名)"),
    ("person", rf"(?:{_COMPOUND})(?:{_TITLES})"),
    ("person", NICKNAME),
    ("number", r"(?<!\d)1[3-9]\d[,、;]\s?\d{4}[,、;]\s?\d{4}(?!\d|\s?[元万亿件个份人%])"),
    ("person", english.TITLED),
    *(("person", pattern) for pattern in english.PERHAPS_NAMED),
    ("account", english.PERHAPS_ACCOUNT),
    ("address", english.POSTCODE),
    (
        "number",
        r"(?<![\d.:])(?<!\d-)(?!20\d\d-\d\d?-\d\d?|[48]00-?\d{3}-?\d{4}(?!\d))"
        r"\d(?:[ ()-]{0,2}\d){6,24}(?![\d.:]|\s?[元万亿件个份人%])",
    ),
)
"""Perhaps of a person: marked for the approver, and not refused."""
