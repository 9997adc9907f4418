"""Texts of the filing of a complaint."""

from __future__ import annotations

TEXTS = {
    "file.title": ("提交投诉", "File a complaint"),
    "file.step": ("第 {number} 步，共 {count} 步", "Question {number} of {count}"),
    "file.channel": ("您通过哪种渠道投诉？", "How are you making this complaint?"),
    "file.channel_label": ("投诉渠道", "Channel"),
    "file.category_label": ("类别", "Category"),
    "file.unit_label": ("单位或部门", "Unit"),
    "file.category": ("您要投诉的是什么？", "What is the complaint about?"),
    "file.unit": ("投诉涉及哪个单位或部门？", "Which unit is it about?"),
    "file.no_unit": ("不清楚，或不涉及", "I do not know, or none"),
    "file.none": ("都不是", "None of these"),
    "file.facts": ("发生了什么？", "What happened?"),
    "file.respondent": ("您投诉的是谁？", "Who is the complaint about?"),
    "file.complainant": ("您的信息", "About you"),
    "file.anonymous": (
        "您可以匿名投诉：下面的信息都可以不填。不填联系方式，就只能用回执查询进度。",
        "You can stay anonymous: you may leave all of this empty. Without contact details, you can follow the complaint only with its receipt.",
    ),
    "file.who_reads": (
        "您填写的个人信息加密保存，可以查看的有：{roles}。代理上述人员的成员在代理期间也可以查看；本机构的负责人可以导出全部信息。",
        "Your personal details are encrypted. They can be read by: {roles}. So can a member who stands in for one of them, "
        "for that time. Owners of the organisation can export everything.",
    ),
    "file.listed": ("、", ", "),
    "file.assigned": ("{role}（限本投诉的经办人）", "{role} (only those assigned to this complaint)"),
    "file.not_other_party": (
        "以被投诉方身份登录的人看不到您在本页填写的信息。",
        "People who sign in as the party that you complain about do not see what you enter on this page.",
    ),
    "file.other_party_sees": (
        "以被投诉方身份登录的人可以看到本页的：{labels}；看不到本页的其他信息。",
        "Who signs in as the party that you complain about sees of this page: {labels}. They see nothing else of it.",
    ),
    "file.other_party_reads": (
        "被投诉的单位如有本系统的账户，以被投诉方身份登录的人可以看到您在本页填写的内容。其中识别出的姓名、号码和地址先予遮盖，经工作人员核实后才可能显示。"
        "订单号等未注明为电话或者证件的号码、未写明是姓名的他人姓名和文件内容不遮盖，系统也不能识别所有写法：不希望对方知道的个人信息，请不要写在本页。",
        "People who sign in as the party that you complain about read what you enter on this page, if it has an account here. "
        "Names, numbers and addresses that are found in it are masked until a member of staff has checked them. Order numbers "
        "and others that are not said to be of a phone or an identity paper, names of other people that are not introduced as "
        "such, and the content of files are not masked, and not every way to write particulars is found: do not enter here "
        "what the other party must not know about you.",
    ),
    "file.unit_reads": (
        "您投诉的单位中如有人担任以下职务、参与处理投诉，他们看到的内容不遮盖：{roles}。",
        "People of the unit that you complain about who work on complaints in one of these roles read this page without "
        "masks: {roles}.",
    ),
    "file.check": ("提交前请核对", "Check your answers"),
    "file.empty": ("未填写", "Not given"),
    "file.submit": ("提交投诉", "File the complaint"),
    "file.submit_how": (
        "提交后您会得到编号和回执。回执只显示一次，请准备好记录。",
        "You will get a number and a receipt. The receipt is shown once: be ready to save it.",
    ),
    "file.in_zone": ("时间按{zone}填写", "Times are {zone}"),
    "file.choose": ("请选择：{label}", "Choose an answer: {label}"),
    "file.missing": ("请填写：{label}", "Enter: {label}"),
    "file.wrong": ("{label}：{detail}", "{label}: {detail}"),
    "file.too_fast": ("提交得太快，请核对后再提交一次。", "That was very fast. Check your answers and file again."),
    "file.trap": ("请将此项留空", "Leave this empty"),
    "file.already": ("这份投诉已经提交", "This complaint was filed before"),
    "file.already_how": (
        "同一份表单已经提交过，后来修改的内容没有另外登记。要补充或更正，请凭编号和回执打开该投诉。",
        "The same form was filed before, and later changes of it were not registered. To add or correct something, open the complaint with its number and receipt.",
    ),
    "file.another": ("提交另一份投诉", "File another complaint"),
    "draft.offer": (
        "这台设备上有您填写后还没有提交的投诉。",
        "A complaint that you began and did not file is on this device.",
    ),
    "draft.restore": ("继续填写", "Go on with it"),
    "draft.discard": ("删除", "Delete it"),
    "draft.kept": (
        "您填写的内容暂存在这台设备上，关闭网页也不会丢失。提交后即删除，最多保留一天。",
        "What you type is kept on this device, so it is not lost if the page is closed. It is deleted when you file, and after a day.",
    ),
    "draft.forget": ("删除并且不再暂存", "Delete it and keep nothing"),
    "draft.deleted": (
        "已从这台设备删除。接下来填写的内容不再暂存。",
        "It is deleted from this device. Nothing more of this complaint is kept on it.",
    ),
    "filed.title": ("投诉已提交", "Your complaint is filed"),
    "filed.number": ("投诉编号", "Number"),
    "filed.receipt": ("回执", "Receipt"),
    "filed.keep": (
        "请现在记下或打印回执。它相当于密码：凭编号和回执可以查询进度、补充材料。请不要告诉他人。",
        "Save or print the receipt now. It works like a password: with number and receipt you can follow the complaint and add evidence. Do not give it to others.",
    ),
    "filed.qr": ("扫码打开本投诉", "Scan to open the complaint"),
    "filed.add": ("添加照片或文件", "Add photos or documents"),
    "filed.lost": (
        "回执遗失时，请带上编号联系受理单位，由工作人员核实后补发新的回执，旧的随即失效。",
        "If you lose the receipt, give the organisation your number. After checking who you are, its staff issue a new one; the old one stops working.",
    ),
    "filed.deadlines": ("接下来的期限", "What happens next, and when"),
    "filed.no_deadlines": ("目前没有需要您等待的期限。", "There is no deadline at present."),
    "filed.why": ("为什么是这个时间？", "Why this time?"),
    "filed.open": ("打开本投诉", "Open the complaint"),
}
