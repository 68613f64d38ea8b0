"""Concepts: meanings that several words share, in English and Chinese.

One line a concept: ``concept: english words | chinese words``. An underscore joins the words of a
phrase. A word may stand in several lines; inflected forms are found by stemming.
"""

from __future__ import annotations

__all__ = ["CONCEPTS"]


CONCEPTS = """
weather: weather forecast climate rain rainy sunny umbrella snow snowing hot cold warm windy humid meteo jacket freezing chilly cloudy foggy stormy thunderstorm | 天气 气象 预报 下雨 雨伞 带伞 下雪 气候 冷不冷 热不热
temperature: temperature temp degrees thermostat hot cold warm celsius fahrenheit | 温度 气温 几度 多少度 度数 摄氏度 华氏度 摄氏 华氏
humidity: humidity humid | 湿度
wind: wind windy | 风速 风力
air_quality: air_quality aqi pollution smog | 空气质量 污染 雾霾
sunrise: sunrise sun_rise sun_up dawn | 日出
sunset: sunset sun_set sun_down dusk | 日落
time: time clock o'clock | 时间 几点 点钟 时刻 钟点
date: date day calendar | 日期 几号 日子
weekday: weekday | 星期几 星期 周几 礼拜
now: now current currently today present latest live | 现在 当前 目前 今天 此刻 实时 最新
timezone: timezone time_zone tz | 时区
random: random randomly arbitrary chance | 随机 任意 随机数
number: number integer digit numeric float figure | 数字 整数 数值 随机数 数
dice: dice die roll d6 d20 | 骰子 掷 点数
coin: coin flip toss heads tails | 硬币 抛
generate: generate generator create make produce | 生成 产生 创建 制作
system: system os machine computer platform host hardware server | 系统 操作系统 机器 电脑 计算机 主机 服务器 平台
info: info information details specs about overview | 信息 详情 资料 情况
memory: memory ram | 内存 存储
cpu: cpu processor core load | 处理器 负载
disk: disk storage drive space | 磁盘 硬盘 空间
version: version release | 版本
status: status state condition health progress | 状态 状况 进度
calculate: calculate calculator calculation compute computation math mathematics mathematical arithmetic evaluate solve | 计算 运算 数学 算 算一下 求 等于 结果是多少 算术 计算器
add: add plus sum addition total increase adding + | 加 加上 相加 加法 之和 求和 加起来
subtract: subtract minus subtraction difference less take_away deduct - | 减 减去 相减 减法 之差
multiply: multiply times multiplication product multiplied × * mul | 乘 乘以 相乘 乘法 之积 乘积
divide: divide divided division quotient over ÷ / div | 除 除以 相除 除法 之商
power: power raise raised exponent exponentiate to_the_power pow ^ ** squared cubed | 幂 次方 乘方 幂运算 平方 立方 指数
modulo: modulo mod modulus remainder | 取余 余数 取模 模
square_root: square_root sqrt root | 平方根 开方 开平方 根号
square: square squared | 平方
factorial: factorial | 阶乘
fibonacci: fibonacci | 斐波那契
prime: prime primes primality | 质数 素数
gcd: gcd greatest_common_divisor common_divisor | 最大公约数 公约数
lcm: lcm least_common_multiple common_multiple | 最小公倍数 公倍数
percent: percent percentage % | 百分比 百分之 百分
round: round rounded rounding | 四舍五入 取整
logarithm: log logarithm ln | 对数
absolute: absolute abs | 绝对值
sine: sin sine | 正弦
cosine: cos cosine | 余弦
tangent: tan tangent | 正切
negate: negate negative opposite | 负数 取反
mean: mean average avg | 平均 平均值 均值 平均数
median: median | 中位数
mode: mode | 众数
maximum: maximum max largest highest biggest greatest most top upper high best | 最大 最大值 最高 最多 上限
minimum: minimum min smallest lowest least lower low fewest worst | 最小 最小值 最低 最少 下限
total: sum total | 总和 总计 合计 总数 求和
standard_deviation: standard_deviation stdev std deviation stddev | 标准差
variance: variance | 方差
statistics: statistics stats statistical summarise summarize summary describe mean median deviation | 统计 统计量 概况 描述
area: area surface | 面积
perimeter: perimeter circumference | 周长
volume: volume loudness loud quieter louder | 体积 音量
circle: circle circular disc | 圆 圆形
rectangle: rectangle rectangular | 矩形 长方形
triangle: triangle triangular hypotenuse | 三角形 斜边
radius: radius radii | 半径
diameter: diameter | 直径
width: width wide breadth | 宽 宽度
height: height tall high | 高 高度 身高
length: length long size characters chars | 长 长度 位数 字符数
depth: depth deep | 深 深度
weight: weight weigh heavy mass | 体重 重量 重 质量
age: age old | 年龄 岁
distance: distance far | 距离 多远 路程
speed: speed velocity fast | 速度 多快
bmi: bmi body_mass | 体质指数 身体质量指数
convert: convert conversion converter exchange change transform into turn_into | 转换 换算 转成 换成 兑换 转为 变成 折合 转化 等于多少
unit: unit measurement | 单位 计量
currency: currency currencies money forex exchange_rate fx | 货币 汇率 外汇 币种 钱
rate: rate ratio interest | 汇率 利率 比率 费率 年利率
price: price cost quote worth fee | 价格 价钱 多少钱 报价 费用 股价 售价
stock: stock share ticker equity equities nasdaq shares trading | 股票 股价 股市
crypto: crypto cryptocurrency bitcoin ethereum btc eth coin | 比特币 加密货币 以太坊
loan: loan mortgage credit borrow | 贷款 房贷 借款
payment: payment pay installment | 付款 支付 还款 月供
interest: interest compound compounded invest investment | 利息 复利 投资 理财
principal: principal deposit capital loan | 本金 存款
tip: tip gratuity | 小费
tax: tax vat | 税 税款 税率 个税
bill: bill invoice receipt check | 账单 发票
discount: discount off sale coupon | 折扣 打折 优惠
budget: budget spend spending expense | 预算 支出 开销
salary: salary wage income | 工资 薪水 收入
translate: translate translation translator | 翻译 译成 译为 译
language: language tongue locale | 语言 语种
target: target to into destination onto | 目标
source: source from origin original | 源 来源 原始 原
text: text string sentence phrase paragraph words content passage | 文本 文字 字符串 句子 内容 一段话 文章 这段 这句
word: word | 单词 词 词语
character: character letter char | 字符 字母 字
case: case uppercase lowercase capitalise capitalize | 大小写
uppercase: uppercase upper_case upper capitals all_caps | 大写
lowercase: lowercase lower_case lower | 小写
titlecase: title_case titlecase capitalize capitalise | 首字母大写
reverse: reverse reversed backwards backward invert flip | 反转 倒序 颠倒 翻转 倒过来 逆序 倒着
palindrome: palindrome palindromic | 回文
anagram: anagram | 变位词
vowel: vowel | 元音
count: count how_many how_often number_of tally quantity times amount | 统计 数量 个数 多少个 次数 几个 计数 多少行 多少条 多少列 多少人 几行 几条 多少次 数一数 字数 生成数量
occurrence: occurrence occurrences occur occurs appear appears | 出现
repeat: repeat repeated repetition times | 重复
replace: replace substitute swap | 替换 换掉 改成
trim: trim strip whitespace | 去空格 修剪 空格
split: split separate tokenize delimiter separator | 拆分 分割 切分 分隔
join: join concatenate concat merge combine | 连接 拼接 合并
slug: slug slugify | 短链接名
encode: encode encoding encoder | 编码
decode: decode decoding decoder | 解码
encrypt: encrypt encryption cipher | 加密
decrypt: decrypt decipher | 解密
hash: hash md5 sha1 sha256 sha checksum digest | 哈希 散列 摘要
base64: base64 | base64
uuid: uuid guid | 唯一标识
password: password passphrase | 密码 口令
sentiment: sentiment mood emotion tone feeling positive negative | 情感 情绪 语气
summarize: summarize summarise summary tldr condense shorten | 总结 摘要 概括 概述
spell: spell spelling spellcheck grammar proofread | 拼写 语法 校对
define: define definition dictionary meaning mean | 定义 词典 释义 意思 含义
synonym: synonym thesaurus | 同义词 近义词
sort: sort sorted order ordering arrange rank alphabetical alphabetically | 排序 排列 排一下 排个序 从小到大 从大到小
ascending: ascending asc lowest_to_highest oldest_to_newest smallest_first increasing low_to_high a_to_z | 升序 从小到大 由小到大 从低到高
descending: descending desc highest_to_lowest most_to_least newest_to_oldest largest_first decreasing high_to_low z_to_a largest_to_smallest biggest_first highest_first newest_first reverse_order | 降序 从大到小 由大到小 从高到低
list: list lists array items show all elements enumerate | 列表 列出 清单 数组 所有 全部
x_axis: x x-axis x_axis horizontal | 横轴 横坐标 x轴 横
y_axis: y y-axis y_axis vertical | 纵轴 纵坐标 y轴 纵
filter: filter where only select matching subset keep narrow_down | 筛选 过滤 选出 挑出 保留
group: group grouped by per each | 分组 按 每个
column: column field variable feature attribute | 列 字段 变量
row: row record entry first_rows head | 行 记录 条
table: table spreadsheet dataframe frame df dataset data | 表 表格 数据 数据框 数据集
dataframe: dataframe df data_frame frame dataset data table | 数据框 数据集 数据表 数据
describe: describe summarise summarize statistics stats summary overview profile | 描述 概况 统计 概要 摘要
correlation: correlation correlate correlated related | 相关性 相关系数 相关
missing: missing null nan na empty | 缺失 缺失值 空值
unique: unique distinct duplicates deduplicate dedupe duplicate | 去重 唯一 不重复 重复
head: head first preview top_rows | 前 预览 前几行
tail: tail last bottom | 后 最后 末尾
shape: shape dimensions size rows_and_columns how_many_rows | 形状 维度 多少行
plot: plot chart graph draw visualise visualize diagram figure | 画 绘制 图 图表 画图 作图 绘图 可视化
histogram: histogram hist distribution | 直方图 分布
scatter: scatter scatterplot | 散点图 散点
line: line trend curve | 折线图 折线 曲线 走势
bar: bar bars barchart | 柱状图 条形图 柱形图
pie: pie | 饼图
box: box boxplot box_plot | 箱线图
regression: regression fit regress linear_model | 回归 拟合
cluster: cluster clustering kmeans | 聚类
train: train training learn | 训练
predict: predict prediction forecast | 预测
pivot: pivot crosstab | 透视
drop: drop remove | 删除 去掉
fill: fill impute | 填充
aggregate: aggregate agg aggregation sum mean total average | 聚合 汇总
search: search find look_up lookup query google seek browse | 搜索 查找 搜 查询 检索 找 查一下 搜一下 查
web: web internet online google site website | 网络 网上 互联网 网页 上网 联网
wikipedia: wikipedia wiki encyclopedia | 维基百科 百科
news: news headline headlines article press | 新闻 头条 资讯 报道
document: document doc docs file report pdf paper | 文档 文件 报告 论文
file: file files | 文件
folder: folder directory dir path | 文件夹 目录
read: read open load view show display | 读 读取 打开 查看 看 看一下 显示
write: write save store put | 写 写入 保存 存
delete: delete remove erase drop cancel clear discard | 删除 移除 删掉 取消 清空
update: update edit modify change set rename reschedule adjust | 更新 修改 编辑 更改 改 调整
create: create make add generate open build schedule start register remind | 创建 新建 建立 添加 新增 建 安排 提醒
get: get fetch retrieve obtain give tell show check look | 获取 取得 得到 查询 查看 告诉 查
send: send deliver message mail text forward notify | 发送 发 发给 寄 通知
email: email mail e-mail inbox | 邮件 电子邮件 邮箱 发邮件
message: message sms dm notification post tweet chat body | 消息 短信 信息 留言 通知
subject: subject title topic about regarding | 主题 标题 关于
recipient: recipient to addressee receiver | 收件人 接收人
phone: phone telephone mobile dial call | 电话 手机 拨打 打电话 手机号
contact: contact contacts address_book | 联系人 通讯录
name: name named called | 名字 姓名 名称 叫 名
person: person people who someone passenger guest attendee | 人 人员 人物
guest: guest guests people persons party party_size adults visitors diners | 客人 人数 位 宾客 几位 人
passenger: passenger passengers traveler travellers people adults tickets | 乘客 旅客 人数
user: user account customer member client profile | 用户 账户 客户 会员 账号
customer: customer client buyer | 客户 顾客
employee: employee staff worker colleague | 员工 职员 同事
order: order orders purchase buy ordering | 订单 订购 下单 购买 买 点
product: product item goods article merchandise products | 商品 产品 货物 物品
inventory: inventory stock available availability in_stock | 库存 存货
cart: cart basket | 购物车
buy: buy purchase order | 买 购买
sell: sell | 卖 出售
ship: ship shipping shipment delivery package parcel track tracking | 快递 物流 包裹 发货 运单 送货 单号
book: book reserve reservation booking | 预订 预定 订 预约 订购 定
cancel: cancel cancellation | 取消
flight: flight fly plane airplane airline flying flights air_ticket | 航班 机票 飞机 飞
train_ride: train rail railway | 火车 高铁 列车 火车票
hotel: hotel room accommodation stay lodging motel inn | 酒店 宾馆 旅馆 住宿 房间
restaurant: restaurant table dinner lunch dining eat diner bistro cafe reservation | 餐厅 饭店 餐馆 桌 晚餐 午餐 吃饭 餐桌
taxi: taxi cab ride uber lyft | 出租车 打车 叫车
car: car vehicle auto rental | 汽车 车 租车
ticket: ticket tickets seat | 票 门票 座位 车票
origin: origin from departure depart source start leaving departing | 出发地 始发地 起点 出发 从
destination: destination to arrival arrive target going | 目的地 终点 到达 到 去 飞往
departure: departure depart departing leave leaving outbound | 出发 离开 起飞
return_trip: return returning back inbound round_trip | 还了 归还 还书 还掉 返程 回程 返回 往返
checkin: check_in checkin checking_in from | 入住
checkout: check_out checkout checking_out until to end | 退房 离店
night: night nights stay | 晚 夜 几晚
start: start begin starts beginning from since after launch initiate run | 开始 起始 启动 从
end: end finish until ends to before by | 结束 截止 终止 到
stop: stop halt end terminate kill shut_down quit | 停止 停 终止
pause: pause | 暂停
interval: interval period frequency every | 间隔 频率 每隔
duration: duration long length minutes hours last lasting | 时长 持续 多久 分钟 小时
year: year years annual yearly | 年 年份 年度
month: month monthly months | 月 月份
week: week weekly | 周 星期
minute: minute minutes min | 分钟
hour: hour hours | 小时
second: second seconds sec | 秒
location: location place city town where address country region area spot | 地点 位置 城市 地方 地区 哪里 地址 所在地
city: city town municipality place location | 城市 市 地点 位置 地区
country: country nation state | 国家 国
capital: capital | 首都 省会
population: population inhabitants people_live live_in residents | 人口
map: map maps directions route navigate navigation way driving walking | 地图 路线 导航 怎么走 路径
coordinate: coordinate coordinates latitude longitude lat lon lng geocode gps | 坐标 经纬度 纬度 经度
latitude: latitude lat | 纬度
longitude: longitude lon lng long | 经度
nearby: nearby near nearest closest around | 附近 最近 周边
restaurant_kind: cuisine food | 菜系 菜 口味
recipe: recipe cook cooking dish | 什么菜 菜 菜谱 食谱 做法 做菜
ingredient: ingredient ingredients | 食材 配料 原料
pizza: pizza pizzas food topping toppings | 披萨 比萨
food: food meal eat dish | 食物 菜 餐 外卖
calorie: calorie calories nutrition | 卡路里 热量 营养
event: event meeting appointment calendar schedule call | 事件 会议 活动 日程 约会 开会 日历
meeting: meeting meet event appointment call | 会议 开会 会面
attendee: attendee attendees participants participant invite guests with people | 参会人 参与者 与会者 邀请 参加
reminder: reminder remind reminders alarm | 提醒 提醒我 备忘
alarm: alarm wake wake_up | 闹钟 叫醒 叫我起床
timer: timer countdown | 定时器 计时器 倒计时 计时
task: task todo to-do to_do chore remind reminder | 任务 待办 事项 待办事项 提醒 提醒我
note: note notes memo jot | 笔记 便签 备忘录 记下 记录
priority: priority urgent important urgency | 优先级 紧急 重要
high: high urgent important | 高 紧急 重要
low: low unimportant | 低
medium: medium normal moderate | 中 中等 普通
small: small little tiny | 小 小号 小杯
large: large big | 大 大号 大杯
calendar: calendar agenda schedule | 日历 日程表 日程
holiday: holiday vacation festival | 节日 假期 假日 节假日
birthday: birthday born birth | 生日 出生
music: music song songs track album playlist tune | 音乐 歌 歌曲 曲子 专辑
play: play listen | 播放 放 听
movie: movie movies film cinema | 电影 影片
genre: genre kind type style | 类型 风格 种类
actor: actor actress starring | 演员
author: author writer wrote written by artist singer band composer | 作者 作家 写的 歌手 演唱者
book_item: book books novel title read | 书 书籍 图书 小说
video: video youtube clip | 视频
image: image picture photo draw illustration | 图片 图像 照片 画
color: color colour hue | 颜色 色
light: light lamp lights bulb lighting | 灯 电灯 灯光
room: room bedroom kitchen living_room bathroom | 房间 卧室 客厅 厨房 房
brightness: brightness bright dim dimmer | 亮度 亮 暗
device: device appliance gadget | 设备 装置 电器
on: turn_on switch_on on enable activate enabled | 打开 开启 开 启用
off: turn_off switch_off off disable deactivate disabled shut | 关闭 关掉 关 禁用
lock: lock locked | 锁 锁上
unlock: unlock | 解锁
door: door gate | 门
heating: heating thermostat heater heat | 暖气 空调
volume_level: volume loudness | 音量
increase: increase raise turn_up up higher more | 增加 提高 调高 升高
decrease: decrease lower reduce turn_down down less | 减少 降低 调低
mode_kind: mode setting | 模式
home: home house | 家
joke: joke funny laugh humor | 笑话 段子
quote: quote quotation saying inspirational | 名言 引用 语录
fact: fact trivia | 事实 冷知识
story: story tale | 故事
poem: poem poetry haiku | 诗
zodiac: zodiac horoscope astrology star_sign | 星座
database: database db sql sqlite query table | 数据库 查询语句
code: code program script snippet function python | 代码 程序 脚本
run: run execute launch invoke | 运行 执行 跑
test: test tests testing | 测试
git: git commit branch repository repo github | 仓库 提交 分支
issue: issue bug ticket defect | 问题 缺陷 工单
comment: comment reply | 评论 回复
regex: regex regexp pattern match | 正则 正则表达式 匹配
json: json | json
csv: csv | csv
url: url link website webpage web_address site | 网址 链接 网站
shorten: shorten short_url | 缩短 短链
download: download fetch | 下载
upload: upload | 上传
ip: ip ip_address | ip地址
ping: ping reachable | 连通
dns: dns domain resolve hostname | 域名
qr: qr qrcode qr_code barcode | 二维码
compare: compare comparison versus vs | 比较 对比
check: check verify validate test whether is | 检查 验证 判断 是否 是不是
recommend: recommend suggest suggestion recommendation | 推荐 建议
rate_review: review reviews rating rated stars | 评价 评分 评论
score: score grade points mark | 分数 成绩 得分
student: student pupil | 学生
school: school class course | 学校 班级 课程
team: team match game league sports | 球队 比赛 体育
health: health medical doctor symptom | 健康 医生 症状
medicine: medicine drug medication dose dosage | 药 药物 剂量
balance: balance account_balance | 余额
transfer: transfer wire send_money move | 转账 汇款 转
withdraw: withdraw | 取款 取钱 提现
deposit: deposit | 存款 存钱
bank: bank account | 银行 账户
transaction: transaction transactions | 交易
difference: difference between diff days_until how_long elapsed days_between | 差 相差 间隔 多少天 有多少天 还有几天 几天 差值
leap_year: leap leap_year | 闰年
roman: roman roman_numeral | 罗马数字
binary: binary bin | 二进制
hexadecimal: hexadecimal hex | 十六进制
octal: octal | 八进制
base: base radix | 进制
matrix: matrix matrices determinant | 矩阵
vector: vector | 向量
equation: equation quadratic roots | 方程
derivative: derivative differentiate | 导数 求导
integral: integral integrate | 积分
shuffle: shuffle shuffled | 打乱 洗牌
choose: choose combination combinations binomial pick select choice option decide | 选择 挑选 选 抽 抽取
sample: sample sampling | 抽样 采样 样本
tag: tag tags label labels category | 标签 分类 类别
category: category kind type department section | 类别 分类 种类 类型
result: result results output answer outcome | 结果 答案 输出
page: page pages | 页 页码
limit: limit maximum at_most up_to top first | 限制 最多 前
quantity: quantity amount count number how_many | 数量 个数 几个 份
include: include including with contain containing | 包含 包括 带 含
exclude: exclude excluding without omit | 不包含 排除 不要 除了
symbol: symbol symbols special punctuation ticker | 符号 特殊字符
sensitive: sensitive matter exact | 区分 敏感
recursive: recursive recursively subfolders subdirectories | 递归
verbose: verbose detailed detail full | 详细
private: private secret hidden | 私密 私有
public: public | 公开
all_day: all_day whole_day | 全天
repeat_daily: daily every_day everyday | 每天
repeat_weekly: weekly every_week | 每周
repeat_monthly: monthly every_month | 每月
economy: economy coach | 经济舱
business: business | 商务舱
first_class: first_class first | 头等舱
express: express fast priority overnight | 加急 快递
kilometer: km kilometre kilometer | 公里 千米
bins: bins bin bars buckets | 柱子 柱 区间
blinds: blinds curtain curtains shutter shutters shade | 窗帘 百叶窗
greenhouse: greenhouse | 温室
aloud: aloud read_aloud speak pronounce say_aloud | 朗读 朗诵 播报 念
notify: notify notification notifications notifying inform alert | 通知 提醒
reason: reason because cause why | 原因 理由
"""
