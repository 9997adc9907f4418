"""A shop with printed forms. The clerk may not see the complainant, who prints a copy, as does the respondent."""

from __future__ import annotations

from tests.clauses.organisation import Organisation, hire, sign_up_with
from tests.clauses.world import InProcess

POLICY = """
language: 1
name: {zh: 小店, en: A shop}
calendar: {timezone: Asia/Shanghai, hours: {mon-fri: ["09:00-17:00"]}, day_ends: midnight}
people: {agent: {zh: 坐席, en: Agent}, clerk: {zh: 文员, en: Clerk}}
intake:
  channels: {desk: {zh: 柜台, en: Desk}}
  categories: {topic: {goods: {zh: 商品, en: Goods}, staff: {zh: 员工, en: Staff}}}
  facts:
    complainant.name: {zh: 姓名, en: Name}
    content: {zh: 内容, en: Content, required: true}
    bought_on: {zh: 购买日期, en: Bought on, kind: date}
    price: {zh: 价格, en: Price, kind: number}
    parts: {zh: 部件, en: Parts, kind: choices, choices: {lid: {zh: 盖, en: Lid}, handle: {zh: 柄, en: Handle}}}
  unit: optional
  tells: clerk
fields:
  officer: {zh: 经办人, en: Officer}
  answer: {zh: 答复, en: Answer}
  remark: {zh: 内部意见, en: Remark, holder: internal}
  reason: {zh: 理由, en: Reason}
stages:
  registered:
    name: {zh: 已登记, en: Registered}
    assign: {by: agent, needs: officer, assigns: {agent: officer}}
    reply: {by: agent, needs: answer, takes: remark}
    dispute: {by: complainant, takes: reason}
    close: {by: agent, to: closed, needs: answer}
  closed: {name: {zh: 已结案, en: Closed}}
clocks:
  answering:
    name: {zh: 答复期限, en: Answering}
    from: [registered, disputed]
    until: replied
    within: 2 working days
    missed: record
confidentiality:
  complainant: agent
  content: [agent, clerk, respondent]
forms:
  sheet:
    zh: 处理表
    en: Handling sheet
    sections:
      - zh: 登记
        en: Filing
        lines: [number, channel, topic, unit, stage, registered_at, complainant.name, content, bought_on, price, parts]
      - zh: 处理
        en: Handling
        lines:
          - officer
          - {zh: 全部答复, en: All answers, shows: answer, all: true}
          - {zh: 结案答复, en: Final answer, shows: answer, on: closed}
          - remark
          - {zh: 理由, en: Reason, shows: reason, all: true}
          - clock.answering
          - event.closed
          - events
  copy:
    zh: 投诉人联
    en: Copy
    by: [complainant, respondent, agent]
    sections: [{lines: [complainant.name, content, officer, answer, remark]}]
  personal: {zh: 经办表, en: For the officer, by: {role: agent, of: assigned}, sections: [{lines: number}]}
sample: {channel: desk, facts: {complainant.name: 标记甲, content: 壶漏水。}}
"""


def shop_in(world: InProcess) -> Organisation:
    """With a unit, its respondent, and a second agent."""
    shop = sign_up_with(world, POLICY)
    world.call("POST", f"{shop.path}/units", {"id": "hall", "name": "大厅"}, auth=shop.auth("owner"))
    hire(shop, "respondent", name="hall", unit="hall")
    hire(shop, "agent", name="other")
    return shop
