"""Signs that are read as the same: traditional and simplified characters, letters of other alphabets, circles.

A character as it is read has no width, no accents and no circle, and not the alphabet that it was taken from.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from chalicelib.kit.look_alikes import han, is_foreign, latin

_TRADITIONAL = (
    "張陳劉楊趙黃吳孫馬羅鄭謝韓馮鄧許賈鄒龍萬錢湯賴龔嚴華韋葉閻蘇呂範盧譚鍾陸顧齊龐蘭藍紀項閔強賀關喬鮑聶"
    "叢魯畢倫鄺莊駱闞費繆婁偉國軍麗傑濤紅蓮鳳豔艷瑩潔靜慶貴寶曉東鵬飛學勝澤輝進鐵鋼銘鋒銳錦鎮誠諾謙語詩詠"
    "譽讓遠達運連選賢賓貝財質賜贊躍軒輪轉農遙鄉醫釋鐘鑒長門開閏間閱陽階隊際隨雙雲電霧靈韻頌順預領頭顏願類"
    "風飄館騰驚驗體鬱魚鳴鴻鵑鶴鷹麥黨齡龜師總經優會傳傷僑億儀兒內兩冊準凱劍劇動務勞勵區協單衛廠廣應庫廬彥"
    "彌後從徵恆悅愛憲懷戀戰戲戶擁擇擔據攝數斷時晉晝曆書條楓極榮樂標樓樹橋機權歐歡歲歷殘沖決沒淚淨淵渾湧溫"
    "滄滅滿漢潤濟濱瀾灣為無煙煥熱爾牆獎獨獲瑋環瓊畫異當療發盡監盤礎禮禎禪稱種積穎窮競筆節築簡籃約紋納純紗"
    "級紐綱綠維網緒線締緣編縣繪繼續纖羨義習聖聞聯聰聲職肅膽臨興舊艦藝蕭薦薩薔藥蘊虛號虧補製複見規視親覺觀"
    "計訂記訓託訪設證評詢該詳誌認誤說課調談請論諸謀謹譯議護讀變豐貞負貢貨責貿資賽購贈贏趕車軟較載輕輯輸轄"
    "辦辭邊邁還郵鄰釀針釣鈞銀銅鋪錄鍵閃閉閒閣闆闊隱隸雖雞難靚頂須頓頻題額顯飯飲飼養餘駐駕駿驛驕髮鬆鬥鮮鯉"
    "點滬遼贛陝閩粵寧"
)
_SIMPLIFIED = (
    "张陈刘杨赵黄吴孙马罗郑谢韩冯邓许贾邹龙万钱汤赖龚严华韦叶阎苏吕范卢谭钟陆顾齐庞兰蓝纪项闵强贺关乔鲍聂"
    "丛鲁毕伦邝庄骆阚费缪娄伟国军丽杰涛红莲凤艳艳莹洁静庆贵宝晓东鹏飞学胜泽辉进铁钢铭锋锐锦镇诚诺谦语诗咏"
    "誉让远达运连选贤宾贝财质赐赞跃轩轮转农遥乡医释钟鉴长门开闰间阅阳阶队际随双云电雾灵韵颂顺预领头颜愿类"
    "风飘馆腾惊验体郁鱼鸣鸿鹃鹤鹰麦党龄龟师总经优会传伤侨亿仪儿内两册准凯剑剧动务劳励区协单卫厂广应库庐彦"
    "弥后从征恒悦爱宪怀恋战戏户拥择担据摄数断时晋昼历书条枫极荣乐标楼树桥机权欧欢岁历残冲决没泪净渊浑涌温"
    "沧灭满汉润济滨澜湾为无烟焕热尔墙奖独获玮环琼画异当疗发尽监盘础礼祯禅称种积颖穷竞笔节筑简篮约纹纳纯纱"
    "级纽纲绿维网绪线缔缘编县绘继续纤羡义习圣闻联聪声职肃胆临兴旧舰艺萧荐萨蔷药蕴虚号亏补制复见规视亲觉观"
    "计订记训托访设证评询该详志认误说课调谈请论诸谋谨译议护读变丰贞负贡货责贸资赛购赠赢赶车软较载轻辑输辖"
    "办辞边迈还邮邻酿针钓钧银铜铺录键闪闭闲阁板阔隐隶虽鸡难靓顶须顿频题额显饭饮饲养余驻驾骏驿骄发松斗鲜鲤"
    "点沪辽赣陕闽粤宁"
)
"""Of the characters that are frequent in names and addresses."""
_CIRCLES = "○◯⚪⭕●"
"""Written for the digit zero, as in 二○二六."""
_PLUSES = "➕✚"
_SAME = str.maketrans(_TRADITIONAL + _CIRCLES + _PLUSES, _SIMPLIFIED + "〇" * len(_CIRCLES) + "+" * len(_PLUSES))
_OTHER_DIGITS = "洞拐勾"
LOOK_LIKE_DIGITS = str.maketrans("olis" + _OTHER_DIGITS, "0115" + "079")
"""Letters that are written for digits, and the words for digits of radio operators, in a text without case."""


@lru_cache(maxsize=8192)
def seen(sign: str) -> str:
    """The sign as the one that it is read as, in the same case. `sign`: one character after NFKD."""
    if "\u2e80" <= sign <= "\u2eff":
        return han(sign)
    return (latin(sign) if is_foreign(sign) else sign).translate(_SAME)


@lru_cache(maxsize=8192)
def alike(sign: str) -> str:
    """As `seen`, without case."""
    return seen(sign).casefold()


_UNSEEN = "\u115f\u1160\u17b4\u17b5\u3164\uffa0"
"""Letters that are not seen."""
_NOT_READ = ("Mn", "Me", "Cf", "Cc", "Cs", "Co", "Cn")
ROMAN = "[\u2160-\u2188]"
"""Signs of Roman numerals. They are also used as letters."""
_KEYCAP_TEN = "\U0001f51f"
_LETTER_IN_NAME = r"(?:LATIN CAPITAL LETTER|LATIN LETTER SMALL CAPITAL|SYMBOL LETTER) ([A-Z])\Z"
"""Unicode's names of letters in negative circles and squares, small capitals and regional indicators."""


@lru_cache(maxsize=8192)
def plain(raw: str) -> str:
    """What one character is read as: a few characters, or none. Numerals of Chinese stay: they are parts of words."""
    if raw.isspace():
        return "\n" if raw in "\n\r\x0b\x0c\x85\u2028\u2029" else " "
    if raw == _KEYCAP_TEN:
        return "10"
    if (number := _number(raw)) is not None:
        return number
    found = "".join(_letter(sign) for sign in unicodedata.normalize("NFKD", raw) if not _is_unseen(sign))
    return "".join(sign for one in found for sign in (_dash_or(seen(one)) if one > "\x7f" else one))


def value_of(raw: str) -> str:
    """As `plain`, with the value of a Roman numeral."""
    return (
        str(int(unicodedata.numeric(raw)))
        if re.fullmatch(ROMAN, raw) and unicodedata.numeric(raw, None)
        else plain(raw)
    )


def _number(raw: str) -> str | None:
    """The digits of a number in a circle, in brackets or of another script. None for Chinese and Roman numerals."""
    category = unicodedata.category(raw)
    if category not in ("Nd", "No") and not "\u3021" <= raw <= "\u303a":  # numerals of Suzhou are letters
        return None
    value = unicodedata.numeric(raw, None)  # some signs between those numerals are none
    return str(int(value)) if value is not None and value.is_integer() and value < 10_000 else None


def _letter(sign: str) -> str:
    if sign.isascii() or unicodedata.category(sign) not in ("So", "Ll"):
        return sign
    found = re.search(_LETTER_IN_NAME, unicodedata.name(sign, ""))
    return found[1] if found else sign


def _dash_or(sign: str) -> str:
    return "-" if len(sign) == 1 and unicodedata.category(sign) == "Pd" else sign


def _is_unseen(sign: str) -> bool:
    return sign in _UNSEEN or unicodedata.category(sign) in _NOT_READ
