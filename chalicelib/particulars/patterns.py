"""Particulars of any person that have a form of their own, such as phone numbers, in the normal form of a text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

Kind = Literal["name", "number", "value", "phone", "identity", "plate", "address", "email", "web", "account", "person"]
"""`name`, `number` and `value`: of the case. The others have a form of their own, of any person."""

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
    rf"[{_PROVINCES}]{_BETWEEN}[A-HJ-Za-hj-z]{_BETWEEN}(?=(?:{_BETWEEN}[A-Za-z]){{0,2}}(?:{_BETWEEN}\d){{2}})"
    rf"(?:[A-Za-z0-9]{_BETWEEN}){{4}}[A-Za-z0-9挂学警港澳领](?:{_BETWEEN}\d)?(?![A-Za-z0-9])"
)

_ROAD = "大道|大街|胡同|[路街巷弄]"
_OF_PLACE = r"[^\W_A-Za-z省市区县旗镇乡在于住到位是的从去往]"
_HOUSE = "号楼|号院|[号栋幢座]"
_NO = r"\d(?:\s?\d){0,4}"
_NUMBER = rf"第?{_SPACE}{_NO}(?:\s?[-之]\s?{_NO})?{_SPACE}[号弄]"
_STREET = rf"{_OF_PLACE}{{1,6}}(?:{_ROAD}){_SPACE}{_NUMBER}(?!线|公交|车|店)"
_FLAT = rf"{_NO}{_SPACE}[室房户]"
_ROOM = rf"(?:{_NO}{_SPACE}单元(?:{_SPACE}{_NO}{_SPACE}[室房号户]?)?|(?:{_NO}{_SPACE}[楼层]{_SPACE})?{_FLAT})"
_BUILDING = rf"{_FIRST}(?:{_NO}|[A-Z]){_SPACE}(?:{_HOUSE}){_SPACE}{_ROOM}"
_ESTATE = rf"{_OF_PLACE}{{2,6}}(?:小区|公寓|花园|新村|家园|[苑村]){_SPACE}{_NO}{_SPACE}(?:{_HOUSE}|组|队|室)"
_UNIT = rf"{_FIRST}{_NO}{_SPACE}单元{_SPACE}\d(?:\s?\d){{1,4}}(?:{_SPACE}[室房号户])?"

_MEDIA = "微信|薇信|威信|v信|we ?chat|weixin|wx|vx|qq|扣扣|抖音|快手|小红书|微博|weibo|支付宝|旺旺|telegram|whatsapp"
_BEFORE_MEDIA = r"(?<![A-Za-z0-9])"
_QUOTE = r"[\"'\u201c\u2018\u300c(\u3010\[]?"
_GIVEN = rf"(?:(?:账号|帐号|号码|号|id){_SPACE}(?:[:=]|是|为|叫)?|:){_SPACE}{_QUOTE}{_SPACE}"
_ACCOUNT = rf"{_BEFORE_MEDIA}(?:{_MEDIA}){_SPACE}{_GIVEN}(?:[a-z][a-z0-9_-]{{0,30}}|\d{{5,12}}{_LAST})(?![a-z0-9_])"
_MIXED = r"(?=[a-z_-]{0,20}[\d_])(?=[\d_-]{0,20}[a-z])[a-z0-9][a-z0-9_-]{4,30}"
_BARE_ACCOUNT = (
    rf"(?:{_BEFORE_MEDIA}(?:{_MEDIA})|{_BEFORE_MEDIA}[加+]{_SPACE}(?:v|微)x?)(?:是|为|叫|加|搜|[\s=:]){{0,3}}"
    rf"(?:{_MIXED}|\d{{7,11}}{_LAST})"
)
_HANDLE = r"(?<![A-Za-z0-9.@])@\s?[\w-]{2,20}"

OF_ANY_PERSON: Sequence[tuple[Kind, str]] = (
    ("email", _EMAIL),
    ("email", _EMAIL_IN_WORDS),
    ("email", f"{LOCAL_PART}@{_CHINESE_DOMAIN}"),
    ("plate", _PLATE),
    ("address", _STREET),
    ("address", _BUILDING),
    ("address", _ESTATE),
    ("address", _UNIT),
    ("account", f"(?i:{_ACCOUNT})"),
    ("account", f"(?i:{_BARE_ACCOUNT})"),
    ("account", _HANDLE),
    ("web", r"(?:https?://|www\.)\S+"),
)
"""Refused in a text for publication in every case."""

_GAP = r"[^\w\n]{0,4}"
"""Between the digits of a number."""
_NEAR = r"[^\w\n/:]{0,4}"
"""The same without what separates days and hours."""
_COUNTRY = rf"(?:0{_GAP}){{0,2}}8{_GAP}6{_GAP}"
_AREA = r"(?:1\s?0|2\s?\d|[3-9]\s?\d\s?\d)"
_NO_YEAR = r"(?!(?:19|20)\d\d\D)"
_LANDLINE = rf"(?:(?:{_COUNTRY})?0|\+86){_NEAR}{_AREA}{_NEAR}{_NO_YEAR}[2-9](?:{_NEAR}\d){{6,7}}"

NUMBERS: Sequence[tuple[Kind, str]] = (
    ("phone", rf"{_FIRST}(?:{_COUNTRY})?1{_GAP}[3-9](?:{_GAP}\d){{9}}{_LAST}"),
    ("phone", rf"{_FIRST}{_LANDLINE}{_LAST}"),
    ("identity", rf"{_FIRST}[1-9](?:{_GAP}\d){{16}}{_GAP}[\dxX]{_LAST}"),
)
"""The same, also with letters in the place of digits."""

_TITLES = (
    "先生|女士|小姐|老师|师傅|同学|太太|阿姨|大爷|大妈|大姐|大哥|老板|医生|律师|主任|经理|主管|科长|处长|局长|警官"
)
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田"
    "任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
_NICKNAME = r"(?:昵称|网名|用户名|外号|绰号|笔名|微信名)(?:[:=]|是|为|叫)[^\s,.。;!?]{1,20}"

_NO_DAY = r"(?<![\d.])(?!20\d\d-\d\d?-\d\d?|[48]00-)"
DOUBTFUL: Sequence[tuple[Kind, str]] = (
    ("person", rf"[{_SURNAMES}](?:{_TITLES}|某|[×*])|姓[{_SURNAMES}](?!名)"),
    ("person", _NICKNAME),
    (
        "number",
        rf"{_FIRST}(?<!\.)(?!20\d\d-\d\d?-\d\d?|[48]00-)\d(?:[ ()-]{{0,2}}\d){{6,24}}(?![\d.]|\s?[元万亿件个份人%])",
    ),
)
"""Perhaps of a person: marked for the approver, and not refused."""
