"""Everyday words in both languages, so that a Chinese prompt finds English tools and back.

An entry is ``word:中文,中文``; an underscore joins the words of a phrase. Words that several others
share a meaning with stand in `_concepts`.
"""

from __future__ import annotations

__all__ = ["VOCABULARY"]

VOCABULARY = """
coffee:咖啡 tea:茶,茶水 milk:牛奶,奶 sugar:糖 water:水 juice:果汁 bread:面包 rice:米饭
egg:鸡蛋 apple:苹果 banana:香蕉 orange:橙子 strawberry:草莓 grape:葡萄 meat:肉 chicken:鸡肉
beef:牛肉 fish:鱼 cheese:奶酪 cake:蛋糕 noodle:面条 burger:汉堡 sushi:寿司 salad:沙拉 soup:汤
beer:啤酒 wine:红酒,葡萄酒 vegetable:蔬菜 fruit:水果 strong:浓,强 mild:淡 normal:普通,正常
hot:热 cold:冷,冰 sweet:甜 spicy:辣 fresh:新鲜 fast:快速,快 slow:慢速,慢 new:新 old:旧
cheap:便宜 expensive:贵 free:免费 empty:空 full:满 open:打开,开,未完成 close:关闭,关上,关
warm:暖,温暖 cool:凉,制冷 dry:干燥 auto:自动 manual:手动 silent:静音,安静 mute:静音
unmute:取消静音 bike:自行车,骑车,骑自行车,单车 foot:步行,走路 walk:走路,步行,散步
drive:开车,驾车 car:汽车,开车 bus:公交,公交车,巴士 subway:地铁 train:火车,高铁 taxi:出租车
ship:船 ferry:轮渡,渡轮 airport:机场 station:车站,站 hotel:酒店 museum:博物馆 park:公园
school:学校 hospital:医院 library:图书馆 bank:银行 office:办公室 shop:商店,店 supermarket:超市
cinema:电影院 restaurant:餐厅 kitchen:厨房 bedroom:卧室 bathroom:浴室,卫生间 living_room:客厅
garden:花园 garage:车库 balcony:阳台 study:书房 door:门 window:窗户,窗 front:前门,前
back:后门,后 curtain:窗帘 lamp:台灯,灯 fan:风扇,电扇 heater:暖气,取暖器 television:电视,电视机
tv:电视,电视机 speaker:音箱 air_conditioner:空调 ac:空调 vacuum:吸尘器,扫地机器人,扫地
washing_machine:洗衣机 dishwasher:洗碗机 oven:烤箱 fridge:冰箱 camera:摄像头,相机 robot:机器人
sensor:传感器 battery:电池,电量 smoke:烟雾 gas:燃气,煤气 pressure:气压,压力 noise:噪音
motion:移动 soil:土壤 shoe:鞋,鞋子 shirt:衬衫 dress:裙子 coat:外套 hat:帽子 phone:手机
computer:电脑 laptop:笔记本电脑 book:书 pen:笔 gift:礼物 card:卡,银行卡 cash:现金
coupon:优惠券 voucher:优惠券,代金券 invoice:发票 receipt:收据 refund:退款 return:退货,退回
reason:原因,理由 size:尺寸,尺码,大小 color:颜色 brand:品牌 quantity:数量 stars:星 dog:狗
cat:猫 bird:鸟 tree:树 flower:花 mountain:山 river:河 sea:海 sky:天空 moon:月亮 star:星星
sun:太阳 child:孩子,儿童 adult:成人 student:学生 teacher:老师 doctor:医生 friend:朋友
mother:妈妈 father:爸爸 male:男 female:女 left:左,左边 right:右,右边 up:上 down:下 north:北
south:南 east:东 west:西 red:红色 blue:蓝色 green:绿色 yellow:黄色 white:白色 black:黑色
purple:紫色 pink:粉色 gray:灰色 brown:棕色 gold:黄金,金 silver:白银,银 daily:每天,每日
weekly:每周 monthly:每月 yearly:每年 breakfast:早餐 lunch:午餐 dinner:晚餐 morning:早上,上午
afternoon:下午 evening:晚上 night:夜里 monday:星期一,周一 tuesday:星期二,周二
wednesday:星期三,周三 thursday:星期四,周四 friday:星期五,周五 saturday:星期六,周六
sunday:星期日,星期天,周日,周天 economy:经济舱 business:商务舱 first:头等舱 video:视频
audio:语音,音频 image:图片 text:文本 folder:文件夹 picture:图片,照片 photo:照片 public:公开
private:私有 circle:圆 square:正方形 triangle:三角形 rectangle:长方形,矩形 sphere:球,球体
cylinder:圆柱,圆柱体 cone:圆锥 cube:立方体 hypotenuse:斜边 angle:角度 radius:半径
height:高,高度 width:宽,宽度 length:长,长度 temperature:温度 humidity:湿度 brightness:亮度
volume:音量 speed:速度 wave:波 rain:下雨,雨 snow:下雪,雪 wind:风 fog:雾 storm:暴风雨 cloud:云
error:错误 warning:警告 success:成功 done:完成,已完成 pending:待处理 active:活跃 win:赢
lose:输 yes:是 no:否 pay:支付,付 notify:通知 cup:杯 bottle:瓶 assign:分配,指派 extract:提取
rename:重命名,改名 copy:复制 move:移动 backup:备份 compress:压缩 subscribe:订阅
unsubscribe:退订,取消订阅 plan:规划,计划 invite:邀请 approve:批准 share:分享,共享 print:打印
scan:扫描 measure:测量 monitor:监控 postpone:推迟 charge:充电 feed:喂,喂食 clean:清洁,打扫
borrow:借 renew:续借,续期 enroll:报名 vote:投票 export:导出 import:导入 install:安装
restart:重启 login:登录 logout:登出 crop:裁剪 rotate:旋转 resize:缩放 simulate:模拟 pack:打包
unpack:解压 resume:恢复,继续 skip:跳过 next:下一首,下一个 previous:上一首,上一个
overdue:逾期,过期 pool:游泳池,泳池 wifi:无线网 parking:停车,停车位 discount:折扣 shipping:运费
population:人口 member:会员,成员 thermostat:恒温器,温控器
""".split()
