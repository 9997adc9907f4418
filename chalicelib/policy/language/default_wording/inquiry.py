"""Texts about the inquiry: evidence, findings, notes."""

from chalicelib.policy.language.default_wording.reader_wording import wording

TEXTS = {
    "evidence_demanded": wording(
        topic=("需要提供证据", "evidence needed"),
        complainant=(
            "您的投诉 {number} 需要您提供证据[，请于{until}提交]。",
            "Please provide evidence for your complaint {number}[ {until}].",
        ),
        respondent=(
            "针对您的投诉 {number} 需要您提供证据[，请于{until}提交]。",
            "Please provide evidence for complaint {number} about you[ {until}].",
        ),
        staff=(
            "投诉 {number} 已要求[{party}]提供证据[，须于{until}提交]。",
            "Evidence was requested[ from the {party}] in complaint {number}[, to be provided {until}].",
        ),
    ),
    "evidence_received": wording(
        topic=("已收到证据", "evidence received"),
        complainant=("您的投诉 {number} 已收到证据。", "Evidence has been received for your complaint {number}."),
        respondent=(
            "针对您的投诉 {number} 已收到证据。",
            "Evidence has been received for complaint {number} about you.",
        ),
        staff=(
            "投诉 {number} 已收到[{party}提交的]证据。",
            "Evidence[ from the {party}] has been received for complaint {number}.",
        ),
    ),
    "demand_lapsed": wording(
        topic=("举证期限已过", "the time for evidence is over"),
        complainant=(
            "您的投诉 {number} 的举证期限已过，未收到证据。",
            "The time for evidence in your complaint {number} is over, and none has been received.",
        ),
        respondent=(
            "针对您的投诉 {number} 的举证期限已过，未收到证据。",
            "The time for evidence in complaint {number} about you is over, and none has been received.",
        ),
        staff=(
            "投诉 {number} 的举证期限已过，未收到[{party}提交的]证据。",
            "The time for evidence in complaint {number} is over, and none has been received[ from the {party}].",
        ),
    ),
    "no_answer_recorded": wording(  # to a demand of a respondent whom the system does not reach
        topic=("举证期限已过", "the time for evidence is over"),
        complainant=(
            "您的投诉 {number} 的举证期限已过，尚无被投诉方答复的记录。",
            "The time for evidence in your complaint {number} is over, and no answer of the respondent is on record.",
        ),
        respondent=(
            "针对您的投诉 {number} 的举证期限已过，尚无您答复的记录。您仍可提交。",
            "The time for evidence in complaint {number} about you is over, and no answer of yours is on record. "
            "You can still give one.",
        ),
        staff=(
            "投诉 {number} 的举证期限已过，尚无被投诉方答复的记录。如已收到或后续收到答复，请登记。",
            "The time for evidence in complaint {number} is over, and no answer of the respondent is on record. "
            "If one has come, or comes later, please record it.",
        ),
    ),
    "demand_begun": wording(  # after the decisions on masks, for which the time of the demand waited
        topic=("举证时间开始", "time for evidence begins"),
        complainant=(
            "您的投诉 {number} 中，对方的举证时间已开始计算[，须于{by}提交]。",
            "In your complaint {number}, the other party's time for evidence begins[; it is to be provided {by}].",
        ),
        respondent=(
            "针对您的投诉 {number} 的举证时间自现在起计算[，请于{by}提交]。",
            "Your time for evidence in complaint {number} about you begins now[; please provide it {by}].",
        ),
        staff=(
            "投诉 {number} 要求被投诉方举证的时间开始计算[，须于{by}提交]。",
            "The respondent's time for evidence in complaint {number} begins[; it is to be provided {by}].",
        ),
    ),
    "time_begun": wording(  # as `demand_begun`, of a clock of the respondent
        topic=("答复时间开始", "time to answer begins"),
        complainant=(
            "您的投诉 {number} 中，对方的答复时间已开始计算[，截止{by}]。",
            "In your complaint {number}, the other party's time to answer begins[; it ends {by}].",
        ),
        respondent=(
            "针对您的投诉 {number} 的答复时间自现在起计算[，请于{by}答复]。",
            "Your time to answer in complaint {number} about you begins now[; please answer {by}].",
        ),
        staff=(
            "投诉 {number} 中被投诉方的答复时间开始计算[，截止{by}]。",
            "The respondent's time to answer in complaint {number} begins[; it ends {by}].",
        ),
    ),
    "masks_pending": wording(  # for members, who decide on the masks
        topic=("遮盖内容待核实", "masks to be checked"),
        complainant=(
            "您的投诉 {number} 中向对方遮盖的内容有待核实。",
            "What is masked for the other party in your complaint {number} is being checked.",
        ),
        respondent=(
            "针对您的投诉 {number} 中的遮盖内容有待核实。",
            "The masks in complaint {number} about you are being checked.",
        ),
        staff=(
            "投诉 {number} 向被投诉方显示的文字中有遮盖内容待核实，请逐项确认或取消遮盖。"
            "全部核实后，被投诉方的举证或答复时间才开始计算。",
            "Texts that the respondent of complaint {number} reads have masks. Please release or confirm each of them. "
            "The respondent's time begins when all are decided.",
        ),
    ),
    "inspected": wording(
        topic=("已核实情况", "facts checked"),
        complainant=("您的投诉 {number} 所述情况已核实。", "The facts of your complaint {number} have been checked."),
        respondent=(
            "针对您的投诉 {number} 所述情况已核实。",
            "The facts of complaint {number} about you have been checked.",
        ),
        staff=("投诉 {number} 所述情况已核实。", "The facts of complaint {number} have been checked."),
    ),
    "liability_found": wording(
        topic=("已认定责任", "liability determined"),
        complainant=("您的投诉 {number} 已认定责任。", "The liability in your complaint {number} has been determined."),
        respondent=(
            "针对您的投诉 {number} 已认定责任。",
            "The liability in complaint {number} about you has been determined.",
        ),
        staff=("投诉 {number} 已认定责任。", "The liability in complaint {number} has been determined."),
    ),
    "mediated": wording(
        topic=("已进行调解", "mediation"),
        complainant=("您的投诉 {number} 已进行调解。", "There has been a mediation in your complaint {number}."),
        respondent=(
            "针对您的投诉 {number} 已进行调解。",
            "There has been a mediation in complaint {number} about you.",
        ),
        staff=("投诉 {number} 已进行调解。", "There has been a mediation in complaint {number}."),
    ),
    "recused": wording(
        topic=("有人员回避", "a person has withdrawn"),
        complainant=(
            "您的投诉 {number} 有一名办理人员已回避。",
            "A person who handled your complaint {number} has withdrawn from it.",
        ),
        respondent=(
            "针对您的投诉 {number} 有一名办理人员已回避。",
            "A person who handled complaint {number} about you has withdrawn from it.",
        ),
        staff=(
            "投诉 {number} 有一人已回避[；以下工作须由他人重新进行：{repeat}]。",
            "A person has withdrawn from the handling of complaint {number}[; others must repeat: {repeat}].",
        ),
    ),
    "noted": wording(
        topic=("有新的备注", "new note"),
        complainant=("您的投诉 {number} 有新的备注。", "There is a new note in your complaint {number}."),
        respondent=("针对您的投诉 {number} 有新的备注。", "There is a new note in complaint {number} about you."),
        staff=("投诉 {number} 有新的备注。", "There is a new note in complaint {number}."),
    ),
    "ticked": wording(
        topic=("办理有新进展", "progress"),
        complainant=(
            "您的投诉 {number} 的办理有新进展。",
            "A step in the handling of your complaint {number} is done.",
        ),
        respondent=(
            "针对您的投诉 {number} 的办理有新进展。",
            "A step in the handling of complaint {number} about you is done.",
        ),
        staff=(
            "投诉 {number} 的办理指引有一项已勾选。",
            "A line of the guidance of complaint {number} has been ticked.",
        ),
    ),
    "recorded_for_you": wording(
        topic=("已代为登记", "statement recorded"),
        complainant=(
            "您的投诉 {number}：我们已代您登记“{event}”。如非您的本意，请尽快与我们联系。",
            "Your complaint {number}: we have recorded this on your behalf: {event}. "
            "If you did not say so, please tell us.",
        ),
        respondent=(
            "针对您的投诉 {number}：已代投诉人登记“{event}”。",
            "Complaint {number} about you: this was recorded for the complainant: {event}.",
        ),
        staff=(
            "投诉 {number}：已代投诉人登记“{event}”。",
            "Complaint {number}: this was recorded on the complainant's behalf: {event}.",
        ),
    ),
    "notified": wording(
        topic=("有新的通知", "notice"),
        complainant=("您的投诉 {number} 有新的通知。", "There is a notice in your complaint {number}."),
        respondent=("针对您的投诉 {number} 有新的通知。", "There is a notice in complaint {number} about you."),
        staff=("投诉 {number} 有新的通知。", "There is a notice in complaint {number}."),
    ),
    "unreachable": wording(
        topic=("未能取得联系", "not reached"),
        complainant=(
            "关于您的投诉 {number}，我们未能联系上您。",
            "We could not reach you about your complaint {number}.",
        ),
        respondent=(
            "针对您的投诉 {number}：未能联系上投诉人。",
            "Complaint {number} about you: the complainant could not be reached.",
        ),
        staff=("投诉 {number}：未能联系上投诉人。", "The complainant of complaint {number} could not be reached."),
    ),
}
