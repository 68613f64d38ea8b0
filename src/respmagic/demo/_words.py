"""Word lists: words of grammar, orders, negations, opposites, feelings, places."""

from __future__ import annotations

__all__ = [
    "COMMANDS",
    "FILLER",
    "FILLER_ZH",
    "GENERIC",
    "NEGATIONS",
    "OPPOSITES",
    "PLACES_ZH",
    "SENTIMENT",
]

# Words that almost every tool has in its name or description: they tell no tool from another.
GENERIC = frozenset(
    "get fetch retrieve obtain return returns give given giving tell show provide provides use "
    "used using tool function call specified based support supports allow allows value values "
    "param parameter argument input output e.g eg etc example optional required default current "
    "currently simple basic certain specific perform do does handle helper utility service api "
    "new latest now today result results info information run execute check data look want need "
    "like two one number numbers list name first second user 获取 当前 执行 支持 包括 指定 返回 "
    "查看 查询 可以 提供 得到 查 用户 信息 结果 默认".split()
)

FILLER = frozenset(
    "a an the this that these those is are was were be been being am do does did done have has "
    "had i me my mine you your yours he him his she her it its we us our they them their who whom "
    "whose what which when where why how and or but if then else so than too very can could would "
    "should will shall may might must of to in on at by for with from into onto about as up down "
    "out off over under again please kindly just also both either each let lets let's i'd i'll "
    "i'm it's what's where's how's that's there there's here some any no not don't doesn't didn't "
    "isn't aren't won't can't cannot well now want need like would'd same saying works lives "
    "speaks aged named called titled entitled time's who's you're we're they're i've think know "
    "sure maybe really quite much many more give tell show get make using use help following "
    "things thing once finally next after before between plus via per vs right way kind sort_of "
    "currently currently's today's go going got put out's looks look am's later together most "
    "least every".split()
)

# Verbs that open an order, so that their capital makes no name.
COMMANDS = frozenset(
    "hi hello hey ok okay thanks thank explain compose discuss elaborate invent imagine consider "
    "enter provide perform determine estimate figure identify highlight illustrate outline "
    "prepare process produce publish simulate randomize grab return swap tidy turn switch put "
    "place submit respond answer mark assume suppose using after before while once today tomorrow "
    "dear visualize visit describe build grow remember whats solve stop start reply apply insert "
    "append prepend include exclude ensure note".split()
)

FILLER_ZH = (
    "的 了 吗 呢 吧 啊 呀 嘛 是 在 和 与 及 以及 或 或者 并 并且 而且 还有 还 也 都 就 才 又 再 "
    "然后 接着 最后 请 请问 请你 麻烦 帮 帮我 帮忙 帮助 给 给我 替我 为 为我 我 你 您 他 她 它 "
    "我们 你们 他们 自己 我的 你的 把 将 被 让 用 使用 通过 根据 按照 对 对于 关于 从 到 至 往 向 "
    "由 于 之 之间 以 所 其 该 这 那 这个 那个 这些 那些 什么 怎么 怎样 怎么样 如何 为什么 哪 "
    "哪个 哪些 哪里 谁 几 多少 多 很 非常 比较 一下 一个 一些 一封 一首 一段 一篇 一句 一部 一家 "
    "一间 一盏 一次 一份 一张 一条 一只 一件 个 位 次 份 张 条 只 件 项 种 想 想要 要 需要 希望 "
    "能 能不能 能否 可以 可不可以 会 应该 必须 有 没有 没 不 不要 别 不用 无需 告诉 告诉我 知道 "
    "说 说说 看 看看 问 问问 下 上 里 中 内 外 前 后 同时 另外 此外 顺便 首先 其次 第一 第二 以下 "
    "如下 几件事 做 做以下 事 事情 任务 执行 并行 工具 调用 测试 谢谢 你好 您好 现在 当前 目前 "
    "今天 明天 后天 昨天 吗? 成 为了 如果 的话 时候 等 等等 左右 大概 先 各 出 共 那儿 这儿 那里 "
    "三列 两列 列都 们 范围 介于 得到 得出 那么 一共 总共 这里 咱们 大家 进行 完成 一起 分别 每 "
    "是多少 多大"
).split()

NEGATIONS = frozenset(
    "not no don't doesn't without never dont except 不 不要 别 不用 无需 没有 不带 不含 勿".split()
)

# Concepts that exclude each other: a text about the one is no reason to call a tool for the other.
OPPOSITES = tuple(
    (pair.partition("/")[0], pair.partition("/")[2])
    for pair in (
        "create/delete update/delete send/read encode/decode encrypt/decrypt lowercase/uppercase "
        "maximum/minimum ascending/descending on/off open/close start/stop lock/unlock buy/sell "
        "book/cancel deposit/withdraw increase/decrease include/exclude upload/download head/tail "
        "public/private"
    ).split()
)


SENTIMENT = {
    "positive": frozenset(
        "love great good excellent amazing wonderful happy best like fantastic nice awesome "
        "perfect "
        "enjoy enjoyed glad superb 喜欢 很好 好 棒 开心 高兴 满意 优秀 爱 推荐".split()
    ),
    "negative": frozenset(
        "hate bad terrible awful worst horrible sad poor disappointed disappointing broken angry "
        "annoying slow useless dislike 讨厌 差 糟糕 失望 难过 生气 垃圾 坏 难用".split()
    ),
}

# Places whose characters are words of their own, so that the text does not fall apart there.
PLACES_ZH = (
    "北京 上海 天津 重庆 成都 南京 东京 西安 广州 深圳 杭州 武汉 苏州 青岛 大连 厦门 长沙 三亚 "
    "高雄 台北 香港 澳门 中国 美国 英国 法国 德国 日本 韩国 泰国 印度 俄罗斯 意大利 加拿大 "
    "澳大利亚 新加坡 巴黎 伦敦 纽约 罗马 柏林 首尔 大阪 京都 曼谷 悉尼 莫斯科 洛杉矶 旧金山 "
    "华盛顿 芝加哥 上饶 中山 东莞 合肥 和田 南昌 长春 大同 大理 张家口 天安门 故宫 长城 外滩 西湖 "
    "南山 和平路 人民广场 天坛 大雁塔 中关村 里斯本 马德里 巴塞罗那 米兰 维也纳 布拉格 阿姆斯特丹 "
    "苏黎世 日内瓦 迪拜 多伦多 温哥华 墨尔本 开罗 雅典 威尼斯 佛罗伦萨 慕尼黑 法兰克福 河内 "
    "吉隆坡 雅加达 孟买 新德里 名古屋 札幌 福冈 釜山 波士顿 西雅图 迈阿密 爱丁堡 都柏林 奥斯陆 "
    "赫尔辛基 华沙 布达佩斯 石家庄 哈尔滨 昆明 贵阳 乌鲁木齐 南宁 福州 郑州 济南 太原 沈阳 宁波 "
    "无锡 温州 珠海 海口 拉萨 兰州 银川 西宁 桂林 洛阳 佛山"
).split()
