"""Units, currencies, languages and other closed lists, in English and Chinese."""

from __future__ import annotations

__all__ = ["CRYPTO", "CURRENCIES", "LANGUAGES", "MONTHS", "THINGS", "UNITS", "WEEKDAYS"]

# canonical name: (dimension, how many of the dimension's base unit, words, in the order preferred)
UNITS: dict[str, tuple[str, float, str]] = {
    "meter": ("length", 1, "m meter meters metre metres 米"),
    "kilometer": ("length", 1000, "km kilometer kilometers kilometre kilometres kms 公里 千米"),
    "centimeter": ("length", 0.01, "cm centimeter centimeters centimetre centimetres 厘米 公分"),
    "millimeter": ("length", 0.001, "mm millimeter millimeters millimetre millimetres 毫米"),
    "mile": ("length", 1609.344, "mi mile miles 英里"),
    "yard": ("length", 0.9144, "yd yard yards 码"),
    "foot": ("length", 0.3048, "ft foot feet 英尺"),
    "inch": ("length", 0.0254, "inch inches 英寸"),
    "kilogram": ("mass", 1, "kg kilogram kilograms kilo kilos kgs 公斤 千克"),
    "gram": ("mass", 0.001, "g gram grams 克"),
    "milligram": ("mass", 0.000001, "mg milligram milligrams 毫克"),
    "pound": ("mass", 0.45359237, "lb lbs pound pounds 磅"),
    "ounce": ("mass", 0.0283495, "oz ounce ounces 盎司"),
    "ton": ("mass", 1000, "t ton tons tonne tonnes 吨"),
    "jin": ("mass", 0.5, "斤"),
    "stone": ("mass", 6.35029, "stones"),
    "celsius": ("temperature", 1, "celsius °c ℃ centigrade c 摄氏度 摄氏"),
    "fahrenheit": ("temperature", 1, "fahrenheit °f ℉ f 华氏度 华氏"),
    "kelvin": ("temperature", 1, "kelvin kelvins k 开尔文"),
    "degree": ("temperature", 1, "degree degrees ° 度"),
    "millisecond": ("time", 0.001, "ms millisecond milliseconds 毫秒"),
    "second": ("time", 1, "s second seconds sec secs 秒 秒钟"),
    "minute": ("time", 60, "min minute minutes mins 分钟"),
    "hour": ("time", 3600, "h hour hours hr hrs 小时 个小时 钟头"),
    "day": ("time", 86400, "d day days 天"),
    "night": ("time", 86400, "night nights 晚"),
    "week": ("time", 604800, "week weeks wk 周 个星期 星期"),
    "month": ("time", 2629800, "month months 个月"),
    "year": ("time", 31557600, "year years yr yrs yo 年 岁"),
    "liter": ("volume", 1, "l liter liters litre litres 升 公升"),
    "milliliter": ("volume", 0.001, "ml milliliter milliliters millilitre millilitres 毫升"),
    "gallon": ("volume", 3.78541, "gal gallon gallons 加仑"),
    "cup": ("volume", 0.24, "cup cups 杯"),
    "tablespoon": ("volume", 0.0147868, "tbsp tablespoon tablespoons 汤匙"),
    "teaspoon": ("volume", 0.00492892, "tsp teaspoon teaspoons 茶匙"),
    "kph": (
        "speed",
        1,
        "km/h kph kmh kilometers_per_hour kilometres_per_hour 公里每小时 千米每小时",
    ),
    "mph": ("speed", 1.609344, "mph miles_per_hour 英里每小时"),
    "mps": ("speed", 3.6, "m/s meters_per_second metres_per_second 米每秒"),
    "byte": ("bytes", 1, "b byte bytes 字节"),
    "kilobyte": ("bytes", 1e3, "kb kilobyte kilobytes"),
    "megabyte": ("bytes", 1e6, "mb megabyte megabytes 兆"),
    "gigabyte": ("bytes", 1e9, "gb gigabyte gigabytes"),
    "terabyte": ("bytes", 1e12, "tb terabyte terabytes"),
    "square_meter": ("area", 1, "m2 m² sqm 平方米 平米"),
    "acre": ("area", 4046.86, "acre acres 英亩"),
    "hectare": ("area", 10000, "ha hectare hectares 公顷"),
    "mu": ("area", 666.67, "亩"),
    "percent": ("percent", 1, "% percent percentage pct"),
    "joule": ("energy", 1, "j joule joules 焦耳"),
    "calorie": ("energy", 4.184, "cal calorie calories 卡路里"),
    "kilocalorie": ("energy", 4184, "kcal kilocalories 大卡 千卡"),
    "watt": ("wattage", 1, "w watt watts 瓦"),
    "kilowatt": ("wattage", 1000, "kw kilowatt kilowatts 千瓦"),
    "pascal": ("pressure", 1, "pa pascal pascals 帕"),
    "bar": ("pressure", 100000, "bars"),
    "psi": ("pressure", 6894.76, "psi"),
    "ohm": ("resistance", 1, "ohm ohms ω 欧姆"),
    "kiloohm": ("resistance", 1000, "kω kohm kiloohm kiloohms 千欧"),
    "volt": ("voltage", 1, "v volt volts 伏特 伏"),
    "millivolt": ("voltage", 0.001, "mv millivolt millivolts 毫伏"),
    "ampere": ("current", 1, "ampere amperes amp amps 安培"),
    "milliampere": ("current", 0.001, "ma milliampere milliamperes milliamps 毫安"),
    "newton": ("force", 1, "newton newtons 牛顿"),
    "hertz": ("frequency", 1, "hz hertz 赫兹"),
    "kilohertz": ("frequency", 1000, "khz kilohertz 千赫"),
    "kilojoule": ("energy", 1000, "kj kilojoule kilojoules 千焦"),
    "radian": ("angle", 57.29578, "rad radian radians 弧度"),
}

CURRENCIES: dict[str, str] = {
    "USD": "usd us_dollar us_dollars american_dollars dollar dollars buck bucks us$ $ 美元 美金",
    "EUR": "eur euro euros € 欧元",
    "GBP": "gbp british_pounds british_pound pounds_sterling sterling quid pound pounds £ 英镑",
    "JPY": "jpy japanese_yen yen ¥ 日元 日圆 円",
    "CNY": "cny chinese_yuan rmb yuan renminbi 人民币 元 块 块钱 元人民币",
    "CHF": "chf swiss_franc swiss_francs franc francs 瑞士法郎 法郎",
    "CAD": "cad canadian_dollar canadian_dollars 加元 加拿大元",
    "AUD": "aud australian_dollar australian_dollars 澳元 澳大利亚元",
    "NZD": "nzd new_zealand_dollars 新西兰元",
    "HKD": "hkd hong_kong_dollar hong_kong_dollars 港币 港元",
    "TWD": "twd 台币 新台币",
    "KRW": "krw korean_won won ₩ 韩元 韩币",
    "INR": "inr indian_rupee indian_rupees rupee rupees ₹ 卢比 印度卢比",
    "BRL": "brl brazilian_real brazilian_reais real reais 雷亚尔",
    "MXN": "mxn mexican_peso mexican_pesos peso pesos 墨西哥比索 比索",
    "RUB": "rub russian_ruble russian_rubles ruble rubles rouble roubles ₽ 卢布",
    "SEK": "sek swedish_krona swedish_kronor krona kronor 瑞典克朗",
    "NOK": "nok norwegian_krone norwegian_kroner krone kroner 挪威克朗",
    "DKK": "dkk danish_krone danish_kroner danish_crowns 丹麦克朗",
    "PLN": "pln polish_zloty zloty złoty 兹罗提",
    "CZK": "czk czech_koruna czech_crowns koruna 捷克克朗",
    "TRY": "turkish_lira lira liras 里拉",
    "SGD": "sgd singapore_dollar singapore_dollars 新加坡元 新币",
    "THB": "thb thai_baht baht 泰铢",
    "ZAR": "zar south_african_rand rand 兰特",
    "HUF": "huf hungarian_forint forint forints 福林",
    "ILS": "ils israeli_shekel shekel shekels 谢克尔",
    "EGP": "egp egyptian_pound egyptian_pounds 埃及镑",
    "ARS": "ars argentine_peso argentine_pesos 阿根廷比索",
    "BTC": "btc bitcoin bitcoins 比特币",
    "ETH": "eth ethereum ether 以太坊",
}

CRYPTO = frozenset(("BTC", "ETH"))

LANGUAGES: dict[str, str] = {
    "English": "en english 英语 英文",
    "Chinese": "zh chinese mandarin 中文 汉语 普通话",
    "Spanish": "es spanish 西班牙语 西班牙文",
    "French": "fr french 法语 法文",
    "German": "de german 德语 德文",
    "Italian": "it italian 意大利语 意大利文",
    "Portuguese": "pt portuguese 葡萄牙语",
    "Japanese": "ja japanese 日语 日文",
    "Korean": "ko korean 韩语 韩文",
    "Russian": "ru russian 俄语 俄文",
    "Arabic": "ar arabic 阿拉伯语",
    "Hindi": "hi hindi 印地语",
    "Dutch": "nl dutch 荷兰语",
    "Swedish": "sv swedish 瑞典语",
    "Danish": "da danish 丹麦语",
    "Norwegian": "no norwegian 挪威语",
    "Finnish": "fi finnish 芬兰语",
    "Polish": "pl polish 波兰语",
    "Czech": "cs czech 捷克语",
    "Greek": "el greek 希腊语",
    "Turkish": "tr turkish 土耳其语",
    "Hebrew": "he hebrew 希伯来语",
    "Vietnamese": "vi vietnamese 越南语",
    "Thai": "th thai 泰语",
    "Indonesian": "id indonesian 印尼语",
    "Ukrainian": "uk ukrainian 乌克兰语",
    "Latin": "la latin 拉丁语",
}

# Things that say by themselves of what kind they are; other words for one follow "=".
_THINGS = {
    "color": "red=红色=红 green=绿色 blue=蓝色 yellow=黄色 orange=橙色 purple=紫色 "
    "pink=粉色=粉红色 white=白色 black=黑色 gray=grey=灰色 brown=棕色 "
    "cyan magenta gold silver teal navy beige turquoise violet crimson ivory coral salmon khaki "
    "indigo lavender maroon olive plum azure lime aqua chocolate",
    "room": "kitchen bedroom bathroom office garage hallway basement attic garden balcony nursery "
    "客厅 卧室 厨房 浴室 书房 婴儿房 儿童房 洗手间 走廊 地下室 阁楼 阳台 卫生间 车库 主卧 "
    "次卧 餐厅 办公室 会议室",
    "size": "small=小号=小杯 medium=中号=中杯 large=大号=大杯",
    "cuisine": "italian chinese japanese mexican indian thai french greek korean vietnamese "
    "spanish vegan 川菜 粤菜 湘菜 日料 西餐",
    "genre": "jazz rock pop classical blues metal folk electronic country hip-hop comedy drama "
    "thriller horror romance fantasy action sci-fi documentary 爵士 摇滚 喜剧 科幻",
}
# Any word for a thing: its kind, and the name of the thing.
THINGS: dict[str, tuple[str, str]] = {
    word: (kind, thing.partition("=")[0])
    for kind, things in _THINGS.items()
    for thing in things.split()
    for word in thing.split("=")
}

MONTHS = (
    "january february march april may june july august september october november december".split()
)
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
