"""Honest official sentences have no finding and no doubt, and each way to write a particular of a person has a finding.

The identity numbers are the examples of GB 11643-1999.
"""

from __future__ import annotations

import pytest

from chalicelib.particulars.search import doubts, find
from chalicelib.particulars.terms import Terms, of_free_text, of_value

PARTY = of_value("complainant.name", "王小明")
HONEST = [
    "商家已支付赔偿金。",
    "我用微信支付，商家不退款。支付记录见附件，支付金额100元。",
    "联系了微信客服，客服说不行。",
    "微信小程序下单后一直不发货。",
    "微信支付已原路退回，支付宝支付需三个工作日。",
    "QQ：未回复。微信：已读未回。",
    "已通过微信公众号答复，QQ客服同时回复。",
    "支付宝：200000元已冻结。",
    "用户名错误，昵称违规，网名不限。",
    "办理时间为2026/11/27 08:00—2026/12/05 18:00。",
    "开放时间14:00-18:00，100元一位。",
    "各项得分为95、92、88、90、91、87、93、94、89分。",
    "停水时间2026-11-20 14:00 - 2026-11-21 08:00。",
    "检测值依次为13.1，13.2，13.5，13.6。",
    "5号楼3单元电梯停运，已于次日修复。",
    "2单元12层电梯检修，3单元恢复使用。",
    "3号楼200平方米的公共区域已清理。",
    "3号楼大厅，三单元设备，1栋共120户。",
    "营业时间为9:00-12:00、13:30-17:30，周六、周日休息。",
    "工作日08:30-11:30，14:00-17:00，节假日除外。",
    "依据消费者权益保护法第十二条、第十三条、第十五条办理。",
    "依据第13条、第14条、第15条第1款第2项、第16条。",
    "请拨打12315或者12345反映，服务热线400-800-8820。",
    "投诉电话12315，电话：0571-12345。",
    "客服电话4008008820，电话95588。",
    "金额共计1280.50元，分3期，每期100元，合计13800138000元。",
    "价格区间为15000-200000元，均价130000元。",
    "价格分别为1380、1390、140元。",
    "2026年11月27日至2026年12月5日公示，公示期5个工作日。",
    "2026-11-27至2026-12-05公示。",
    "会议于14:00-15:30召开，2026-12-05前反馈。",
    "比分为13：15、16：18、19：21、22：20。",
    "温度13.8～15.6℃，湿度45%-60%，误差0.5%。",
    "抽检18、19、20、21、22、23号样品均合格。",
    "批次为13、14、15、16、17、18、19。",
    "文号市监〔2026〕第123号，公告第45号。",
    "地铁12号线，5路公交车，101路末班车21:30。",
    "石家庄12号发布预警，李家庄3号机井已修复。",
    "联系人高度负责，联系人应及时回复，联系人于当日反馈。",
    "联系人陈述属实，收货人周末签收，收件人张贴通知。",
    "联系人及电话已核实，电话已接通，手机已送修。",
    "我叫了外卖，商家叫错号码。",
    "姓名：匿名。姓名：已核实。",
    "护照已退还，身份证2份，证件齐全。",
    "1、退款；2、换货；3、赔偿；4、道歉；5、整改；6、培训；7、公示；8、回访；9、归档。",
    "第1、3、4、5、6、7、8、9、10、11项成立。",
    "高校长期缺少窗口，任班长途客车停运。",
    "面积为89.5、90.2、101.3、120.8平方米。",
    "满意率95.5%、96.2%、97.8%，办结率100%。",
    "版本1.3.8升级为1.3.9。",
    "3—5个工作日内答复，15-20日内办结，7-30天内回访。",
    "小区2026-11-27停水，花园12-3层平台已修复，小区15-2000元不等。",
    "价格为139、1000、1200元，电话已接通，13、14、15日回访。",
    "增加微量元素，加薇菜一份，加V字领。",
    "第Ⅲ类医疗器械，Ⅱ级预警，Ⅰ、Ⅱ、Ⅲ类产品。",
]
MARKED = [
    "The nickname is wrong. It is wrong again.",
    "设备序列号15912345678A已更换。",
    "昵称：无。用户名是空的。",
]
INTRODUCED = [
    ("姓名：赵铁柱", "赵铁柱"),
    ("我叫赵铁柱，", "赵铁柱"),
    ("联系人张三丰", "张三丰"),
    ("姓名是陈晓", "陈晓"),
    ("收货人：高明", "高明"),
    ("联系人：欧阳娜娜", "欧阳娜娜"),
    ("座机87654321", "87654321"),
    ("电话：8765-4321", "8765-4321"),
    ("卡号6222020012345678901", "6222020012345678901"),
    ("卡号 6222 0200 1234 5678 901", "6222 0200 1234 5678 901"),
    ("护照E12345678", "E12345678"),
    ("护照号码：EA1234567", "EA1234567"),
    ("身份证号110105194912310021", "110105194912310021"),
]
VARIANTS = [
    *("浙A12345D", "浙A12345F", "浙AD12345", "浙A1A234", "浙A·1A2B3", "滬A12345", "浙A一二三四五"),
    *("139_1234_5678", "ⅠⅢⅨⅠⅡⅢⅣⅤⅥⅦⅧ", "ⅰⅲⅸⅰⅱⅲⅳⅴⅵⅶⅷ", "138 00 13 80 00", "1-3-8-0-0-1-3-8-0-0-0", "15:30 13800138000"),
    *("11010519491231002X", "440524188001010014", "110105 19491231 002X", "110105491231002"),
    *("3栋301", "3-2-301室", "李家庄12号", "东门外甲6号", "解放 路 一百 号", "解 放 路 100 号", "阳光花园三期3栋301"),
    *("5号楼3单元301", "2单元1201", "三栋三〇一", "3幢2单元301室", "3号2单元301室", "12号楼 1502"),
    *("微 信 号 x", "微 信 ： abc_1", "v x: abc1", "w x：wang88", "Q Q 12345678"),
    *("Wang先生", "wang女士", "WANG老师", "王副总", "王校长", "王班长", "王大夫", "王夫人", "王氏夫妇", "王院长"),
    *("王XX", "王xx", "王○○", "王××", "王**"),
]


def found(text: str, terms: Terms = PARTY) -> list[str]:
    return [text[one.start : one.end] for one in find(text, terms)]


@pytest.mark.parametrize("text", HONEST)
def test_an_honest_sentence_has_no_finding(text: str) -> None:
    assert found(text) == []
    assert [text[one.start : one.end] for one in doubts(text, PARTY)] == []


@pytest.mark.parametrize("text", MARKED)
def test_an_honest_sentence_with_a_doubt_is_not_refused(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("text", HONEST)
def test_an_honest_sentence_of_a_complaint_keeps_no_other_from_publication(text: str) -> None:
    terms = of_free_text(text)

    assert {other: names for other in HONEST if other != text and (names := found(other, terms))} == {}


@pytest.mark.parametrize("form", VARIANTS)
@pytest.mark.parametrize("sentence", ["经核实，{}所述属实。", "经查{}，情况属实。"])
def test_a_variant_has_a_finding(sentence: str, form: str) -> None:
    assert len(found(sentence.format(form))) == 1


@pytest.mark.parametrize(("text", "particular"), INTRODUCED)
def test_what_a_text_introduces_is_found_without_its_introduction(text: str, particular: str) -> None:
    assert found(f"经核实，{text}。", Terms()) == [particular]


@pytest.mark.parametrize(
    "number", ["110105194913310021", "110105194912310022", "990105194912310021", "110105491331002"]
)
def test_a_number_without_a_day_of_birth_or_check_digit_is_no_identity_number(number: str) -> None:
    assert found(f"单号{number}。") == []


@pytest.mark.parametrize("word", ["退款", "支付", "商家退款", "未填写", "wrong", "正确的名字"])
def test_an_ordinary_word_as_a_nickname_is_marked_at_its_own_place_only(word: str) -> None:
    text = f"昵称：{word}，商家已{word}。"

    assert found(text, of_free_text(text)) == []
    assert [text[one.start : one.end] for one in doubts(text, Terms())] == [word]


@pytest.mark.parametrize(
    ("sentence", "nickname"),
    [
        ("网名叫小白兔。", "小白兔"),
        ("昵称“快乐小狗”。", "快乐小狗"),
        ("昵称：贝贝。", "贝贝"),
        ("username: bunny_88", "bunny_88"),
        ("She goes by Bunny.", "Bunny"),
        ("又名小辣椒", "小辣椒"),
    ],
)
def test_a_nickname_is_found_elsewhere(sentence: str, nickname: str) -> None:
    assert found(f"用户 {nickname} 来电", of_free_text(sentence)) == [nickname]


def test_a_name_that_the_case_introduces_is_found_elsewhere() -> None:
    assert found("赵铁柱到场", of_free_text("我叫赵铁柱，要求退款")) == ["赵铁柱"]
