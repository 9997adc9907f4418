"""Texts about due times, pauses, tasks and misses."""

from chalicelib.policy.language.default_wording.reader_wording import for_everybody, wording

TEXTS = {
    "parked": wording(
        topic=("已转为未了事宜", "on hold"),
        complainant=(
            "您的投诉 {number} 已暂停办理，转为未了事宜。",
            "Your complaint {number} is on hold as a pending matter.",
        ),
        respondent=(
            "针对您的投诉 {number} 已暂停办理，转为未了事宜。",
            "Complaint {number} about you is on hold as a pending matter.",
        ),
        staff=("投诉 {number} 已暂停办理，转为未了事宜。", "Complaint {number} is on hold as a pending matter."),
    ),
    "resumed": wording(
        topic=("已恢复处理", "resumed"),
        complainant=(
            "您的投诉 {number} 已恢复处理。",
            "The handling of your complaint {number} has been resumed.",
        ),
        respondent=(
            "针对您的投诉 {number} 已恢复处理。",
            "The handling of complaint {number} about you has been resumed.",
        ),
        staff=(
            "投诉 {number} 已恢复处理[，最近的期限：{until}]。",
            "The handling of complaint {number} has been resumed[; the next step is due {until}].",
        ),
    ),
    "promised": wording(
        topic=("反馈时间", "time of our answer"),
        complainant=(
            "关于您的投诉 {number}，我们将[于{until}]向您反馈。",
            "You will hear from us about your complaint {number}[ {until}].",
        ),
        respondent=(
            "关于针对您的投诉 {number}，已承诺[于{until}]向投诉人反馈。",
            "The complainant was promised an answer to complaint {number} about you[ {until}].",
        ),
        staff=(
            "投诉 {number}：已承诺[于{until}]向投诉人反馈。",
            "The complainant was promised an answer to complaint {number}[ {until}].",
        ),
    ),
    "extended": wording(
        topic=("期限已延长", "deadline extended"),
        complainant=(
            "您的投诉 {number} 有一项期限已延长[，新的期限：{until}]。",
            "A deadline of your complaint {number} has been extended[; it is now due {until}].",
        ),
        respondent=(
            "针对您的投诉 {number} 有一项期限已延长[，新的期限：{until}]。",
            "A deadline of complaint {number} about you has been extended[; it is now due {until}].",
        ),
        staff=(
            "投诉 {number} 有一项期限已延长[，新的期限：{until}]。",
            "A deadline of complaint {number} has been extended[; it is now due {until}].",
        ),
    ),
    "task_opened": wording(
        topic=("有待办事项", "task"),
        complainant=(
            "您的投诉 {number} 有一项由您完成的事项：{task}，请您[于{by}]完成。",
            "Please complete this task in your complaint {number}[ {by}]: {task}.",
        ),
        respondent=(
            "针对您的投诉 {number} 有一项由您完成的事项：{task}，请您[于{by}]完成。",
            "Please complete this task in complaint {number} about you[ {by}]: {task}.",
        ),
        staff=(
            "投诉 {number} 有待办事项：{task}，请[于{by}]完成。",
            "Please complete this task in complaint {number}[ {by}]: {task}.",
        ),
    ),
    "task_done": wording(
        topic=("待办事项已完成", "task done"),
        complainant=(
            "您的投诉 {number} 有一项待办事项已完成：{task}。",
            "A task in your complaint {number} is done: {task}.",
        ),
        respondent=(
            "针对您的投诉 {number} 有一项待办事项已完成：{task}。",
            "A task in complaint {number} about you is done: {task}.",
        ),
        staff=(
            "投诉 {number} 的待办事项已完成：{task}，请查阅。",
            "A task in complaint {number} is done: {task}. Please read it.",
        ),
    ),
    "warned": wording(
        topic=("期限即将届满", "deadline near"),
        complainant=(
            "您的投诉 {number} 有一项期限即将届满[，须于{by}处理]。[事项：{clock}。]",
            "A deadline of your complaint {number} is near[; it is due {by}].[ What is due: {clock}.]",
        ),
        respondent=(
            "针对您的投诉 {number} 有一项期限即将届满[，请您于{by}处理]。[事项：{clock}。]",
            "A deadline of complaint {number} about you is near[; it is due {by}].[ What is due: {clock}.]",
        ),
        staff=(
            "投诉 {number} 有一项期限即将届满[，请于{by}处理]。[事项：{clock}。]",
            "A deadline of complaint {number} is near[; it is due {by}].[ What is due: {clock}.]",
        ),
    ),
    "escalated": wording(
        topic=("已超过期限", "overdue"),
        complainant=(
            "您的投诉 {number} 已超过期限，现交由上一级处理。[逾期事项：{clock}。][原应于{by}完成。]",
            "Your complaint {number} is overdue and has been escalated.[ What is overdue: {clock}.][ It was due {by}.]",
        ),
        respondent=(
            "针对您的投诉 {number} 已超过期限，现交由上一级处理。[逾期事项：{clock}。][原应于{by}完成。]",
            "Complaint {number} about you is overdue and has been escalated."
            "[ What is overdue: {clock}.][ It was due {by}.]",
        ),
        staff=(
            "投诉 {number} 已超过期限，升级至本层级，请处理。[逾期事项：{clock}。][原应于{by}完成。]",
            "Complaint {number} is overdue and has been escalated to you. Please deal with it."
            "[ What is overdue: {clock}.][ It was due {by}.]",
        ),
    ),
    "missed": wording(
        topic=("已超过期限", "overdue"),
        complainant=(
            "您的投诉 {number} 已超过最高层级的期限，仍未处理。[逾期事项：{clock}。][原应于{by}完成。]",
            "Your complaint {number} is still overdue on the highest tier."
            "[ What is overdue: {clock}.][ It was due {by}.]",
        ),
        respondent=(
            "针对您的投诉 {number} 已超过最高层级的期限，仍未处理。[逾期事项：{clock}。][原应于{by}完成。]",
            "Complaint {number} about you is still overdue on the highest tier."
            "[ What is overdue: {clock}.][ It was due {by}.]",
        ),
        staff=(
            "投诉 {number} 已超过最高层级的期限，仍未处理，请处理。[逾期事项：{clock}。][原应于{by}完成。]",
            "Complaint {number} is still overdue on the highest tier. Please deal with it."
            "[ What is overdue: {clock}.][ It was due {by}.]",
        ),
    ),
    "overdue": wording(
        topic=("期限已过", "deadline passed"),
        complainant=(
            "您的投诉 {number} 有一项期限已过，请您处理。[逾期事项：{clock}。][原应于{by}完成。]",
            "A deadline of your complaint {number} has passed. Please deal with it."
            "[ What is overdue: {clock}.][ It was due {by}.]",
        ),
        respondent=(
            "针对您的投诉 {number} 有一项期限已过，请您处理。[逾期事项：{clock}。][原应于{by}完成。]",
            "A deadline of complaint {number} about you has passed. Please deal with it."
            "[ What is overdue: {clock}.][ It was due {by}.]",
        ),
        staff=(
            "投诉 {number} 有一项期限已过，请尽快处理。[逾期事项：{clock}。][原应于{by}完成。]",
            "A deadline of complaint {number} has passed. Please deal with it."
            "[ What is overdue: {clock}.][ It was due {by}.]",
        ),
    ),
    "tier_vacant": for_everybody(
        ("角色无人担任", "role without a person"),
        "投诉 {number} 有一项期限[“{clock}”][须于{by}处理，]现处第 {tier} 层级，而该层级的角色无人担任。"
        "请尽快为该层级的角色指定人员。",
        "A deadline of complaint {number}[ ({clock}, due {by})] is on tier {tier}, where nobody has a role. "
        "Please give somebody one of the tier's roles.",
    ),
    "nobody_left": for_everybody(
        ("角色无人可以处理", "role without a person"),
        "投诉 {number}：角色“{role}”的人员因此前的“{event}”均不能参与处理。请为该角色另行指定人员。",
        "Complaint {number}: an earlier step ({event}) excludes everybody in the role {role}. "
        "Please give the role to another person.",
    ),
    "role_vacant": for_everybody(
        ("角色无人担任", "role without a person"),
        "“{number}”有事项等待“{role}”处理，但没有人担任该角色。请尽快指定人员。",
        "Something about {number} is waiting for the {role}, and nobody has this role. Please give it to somebody.",
    ),
    "route_vacant": for_everybody(
        ("角色无人担任", "role without a person"),
        "投诉 {number} 由“{role}”负责处理，但没有人担任该角色。请尽快指定人员。",
        "Complaint {number} is for the role {role}, which nobody has. Please give it to somebody.",
    ),
}
