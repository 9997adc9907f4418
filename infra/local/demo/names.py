"""Names of the demonstration: of its organisations, people and units, as real ones would be written."""

from __future__ import annotations

from itertools import cycle, islice

_PEOPLE = (
    *("方敏", "许宁", "何冬", "林悦", "周可", "唐文", "沈岚", "顾平", "梁玉", "韩青"),
    *("罗一鸣", "宋佳", "程远", "邓洁", "彭涛", "曾燕", "田丰", "董晓", "袁立", "潘静"),
)
"""Of people who do not exist."""
_ORGANISATIONS = {
    "auto-repair": "恒通汽车维修",
    "auto-repair-forms": "恒通汽车集团",
    "corporate-standard": "江禾电器",
    "customer-service": "清溪家居",
    "food-drug-administration": "江禾区食品药品监督管理局",
    "government-service-centre": "江禾区政务服务中心",
    "platform": "云桥网购平台",
    "property-management": "北苑物业",
    "telecom-regulator": "江禾省通信管理局",
}
"""Of the presets for which a plausible name is known. They do not exist either."""
_UNITS = {"east": "东区", "west": "西区"}


def organisation(preset: str) -> str:
    return _ORGANISATIONS.get(preset, f"演示机构 {preset}")


def people(number: int) -> list[str]:
    """Names of this many people of one organisation."""
    found = list(islice(cycle(_PEOPLE), number))
    return [name if at < len(_PEOPLE) else f"{name} {at // len(_PEOPLE) + 1}" for at, name in enumerate(found)]


def unit(id_: str) -> str:
    return _UNITS.get(id_, id_.capitalize())
