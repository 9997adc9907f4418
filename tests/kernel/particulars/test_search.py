"""Particulars are found in every form in which people write them, and ordinary words are not taken for one."""

from __future__ import annotations

import pytest

from chalicelib.particulars.search import find
from chalicelib.particulars.terms import Terms, of_file_name, of_free_text, of_value


def found(text: str, terms: Terms = Terms()) -> list[str]:  # noqa: B008  immutable
    return [text[one.start : one.end] for one in find(text, terms)]


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("王小明", "王小明"),
        ("王小明", "王 小 明"),
        ("王小明", "王·小明"),
        ("王小明", "小明"),
        ("王小明", "王先生"),
        ("王小明", "小王"),
        ("王小明", "王\u3164小\u3164明"),
        ("欧阳娜娜", "欧阳女士"),
        ("欧阳娜娜", "娜娜"),
        ("John Smith", "john smith"),
        ("John Smith", "ＪＯＨＮ　ＳＭＩＴＨ"),
        ("John Smith", "Smith"),
        ("John Smith", "J.S."[:3]),
        ("John Smith", "J. S"),
        ("John Smith", "JS"),
        ("John Smith", "SJ"),
        ("José Núñez", "Jose Nunez"),
        ("Xu Li", "Li Xu"),
        ("Xu Li", "LiXu"),
        ("John Smith", "Jоhn Smіth"),
        ("John Smith", "ЈΟΗΝ SМІТН"),
        ("John Smith", "ᎫOHN SMITH"),
        ("Jean Cap", "Јеаn Сар"),
        ("张伟国", "張偉國"),
        ("張偉國", "张伟国"),
        ("王小明", "王经理"),
        ("王小明", "王經理"),
        ("王小明", "王阿姨"),
        ("Jose Nunez", "José Núñez"),
    ],
)
def test_a_name_in_its_forms(name: str, written: str) -> None:
    text = f"经查，{written}，所述属实。"

    assert found(text, of_value("complainant.name", name)) == [written]


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("张伟", "Zhang Wei"),
        ("张伟", "zhangwei"),
        ("张伟", "Wei Zhang"),
        ("張偉", "Zhang Wei"),
        ("张伟", "Zhāng Wěi"),
        ("张伟", "ZHANG, Wei"),
        ("张伟", "Mr. Zhang"),
        ("张伟", "Zhang xiansheng"),
        ("张伟", "xiao Zhang"),
        ("张伟", "ZW"),
        ("张伟", "Z.W."[:3]),
        ("张伟", "Zhang W"),
        ("张伟", "W. Zhang"),
        ("王小明", "Wang Xiaoming"),
        ("王小明", "Wang Xiao-Ming"),
        ("王小明", "xiaoming"),
        ("王小明", "wxm"),
        ("王小明", "W.X.M"),
        ("王小明", "X.M. Wang"),
        ("王小明", "XM Wang"),
        ("单小明", "Shan Xiaoming"),
        ("单小明", "SXM"),
        ("吕芳", "Lü Fang"),
        ("吕芳", "Lv Fang"),
        ("吕芳", "Lyu Fang"),
        ("欧阳娜娜", "Ouyang Nana"),
        ("欧阳娜娜", "Nana Ouyang"),
        ("欧阳娜娜", "OYNN"),
        ("马克", "Ma Ke"),
        ("马克", "Make"),
        ("李安", "Li An"),
        ("龘小明", "Da Xiaoming"),
    ],
)
@pytest.mark.parametrize("sentence", ["经查，{}，所述属实。", "经查{}所述属实", "We found that {} was right."])
def test_a_chinese_name_in_pinyin(name: str, written: str, sentence: str) -> None:
    assert found(sentence.format(written), of_value("complainant.name", name)) == [written]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("马克", "We make it better, as they like."),
        ("李克", "shops like this one"),
        ("孔明", "5 km away"),
        ("张伟", "Zhangweier and Shuzhang were renamed"),
        ("张伟", "the word zw is none, nor is 2ZW3"),
        ("王小明", "the owxm and wxmo of a code"),
        ("王小明", "Wang is a common surname"),
        ("个人", "An individual, in general"),
    ],
)
def test_words_that_are_no_pinyin_of_the_name(name: str, text: str) -> None:
    assert found(text, of_value("complainant.name", name)) == []


@pytest.mark.parametrize("sentence", ["投诉人{}称", "The customer {} says"])
@pytest.mark.parametrize("written", ["JS", "J.S", "SJ"])
def test_initials_between_chinese_characters(sentence: str, written: str) -> None:
    assert found(sentence.format(written), of_value("complainant.name", "John Smith")) == [written]


@pytest.mark.parametrize(
    "written",
    [
        "13800138000",
        "138 0013 8000",
        "138-0013-8000",
        "+86 138 0013 8000",
        "0086-138-0013-8000",
        "１３８００１３８０００",
        "一三八零零一三八零零零",
        "壹叁捌零零壹叁捌零零零",
        "幺三八〇〇一三八〇〇〇",
        "(138)0013.8000",
        "一三八○○一三八○○○",
        "l38OO138OOO",
        "I38oo138oo0",
        "①③⑧⓪⓪①③⑧⓪⓪⓪",
        "38001 38000",
    ],
)
@pytest.mark.parametrize("given", ["13800138000", "+86 138-0013-8000", "008613800138000"])
def test_a_phone_in_its_forms(given: str, written: str) -> None:
    [one] = found(f"电话是{written}。", of_value("complainant.phone", given))

    assert one.strip("(+").replace("86 ", "").replace("0086-", "") in written


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("(010)65551234", "010-6555 1234"),
        ("(010)65551234", "6555 1234"),
        ("0571-8765432", "876 5432"),
        ("020 7946 0958", "+44 20 7946 0958"),
        ("+44 20 7946 0958", "020-7946-0958"),
        ("+44 20 7946 0958", "7946 0958"),
    ],
)
def test_a_landline(given: str, written: str) -> None:
    [one] = found(f"请拨 {written} 联系", of_value("complainant.phone", given))

    assert one in written


@pytest.mark.parametrize("written", ["京A12345", "京A·12345", "京 A12345", "京Ａ１２３４５", "京a12345"])
def test_a_plate(written: str) -> None:
    assert found(f"车辆{written}的维修", of_value("plate", "京A12345")) == [written]


@pytest.mark.parametrize("written", ["上海市浦东新区世纪大道100号", "浦东新区世纪大道 100 号", "世纪大道１００号"])
def test_an_address_with_less_before_it(written: str) -> None:
    assert found(f"位于{written}的店", of_value("complainant.address", "上海市浦东新区世纪大道100号")) == [written]


@pytest.mark.parametrize("written", ["wang.xm@example.com", "WANG.XM@EXAMPLE.COM", "wang.xm＠example．com"])
def test_an_email_address(written: str) -> None:
    assert found(f"来信：{written}", of_value("complainant.email", "wang.xm@example.com")) == [written]


@pytest.mark.parametrize("written", ["wang.xm (at) example dot com", "WANG_XM 在 example", "wangxm"])
def test_an_email_address_in_words(written: str) -> None:
    assert found(f"write to {written}", of_value("complainant.email", "wang.xm@example.com")) != []


def test_a_file_name() -> None:
    terms = of_file_name("发票_20261127.jpg")

    assert found("见发票_20261127.jpg", terms) == ["发票_20261127.jpg"]
    assert found("见发票20261127", terms) == ["发票20261127"]
    assert found("已开发票", terms) == []


@pytest.mark.parametrize("sentence", ["我的网名：小白兔，买了它", "网名是“小白兔”", "昵称“小白兔”。"])
def test_a_nickname_of_a_free_text(sentence: str) -> None:
    assert found("用户小白兔投诉", of_free_text(sentence)) == ["小白兔"]


def test_numbers_of_a_free_text() -> None:
    terms = of_free_text("订单号 2026-1127-0099，请退款到 6222 0000 1111 2222")

    assert found("订单202611270099已退", terms) == ["202611270099"]
    assert found("退到6222-0000-1111-2222", terms) == ["6222-0000-1111-2222"]


@pytest.mark.parametrize(
    ("text", "particular"),
    [
        ("来信 anybody@example.org", "anybody@example.org"),
        ("手机 139 1111 2222", "139 1111 2222"),
        ("证件 11010519491231002X", "11010519491231002X"),
        ("车辆沪B99999", "沪B99999"),
        ("见 https://shop.example/x", "https://shop.example/x"),
    ],
)
def test_particulars_of_any_person(text: str, particular: str) -> None:
    assert found(text) == [particular]


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("complainant.name", "Ann", "Planning and scanning"),
        ("complainant.name", "王芳", "商家退款，王府井分店整改"),
        ("complainant.kind", "个人", "个人用品已更换"),
        ("complainant.phone", "00000000000", "退款 100 元，于2026年11月28日办结"),
        ("complainant.name", "示例用户", "用户投诉成立，示例如下"),
        ("complainant.address", "上海市浦东新区世纪大道100号", "上海市的商家"),
    ],
)
def test_ordinary_words(name: str, value: str, text: str) -> None:
    assert found(text, of_value(name, value)) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("王女士", "本店女士手表已退款。"),
        ("某先生", "先生手表已退款，某先生未到场。"),
        ("匿名", "按匿名投诉办理，已退款。"),
        ("匿名用户", "按匿名用户的要求退款。"),
        ("用户", "已向用户退款。"),
        ("客户", "客户投诉成立。"),
        ("顾客", "顾客投诉成立。"),
        ("一位消费者", "消费者投诉成立，一位消费者到场。"),
        ("保密", "商家应予保密。"),
        ("女士", "女士手表已退款。"),
        ("总经理", "总经理已致歉，经理到场。"),
        ("客服经理", "客服已致歉，经理到场。"),
        ("Anonymous", "An anonymous complaint was upheld."),
        ("None", "None of the goods were sent."),
        ("N/A", "The goods of n a were sent."),
        ("The Manager", "The manager of the shop was told."),
        ("Mr", "Mr was written by mistake."),
        ("John and Mary Lee", "The goods and the bill were sent."),
        ("Will Smith", "The shop will refund the buyer."),
        ("May Ann", "The shop sent it in May."),
    ],
)
def test_titles_and_words_for_anybody_are_no_names(name: str, text: str) -> None:
    assert found(text, of_value("complainant.name", name)) == []


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("王女士", "王女士"),
        ("王女士", "王先生"),
        ("王业主", "王业主"),
        ("王小明先生", "王小明"),
        ("王小明（先生）", "王先生"),
        ("王小明经理", "王小明"),
        ("仇女士", "仇女士"),
        ("客服经理", "客服经理"),
        ("欧阳女士", "欧阳女士"),
        ("Mr. Wang", "Wang"),
        ("Mrs Sarah O'Brien", "OBrien"),
        ("Will Smith", "Will Smith"),
        ("王小明", "王业主"),
        ("王小明", "王房东"),
        ("高明", "高业主"),
        ("示例用户", "示例用户"),
    ],
)
def test_a_name_is_found_without_its_title_and_with_others(name: str, written: str) -> None:
    assert found(f"经查，{written}，所述属实。", of_value("complainant.name", name)) == [written]


def test_the_places_of_two_particulars() -> None:
    terms = of_value("complainant.name", "王小明") | of_value("complainant.phone", "13800138000")

    assert found("王小明（138-0013-8000）称", terms) == ["王小明", "138-0013-8000"]
