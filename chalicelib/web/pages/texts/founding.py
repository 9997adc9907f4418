"""Texts of the sign-up of an organisation."""

from __future__ import annotations

TEXTS = {
    "role.complainant": ("投诉人", "The complainant"),
    "role.respondent": ("被投诉方", "The respondent"),
    "role.owner": ("负责人", "An owner"),
    "role.routed": ("对应的部门", "The department in charge"),
    "found.title": ("开通投诉服务", "Open a complaints service"),
    "found.lead": (
        "选择最接近本单位的处理制度。开通后可以随时修改并发布新版本。",
        "Choose the procedure that is nearest to yours. You can change it at any time afterwards and publish new versions.",
    ),
    "found.choose": ("选择这个制度", "Choose this procedure"),
    "found.see": ("查看流程和期限", "See its steps and deadlines"),
    "found.stages": ("流程", "Steps"),
    "found.leads": ("{by}：{act} → {to}", "{by}: {act} → {to}"),
    "found.ends": ("流程结束", "The procedure ends here"),
    "found.deadlines": ("期限", "Deadlines"),
    "found.chosen": ("处理制度：{title}", "Procedure: {title}"),
    "found.name": ("单位名称", "Name of the organisation"),
    "found.id": ("网址中的名称", "Name in the address"),
    "found.id_hint": (
        "3 至 40 个小写字母、数字和连字符，例如 west-street-hall",
        "3 to 40 lower-case letters, digits and hyphens, for example west-street-hall",
    ),
    "found.email": ("您的电子邮箱", "Your e-mail address"),
    "found.email_hint": ("初始密码会发到这个邮箱", "A first password is sent to this address"),
    "found.name_wrong": (
        "单位名称不能以空格开头，最多 100 个字",
        "The name begins with no space and has at most 100 characters",
    ),
    "found.id_wrong": (
        "网址中的名称只能用 3 至 40 个小写字母、数字和连字符",
        "The name in the address has 3 to 40 lower-case letters, digits and hyphens",
    ),
    "found.email_wrong": (
        "请填写完整的电子邮箱，例如 name@example.com",
        "Enter a complete e-mail address, for example name@example.com",
    ),
    "found.send": ("注册", "Sign up"),
    "found.taken": ("这个名称已被使用，请换一个。", "This name is taken. Choose another."),
    "found.done": ("单位已注册", "The organisation is signed up"),
    "found.done_mail": (
        "我们已向 {email} 发送邮件，内有初始密码。请在七天内登录。",
        "A mail with a first password is on its way to {email}. Sign in within seven days.",
    ),
    "found.next": ("接下来", "What to do next"),
    "found.next_sign_in": (
        "用邮件中的密码登录，设置自己的密码。",
        "Sign in with the password of the mail, and set your own.",
    ),
    "found.next_people": ("邀请同事，并给他们分配角色。", "Invite colleagues and give them their roles."),
    "found.next_open": (
        "准备好后开通。开通前，本单位不受理投诉，投诉页面不显示内容，同事也收不到邀请邮件。"
        "目前请用下面的命令开通，其中 ID_TOKEN 是登录后取得的令牌：",
        "Open the organisation when it is ready. Until then it takes no complaints, its page shows nothing, and colleagues "
        "get no invitations. For now, this command opens it; ID_TOKEN is the token that you get when you sign in:",
    ),
    "found.open_call": ("开通的命令", "The command that opens it"),
    "found.next_page": ("把本单位的投诉页面告诉公众：", "Tell the public the address of your complaints page:"),
    "found.next_policy": (
        "按需要修改处理制度，先用过去的投诉检验，再发布。",
        "Change the procedure as you need, try it on past complaints, and publish it.",
    ),
}
"""The names of roles that every policy has, and the texts of the sign-up."""
