"""Everyday words in both languages, so that a Chinese prompt finds English tools and back.

An entry is ``word:中文,中文``; an underscore joins the words of a phrase. Words that several others
share a meaning with stand in `_concepts`.
"""

from __future__ import annotations

__all__ = ["VOCABULARY"]

VOCABULARY = """
coffee:咖啡 tea:茶,茶水 milk:牛奶,奶 sugar:糖 water:水 juice:果汁 bread:面包 rice:米饭 egg:鸡蛋
apple:苹果 banana:香蕉 orange:橙子 strawberry:草莓 grape:葡萄 meat:肉 chicken:鸡肉 beef:牛肉
fish:鱼 cheese:奶酪 cake:蛋糕 noodle:面条 burger:汉堡 sushi:寿司 salad:沙拉 soup:汤 beer:啤酒
wine:红酒,葡萄酒 vegetable:蔬菜 fruit:水果 strong:浓,强 mild:淡 normal:普通,正常 hot:热 cold:冷,冰
sweet:甜 spicy:辣 fresh:新鲜 fast:快速,快 slow:慢速,慢 new:新 old:旧 cheap:便宜 expensive:贵
free:免费 empty:空 full:满 open:打开,开,未完成 close:关闭,关上,关 warm:暖,温暖 cool:凉,制冷
dry:干燥 auto:自动 manual:手动 silent:静音,安静 mute:静音 unmute:取消静音
bike:自行车,骑车,骑自行车,单车 foot:步行,走路 walk:走路,步行,散步 drive:开车,驾车 car:汽车,开车
bus:公交,公交车,巴士 subway:地铁 train:火车,高铁 taxi:出租车 ship:船 ferry:轮渡,渡轮 airport:机场
station:车站,站 hotel:酒店 museum:博物馆 park:公园 school:学校 hospital:医院 library:图书馆
bank:银行 office:办公室 shop:商店,店 supermarket:超市 cinema:电影院 restaurant:餐厅 kitchen:厨房
bedroom:卧室 bathroom:浴室,卫生间 living_room:客厅 garden:花园 garage:车库 balcony:阳台 study:书房
door:门 window:窗户,窗 front:前门,前 back:后门,后 curtain:窗帘 lamp:台灯,灯 fan:风扇,电扇
heater:暖气,取暖器 television:电视,电视机 tv:电视,电视机 speaker:音箱 air_conditioner:空调 ac:空调
vacuum:吸尘器,扫地机器人,扫地 washing_machine:洗衣机 dishwasher:洗碗机 oven:烤箱 fridge:冰箱
camera:摄像头,相机 robot:机器人 sensor:传感器 battery:电池,电量 smoke:烟雾 gas:燃气,煤气
pressure:气压,压力,压强 noise:噪音 motion:移动,运动 soil:土壤 shoe:鞋,鞋子 shirt:衬衫 dress:裙子
coat:外套 hat:帽子 phone:手机 computer:电脑 laptop:笔记本电脑 book:书 pen:笔 gift:礼物
card:卡,银行卡 cash:现金 coupon:优惠券 voucher:优惠券,代金券 invoice:发票 receipt:收据 refund:退款
return:退货,退回 reason:原因,理由 size:尺寸,尺码,大小 color:颜色 brand:品牌 quantity:数量 stars:星
dog:狗 cat:猫 bird:鸟 tree:树 flower:花 mountain:山 river:河 sea:海 sky:天空 moon:月亮 star:星星
sun:太阳 child:孩子,儿童 adult:成人 student:学生 teacher:老师 doctor:医生 friend:朋友 mother:妈妈
father:爸爸 male:男 female:女 left:左,左边 right:右,右边 up:上 down:下 north:北 south:南 east:东
west:西 red:红色 blue:蓝色 green:绿色 yellow:黄色 white:白色 black:黑色 purple:紫色 pink:粉色
gray:灰色 brown:棕色 gold:黄金,金 silver:白银,银 daily:每天,每日 weekly:每周 monthly:每月
yearly:每年 breakfast:早餐 lunch:午餐 dinner:晚餐 morning:早上,上午 afternoon:下午 evening:晚上
night:夜里 monday:星期一,周一 tuesday:星期二,周二 wednesday:星期三,周三 thursday:星期四,周四
friday:星期五,周五 saturday:星期六,周六 sunday:星期日,星期天,周日,周天 economy:经济舱
business:商务舱 first:头等舱 video:视频 audio:语音,音频 image:图片 text:文本 folder:文件夹
picture:图片,照片 photo:照片 public:公开 private:私有 circle:圆 square:正方形 triangle:三角形
rectangle:长方形,矩形 sphere:球,球体 cylinder:圆柱,圆柱体 cone:圆锥 cube:立方体 hypotenuse:斜边
angle:角度 radius:半径 height:高,高度 width:宽,宽度 length:长,长度 temperature:温度 humidity:湿度
brightness:亮度 volume:音量 speed:速度 wave:波 rain:下雨,雨 snow:下雪,雪 wind:风 fog:雾
storm:暴风雨 cloud:云 error:错误,误差 warning:警告 success:成功 done:完成,已完成 pending:待处理
active:活跃 win:赢 lose:输 yes:是 no:否 pay:支付,付 notify:通知 cup:杯 bottle:瓶 assign:分配,指派
extract:提取 rename:重命名,改名 copy:复制 move:移动 backup:备份 compress:压缩 subscribe:订阅
unsubscribe:退订,取消订阅 plan:规划,计划 invite:邀请 approve:批准 share:分享,共享,股份 print:打印
scan:扫描 measure:测量 monitor:监控 postpone:推迟 charge:充电,电荷 feed:喂,喂食 clean:清洁,打扫
borrow:借 renew:续借,续期 enroll:报名 vote:投票 export:导出 import:导入 install:安装 restart:重启
login:登录 logout:登出 crop:裁剪 rotate:旋转 resize:缩放 simulate:模拟 pack:打包 unpack:解压
resume:恢复,继续 skip:跳过 next:下一首,下一个 previous:上一首,上一个 overdue:逾期,过期
pool:游泳池,泳池 wifi:无线网 parking:停车,停车位 discount:折扣 shipping:运费 population:人口
member:会员,成员 thermostat:恒温器,温控器 polygon:多边形 pentagon:五边形 hexagon:六边形
octagon:八边形 quadrilateral:四边形 parallelogram:平行四边形 trapezoid:梯形 trapezium:梯形
rhombus:菱形 diamond:菱形,钻石 ellipse:椭圆 oval:椭圆 parabola:抛物线 hyperbola:双曲线
prism:棱柱,棱镜 pyramid:棱锥,金字塔 cuboid:长方体 tetrahedron:四面体 sector:扇形,行业 arc:圆弧
chord:和弦 tangent_line:切线 diagonal:对角线 side:边长 edge:边缘 vertex:顶点 vertices:顶点
face:人脸 base_length:底边 slope:斜率,坡度 gradient:梯度,斜率 intercept:截距 midpoint:中点
origin:原点 axis:坐标轴 axes:坐标轴 x_axis:横轴,横坐标 y_axis:纵轴,纵坐标 quadrant:象限 point:点数
segment:线段,分段 ray:射线 plane:平面 solid:固体,立体 geometry:几何 algebra:代数
trigonometry:三角函数 calculus:微积分 function:函数,功能 domain:定义域,域名 range:范围,值域,极差
polynomial:多项式 quadratic:二次,二次方程 linear:线性 nonlinear:非线性 cubic:三次 coefficient:系数
constant:常数,常量 parameter:参数 expression:表达式 formula:公式,化学式 inequality:不等式
root:方根 discriminant:判别式 factor:因数,因子,因素 factorise:因式分解,分解因数
factorize:因式分解,分解因数 prime_factor:质因数 divisor:除数,因数,约数 multiple:倍数 fraction:分数
decimal:小数,十进制 numerator:分子 denominator:分母 odd:奇数 even:偶数 rational:有理数
irrational:无理数 real_number:实数 complex_number:复数 imaginary:虚数,虚部 digit:数字,位数
ratio:比例,比值 proportion:比例 percentage:百分比,百分率 sequence:数列,序列 series:级数,系列
arithmetic_sequence:等差数列 geometric_sequence:等比数列 term:学期,术语 common_difference:公差
common_ratio:公比 progression:数列,进展 limit:极限,限制 exponential:指数 logarithmic:对数
inverse:反函数 reciprocal:倒数 cube_root:立方根 set:集合,设置 subset:子集 union:并集
intersection:交集,交点 complement:补集 permutation:排列 combination:组合 probability:概率
likelihood:可能性,似然 odds:赔率,几率 trial:试验 experiment:实验 expected_value:期望值,期望
expectation:期望 normal_distribution:正态分布 binomial:二项,二项式 poisson:泊松 uniform:均匀,制服
theorem:定理 proof:证明 pythagorean:勾股定理 axiom:公理 symmetry:对称 symmetric:对称
reflection:反射 rotation:旋转 translation:翻译,平移 scaling:缩放 congruent:全等 similar:相似
parallel:平行,并联 perpendicular:垂直 vertical:垂直,竖直 horizontal:水平 degree:度数,学位
radian:弧度 right_angle:直角 acute:锐角,急性 obtuse:钝角 cosecant:余割 cotangent:余切
dot_product:点积,数量积 cross_product:叉积,向量积 scalar:标量 determinant:行列式 eigenvalue:特征值
eigenvector:特征向量 transpose:转置 frequency:频率,频数 quartile:四分位数
percentile:百分位数,百分位 quantile:分位数 interquartile:四分位距 skewness:偏度 kurtosis:峰度
covariance:协方差 confidence_interval:置信区间 hypothesis:假设 significance:显著性
p_value:显著性水平 standard_error:标准误 margin_of_error:误差范围 z_score:标准分数 census:普查
survey:调查,问卷 estimate:估计,估算 approximate:近似 approximation:近似值
weighted_average:加权平均 moving_average:移动平均 cumulative:累计,累积 deviation:偏差
bias:偏差,偏见 residual:残差 interpolation:插值 interpolate:插值 extrapolate:外推 optimise:优化
optimize:优化 maximise:最大化 maximize:最大化 minimise:最小化 minimize:最小化 simplify:化简,简化
expand:展开,扩展 substitute:代入,替换 solve:求解,解方程 unknown:未知数,未知 magnitude:大小,震级
graph:图像,图表 period:周期,时期 amplitude:振幅 phase:相位,阶段 mechanics:力学 kinematics:运动学
displacement:位移 acceleration:加速度 gravity:重力,引力 gravitation:万有引力 force:作用力,受力
momentum:动量 impulse:冲量 inertia:惯性 friction:摩擦力,摩擦 tension:张力,拉力 torque:力矩,扭矩
lever:杠杆 pulley:滑轮 spring:弹簧,春天 elastic:弹性 collision:碰撞 projectile:抛体,抛物运动
free_fall:自由落体 pendulum:单摆,钟摆 oscillation:振动,振荡 vibration:振动 work:做功,工作
energy:能量,能源 kinetic_energy:动能 potential_energy:势能 efficiency:效率 power:功率 density:密度
buoyancy:浮力 weight:重量,重力 fluid:流体 liquid:液体 viscosity:粘度 flow_rate:流量,流速
flow:流量,流动 load:负载,载荷,加载 electricity:电力 current:电流 voltage:电压 resistance:电阻,阻力
resistor:电阻器,电阻 capacitor:电容器,电容 capacitance:电容 inductor:电感 inductance:电感
circuit:电路 electric_field:电场 magnetic_field:磁场 magnet:磁铁 magnetic:磁性
electromagnetic:电磁 conductor:导体,指挥 insulator:绝缘体 semiconductor:半导体 transformer:变压器
generator:发电机,生成器 motor:电机,电动机 impedance:阻抗 electrode:电极 ohm:欧姆 volt:伏特
ampere:安培 watt:瓦特 joule:焦耳 newton:牛顿 pascal:帕斯卡 hertz:赫兹 coulomb:库仑 kelvin:开尔文
optics:光学 light:光线 lens:透镜,镜头 mirror:镜子,镜像 refraction:折射 refractive_index:折射率
diffraction:衍射 interference:干涉,干扰 wavelength:波长 focal_length:焦距 spectrum:光谱,频谱
laser:激光 photon:光子 polarisation:偏振 polarization:偏振 infrared:红外,红外线
ultraviolet:紫外线,紫外 illuminance:照度 intensity:强度 sound:声音 echo:回声
ultrasound:超声波,超声 decibel:分贝 pitch:音高,音调 heat:热量,加热 thermal:热力
specific_heat:比热容,比热 heat_capacity:热容 conduction:传导 convection:对流 radiation:辐射
entropy:熵 thermodynamics:热力学 expansion:膨胀,扩张 evaporation:蒸发 condensation:冷凝,凝结
melting_point:熔点 boiling_point:沸点 freezing_point:凝固点,冰点 boil:煮沸,沸腾 melt:融化,熔化
freeze:冻结,冷冻 steam:蒸汽 ice:冰 quantum:量子 relativity:相对论 nuclear:原子核 half_life:半衰期
decay:衰变,衰减 radioactive:放射性 particle:粒子,颗粒 atom:原子 electron:电子 proton:质子
neutron:中子 chemistry:化学 chemical:化学品,化学 element:元素 compound:化合物 mixture:混合物
molecule:分子 molecular:分子 ion:离子 isotope:同位素 molar_mass:摩尔质量
molecular_weight:分子量,相对分子质量 atomic_mass:原子量,相对原子质量 atomic_number:原子序数
molarity:摩尔浓度 mole:摩尔 concentration:浓度 solubility:溶解度 solution:溶液,解决方案
solvent:溶剂 solute:溶质 dilute:稀释 dilution:稀释 dissolve:溶解 precipitate:沉淀
precipitation:降水,降水量 acid:酸 acidity:酸度 base:碱,底数 alkaline:碱性 acidic:酸性 neutral:中性
neutralise:中和 neutralize:中和 ph:酸碱度,酸碱值 salt:盐 buffer:缓冲液,缓冲 reaction:反应,化学反应
reactant:反应物 catalyst:催化剂 oxidation:氧化 reduction:还原 oxidise:氧化 oxidize:氧化
combustion:燃烧 burn:燃烧,烧伤 electrolysis:电解 titration:滴定 indicator:指示剂,指标
equilibrium:平衡,化学平衡 yield:产量,产率 enthalpy:焓 valence:化合价 oxidation_state:化合价,氧化态
bond:化学键,债券 crystal:晶体,水晶 metal:金属 alloy:合金 steel:钢,钢铁 organic:有机 polymer:聚合物
plastic:塑料 rubber:橡胶 glass:玻璃,玻璃杯 periodic_table:元素周期表 balance_equation:配平
hydrogen:氢,氢气 helium:氦,氦气 lithium:锂 carbon:碳 nitrogen:氮,氮气 oxygen:氧,氧气 fluorine:氟
neon:氖 sodium:钠 magnesium:镁 aluminium:铝 aluminum:铝 silicon:硅 phosphorus:磷 sulfur:硫
sulphur:硫 chlorine:氯,氯气 argon:氩 potassium:钾 calcium:钙 manganese:锰 iron:铁 cobalt:钴
nickel:镍 copper:铜 zinc:锌 bromine:溴 iodine:碘 tin:锡 barium:钡 platinum:铂,铂金
mercury:汞,水银,水星 lead:铅 uranium:铀 titanium:钛 chromium:铬 tungsten:钨
carbon_dioxide:二氧化碳 carbon_monoxide:一氧化碳 methane:甲烷 ethanol:乙醇 methanol:甲醇
alcohol:酒精 ammonia:氨,氨气 hydrochloric_acid:盐酸 sulfuric_acid:硫酸 nitric_acid:硝酸
acetic_acid:醋酸,乙酸 sodium_chloride:氯化钠 sodium_hydroxide:氢氧化钠 glucose:葡萄糖 ozone:臭氧
oxide:氧化物 chloride:氯化物 nitrate:硝酸盐 sulfate:硫酸盐 carbonate:碳酸盐 substance:物质
material:材料,物料 reagent:试剂 purity:纯度 distillation:蒸馏 filtration:过滤 biology:生物,生物学
cell:细胞,单元格 tissue:组织 organ:器官 organism:生物体,生物 species:物种 kingdom:王国 gene:基因
genetic:遗传 genetics:遗传学 genome:基因组 dna:脱氧核糖核酸 rna:核糖核酸 chromosome:染色体
mutation:突变 protein:蛋白质,蛋白 enzyme:酶 amino_acid:氨基酸 codon:密码子 nucleotide:核苷酸
heredity:遗传 genotype:基因型 phenotype:表型 dominant:显性 recessive:隐性 allele:等位基因
evolution:进化,演化 photosynthesis:光合作用 respiration:呼吸作用,呼吸 metabolism:新陈代谢,代谢
bacteria:细菌 bacterium:细菌 virus:病毒 fungus:真菌 mushroom:蘑菇 plant:植物 animal:动物
mammal:哺乳动物 insect:昆虫 reptile:爬行动物 amphibian:两栖动物 leaf:叶子,叶片 seed:种子
root_system:根系 stem:茎,词干 pollen:花粉 germination:发芽 growth:生长,增长
growth_rate:增长率,生长率 ecosystem:生态系统 ecology:生态 habitat:栖息地 food_chain:食物链
predator:捕食者 prey:猎物 biodiversity:生物多样性 endangered:濒危 microscope:显微镜 heart:心脏
brain:大脑 lung:肺 liver:肝脏 kidney:肾脏 stomach:胃 bone:骨骼,骨头 muscle:肌肉 skin:皮肤
blood:血液 nerve:神经 eye:眼睛 ear:耳朵 hand:双手,手部 leg:腿 tooth:牙齿 hormone:激素
vitamin:维生素 geography:地理 lake:湖泊,湖 ocean:海洋,大洋 island:岛屿,岛 peninsula:半岛
continent:大洲,大陆 desert:沙漠 forest:森林 valley:山谷 volcano:火山 earthquake:地震
epicentre:震中 epicenter:震中 glacier:冰川 plateau:高原 plain:平原 basin:盆地,流域 coast:海岸,沿海
beach:海滩 waterfall:瀑布 reservoir:水库 dam:水坝,大坝 canal:运河 bridge:桥梁,大桥 tunnel:隧道
province:省份 state:州,状态 county:县 district:行政区,城区 village:村庄,村 town:镇,城镇
region:地区,区域 border:边界,边框 territory:领土 elevation:海拔,高程 altitude:海拔,高度
terrain:地形 population_density:人口密度 rainfall:降雨量,雨量 tide:潮汐,潮水 equator:赤道
hemisphere:半球 scale:比例尺,刻度 landmark:地标 rock:岩石 mineral:矿物 fossil:化石 geology:地质
summit:山顶,峰顶 peak:峰值,山峰 nationality:国籍 ethnic:民族 resident:居民 urban:城市
rural:农村,乡村 astronomy:天文,天文学 planet:行星 earth:地球 venus:金星 mars:火星 jupiter:木星
saturn:土星 uranus:天王星 neptune:海王星 pluto:冥王星 satellite:卫星 comet:彗星 asteroid:小行星
meteor:流星 galaxy:星系,银河 milky_way:银河系 universe:宇宙 constellation:星座 orbit:轨道
eclipse:日食,月食 solar_eclipse:日食 lunar_eclipse:月食 moon_phase:月相 light_year:光年
black_hole:黑洞 telescope:望远镜 rocket:火箭 spacecraft:航天器,飞船 astronaut:宇航员,航天员
space:太空,空间 solar_system:太阳系 nebula:星云 supernova:超新星 redshift:红移 luminosity:光度
apparent_magnitude:视星等 exoplanet:系外行星 equinox:春分,秋分 solstice:夏至,冬至 solar_term:节气
lunar_calendar:农历,阴历 history:历史,历史记录 historical:历史 dynasty:朝代 emperor:皇帝 king:国王
queen:王后,女王 empire:帝国 war:战争 battle:战役,战斗 revolution:革命 treaty:条约 century:世纪
decade:十年,年代 era:时代,年号 ancient:古代 modern:现代 medieval:中世纪 civilisation:文明
civilization:文明 archaeology:考古 artifact:文物 artefact:文物 monument:纪念碑 relic:遗迹,文物
timeline:时间线,时间轴 president:总统,主席 government:政府 election:选举 law:法律
constitution:宪法 citizen:公民 military:军事 culture:文化 religion:宗教 heritage:遗产
ancestor:祖先 reign:在位 english:英语,英文 chinese:中文,汉语 mandarin:普通话 cantonese:粤语
french:法语 german:德语 spanish:西班牙语 japanese:日语,日文 korean:韩语 russian:俄语
italian:意大利语 portuguese:葡萄牙语 arabic:阿拉伯语 latin:拉丁语,拉丁 vocabulary:词汇,词汇量
pronunciation:发音,读音 pronounce:发音,朗读 phonetic:音标 pinyin:拼音 tone:声调,语气 hanzi:汉字
chinese_character:汉字 stroke:笔画,中风 radical:部首,根式 syllable:音节 consonant:辅音
accent:口音,重音 dialect:方言 noun:名词 verb:动词 adjective:形容词 adverb:副词 pronoun:代词
preposition:介词 plural:复数 singular:单数 tense:时态 conjugation:变位 prefix:前缀 suffix:后缀
antonym:反义词 idiom:成语,习语 proverb:谚语 phrase:短语,词组 paragraph:段落 passage:文章,段落
article:文章,条款 essay:作文,论文 chapter:章节 section:章节,部分 heading:标题 headline:标题,头条
title:标题,书名 subtitle:字幕,副标题 abstract:摘要 citation:引用,引文 reference:参考文献,参考
bibliography:参考书目 footnote:脚注 keyword:关键词,关键字 draft:草稿,起草 rewrite:改写,重写
paraphrase:改写,转述 transcribe:转写,听写 transcript:成绩单,文字稿 dictation:听写
reading:阅读,读数 writing:写作 listening:听力 speaking:口语 speech:演讲,语音 read_aloud:朗读
text_to_speech:语音合成 speech_recognition:语音识别 punctuation:标点,标点符号 comma:逗号
space_character:空格 newline:换行 font:字体 font_size:字号 bold:加粗,粗体 italic:斜体
alphabet:字母表 letter:字母,信件 rhyme:押韵,韵脚 word_count:字数,词数 word_frequency:词频
tokenise:分词 tokenize:分词 segmentation:分词,分割 stopword:停用词 corpus:语料,语料库
readability:可读性 literature:文学 fiction:小说 classical_chinese:文言文 traditional:繁体,传统
simplified:简体 column_name:列名 header:表头,标题行 cell_value:单元格 entry:条目 item:项目,条目
data_type:数据类型 schema:模式,表结构 index:索引,指数 key:键,密钥,钥匙 value:值,数值,价值
missing_value:缺失值 blank:空白 duplicate:重复项,重复 join:连接,加入 inner_join:内连接
left_join:左连接 group_by:分组 pivot_table:透视表,数据透视表 summary:摘要,汇总 subtotal:小计
outlier:异常值,离群值 anomaly:异常 abnormal:异常 normalise:归一化,标准化 normalize:归一化,标准化
standardise:标准化 standardize:标准化 transform:转换,变换 clean_data:数据清洗 cleaning:清洗
impute:填补,插补 interval:间隔,区间 bin:分箱,垃圾桶 bucket:桶,存储桶,水桶 sample_size:样本量
subsample:子样本 training:训练,培训 training_set:训练集 validation:验证 test_set:测试集
validation_set:验证集 feature:特征,功能 class:类别,班级 classify:分类 classification:分类
classifier:分类器 cluster:聚类,簇,集群 centroid:质心 accuracy:准确率,精度 precision:精确率,精度
recall:召回率,召回 f1_score:调和平均 confusion_matrix:混淆矩阵 cross_validation:交叉验证
overfitting:过拟合 underfitting:欠拟合 model:模型,型号 predictor:预测变量 decision_tree:决策树
random_forest:随机森林 neural_network:神经网络 network:网络 layer:层,图层 neuron:神经元
weights:权重 gradient_descent:梯度下降 learning_rate:学习率 epoch:轮次,轮数 batch:批次,批量
batch_size:批大小 loss:损失,亏损 loss_function:损失函数 regularisation:正则化
regularization:正则化 hyperparameter:超参数 tune:调参,调优 dimensionality:维度
principal_component:主成分 principal_component_analysis:主成分分析 embedding:嵌入,向量
similarity:相似度 nearest_neighbour:最近邻 nearest_neighbor:最近邻 support_vector:支持向量
logistic_regression:逻辑回归 linear_regression:线性回归 time_series:时间序列 trend:趋势
seasonal:季节性 seasonality:季节性 lag:滞后,延迟 heatmap:热力图 scatter_plot:散点图
bar_chart:柱状图,条形图 line_chart:折线图 pie_chart:饼图 area_chart:面积图 radar_chart:雷达图
diagram:示意图,图 figure:图形,图 legend:图例 axis_label:轴标签 tick:刻度 grid:网格 marker:标记
contour:等高线,轮廓 visualisation:可视化 visualization:可视化 dashboard:仪表盘,看板
report:报告,报表 metric:指标 statistic:统计量 analysis:分析 analyse:分析 analyze:分析 explore:探索
insight:洞察 wide_format:宽表 long_format:长表 melt_table:逆透视 crosstab:交叉表,列联表
contingency_table:列联表 ranking:排名,排行 rank:排名,排序 top:前几名,顶部 bottom:底部
distinct:去重,不同 categorical:分类变量 numerical:数值 boolean:布尔,布尔值 dictionary:字典,词典
tuple:元组 float:浮点数 timestamp:时间戳 datetime:日期时间 format:格式 delimiter:分隔符
separator:分隔符 spreadsheet:电子表格,表格 worksheet:工作表 workbook:工作簿 table:表格,桌子
sql:结构化查询语言 view:查看,视图 trigger:触发,触发器 primary_key:主键 foreign_key:外键
constraint:约束 transaction:事务,交易 rollback:回滚 insert:插入 restore:恢复,还原 migrate:迁移
migration:迁移 replicate:复制 replica:副本 partition:分区 cache:缓存 storage:存储 warehouse:仓库
connection:连接 filename:文件名 file_size:文件大小 extension:扩展名,后缀 path:路径 attachment:附件
archive:归档,存档 zip:压缩包 unzip:解压,解压缩 decompress:解压 permission:权限 owner:所有者,负责人
shortcut:快捷方式 recycle_bin:回收站 trash:回收站,垃圾 overwrite:覆盖 append:追加 paste:粘贴
cut:剪切 drag:拖动 open_file:打开文件 synchronise:同步 synchronize:同步 sync:同步
cloud_drive:云盘,网盘 watermark:水印 thumbnail:缩略图 resolution:分辨率 pixel:像素 template:模板
slide:幻灯片 presentation:演示文稿,演示 programming:编程 programmer:程序员
developer:开发者,开发人员 software:软件 hardware:硬件 application:应用,申请 app:应用
source_code:源代码,源码 compile:编译 compiler:编译器 debug:调试 bug:漏洞,缺陷 breakpoint:断点
exception:异常 syntax:语法 loop:循环 condition:条件 conditional:条件 recursion:递归 algorithm:算法
object:对象,物体 method:方法 argument:参数 library_package:库 package:包,包裹 module:模块
dependency:依赖 interface:接口,界面 api:接口 framework:框架 plugin:插件 environment:环境
configuration:配置 configure:配置 config:配置 deploy:部署 deployment:部署 release:发布,版本
build:构建 repository:仓库,代码库 branch:分支,分行 pull_request:合并请求 merge_request:合并请求
clone:克隆 fork:分叉,叉子 stack:栈,堆栈 queue:队列,排队 thread:线程 process:进程,处理 pointer:指针
parse:解析 parser:解析器 render:渲染 refactor:重构 lint:代码检查 unit_test:单元测试
test_case:测试用例 terminal:终端 shell:命令行 command:命令 command_line:命令行
lines_of_code:代码行数 token:令牌,词元 authentication:认证,身份验证 authenticate:认证
authorise:授权 authorize:授权 authorisation:授权 authorization:授权 log:日志 logs:日志 audit:审计
security:安全 firewall:防火墙 vulnerability:漏洞 certificate:证书 signature:签名 sign:签名,签署
client:客户端,客户 port:端口,港口 proxy:代理 router:路由器 route:路由,路线 switch:交换机,开关
gateway:网关 bandwidth:带宽 latency:延迟,时延 throughput:吞吐量 packet:数据包 protocol:协议
subnet:子网 mac_address:物理地址 domain_name:域名 webpage:网页 browser:浏览器 bookmark:书签,收藏
cookie:饼干,曲奇 online:在线 offline:离线 connect:连接 disconnect:断开 reconnect:重连 timeout:超时
retry:重试 request:请求 response:响应 webhook:回调 endpoint:端点 load_balancer:负载均衡
container:容器,集装箱 virtual_machine:虚拟机 instance:实例 cpu_usage:占用率 memory_usage:内存占用
disk_space:磁盘空间 usage:用量,使用率 uptime:运行时间 downtime:停机时间 reboot:重启 shutdown:关机
boot:启动 power_on:开机 power_off:关机 sleep:睡眠,休眠 upgrade:升级 downgrade:降级 uninstall:卸载
patch:补丁 username:用户名 user_id:用户编号 profile:个人资料,档案 avatar:头像 session:会话
role:角色 group:组,分组 admin:管理员 administrator:管理员 verification_code:验证码 reset:重置
screenshot:截图 screen:屏幕 display:显示,显示器 keyboard:键盘 mouse:鼠标 printer:打印机
scanner:扫描仪 microphone:麦克风 finance:金融,财务 financial:财务,金融 money:钱,资金
mortgage:房贷,按揭 interest_rate:利率 compound_interest:复利 simple_interest:单利
principal:本金,校长 repayment:还款 repay:还款 instalment:分期,期数 installment:分期
down_payment:首付 debt:债务 credit:信用,学分 credit_card:信用卡 credit_score:信用分
foreign_exchange:外汇 dollar:美元 euro:欧元 pound:英镑,磅 yen:日元 yuan:人民币 rmb:人民币
shares:股份,股票 share_price:股价 stock_market:股市 dividend:股息,分红 bond_yield:债券收益率
portfolio:投资组合 fund:基金,资金 investor:投资者 yield_rate:收益率 return_rate:收益率,回报率
rate_of_return:收益率,回报率 profit:利润,盈利 revenue:收入,营收 expense:支出,费用 expenditure:支出
cost:成本,费用 fee:费用,手续费 tax_rate:税率 income_tax:所得税,个税 value_added_tax:增值税
deduction:扣除,抵扣 asset:资产 liability:负债 equity:股权,权益 balance_sheet:资产负债表
cash_flow:现金流 net_present_value:净现值 depreciation:折旧 inflation:通货膨胀,通胀 gdp:生产总值
economy_growth:经济增长 economics:经济学 margin:利润率,边距 gross_profit:毛利 net_profit:净利润
turnover:营业额,周转率 market_value:市值 market_cap:市值 futures:期货 risk:风险 insurance:保险
premium:保费 claim:理赔,索赔 pension:养老金,退休金 savings:储蓄 save_money:存钱 remittance:汇款
transfer:转账,转移 bank_account:银行账户 account_number:账号 statement:对账单,声明 reimburse:报销
reimbursement:报销 accounting:会计 ledger:账本,总账 bookkeeping:记账 billing:账单,计费
quotation:报价,报价单 contract:合同 subsidy:补贴 donation:捐款,捐赠 donate:捐款,捐赠 wallet:钱包
fine:罚款 penalty:罚款,处罚 order_number:订单号 order_status:订单状态 purchase:购买,采购
procurement:采购 seller:卖家 buyer:买家 merchant:商家,商户 retailer:零售商 retail:零售
wholesale:批发 supplier:供应商 vendor:供应商 shopping:购物 checkout:结账,结算 unit_price:单价
total_price:总价 list_price:原价 sale:促销,销售 sales:销售额,销量,销售 promotion:促销,晋升
membership:会员 loyalty_points:积分 points:积分,分数 sku:货号 product_id:商品编号
catalogue:目录,商品目录 catalog:目录,商品目录 stock_level:库存量 in_stock:有货 out_of_stock:缺货
restock:补货 replenish:补货 exchange:换货,交换 warranty:保修,质保 after_sales:售后
customer_service:客服 complaint:投诉 feedback:反馈 wishlist:心愿单,收藏夹 favourite:收藏,最喜欢
favorite:收藏,最喜欢 review:评价,审核 clothes:衣服 clothing:服装 trousers:裤子 pants:裤子
sock:袜子 jacket:夹克 bag:包,袋子,背包 umbrella:雨伞,伞 watch:手表 glasses:眼镜 toy:玩具
furniture:家具 chair:椅子 desk:书桌,课桌 bed:床,床铺 sofa:沙发 jewellery:首饰,珠宝
jewelry:首饰,珠宝 cosmetics:化妆品 barcode:条形码,条码 logistics:物流 shipment:货运,发货
delivery:配送,送货 deliver:配送,送达 courier:快递员,快递 tracking_number:快递单号,运单号
waybill:运单 freight:货运,运费 cargo:货物 truck:卡车,货车 van:面包车 driver:司机,驱动 fleet:车队
vehicle:车辆 dispatch:派送,调度 pallet:托盘 shelf:货架,书架 customs:海关 tariff:关税
supply_chain:供应链 distribution_center:配送中心 pickup:取件,自提 sender:寄件人,发件人
receiver:收件人,接收者 postcode:邮编,邮政编码 zip_code:邮编,邮政编码 postal_code:邮政编码,邮编
team_leader:组长 boss:老板 director:主任,导演 staff_number:工号 job_title:职称,职务 cv:简历
recruit:招聘 recruitment:招聘 hire:雇用,录用 interview:面试,采访 onboarding:入职 dismiss:解雇
retire:退休 allowance:津贴,补助 duty:值班,职责 clock_out:下班打卡 timesheet:工时表
minutes:会议纪要 video_call:视频通话,视频会议 business_card:名片 outbox:发件箱 cc:抄送
notice:通知,公告 seal:印章,密封 milestone:里程碑 workload:工作量 office_supplies:办公用品
stationery:文具 lawyer:律师 legal:法律 policy:政策,策略 regulation:规定,法规 standard:标准
college:学院 kindergarten:幼儿园 primary_school:小学 middle_school:初中,中学 secondary_school:中学
teacher_id:教师编号 curriculum:课程,教学大纲 academic_year:学年 examination:考试,检查 midterm:期中
multiple_choice:选择题 fill_in_blank:填空题 pass_rate:及格率 class_average:班级平均分
report_card:成绩单 seating_plan:座位表 absence:缺勤,缺席 roll_call:点名 headmaster:校长
supervisor:导师,主管 guardian:监护人 canteen:食堂 cafeteria:食堂 admission:录取,入学
graduate:毕业,毕业生 diploma:文凭,毕业证 lecture:讲座 seminar:研讨会 club:社团,俱乐部
flashcard:闪卡,抽认卡 thesis:论文 researcher:研究员 professor:教授 blackboard:黑板 whiteboard:白板
librarian:图书管理员 publisher:出版社 edition:版次,版本 call_number:索书号 magazine:杂志
newspaper:报纸 borrower:借阅人 instrument:仪器,乐器 specimen:标本 flask:烧瓶 pipette:移液管,移液器
burette:滴定管 centrifuge:离心机 incubator:培养箱 barometer:气压计 spectrometer:光谱仪
oscilloscope:示波器 multimeter:万用表 ammeter:电流表 tolerance:公差,容差 stirrer:搅拌器 shake:摇晃
fan_speed:风速,转速 rotation_speed:转速 rpm:转速 relay:继电器,接力 actuator:执行器 servo:舵机
stepper_motor:步进电机 led:发光二极管 buzzer:蜂鸣器 knob:旋钮 cable:电缆,线缆 wire:导线,电线
socket:插座 plug:插头,插座 fuse:保险丝 solar_panel:太阳能板 sampling_rate:采样率 turbidity:浊度
pipe:管道,水管 nozzle:喷嘴 conveyor:传送带 production_line:生产线 factory:工厂 malfunction:故障
screw:螺丝 hammer:锤子 dehumidifier:除湿机 rice_cooker:电饭煲 kettle:水壶,电水壶 refrigerator:冰箱
freezer:冷冻柜 washer:洗衣机 dryer:烘干机 doorbell:门铃 smart_lock:智能锁 ceiling_light:吸顶灯
wall:墙壁 roof:屋顶 stairs:楼梯 toilet:厕所,马桶 shower:淋浴,洗澡 basement:地下室 hallway:走廊
corridor:走廊 rent:租金 tenant:租客 landlord:房东 house_number:门牌号 scene:场景 laundry:洗衣
housework:家务 electricity_bill:电费 water_bill:水费 water_usage:用水量 tour:旅游团,游览
sightseeing:观光 scenic_spot:景区,景点 baggage:行李 embassy:大使馆 boarding:登机 gate:登机口,大门
aircraft:飞机 take_off:起飞 landing:降落 transit:中转,过境 stopover:经停,中转 carriage:车厢
metro:地铁 tram:电车 coach:教练,大巴 motorcycle:摩托车 scooter:电动车,滑板车 fare:票价,车费
traffic_jam:堵车,拥堵 street:街道 petrol:汽油 gasoline:汽油 driving_licence:驾照
driver_license:驾照 licence_plate:车牌 license_plate:车牌 single_room:单人间 double_room:双人间
suite:套房 check_in:入住,签到 hostel:青年旅社 camping:露营 tent:帐篷 hiking:徒步,远足
guide:导游,指南 souvenir:纪念品 one_way:单程 non_stop:直达,直飞 atmosphere:大气,大气层
overcast:阴天 thunder:打雷,雷声 thunderstorm:雷暴,雷阵雨 lightning:闪电 hail:冰雹 hurricane:飓风
tornado:龙卷风 frost:霜冻 haze:雾霾 dew_point:露点 fall:秋天,下降 feels_like:体感温度
cook:烹饪,厨师 bake:烘焙 fry:油炸,炒菜 stew:炖 roast:烤 grill:烧烤 barbecue:烧烤 vinegar:醋
soy_sauce:酱油 sauce:酱汁,酱料 pepper:胡椒,辣椒 garlic:大蒜 ginger:生姜 carrot:胡萝卜
cabbage:白菜,卷心菜 cucumber:黄瓜 maize:玉米 bean:豆子 tofu:豆腐 lamb:羊肉 mutton:羊肉 duck:鸭子
shrimp:虾 prawn:虾 crab:螃蟹 seafood:海鲜 dumpling:饺子 steamed_bun:包子,馒头 hotpot:火锅
porridge:粥 snack:零食,小吃 dessert:甜点,甜品 chocolate:巧克力 candy:糖果 biscuit:饼干 honey:蜂蜜
yogurt:酸奶 yoghurt:酸奶 cream:奶油 pear:梨 peach:桃子 watermelon:西瓜 mango:芒果 lemon:柠檬
cherry:樱桃 pineapple:菠萝 nut:坚果 beverage:饮料 dish:菜品,菜肴 takeaway:外卖 takeout:外卖
flavour:口味,味道 flavor:口味,味道 bowl:碗 plate:盘子 spoon:勺子,汤匙 knife:刀具 chopsticks:筷子
pot:锅 vegan:纯素 nutrient:营养素 carbohydrate:碳水化合物 waiter:服务员 chef:厨师 sports:体育,运动
soccer:足球 volleyball:排球 ping_pong:乒乓球 baseball:棒球 golf:高尔夫 marathon:马拉松 skiing:滑雪
skating:滑冰 yoga:瑜伽 gymnastics:体操 athletics:田径 boxing:拳击 martial_arts:武术 long_jump:跳远
high_jump:跳高 sprint:短跑 referee:裁判 opponent:对手 contest:竞赛 tournament:锦标赛 league:联赛
championship:冠军赛,锦标赛 champion:冠军 olympics:奥运会 world_cup:世界杯 court:球场,法院 lap:圈数
workout:锻炼,健身 calories_burned:消耗热量 pulse:脉搏,脉冲 tablet:药片,平板 capsule:胶囊 ward:病房
surgery:手术 operation:操作,运算,手术 diagnose:诊断 illness:疾病 cough:咳嗽 headache:头痛
pain:疼痛 influenza:流感 infection:感染 cancer:癌症 pregnancy:怀孕 vaccination:接种,疫苗
vaccinate:接种 therapy:治疗,疗法 rehabilitation:康复 checkup:体检 medical_history:病史
ambulance:救护车 dentist:牙医 x_ray:射线 obesity:肥胖 mortality:死亡率 epidemic:疫情,流行病
outbreak:暴发,疫情 psychology:心理学,心理 stress:压力,应力 first_aid:急救 sex:性别 poker:扑克
card_game:纸牌 deck:牌组 puzzle:谜题,拼图 riddle:谜语 maze:迷宫 sudoku:数独 crossword:填字
winner:赢家,获胜者 weapon:武器 monster:怪物 quest:任务 lottery:彩票,抽奖 bet:下注 band:乐队
lyric:歌词 melody:旋律 beat:节拍 violin:小提琴 drum:鼓 flute:长笛 musical_note:音符
composer:作曲家 artist:艺术家,艺人 radio:收音机,电台 podcast:播客 headphones:耳机 earphones:耳机
actress:女演员 tv_show:电视剧,节目 documentary:纪录片 cartoon:动画片 animation:动画
theatre:剧院,戏剧 theater:剧院 drama:戏剧 opera:歌剧 box_office:票房 showtime:放映时间
screening:放映,筛查 sculpture:雕塑 gallery:画廊,相册 performance:表演,性能 cotton:棉花
soybean:大豆 paddy:稻田 sow:播种 irrigate:灌溉 watering:浇水 pest:害虫 weed:杂草 poultry:家禽
cattle:肉牛,牛群 goat:山羊 horse:马匹 rabbit:兔子 hen:母鸡 bee:蜜蜂 orchard:果园 tractor:拖拉机
barn:谷仓 fishery:渔业 forestry:林业 acreage:种植面积 environmental:环境 carbon_emission:碳排放
greenhouse_gas:温室气体 global_warming:全球变暖 recycling:回收 garbage:垃圾 rubbish:垃圾
sewage:污水 solar:太阳能 wind_power:风电,风能 coal:煤炭 petroleum:石油 fossil_fuel:化石燃料
conservation:保护,守恒 nature_reserve:自然保护区 dust:灰尘,粉尘 inquire:咨询,询问 ask:询问,提问
browse:浏览 gather:收集 sign_up:注册,报名 regulate:调节 deny:拒绝 accept:接受 allow:允许
forbid:禁止 block:屏蔽,拉黑 ban:封禁,禁止 unblock:解除屏蔽 revoke:撤销 redo:重做
separate:分离,分开 erase:擦除 set_up:设置,搭建 design:设计 hide:隐藏 zoom:缩放 zoom_in:放大
zoom_out:缩小 enlarge:放大 shrink:缩小 raise:提高,举起 extend:延长,扩展 finish:完成,结束
launch:启动,发射 participate:参加 quit:退出 exit:退出,出口 enter:进入,输入 hang_up:挂断
broadcast:广播 unfollow:取消关注 assess:评估 inspect:检查,巡检 track:跟踪,追踪 trace:追溯,追踪
observation:观测,观察 practise:练习 push:推送 pull:拉取 scroll:滚动 swipe:滑动 attach:附加,附上
supply:供应,供给 reuse:重复使用 avoid:避免 protect:保护 lend:借出 mention:提及 celebrate:庆祝
sweep:扫地 spray:喷洒,喷雾 inject:注射,注入 drain:排水 pour:倾倒 nickname:昵称 surname:姓氏
first_name:名字 last_name:姓氏 serial_number:序列号 identity_card:身份证 preset:预设 custom:自定义
customise:自定义 customize:自定义 urgency:紧急程度 importance:重要性 upper_bound:上界
lower_bound:下界 final:最终,决赛 initial_value:初值,初始值 relative:相对 absolute:绝对
effect:效果,影响 influence:影响 purpose:目的,用途 remark:备注 theme:主题 style:风格,样式
example:示例,例子 instruction:说明,指令 concept:概念 theory:理论 problem:问题 simple:简单
hard:困难 complex:复杂 thick:厚 thin:薄 shallow:浅 soft:柔软 bright:明亮 dark:黑暗,深色
transparent:透明 opacity:不透明度 transparency:透明度 contrast:对比度 saturation:饱和度
background:背景 foreground:前景 wet:潮湿 quiet:安静 loud:大声 busy:忙碌 idle:空闲 valid:有效
invalid:无效 validity:有效期,有效性 effective:有效 enough:足够 necessary:必要 greater:大于
greater_or_equal:大于等于 less_or_equal:小于等于 local:本地,当地 global:全局,全球
international:国际 foreign:外国 domestic:国内 official:官方 internal:内部 external:外部
regular:定期,普通 temporary:临时 permanent:永久 automatic:自动 automation:自动化 popular:热门,流行
recent:最近 upcoming:即将 expired:已过期 closed:已关闭 incomplete:未完成 cancelled:已取消
canceled:已取消 approved:已批准 rejected:已拒绝 unread:未读 shipped:已发货 occupied:占用
vacant:空闲 marriage:婚姻 married:已婚 husband:丈夫 wife:妻子 brother:兄弟 sister:姐妹 son:儿子
daughter:女儿 grandmother:奶奶 grandfather:爷爷 baby:婴儿,宝宝 neighbour:邻居 neighbor:邻居
police:警察 firefighter:消防员 engineer:工程师 worker:工人 scientist:科学家 volunteer:志愿者
spring_festival:春节 new_year:新年,元旦 wedding:婚礼 party:聚会,派对 noon:中午 midnight:午夜
january:一月 february:二月 march:三月 april:四月 may:五月 june:六月 july:七月 august:八月
september:九月 october:十月 november:十一月 december:十二月 ton:吨 feet:英尺 gallon:加仑
ounce:盎司 kilowatt_hour:千瓦时 byte:字节 megabyte:兆字节 acre:英亩 square_metre:平方米
square_meter:平方米 cubic_metre:立方米 cubic_meter:立方米 arrow:箭头 zero:零 half:一半
double:两倍,翻倍 triple:三倍 pair:一对,配对 dozen:一打 china:中国 beijing:北京 shanghai:上海
guangzhou:广州 shenzhen:深圳 hong_kong:香港 japan:日本 tokyo:东京 korea:韩国 india:印度
russia:俄罗斯 america:美国 united_states:美国 britain:英国 united_kingdom:英国 london:伦敦
france:法国 paris:巴黎 germany:德国 italy:意大利 spain:西班牙 canada:加拿大 australia:澳大利亚
brazil:巴西 egypt:埃及 new_york:纽约 singapore:新加坡 asia:亚洲 europe:欧洲 africa:非洲
north_america:北美洲 south_america:南美洲 antarctica:南极洲 yangtze:长江 yellow_river:黄河
level:水位,水平
""".split()
