"""Prompts, the tools on offer, and the calls that must come of them in one response.

``CASES`` try the tools of `demo_tools`; ``MORE`` bring tools of their own, as notebooks do.
"""

from demo_tools import (
    ADD,
    BMI,
    BOOLEAN,
    CALCULATOR,
    CIRCLE,
    COIN,
    COUNT_LETTER,
    COUNT_WORDS,
    CREATE_USER,
    CURRENCY,
    CURRENCY_ZH,
    DATE_DIFF,
    DELETE_EVENT,
    DESCRIBE,
    DICE,
    DISTANCE,
    EMAIL,
    EVENT,
    FACTORIAL,
    FLIGHT,
    FLIGHT_ZH,
    GROUP,
    HEAD,
    HISTOGRAM,
    HOTEL,
    INTEGER,
    IS_PRIME,
    LIGHT,
    LIST_EVENTS,
    LOAN,
    LOOKUP,
    MATH,
    MEAN,
    MULTIPLY,
    MUSIC,
    NEWS,
    NUMBER,
    ORDER,
    ORDER_STATUS,
    PASSWORD,
    RANDOM,
    READ_FILE,
    RECTANGLE,
    REMINDER,
    REPLACE,
    REVERSE,
    SEARCH,
    SHOPPING,
    SORT,
    SORT_WORDS,
    SQRT,
    STOCK,
    STRING,
    SUBTRACT,
    SYSTEM,
    TABLE,
    TEMPERATURE,
    TIME,
    TIME_IN,
    TIMER,
    TIP,
    TODO,
    TRANSLATE,
    UNITS,
    UPPER,
    WEATHER,
    WEATHER_ZH,
    list_of,
    maybe,
    of,
    one_of,
    record,
    tool,
)

S, N, I, B = STRING, NUMBER, INTEGER, BOOLEAN  # noqa: E741 - as short as the rows need


def fn(name, doc, /, required=None, **p):
    return {
        "type": "function",
        "name": name,
        "description": doc,
        "strict": False,
        "parameters": {
            "type": "object",
            "properties": {k: {**v, "title": k.replace("_", " ").title()} for k, v in p.items()},
            "required": list(p) if required is None else required.split(),
        },
    }


SIN = tool(
    "toggle_device",
    "Switch a smart home device on or off",
    device=of(STRING, "Name of the device"),
    state=one_of("on", "off"),
)
THERMO = tool(
    "set_thermostat",
    "Set the target temperature of a room",
    "room",
    temperature=of(NUMBER, "degrees Celsius"),
    room=STRING,
)
BMI2 = tool(
    "compute_bmi",
    "Compute body mass index",
    weight=of(NUMBER, "weight in kilograms"),
    height=of(NUMBER, "height in centimeters"),
)
TRAIN = tool(
    "find_trains",
    "Find train connections",
    "time",
    from_station=STRING,
    to_station=STRING,
    date=of(STRING, "ISO date"),
    time=of(STRING, "HH:MM"),
)
POLL = tool("create_poll", "Create a poll", question=STRING, options=list_of(STRING))
TAGNOTE = tool(
    "save_note", "Save a note", "tags pinned", content=STRING, tags=list_of(STRING), pinned=BOOLEAN
)
CORR = tool(
    "correlation",
    "Correlation between two columns of a DataFrame",
    frame=one_of("df", "penguins", description="name of a DataFrame in the notebook"),
    x=of(STRING, "first column"),
    y=of(STRING, "second column"),
)
FILTER = tool(
    "filter_rows",
    "Keep the rows of a DataFrame where a column satisfies a condition",
    df=one_of("orders", "users"),
    column=STRING,
    operator=one_of(">", "<", "==", ">=", "<="),
    value=NUMBER,
)
SCATTER = tool(
    "scatter_plot",
    "Scatter plot of two columns",
    "title",
    data=one_of("iris", "cars"),
    x=STRING,
    y=STRING,
    title=STRING,
)
UUID = tool("generate_uuid", "Generate a UUID", "version", version=INTEGER)
HASH = tool("hash_text", "Hash a text", text=STRING, algorithm=one_of("md5", "sha1", "sha256"))
B64 = tool("base64_encode", "Encode text as base64", text=STRING)
B64D = tool("base64_decode", "Decode base64 text", data=STRING)
SENT = tool("analyze_sentiment", "Analyse the sentiment of a text", text=STRING)
SUMM = tool(
    "summarize_text", "Summarise a text", "max_sentences", text=STRING, max_sentences=INTEGER
)
RECIPE = tool(
    "find_recipe",
    "Find recipes",
    "max_minutes vegetarian",
    ingredient=STRING,
    max_minutes=of(INTEGER, "longest cooking time in minutes"),
    vegetarian=BOOLEAN,
)
RENT = tool(
    "rent_car",
    "Rent a car",
    pickup_city=STRING,
    pickup_date=STRING,
    return_date=STRING,
    car_type=one_of("economy", "suv", "luxury"),
)
TRANSFER = tool(
    "transfer_money",
    "Transfer money between accounts",
    from_account=STRING,
    to_account=STRING,
    amount=NUMBER,
)
STOCKBUY = tool(
    "place_order",
    "Place a stock order",
    symbol=STRING,
    side=one_of("buy", "sell"),
    quantity=INTEGER,
)
COMPOUND = tool(
    "compound_interest",
    "Value of an investment with compound interest",
    principal=NUMBER,
    rate=of(NUMBER, "yearly rate as a decimal, e.g. 0.05"),
    years=INTEGER,
)
CALC2 = tool(
    "math_op",
    "Performs a math operation",
    x=of(NUMBER, "first operand"),
    y=of(NUMBER, "second operand"),
    op=of(STRING, "one of: add, sub, mul, div"),
)
SQLQ = tool("run_sql", "Run an SQL query", query=STRING)
WIKI = tool("wikipedia_summary", "Fetch the summary of a Wikipedia article", title=STRING)
AIR = tool("get_air_quality", "Air quality index of a city", city=STRING)
FORECAST = tool("get_forecast", "Weather forecast for the coming days", city=STRING, days=INTEGER)
IMG = tool("resize_image", "Resize an image", path=STRING, width=INTEGER, height=INTEGER)
COLOR = tool("set_color", "Set the color of the lamp", color=of(STRING, "color name or hex code"))
ALARM = tool(
    "set_alarm",
    "Set an alarm",
    "label repeat",
    time=of(STRING, "24h time HH:MM"),
    label=STRING,
    repeat=one_of("once", "daily", "weekdays"),
)
PTS = tool(
    "point_distance",
    "Euclidean distance of two points",
    a=record(x=NUMBER, y=NUMBER),
    b=record(x=NUMBER, y=NUMBER),
)
STRICT = tool(
    "search_flights",
    "Search flights",
    origin=STRING,
    destination=STRING,
    max_price=maybe(NUMBER),
    cabin=maybe(one_of("economy", "business", "first")),
    nonstop=maybe(BOOLEAN),
)
STRICT2 = tool(
    "search_products",
    "Search products in the catalog",
    query={"type": "string"},
    max_price={"type": ["number", "null"]},
    category={"type": ["string", "null"]},
    in_stock={"type": ["boolean", "null"]},
)
SMS = tool("send_sms", "Send a text message", phone_number=STRING, message=STRING)
GRADES = tool("average_grade", "Average of grades", grades=list_of(NUMBER))
PALIN = tool("is_palindrome", "Check if a word is a palindrome", word=STRING)
CAESAR = tool("caesar_cipher", "Encrypt text with a Caesar cipher", text=STRING, shift=INTEGER)
BASECONV = tool(
    "convert_base",
    "Convert a number between bases",
    number=STRING,
    from_base=INTEGER,
    to_base=INTEGER,
)
GCD = tool("gcd", "Greatest common divisor of two integers", a=INTEGER, b=INTEGER)
PCT = tool("percentage_of", "Compute a percentage of a number", percent=NUMBER, number=NUMBER)
FIB = tool("fibonacci", "First n Fibonacci numbers", n=INTEGER)
SPEED = tool("average_speed", "Average speed", distance_km=NUMBER, time_hours=NUMBER)
CTOF = tool("celsius_to_fahrenheit", "Convert degrees Celsius to Fahrenheit", celsius=NUMBER)
FTOC = tool("fahrenheit_to_celsius", "Convert degrees Fahrenheit to Celsius", fahrenheit=NUMBER)
SETREMIND_ZH = tool(
    "add_reminder", "添加提醒事项", content=of(STRING, "提醒内容"), time=of(STRING, "时间,如 15:30")
)
SENDMAIL_ZH = tool(
    "send_mail",
    "发送邮件",
    to=of(STRING, "收件人"),
    subject=of(STRING, "邮件主题"),
    body=of(STRING, "邮件正文"),
)
TRANS_ZH = tool(
    "translate",
    "把文本翻译成指定语言",
    text=of(STRING, "要翻译的文本"),
    target=of(STRING, "目标语言"),
)
SORT_ZH = tool(
    "sort_list", "对数字列表排序", numbers=list_of(NUMBER, "数字列表"), order=one_of("asc", "desc")
)
STOCK_ZH = tool("stock_price", "查询股票价格", symbol=of(STRING, "股票代码"))
SEARCH_ZH = tool("search", "在网上搜索信息", query=of(STRING, "搜索关键词"))
BMI_ZH = tool(
    "calc_bmi",
    "计算身体质量指数 BMI",
    weight=of(NUMBER, "体重(公斤)"),
    height=of(NUMBER, "身高(米)"),
)
HOTEL_ZH = tool(
    "book_hotel",
    "预订酒店",
    city=of(STRING, "城市"),
    checkin=of(STRING, "入住日期"),
    nights=of(INTEGER, "入住晚数"),
)
COUNT_ZH = tool("count_chars", "统计文本的字数", text=of(STRING, "文本"))
LIGHT_ZH = tool(
    "control_light", "控制房间灯光", room=of(STRING, "房间"), on=of(BOOLEAN, "是否打开")
)
UNIT_ZH = tool(
    "convert_length",
    "长度单位换算",
    value=of(NUMBER, "数值"),
    from_unit=of(STRING, "原单位: km, m, cm, mile"),
    to_unit=of(STRING, "目标单位: km, m, cm, mile"),
)
CALC_ZH = tool("calculator", "数学计算器", expression=of(STRING, "数学表达式"))
DESCRIBE_ZH = tool(
    "describe_df", "显示数据表的统计信息", df=one_of("sales", "users", description="数据表变量")
)


CITY_WEATHER = fn(
    "weather",
    "Get weather information for a city.",
    city=S,
    country=of(S, "two letter country code"),
)
CITY_WEATHER["parameters"]["required"] = ["city"]
ZONE_CLOCK = fn(
    "clock",
    "Tells the time in a timezone.",
    required="",
    timezone=of(S, "IANA name such as Europe/Paris"),
)

CASES = [
    # weather and time
    (
        "What's the weather like in San Francisco?",
        [WEATHER],
        [("get_weather", {"location": "San Francisco"})],
    ),
    (
        "What is the weather in Paris and in Rome?",
        [WEATHER, TIME],
        [("get_weather", {"location": "Paris"}), ("get_weather", {"location": "Rome"})],
    ),
    (
        "How hot is it in Cairo in fahrenheit?",
        [WEATHER, NEWS],
        [("get_weather", {"location": "Cairo", "unit": "fahrenheit"})],
    ),
    (
        "Do I need an umbrella in London today?",
        [WEATHER, STOCK],
        [("get_weather", {"location": "London"})],
    ),
    ("weather in new york please", [WEATHER], [("get_weather", {"location": "new york"})]),
    (
        "Tell me the weather in Boston, MA and the current time.",
        [WEATHER, TIME],
        [("get_weather", {"location": "Boston, MA"}), ("current_time", {})],
    ),
    (
        "What's the weather and the local time in Tokyo?",
        [WEATHER, TIME_IN],
        [("get_weather", {"location": "Tokyo"}), ("get_time", {"city": "Tokyo"})],
    ),
    (
        "Compare the weather in Paris, London and Berlin.",
        [WEATHER],
        [("get_weather", {"location": c}) for c in ("Paris", "London", "Berlin")],
    ),
    ("What time is it?", [TIME, WEATHER], [("current_time", {})]),
    ("北京今天天气怎么样?", [WEATHER_ZH, CURRENCY_ZH], [("query_weather", {"city": "北京"})]),
    (
        "查一下北京和上海的天气",
        [WEATHER_ZH],
        [("query_weather", {"city": "北京"}), ("query_weather", {"city": "上海"})],
    ),
    ("深圳明天会下雨吗", [WEATHER_ZH, FLIGHT_ZH], [("query_weather", {"city": "深圳"})]),
    ("现在几点了?", [TIME, WEATHER], [("current_time", {})]),
    (
        "我想知道广州的天气,还有现在的时间",
        [WEATHER_ZH, TIME],
        [("query_weather", {"city": "广州"}), ("current_time", {})],
    ),
    # units and currency
    (
        "Convert 100 USD to EUR",
        [CURRENCY, UNITS],
        [("convert_currency", {"amount": 100, "from_currency": "USD", "to_currency": "EUR"})],
    ),
    (
        "How much is 250 euros in Japanese yen?",
        [CURRENCY],
        [("convert_currency", {"amount": 250, "from_currency": "EUR", "to_currency": "JPY"})],
    ),
    (
        "How many pounds can I get for $40?",
        [CURRENCY],
        [("convert_currency", {"amount": 40, "from_currency": "USD", "to_currency": "GBP"})],
    ),
    (
        "Convert 5 miles to kilometers.",
        [UNITS, CURRENCY],
        [("convert_units", {"value": 5, "from_unit": "miles", "to_unit": "kilometers"})],
    ),
    (
        "Convert 5 miles to km and 10 pounds to kg",
        [UNITS, WEATHER],
        [
            ("convert_units", {"value": 5, "from_unit": "miles", "to_unit": "km"}),
            ("convert_units", {"value": 10, "from_unit": "pounds", "to_unit": "kg"}),
        ],
    ),
    (
        "What is 98.6 Fahrenheit in Celsius?",
        [TEMPERATURE, WEATHER],
        [("convert_temperature", {"value": 98.6, "from_unit": "fahrenheit", "to_unit": "celsius"})],
    ),
    (
        "-40 °C to °F",
        [TEMPERATURE],
        [("convert_temperature", {"value": -40, "from_unit": "celsius", "to_unit": "fahrenheit"})],
    ),
    (
        "把100美元换成人民币",
        [CURRENCY_ZH, WEATHER_ZH],
        [("exchange", {"amount": 100, "source": "USD", "target": "CNY"})],
    ),
    (
        "500欧元等于多少日元?",
        [CURRENCY_ZH],
        [("exchange", {"amount": 500, "source": "EUR", "target": "JPY"})],
    ),
    # calculators
    ("What is 12 * 7?", [CALCULATOR, WEATHER], [("calculator", {"expression": "12 * 7"})]),
    (
        "Calculate (3 + 5) * 2 - 4",
        [CALCULATOR],
        [("calculator", {"expression": "(3 + 5) * 2 - 4"})],
    ),
    ("What's 12 times 7?", [MATH], [("calculate", {"a": 12, "b": 7, "operation": "multiply"})]),
    (
        "Divide 144 by 12",
        [MATH, WEATHER],
        [("calculate", {"a": 144, "b": 12, "operation": "divide"})],
    ),
    ("Subtract 3 from 10.", [ADD, SUBTRACT], [("subtract", {"a": 10, "b": 3})]),
    ("Add 3 and 5", [ADD, MULTIPLY], [("add", {"a": 3, "b": 5})]),
    (
        "What is 2 to the power of 10?",
        [MATH],
        [("calculate", {"a": 2, "b": 10, "operation": "power"})],
    ),
    ("2的10次方是多少?", [MATH], [("calculate", {"a": 2, "b": 10, "operation": "power"})]),
    (
        "计算12加30,再计算100除以4",
        [MATH],
        [
            ("calculate", {"a": 12, "b": 30, "operation": "add"}),
            ("calculate", {"a": 100, "b": 4, "operation": "divide"}),
        ],
    ),
    ("What is the square root of 144?", [SQRT, MATH], [("square_root", {"x": 144})]),
    ("Is 97 a prime number?", [IS_PRIME, FACTORIAL], [("is_prime", {"n": 97})]),
    (
        "What is the factorial of 6 and is 17 prime?",
        [IS_PRIME, FACTORIAL],
        [("factorial", {"n": 6}), ("is_prime", {"n": 17})],
    ),
    ("Multiply twenty-five by four", [ADD, MULTIPLY], [("multiply", {"a": 25, "b": 4})]),
    ("Area of a circle with radius 2.5", [CIRCLE, RECTANGLE], [("circle_area", {"radius": 2.5})]),
    (
        "What is the area of a rectangle that is 3 wide and 4 high?",
        [CIRCLE, RECTANGLE],
        [("rectangle_area", {"width": 3, "height": 4})],
    ),
    (
        "I weigh 70 kg and I am 1.75 m tall, what is my BMI?",
        [BMI, LOAN],
        [("bmi", {"weight_kg": 70, "height_m": 1.75})],
    ),
    (
        "My height is 180 cm and my weight is 82 kg. Compute my BMI.",
        [BMI],
        [("bmi", {"weight_kg": 82, "height_m": 1.8})],
    ),
    (
        "What tip should I leave on a $84.50 bill at 18%?",
        [TIP, CURRENCY],
        [("calculate_tip", {"bill": 84.5, "percent": 18})],
    ),
    (
        "What is the monthly payment for a loan of $250,000 over 30 years at 4.5% interest?",
        [LOAN, TIP],
        [("loan_payment", {"principal": 250000, "annual_rate": 4.5, "years": 30})],
    ),
    # strings
    (
        'Reverse the string "hello world"',
        [REVERSE, UPPER],
        [("reverse_string", {"text": "hello world"})],
    ),
    ("Reverse the word stressed", [REVERSE, UPPER], [("reverse_string", {"text": "stressed"})]),
    (
        "Please write 'good morning' in upper case",
        [REVERSE, UPPER],
        [("to_uppercase", {"text": "good morning"})],
    ),
    (
        'How many words are in "the quick brown fox"?',
        [COUNT_WORDS, REVERSE],
        [("count_words", {"text": "the quick brown fox"})],
    ),
    (
        'How many times does the letter r occur in "strawberry"?',
        [COUNT_LETTER, COUNT_WORDS],
        [("count_letter", {"word": "strawberry", "letter": "r"})],
    ),
    (
        'Replace "cat" with "dog" in "the cat sat"',
        [REPLACE, REVERSE],
        [("replace_text", {"text": "the cat sat", "old": "cat", "new": "dog"})],
    ),
    ("把字符串“你好世界”反转", [REVERSE, UPPER], [("reverse_string", {"text": "你好世界"})]),
    (
        'Translate "good morning" to French',
        [TRANSLATE, REVERSE],
        [("translate_text", {"text": "good morning", "target_language": "French"})],
    ),
    (
        "Translate 'cheese' from English into German and Spanish",
        [TRANSLATE],
        [
            (
                "translate_text",
                {"text": "cheese", "target_language": t, "source_language": "English"},
            )
            for t in ("German", "Spanish")
        ],
    ),
    # data frames
    ("Describe the sales data", [DESCRIBE, HISTOGRAM], [("describe_frame", {"df": "sales"})]),
    (
        "Give me summary statistics of customers",
        [DESCRIBE, HISTOGRAM],
        [("describe_frame", {"df": "customers"})],
    ),
    (
        "Plot a histogram of age in customers with 20 bins",
        [DESCRIBE, HISTOGRAM],
        [("plot_histogram", {"df": "customers", "column": "age", "bins": 20})],
    ),
    (
        "Draw a histogram of `amount`",
        [DESCRIBE, HISTOGRAM],
        [("plot_histogram", {"df": "sales", "column": "amount"})],
    ),
    (
        "What is the average amount by region in sales?",
        [DESCRIBE, GROUP],
        [("group_by", {"df": "sales", "by": "region", "column": "amount", "how": "mean"})],
    ),
    (
        "Show the first 3 rows of customers",
        [HEAD, DESCRIBE],
        [("head", {"df": "customers", "n": 3})],
    ),
    # booking
    (
        "Book a flight from Paris to New York on 2026-05-03 for 2 passengers",
        [FLIGHT, HOTEL],
        [
            (
                "book_flight",
                {
                    "origin": "Paris",
                    "destination": "New York",
                    "date": "2026-05-03",
                    "passengers": 2,
                },
            )
        ],
    ),
    (
        "I want to fly to Rome from Berlin on May 3, 2026, returning on May 10, 2026",
        [FLIGHT, HOTEL],
        [
            (
                "book_flight",
                {
                    "origin": "Berlin",
                    "destination": "Rome",
                    "date": "2026-05-03",
                    "return_date": "2026-05-10",
                },
            )
        ],
    ),
    (
        "Reserve a hotel in Lisbon from 2026-06-01 to 2026-06-05 for two guests",
        [FLIGHT, HOTEL],
        [
            (
                "book_hotel",
                {
                    "city": "Lisbon",
                    "check_in": "2026-06-01",
                    "check_out": "2026-06-05",
                    "guests": 2,
                },
            )
        ],
    ),
    (
        "Book a table at Nobu for 4 people tomorrow at 7pm",
        [TABLE, HOTEL],
        [
            (
                "reserve_table",
                {"restaurant": "Nobu", "date": "tomorrow", "time": "19:00", "party_size": 4},
            )
        ],
    ),
    (
        "帮我查2026年5月1日从北京到上海的航班",
        [FLIGHT_ZH, WEATHER_ZH],
        [("search_flights", {"origin": "北京", "destination": "上海", "date": "2026-05-01"})],
    ),
    (
        "How many days are between 2024-01-01 and 2024-03-01?",
        [DATE_DIFF, TIME],
        [("days_between", {"start_date": "2024-01-01", "end_date": "2024-03-01"})],
    ),
    # search and text
    (
        'Search the web for "solid state batteries"',
        [SEARCH, WEATHER],
        [("web_search", {"query": "solid state batteries"})],
    ),
    ("Search for cheap laptops", [SEARCH, WEATHER], [("web_search", {"query": "cheap laptops"})]),
    ("搜索关于量子计算的资料", [SEARCH, WEATHER], [("web_search", {"query": "量子计算"})]),
    (
        'Find me 5 results for "python asyncio" on the web',
        [SEARCH, NEWS],
        [("web_search", {"query": "python asyncio", "max_results": 5})],
    ),
    ("Any news about electric cars?", [NEWS, WEATHER], [("get_news", {"topic": "electric cars"})]),
    (
        "What does the word 'ephemeral' mean?",
        [LOOKUP, TRANSLATE],
        [("define_word", {"word": "ephemeral"})],
    ),
    # lists and flags
    ("Sort 5, 3, 9 and 1", [SORT, MEAN], [("sort_numbers", {"numbers": [5, 3, 9, 1]})]),
    (
        "Sort [5, 3, 9, 1] in descending order",
        [SORT, MEAN],
        [("sort_numbers", {"numbers": [5, 3, 9, 1], "descending": True})],
    ),
    (
        "把 8, 2, 7 从大到小排序",
        [SORT, MEAN],
        [("sort_numbers", {"numbers": [8, 2, 7], "descending": True})],
    ),
    (
        "Sort these words: pear, apple and fig",
        [SORT, SORT_WORDS],
        [("sort_words", {"words": ["pear", "apple", "fig"]})],
    ),
    ("What is the average of 10, 20 and 60?", [SORT, MEAN], [("mean", {"numbers": [10, 20, 60]})]),
    (
        "Turn off the light in the kitchen",
        [LIGHT, MUSIC],
        [("set_light", {"room": "kitchen", "on": False})],
    ),
    (
        "Turn on the living room lights at 40% brightness",
        [LIGHT, MUSIC],
        [("set_light", {"room": "living_room", "on": True, "brightness": 40})],
    ),
    (
        "Generate a 16 character password without symbols",
        [PASSWORD, RANDOM],
        [("generate_password", {"length": 16, "include_symbols": False})],
    ),
    (
        "Order two large pizzas with mushrooms and olives",
        [ORDER, MUSIC],
        [("order_pizza", {"size": "large", "quantity": 2, "toppings": ["mushrooms", "olives"]})],
    ),
    # nested objects
    (
        'Create a user named Ada Lovelace with email ada@example.com who lives at "12 High Street" in London',
        [CREATE_USER, EMAIL],
        [
            (
                "create_user",
                {
                    "user": {
                        "name": "Ada Lovelace",
                        "email": "ada@example.com",
                        "address": {"street": "12 High Street", "city": "London"},
                    }
                },
            )
        ],
    ),
    (
        "Add 2 apples and 3 bananas to my cart",
        [SHOPPING, ORDER],
        [
            (
                "add_to_cart",
                {"items": [{"name": "apples", "quantity": 2}, {"name": "bananas", "quantity": 3}]},
            )
        ],
    ),
    # messages, calendar, home
    (
        'Send an email to bob@example.com with subject "Lunch" saying "See you at noon"',
        [EMAIL, EVENT],
        [("send_email", {"to": "bob@example.com", "subject": "Lunch", "body": "See you at noon"})],
    ),
    (
        'Create an event "Team sync" on 2026-03-02 at 10:30 for 45 minutes with Alice and Bob',
        [EVENT, DELETE_EVENT, LIST_EVENTS],
        [
            (
                "create_event",
                {
                    "title": "Team sync",
                    "date": "2026-03-02",
                    "time": "10:30",
                    "duration_minutes": 45,
                    "attendees": ["Alice", "Bob"],
                },
            )
        ],
    ),
    (
        'Delete the event "Team sync"',
        [EVENT, DELETE_EVENT, LIST_EVENTS],
        [("delete_event", {"title": "Team sync"})],
    ),
    (
        "What events do I have tomorrow?",
        [EVENT, DELETE_EVENT, LIST_EVENTS],
        [("list_events", {"date": "tomorrow"})],
    ),
    (
        "Remind me to call mom at 5pm",
        [REMINDER, TIMER],
        [("set_reminder", {"message": "call mom", "time": "17:00"})],
    ),
    (
        "下午3点提醒我开会",
        [REMINDER, TIMER],
        [("set_reminder", {"message": "开会", "time": "15:00"})],
    ),
    ("Set a timer for 10 minutes", [REMINDER, TIMER], [("set_timer", {"seconds": 600})]),
    (
        "Add buy milk to my todo list with high priority",
        [TODO, REMINDER],
        [("add_todo", {"task": "buy milk", "priority": "high"})],
    ),
    (
        'Play "Yesterday" by The Beatles',
        [MUSIC, NEWS],
        [("play_music", {"song": "Yesterday", "artist": "The Beatles"})],
    ),
    (
        "What's the status of order ORD-1234?",
        [ORDER_STATUS, ORDER],
        [("get_order_status", {"order_id": "ORD-1234"})],
    ),
    ("Read the file notes.txt", [READ_FILE, SEARCH], [("read_file", {"path": "notes.txt"})]),
    (
        "How far is it from Madrid to Lisbon?",
        [DISTANCE, WEATHER],
        [("distance", {"origin": "Madrid", "destination": "Lisbon"})],
    ),
    (
        "What's the price of AAPL and MSFT?",
        [STOCK, NEWS],
        [("get_stock_price", {"symbol": "AAPL"}), ("get_stock_price", {"symbol": "MSFT"})],
    ),
    # chance
    ("Roll two 20-sided dice", [DICE, COIN], [("roll_dice", {"sides": 20, "count": 2})]),
    ("Flip a coin and roll a die", [DICE, COIN], [("flip_coin", {}), ("roll_dice", {})]),
    (
        "Give me a random number between 10 and 20",
        [RANDOM, PASSWORD],
        [("random_number", {"min": 10, "max": 20})],
    ),
    ("生成一个1到6的随机数", [RANDOM, PASSWORD], [("random_number", {"min": 1, "max": 6})]),
    (
        "What system is this, and what time is it?",
        [SYSTEM, TIME],
        [("system_info", {}), ("current_time", {})],
    ),
    # none
    ("Hello!", [WEATHER, TIME], []),
    ("Who wrote Hamlet?", [WEATHER, TIME, MATH], []),
    ("Write a haiku about autumn leaves.", [WEATHER, SEARCH], []),
    ("What is the time complexity of quicksort?", [TIME, SORT], []),
    ("What is a prime number?", [IS_PRIME, FACTORIAL], []),
    ("Thanks, that was great!", [TIME, WEATHER], []),
    ("Who wrote the book Dune?", [FLIGHT, HOTEL, TABLE], []),
    ("Explain how random forests work.", [RANDOM, DICE], []),
    ("Tell me a joke.", [CALCULATOR, WEATHER], []),
    ("你好,请介绍一下你自己", [WEATHER_ZH, CURRENCY_ZH], []),
    ("Don't use any tools, just say hi.", [WEATHER, TIME], []),
    ("What is the capital of France?", [WEATHER, CURRENCY], []),
]

MORE = [
    (
        "Switch on the coffee maker",
        [SIN, THERMO],
        [("toggle_device", {"device": "coffee maker", "state": "on"})],
    ),
    (
        "Set the bedroom to 21.5 degrees",
        [SIN, THERMO],
        [("set_thermostat", {"temperature": 21.5, "room": "bedroom"})],
    ),
    (
        "What's my BMI if I'm 1.8 m tall and weigh 75 kg?",
        [BMI2, TIP],
        [("compute_bmi", {"weight": 75, "height": 180})],
    ),
    (
        "Find a train from Zurich to Milan on 12 June 2026 at 8:15 am",
        [TRAIN, FLIGHT],
        [
            (
                "find_trains",
                {
                    "from_station": "Zurich",
                    "to_station": "Milan",
                    "date": "2026-06-12",
                    "time": "08:15",
                },
            )
        ],
    ),
    (
        'Create a poll "Where shall we eat?" with the options Pizza, Sushi and Tacos',
        [POLL, EVENT],
        [
            (
                "create_poll",
                {"question": "Where shall we eat?", "options": ["Pizza", "Sushi", "Tacos"]},
            )
        ],
    ),
    (
        'Save a note "Buy paint" with tags home and urgent and pin it',
        [TAGNOTE, SEARCH],
        [("save_note", {"content": "Buy paint", "tags": ["home", "urgent"], "pinned": True})],
    ),
    (
        "How strongly do bill_length and body_mass correlate in penguins?",
        [CORR, DESCRIBE],
        [("correlation", {"frame": "penguins", "x": "bill_length", "y": "body_mass"})],
    ),
    (
        "Show the orders where amount > 100",
        [FILTER, HEAD],
        [("filter_rows", {"df": "orders", "column": "amount", "operator": ">", "value": 100})],
    ),
    (
        "Make a scatter plot of sepal_length against sepal_width for iris",
        [SCATTER, HISTOGRAM],
        [("scatter_plot", {"data": "iris", "x": "sepal_length", "y": "sepal_width"})],
    ),
    ("I need a new UUID", [UUID, PASSWORD], [("generate_uuid", {})]),
    (
        'What is the sha256 hash of "hello"?',
        [HASH, B64],
        [("hash_text", {"text": "hello", "algorithm": "sha256"})],
    ),
    ('Decode the base64 string "aGVsbG8="', [B64, B64D], [("base64_decode", {"data": "aGVsbG8="})]),
    ('Encode "hello" in base64', [B64D, B64], [("base64_encode", {"text": "hello"})]),
    (
        'What is the sentiment of "I love this product"?',
        [SENT, SUMM],
        [("analyze_sentiment", {"text": "I love this product"})],
    ),
    (
        "Find a vegetarian recipe with tofu that takes at most 30 minutes",
        [RECIPE, ORDER],
        [("find_recipe", {"ingredient": "tofu", "max_minutes": 30, "vegetarian": True})],
    ),
    (
        "Rent an SUV in Denver from 2026-07-01 to 2026-07-08",
        [RENT, HOTEL],
        [
            (
                "rent_car",
                {
                    "pickup_city": "Denver",
                    "pickup_date": "2026-07-01",
                    "return_date": "2026-07-08",
                    "car_type": "suv",
                },
            )
        ],
    ),
    (
        "Transfer $250 from checking to savings",
        [TRANSFER, CURRENCY],
        [("transfer_money", {"from_account": "checking", "to_account": "savings", "amount": 250})],
    ),
    (
        "Buy 10 shares of TSLA",
        [STOCKBUY, STOCK],
        [("place_order", {"symbol": "TSLA", "side": "buy", "quantity": 10})],
    ),
    (
        "How much is $1,000 worth after 10 years at 5% compound interest?",
        [COMPOUND, LOAN],
        [("compound_interest", {"principal": 1000, "rate": 0.05, "years": 10})],
    ),
    ("multiply 6 by 7", [CALC2, TIP], [("math_op", {"x": 6, "y": 7, "op": "mul"})]),
    (
        'Run the SQL query "SELECT * FROM users"',
        [SQLQ, SEARCH],
        [("run_sql", {"query": "SELECT * FROM users"})],
    ),
    (
        "Give me the Wikipedia summary of Alan Turing",
        [WIKI, NEWS],
        [("wikipedia_summary", {"title": "Alan Turing"})],
    ),
    ("How is the air quality in Delhi?", [WEATHER, AIR], [("get_air_quality", {"city": "Delhi"})]),
    (
        "What will the weather be like in Oslo over the next 5 days?",
        [FORECAST, NEWS],
        [("get_forecast", {"city": "Oslo", "days": 5})],
    ),
    (
        "Resize photo.png to 800x600",
        [IMG, READ_FILE],
        [("resize_image", {"path": "photo.png", "width": 800, "height": 600})],
    ),
    ("Make the lamp blue", [COLOR, LIGHT], [("set_color", {"color": "blue"})]),
    (
        "Wake me up at 6:30 am every day",
        [ALARM, TIMER],
        [("set_alarm", {"time": "06:30", "repeat": "daily"})],
    ),
    (
        "Find nonstop business class flights from Boston to Miami under $400",
        [STRICT, HOTEL],
        [
            (
                "search_flights",
                {
                    "origin": "Boston",
                    "destination": "Miami",
                    "max_price": 400,
                    "cabin": "business",
                    "nonstop": True,
                },
            )
        ],
    ),
    (
        "Find flights from Boston to Miami",
        [STRICT, HOTEL],
        [
            (
                "search_flights",
                {
                    "origin": "Boston",
                    "destination": "Miami",
                    "max_price": None,
                    "cabin": None,
                    "nonstop": None,
                },
            )
        ],
    ),
    (
        'Search for "wireless headphones" under 100 dollars that are in stock',
        [STRICT2, SEARCH],
        [
            (
                "search_products",
                {
                    "query": "wireless headphones",
                    "max_price": 100,
                    "category": None,
                    "in_stock": True,
                },
            )
        ],
    ),
    (
        'Text +1 555-123-4567 saying "I am late"',
        [SMS, EMAIL],
        [("send_sms", {"phone_number": "+1 555-123-4567", "message": "I am late"})],
    ),
    (
        "My grades are 85, 90 and 78. What is my average grade?",
        [GRADES, TIP],
        [("average_grade", {"grades": [85, 90, 78]})],
    ),
    ("Is racecar a palindrome?", [PALIN, REVERSE], [("is_palindrome", {"word": "racecar"})]),
    (
        'Encrypt "attack at dawn" with a shift of 3',
        [CAESAR, REVERSE],
        [("caesar_cipher", {"text": "attack at dawn", "shift": 3})],
    ),
    (
        "Convert 255 from base 10 to base 16",
        [BASECONV, UNITS],
        [("convert_base", {"number": "255", "from_base": 10, "to_base": 16})],
    ),
    (
        "What is the greatest common divisor of 48 and 36?",
        [GCD, FACTORIAL],
        [("gcd", {"a": 48, "b": 36})],
    ),
    ("What is 15% of 240?", [PCT, TIP], [("percentage_of", {"percent": 15, "number": 240})]),
    ("List the first 10 Fibonacci numbers", [FIB, FACTORIAL], [("fibonacci", {"n": 10})]),
    (
        "I drove 150 km in 2 hours. What was my average speed?",
        [SPEED, MEAN],
        [("average_speed", {"distance_km": 150, "time_hours": 2})],
    ),
    (
        "Convert 37 degrees Celsius to Fahrenheit",
        [CTOF, FTOC],
        [("celsius_to_fahrenheit", {"celsius": 37})],
    ),
    ("What is 100 °F in Celsius?", [CTOF, FTOC], [("fahrenheit_to_celsius", {"fahrenheit": 100})]),
    (
        "明天下午三点提醒我去接孩子",
        [SETREMIND_ZH, WEATHER_ZH],
        [("add_reminder", {"content": "去接孩子", "time": "15:00"})],
    ),
    (
        "给 li@example.com 发一封邮件,主题是“会议通知”,内容是“明天十点开会”",
        [SENDMAIL_ZH, SETREMIND_ZH],
        [("send_mail", {"to": "li@example.com", "subject": "会议通知", "body": "明天十点开会"})],
    ),
    (
        "把“我喜欢学习”翻译成英语",
        [TRANS_ZH, COUNT_ZH],
        [("translate", {"text": "我喜欢学习", "target": "英语"})],
    ),
    (
        "把 5、2、9、1 按升序排列",
        [SORT_ZH, CALC_ZH],
        [("sort_list", {"numbers": [5, 2, 9, 1], "order": "asc"})],
    ),
    ("请问AAPL的股价是多少?", [STOCK_ZH, SEARCH_ZH], [("stock_price", {"symbol": "AAPL"})]),
    (
        "在网上搜索“人工智能 最新进展”",
        [STOCK_ZH, SEARCH_ZH],
        [("search", {"query": "人工智能 最新进展"})],
    ),
    (
        "我身高1.75米,体重68公斤,算一下我的BMI",
        [BMI_ZH, CALC_ZH],
        [("calc_bmi", {"weight": 68, "height": 1.75})],
    ),
    (
        "帮我在杭州订酒店,2026年10月1日入住,住3晚",
        [HOTEL_ZH, FLIGHT_ZH],
        [("book_hotel", {"city": "杭州", "checkin": "2026-10-01", "nights": 3})],
    ),
    ("“春眠不觉晓”有几个字?", [COUNT_ZH, TRANS_ZH], [("count_chars", {"text": "春眠不觉晓"})]),
    ("关掉客厅的灯", [LIGHT_ZH, SETREMIND_ZH], [("control_light", {"room": "客厅", "on": False})]),
    (
        "10公里等于多少英里?",
        [UNIT_ZH, CURRENCY_ZH],
        [("convert_length", {"value": 10, "from_unit": "km", "to_unit": "mile"})],
    ),
    ("请计算 (12 + 8) * 3", [CALC_ZH, SORT_ZH], [("calculator", {"expression": "(12 + 8) * 3"})]),
    ("看看 sales 表的统计信息", [DESCRIBE_ZH, SORT_ZH], [("describe_df", {"df": "sales"})]),
    (
        "今天北京的天气怎么样,顺便把100美元换成人民币",
        [WEATHER_ZH, CURRENCY_ZH],
        [
            ("query_weather", {"city": "北京"}),
            ("exchange", {"amount": 100, "source": "USD", "target": "CNY"}),
        ],
    ),
    (
        "Distance between the points (1, 2) and (4, 6)",
        [PTS, DISTANCE],
        [("point_distance", {"a": {"x": 1, "y": 2}, "b": {"x": 4, "y": 6}})],
    ),
    ("Is it true that the earth is flat?", [WEATHER, MATH], []),
    ("My favourite color is blue.", [COLOR, LIGHT], []),
    ("What's the difference between a list and a tuple in Python?", [SORT, SUBTRACT], []),
    ("Can you recommend a good book?", [FLIGHT, HOTEL, TABLE], []),
    ("写一首关于春天的诗", [WEATHER_ZH, SEARCH_ZH], []),
    ("谢谢你的帮助", [WEATHER_ZH, SEARCH_ZH], []),
    ("What can you do?", [WEATHER, MATH], []),
    ("How are you today?", [WEATHER, TIME], []),
    ("I love sunny weather!", [WEATHER, TIME], []),
    (
        "What's the temperature in Madrid right now?",
        [
            fn("current_temperature", "Current temperature in a city in degrees Celsius.", city=S),
            fn("population", "Population of a city.", city=S),
        ],
        [("current_temperature", {"city": "Madrid"})],
    ),
    (
        "How many people live in Oslo?",
        [
            fn("current_temperature", "Current temperature in a city in degrees Celsius.", city=S),
            fn("population", "Population of a city (inhabitants).", city=S),
        ],
        [("population", {"city": "Oslo"})],
    ),
    (
        "How long is 2.5 hours in minutes?",
        [
            fn("hours_to_minutes", "Convert hours to minutes.", hours=N),
            fn("minutes_to_hours", "Convert minutes to hours.", minutes=N),
        ],
        [("hours_to_minutes", {"hours": 2.5})],
    ),
    (
        "Convert 3 kg to grams",
        [
            fn(
                "convert_weight",
                "Convert between weight units",
                value=N,
                from_unit=one_of("kg", "g", "lb", "oz"),
                to_unit=one_of("kg", "g", "lb", "oz"),
            ),
            fn(
                "convert_length",
                "Convert between length units",
                value=N,
                from_unit=one_of("km", "m", "mi"),
                to_unit=one_of("km", "m", "mi"),
            ),
        ],
        [("convert_weight", {"value": 3, "from_unit": "kg", "to_unit": "g"})],
    ),
    (
        "How many km are 26.2 miles?",
        [
            fn(
                "convert_weight",
                "Convert between weight units",
                value=N,
                from_unit=one_of("kg", "g", "lb", "oz"),
                to_unit=one_of("kg", "g", "lb", "oz"),
            ),
            fn(
                "convert_length",
                "Convert between length units",
                value=N,
                from_unit=one_of("km", "m", "mi"),
                to_unit=one_of("km", "m", "mi"),
            ),
        ],
        [("convert_length", {"value": 26.2, "from_unit": "mi", "to_unit": "km"})],
    ),
    (
        "I have 500 Swiss francs, how many dollars is that?",
        [
            fn(
                "fx",
                "Exchange rate conversion",
                amount=N,
                base=of(S, "ISO code of the base currency"),
                quote=of(S, "ISO code of the quote currency"),
            )
        ],
        [("fx", {"amount": 500, "base": "CHF", "quote": "USD"})],
    ),
    (
        "Please compute 17 minus 8",
        [fn("arith", "Do arithmetic on two numbers", x=N, y=N, op=one_of("+", "-", "*", "/"))],
        [("arith", {"x": 17, "y": 8, "op": "-"})],
    ),
    (
        "What is 2^8?",
        [fn("power", "Raise base to exponent", base=N, exponent=N), fn("log", "Logarithm", x=N)],
        [("power", {"base": 2, "exponent": 8})],
    ),
    (
        "What's the remainder of 17 divided by 5?",
        [
            fn("modulo", "Remainder of a division", a=I, b=I),
            fn("divide", "Quotient of two numbers", a=N, b=N),
        ],
        [("modulo", {"a": 17, "b": 5})],
    ),
    (
        "Round 3.14159 to 2 decimal places",
        [
            fn("round_number", "Round a number", number=N, decimals=I),
            fn("floor", "Round down", number=N),
        ],
        [("round_number", {"number": 3.14159, "decimals": 2})],
    ),
    (
        "What is the hypotenuse of a right triangle with legs 3 and 4?",
        [
            fn("hypotenuse", "Length of the hypotenuse of a right triangle", a=N, b=N),
            fn("triangle_area", "Area of a triangle", base=N, height=N),
        ],
        [("hypotenuse", {"a": 3, "b": 4})],
    ),
    (
        "Find the area of a triangle with base 10 and height 5",
        [
            fn("hypotenuse", "Length of the hypotenuse of a right triangle", a=N, b=N),
            fn("triangle_area", "Area of a triangle", base=N, height=N),
        ],
        [("triangle_area", {"base": 10, "height": 5})],
    ),
    (
        "Make 'make it so' title case",
        [
            fn(
                "change_case",
                "Change the case of a text",
                text=S,
                case=one_of("upper", "lower", "title"),
            ),
            fn("reverse", "Reverse a text", text=S),
        ],
        [("change_case", {"text": "make it so", "case": "title"})],
    ),
    (
        "Convert HELLO to lowercase",
        [
            fn(
                "change_case",
                "Change the case of a text",
                text=S,
                case=one_of("upper", "lower", "title"),
            ),
            fn("reverse", "Reverse a text", text=S),
        ],
        [("change_case", {"text": "HELLO", "case": "lower"})],
    ),
    (
        'Split "a,b,c" by comma',
        [
            fn("split_text", "Split a text at a separator", text=S, separator=S),
            fn("join_text", "Join strings with a separator", parts=list_of(S), separator=S),
        ],
        [("split_text", {"text": "a,b,c", "separator": ","})],
    ),
    (
        'Join the words "red", "green" and "blue" with "-"',
        [
            fn("split_text", "Split a text at a separator", text=S, separator=S),
            fn("join_text", "Join strings with a separator", parts=list_of(S), separator=S),
        ],
        [("join_text", {"parts": ["red", "green", "blue"], "separator": "-"})],
    ),
    (
        'Repeat "ha" 3 times',
        [
            fn("repeat", "Repeat a text n times", text=S, times=I),
            fn("reverse", "Reverse a text", text=S),
        ],
        [("repeat", {"text": "ha", "times": 3})],
    ),
    (
        "How many vowels are in 'programming'?",
        [
            fn("count_vowels", "Count the vowels in a text", text=S),
            fn("count_words", "Count words", text=S),
        ],
        [("count_vowels", {"text": "programming"})],
    ),
    (
        "Show me the first five rows of df_sales",
        [
            fn(
                "preview",
                "Show the first rows of a data frame",
                df=one_of("df_sales", "df_costs"),
                n=I,
            ),
            fn("columns", "List the columns of a data frame", df=one_of("df_sales", "df_costs")),
        ],
        [("preview", {"df": "df_sales", "n": 5})],
    ),
    (
        "What columns does the costs frame have?",
        [
            fn(
                "preview",
                "Show the first rows of a data frame",
                df=one_of("df_sales", "df_costs"),
                n=I,
            ),
            fn("columns", "List the columns of a data frame", df=one_of("df_sales", "df_costs")),
        ],
        [("columns", {"df": "df_costs"})],
    ),
    (
        "Compute the mean of the price column in houses",
        [
            fn(
                "column_stat",
                "A statistic of one column",
                df=one_of("houses", "cars", description="DataFrame variable"),
                column=S,
                stat=one_of("mean", "median", "std", "min", "max"),
            )
        ],
        [("column_stat", {"df": "houses", "column": "price", "stat": "mean"})],
    ),
    (
        "What's the maximum of column mpg in cars?",
        [
            fn(
                "column_stat",
                "A statistic of one column",
                df=one_of("houses", "cars", description="DataFrame variable"),
                column=S,
                stat=one_of("mean", "median", "std", "min", "max"),
            )
        ],
        [("column_stat", {"df": "cars", "column": "mpg", "stat": "max"})],
    ),
    (
        "Drop rows with missing values from houses",
        [
            fn("drop_missing", "Drop rows with missing values", df=one_of("houses", "cars")),
            fn("fill_missing", "Fill missing values", df=one_of("houses", "cars"), value=N),
        ],
        [("drop_missing", {"df": "houses"})],
    ),
    (
        "Fill the missing values of cars with 0",
        [
            fn("drop_missing", "Drop rows with missing values", df=one_of("houses", "cars")),
            fn("fill_missing", "Fill missing values", df=one_of("houses", "cars"), value=N),
        ],
        [("fill_missing", {"df": "cars", "value": 0})],
    ),
    (
        "Sort penguins by body_mass in descending order",
        [
            fn(
                "sort_frame",
                "Sort a data frame by a column",
                df=one_of("penguins", "iris"),
                by=S,
                ascending=B,
            ),
            fn("describe", "Describe a data frame", df=one_of("penguins", "iris")),
        ],
        [("sort_frame", {"df": "penguins", "by": "body_mass", "ascending": False})],
    ),
    (
        "Plot price against area as a scatter chart",
        [fn("plot", "Plot two columns", x=S, y=S, kind=one_of("line", "bar", "scatter"))],
        [("plot", {"x": "price", "y": "area", "kind": "scatter"})],
    ),
    (
        "Draw a line chart of temperature over time",
        [
            fn(
                "plot",
                "Plot two columns",
                x=of(S, "column for the x axis"),
                y=of(S, "column for the y axis"),
                kind=one_of("line", "bar", "scatter"),
            )
        ],
        [("plot", {"x": "time", "y": "temperature", "kind": "line"})],
    ),
    (
        "Book a room in Vienna for 3 nights from 2026-08-10",
        [
            fn("book_room", "Book a hotel room", city=S, start_date=of(S, format="date"), nights=I),
            fn("cancel_room", "Cancel a room booking", booking_id=S),
        ],
        [("book_room", {"city": "Vienna", "start_date": "2026-08-10", "nights": 3})],
    ),
    (
        "Cancel booking BK-2231",
        [
            fn("book_room", "Book a hotel room", city=S, start_date=of(S, format="date"), nights=I),
            fn("cancel_room", "Cancel a room booking", booking_id=S),
        ],
        [("cancel_room", {"booking_id": "BK-2231"})],
    ),
    (
        "Schedule a meeting with Dana on March 5, 2026 at 2:30 pm about the budget",
        [fn("schedule_meeting", "Schedule a meeting", person=S, date=S, time=S, topic=S)],
        [
            (
                "schedule_meeting",
                {"person": "Dana", "date": "2026-03-05", "time": "14:30", "topic": "budget"},
            )
        ],
    ),
    (
        "Order 3 cappuccinos to go",
        [
            fn(
                "order_coffee",
                "Order coffee",
                kind=one_of("espresso", "cappuccino", "latte"),
                quantity=I,
                to_go=B,
            )
        ],
        [("order_coffee", {"kind": "cappuccino", "quantity": 3, "to_go": True})],
    ),
    (
        "Look up 'transformer architecture' in the docs, top 3 hits",
        [
            fn("search_docs", "Search the documentation", query=S, top_k=I),
            fn("get_weather", "Weather", city=S),
        ],
        [("search_docs", {"query": "transformer architecture", "top_k": 3})],
    ),
    (
        "Google who invented the telephone",
        [fn("google_search", "Search Google", query=S)],
        [("google_search", {"query": "who invented the telephone"})],
    ),
    (
        "Find papers about graph neural networks published after 2020",
        [
            fn(
                "search_papers",
                "Search scientific papers",
                "query",
                query=S,
                year_from=of(I, "earliest year"),
            )
        ],
        [("search_papers", {"query": "graph neural networks", "year_from": 2020})],
    ),
    (
        "Sort the names Carol, Alice and Bob alphabetically",
        [fn("sort_strings", "Sort strings", items=list_of(S), reverse=B)],
        [("sort_strings", {"items": ["Carol", "Alice", "Bob"], "reverse": False})],
    ),
    (
        "What's the median of 3, 7, 1, 9 and 5?",
        [
            fn(
                "stats",
                "Descriptive statistic of numbers",
                numbers=list_of(N),
                measure=one_of("mean", "median", "mode"),
            )
        ],
        [("stats", {"numbers": [3, 7, 1, 9, 5], "measure": "median"})],
    ),
    (
        "Remove duplicates from [1, 2, 2, 3]",
        [
            fn("unique", "Remove duplicates from a list", items=list_of(I)),
            fn("shuffle", "Shuffle a list", items=list_of(I)),
        ],
        [("unique", {"items": [1, 2, 2, 3]})],
    ),
    (
        "Set the volume to 30 percent",
        [
            fn("set_volume", "Set the volume", level=of(I, "percent", minimum=0, maximum=100)),
            fn("mute", "Mute the sound"),
        ],
        [("set_volume", {"level": 30})],
    ),
    (
        "Mute the sound please",
        [
            fn("set_volume", "Set the volume", level=of(I, "percent", minimum=0, maximum=100)),
            fn("mute", "Mute the sound"),
        ],
        [("mute", {})],
    ),
    (
        "Lock the front door",
        [fn("lock_door", "Lock a door", door=S), fn("unlock_door", "Unlock a door", door=S)],
        [("lock_door", {"door": "front door"})],
    ),
    (
        "Create a customer: name Jane Doe, age 34, email jane@doe.org, newsletter yes",
        [
            fn(
                "create_customer",
                "Create a customer",
                customer=record(name=S, age=I, email=S, newsletter=B),
            )
        ],
        [
            (
                "create_customer",
                {
                    "customer": {
                        "name": "Jane Doe",
                        "age": 34,
                        "email": "jane@doe.org",
                        "newsletter": True,
                    }
                },
            )
        ],
    ),
    (
        "Ship the parcel to Max Mustermann, Hauptstr. 5, 10115 Berlin",
        [fn("ship", "Ship a parcel", recipient=S, address=record(street=S, zip=S, city=S))],
        [
            (
                "ship",
                {
                    "recipient": "Max Mustermann",
                    "address": {"street": "Hauptstr. 5", "zip": "10115", "city": "Berlin"},
                },
            )
        ],
    ),
    (
        "Draw a circle at (10, 20) with radius 5 in red",
        [fn("draw_circle", "Draw a circle", center=record(x=N, y=N), radius=N, color=S)],
        [("draw_circle", {"center": {"x": 10, "y": 20}, "radius": 5, "color": "red"})],
    ),
    (
        "Log 30 minutes of running and 15 minutes of stretching",
        [fn("log_exercise", "Log a workout", activity=S, minutes=I)],
        [
            ("log_exercise", {"activity": "running", "minutes": 30}),
            ("log_exercise", {"activity": "stretching", "minutes": 15}),
        ],
    ),
    (
        "What's on my calendar on Friday?",
        [
            fn("get_calendar", "Events of a day", day=S),
            fn("add_calendar_entry", "Add an entry to the calendar", day=S, title=S),
        ],
        [("get_calendar", {"day": "Friday"})],
    ),
    (
        "Is 2024 a leap year?",
        [
            fn("is_leap_year", "Whether a year is a leap year", year=I),
            fn("is_prime", "Whether a number is prime", n=I),
        ],
        [("is_leap_year", {"year": 2024})],
    ),
    (
        "What day of the week was July 4, 1976?",
        [fn("weekday", "Day of the week of a date", date=S), fn("today", "Today's date")],
        [("weekday", {"date": "1976-07-04"})],
    ),
    (
        "How many days until Christmas, 2026-12-25?",
        [fn("days_until", "Days from today until a date", date=S), fn("today", "Today's date")],
        [("days_until", {"date": "2026-12-25"})],
    ),
    (
        "Ping 192.168.0.1 four times",
        [
            fn("ping", "Ping a host", host=S, count=I),
            fn("dns_lookup", "Resolve a domain", domain=S),
        ],
        [("ping", {"host": "192.168.0.1", "count": 4})],
    ),
    (
        "Resolve example.com",
        [
            fn("ping", "Ping a host", host=S, count=I),
            fn("dns_lookup", "Resolve a domain name", domain=S),
        ],
        [("dns_lookup", {"domain": "example.com"})],
    ),
    (
        "Download https://example.com/data.csv",
        [fn("download", "Download a file", url=S), fn("upload", "Upload a file", path=S, url=S)],
        [("download", {"url": "https://example.com/data.csv"})],
    ),
    (
        "Write 'hello' to greeting.txt",
        [
            fn("write_file", "Write text to a file", path=S, content=S),
            fn("read_file", "Read a file", path=S),
        ],
        [("write_file", {"path": "greeting.txt", "content": "hello"})],
    ),
    (
        "翻译“谢谢”成法语和德语",
        [fn("translate", "翻译文本", text=of(S, "原文"), language=of(S, "目标语言"))],
        [
            ("translate", {"text": "谢谢", "language": "法语"}),
            ("translate", {"text": "谢谢", "language": "德语"}),
        ],
    ),
    (
        "帮我掷两个六面骰子",
        [fn("roll_dice", "掷骰子", sides=of(I, "面数"), count=of(I, "个数"))],
        [("roll_dice", {"sides": 6, "count": 2})],
    ),
    (
        "广州到深圳有多远?",
        [
            fn(
                "distance",
                "计算两个城市之间的距离",
                origin=of(S, "起点"),
                destination=of(S, "终点"),
            ),
            WEATHER_ZH,
        ],
        [("distance", {"origin": "广州", "destination": "深圳"})],
    ),
    (
        "给我讲个笑话",
        [
            fn(
                "distance",
                "计算两个城市之间的距离",
                origin=of(S, "起点"),
                destination=of(S, "终点"),
            ),
            WEATHER_ZH,
        ],
        [],
    ),
    (
        "1到10之间随机选5个数",
        [
            fn(
                "random_numbers",
                "生成随机数",
                low=of(I, "下限"),
                high=of(I, "上限"),
                n=of(I, "数量"),
            )
        ],
        [("random_numbers", {"low": 1, "high": 10, "n": 5})],
    ),
    (
        "半径为5的圆的面积是多少?",
        [
            fn("circle_area", "计算圆的面积", radius=of(N, "半径")),
            fn("rect_area", "计算矩形面积", width=of(N, "宽"), height=of(N, "高")),
        ],
        [("circle_area", {"radius": 5})],
    ),
    (
        "长8米宽3米的矩形面积是多少",
        [
            fn("circle_area", "计算圆的面积", radius=of(N, "半径")),
            fn("rect_area", "计算矩形面积", length=of(N, "长"), width=of(N, "宽")),
        ],
        [("rect_area", {"length": 8, "width": 3})],
    ),
    (
        "贷款100万,年利率4.2%,期限30年,月供多少?",
        [
            fn(
                "mortgage",
                "计算贷款月供",
                principal=of(N, "贷款本金(元)"),
                rate=of(N, "年利率(百分比)"),
                years=of(I, "年限"),
            ),
            WEATHER_ZH,
        ],
        [("mortgage", {"principal": 1000000, "rate": 4.2, "years": 30})],
    ),
    (
        "设置一个5分钟的倒计时",
        [fn("set_timer", "设置倒计时", minutes=of(I, "分钟数")), WEATHER_ZH],
        [("set_timer", {"minutes": 5})],
    ),
    (
        "把客厅的温度调到26度",
        [
            fn("set_temperature", "设置房间温度", room=of(S, "房间"), degrees=of(N, "摄氏温度")),
            LIGHT,
        ],
        [("set_temperature", {"room": "客厅", "degrees": 26})],
    ),
    (
        "订单12345的物流状态",
        [fn("track_order", "查询订单物流", order_id=of(S, "订单号")), WEATHER_ZH],
        [("track_order", {"order_id": "12345"})],
    ),
    (
        "把这句话转成大写:hello world",
        [
            fn("to_upper", "将文本转换为大写", text=of(S, "文本")),
            fn("to_lower", "将文本转换为小写", text=of(S, "文本")),
        ],
        [("to_upper", {"text": "hello world"})],
    ),
    (
        "Hi there! Could you please check whether it will rain in Seattle?",
        [CITY_WEATHER, ZONE_CLOCK],
        [("weather", {"city": "Seattle"})],
    ),
    (
        "What time is it in Asia/Tokyo?",
        [CITY_WEATHER, ZONE_CLOCK],
        [("clock", {"timezone": "Asia/Tokyo"})],
    ),
    (
        "I'm planning a picnic in Munich. Is it sunny there?",
        [CITY_WEATHER, ZONE_CLOCK],
        [("weather", {"city": "Munich"})],
    ),
    (
        "Tell me the weather for Berlin, Hamburg and Cologne",
        [CITY_WEATHER, ZONE_CLOCK],
        [("weather", {"city": c}) for c in ("Berlin", "Hamburg", "Cologne")],
    ),
    (
        "What's 45 kilometers per hour in mph?",
        [
            fn(
                "convert_speed",
                "Convert speeds",
                value=N,
                from_unit=one_of("km/h", "mph", "m/s"),
                to_unit=one_of("km/h", "mph", "m/s"),
            )
        ],
        [("convert_speed", {"value": 45, "from_unit": "km/h", "to_unit": "mph"})],
    ),
    (
        "Convert 2 cups to milliliters",
        [fn("convert_volume", "Convert volumes", amount=N, source_unit=S, target_unit=S)],
        [("convert_volume", {"amount": 2, "source_unit": "cups", "target_unit": "milliliters"})],
    ),
    (
        "How many euros is 99.99 dollars?",
        [
            fn(
                "currency_converter",
                "Converts money from one currency to another.",
                amount=N,
                from_currency=one_of("USD", "EUR", "GBP"),
                to_currency=one_of("USD", "EUR", "GBP"),
            )
        ],
        [("currency_converter", {"amount": 99.99, "from_currency": "USD", "to_currency": "EUR"})],
    ),
    (
        "Exchange 1,500 yen into dollars",
        [
            fn(
                "currency_converter",
                "Converts money from one currency to another.",
                amount=N,
                from_currency=one_of("USD", "EUR", "GBP", "JPY"),
                to_currency=one_of("USD", "EUR", "GBP", "JPY"),
            )
        ],
        [("currency_converter", {"amount": 1500, "from_currency": "JPY", "to_currency": "USD"})],
    ),
    (
        "What's the sum of 12, 15 and 20?",
        [
            fn("sum_numbers", "Sum of a list of numbers.", numbers=list_of(N)),
            fn("product", "Product of a list of numbers.", numbers=list_of(N)),
        ],
        [("sum_numbers", {"numbers": [12, 15, 20]})],
    ),
    (
        "Multiply 3, 4 and 5 together",
        [
            fn("sum_numbers", "Sum of a list of numbers.", numbers=list_of(N)),
            fn("product", "Product of a list of numbers.", numbers=list_of(N)),
        ],
        [("product", {"numbers": [3, 4, 5]})],
    ),
    (
        "What is 7 squared?",
        [fn("square", "Square of a number.", x=N), fn("cube", "Cube of a number.", x=N)],
        [("square", {"x": 7})],
    ),
    (
        "Is 17 even or odd?",
        [
            fn("is_even", "Whether a number is even.", n=I),
            fn("is_prime", "Whether a number is prime.", n=I),
        ],
        [("is_even", {"n": 17})],
    ),
    (
        "What is 30% of 150?",
        [fn("calculator", "Evaluates arithmetic expressions.", expression=S)],
        [("calculator", {"expression": "0.3 * 150"})],
    ),
    (
        "compute 12/4 + 3",
        [fn("calculator", "Evaluates arithmetic expressions.", expression=S)],
        [("calculator", {"expression": "12/4 + 3"})],
    ),
    (
        "What's five plus seven?",
        [fn("add", "Adds two integers.", a=I, b=I), fn("sub", "Subtracts two integers.", a=I, b=I)],
        [("add", {"a": 5, "b": 7})],
    ),
    (
        "Take 8 away from 20",
        [
            fn("add", "Adds two integers.", a=I, b=I),
            fn("subtract", "Subtracts b from a.", a=I, b=I),
        ],
        [("subtract", {"a": 20, "b": 8})],
    ),
    (
        "Split the bill of $120 among 4 people",
        [fn("split_bill", "Split a bill evenly.", total=N, people=I)],
        [("split_bill", {"total": 120, "people": 4})],
    ),
    (
        "What does 'hola' mean in English?",
        [fn("translate", "Translate text.", text=S, to=of(S, "target language"))],
        [("translate", {"text": "hola", "to": "English"})],
    ),
    (
        "How do you say 'thank you' in Japanese?",
        [fn("translate", "Translate text.", text=S, to=of(S, "target language"))],
        [("translate", {"text": "thank you", "to": "Japanese"})],
    ),
    (
        "Translate the following to Spanish: The cat is on the table.",
        [
            fn(
                "translate",
                "Translate text.",
                text=S,
                target_language=of(S, "ISO 639-1 code, e.g. 'es'"),
            )
        ],
        [("translate", {"text": "The cat is on the table", "target_language": "es"})],
    ),
    (
        'Count the characters in "hello"',
        [
            fn("count_chars", "Number of characters in a text.", text=S),
            fn("count_words", "Number of words in a text.", text=S),
        ],
        [("count_chars", {"text": "hello"})],
    ),
    (
        "Capitalize 'john smith'",
        [
            fn("capitalize", "Capitalize each word.", text=S),
            fn("lowercase", "Lowercase a text.", text=S),
        ],
        [("capitalize", {"text": "john smith"})],
    ),
    (
        "Is 'level' a palindrome? And reverse 'stressed'.",
        [
            fn("is_palindrome", "Check for palindromes.", text=S),
            fn("reverse_text", "Reverse a text.", text=S),
        ],
        [("is_palindrome", {"text": "level"}), ("reverse_text", {"text": "stressed"})],
    ),
    (
        'Truncate "The quick brown fox" to 9 characters',
        [fn("truncate", "Cut a text to a length.", text=S, length=I)],
        [("truncate", {"text": "The quick brown fox", "length": 9})],
    ),
    (
        'Does "hello world" contain "wor"?',
        [fn("contains", "Whether a text contains a substring.", text=S, substring=S)],
        [("contains", {"text": "hello world", "substring": "wor"})],
    ),
    (
        "Show the columns of df2",
        [
            fn("list_columns", "List the columns of a DataFrame.", df=one_of("df1", "df2")),
            fn("row_count", "Number of rows of a DataFrame.", df=one_of("df1", "df2")),
        ],
        [("list_columns", {"df": "df2"})],
    ),
    (
        "How many rows does df1 have?",
        [
            fn("list_columns", "List the columns of a DataFrame.", df=one_of("df1", "df2")),
            fn("row_count", "Number of rows of a DataFrame.", df=one_of("df1", "df2")),
        ],
        [("row_count", {"df": "df1"})],
    ),
    (
        "Give me the average salary per department from employees",
        [
            fn(
                "groupby_mean",
                "Mean of a column by group.",
                frame=one_of(
                    "employees",
                    "projects",
                    description="employees: DataFrame (name, department, salary); projects: DataFrame (title, budget)",
                ),
                group_column=S,
                value_column=S,
            )
        ],
        [
            (
                "groupby_mean",
                {"frame": "employees", "group_column": "department", "value_column": "salary"},
            )
        ],
    ),
    (
        "Plot a bar chart of sales by month",
        [
            fn("bar_chart", "Draw a bar chart.", data=one_of("sales", "inventory"), x=S),
            fn("line_chart", "Draw a line chart.", data=one_of("sales", "inventory"), x=S),
        ],
        [("bar_chart", {"data": "sales", "x": "month"})],
    ),
    (
        "Filter customers with age greater than 30",
        [
            fn(
                "filter",
                "Filter rows by a condition.",
                df=one_of("customers", "orders"),
                column=S,
                op=one_of(">", "<", "=="),
                value=N,
            )
        ],
        [("filter", {"df": "customers", "column": "age", "op": ">", "value": 30})],
    ),
    (
        "Summarize the titanic dataset",
        [
            fn("summarize", "Summary statistics of a dataset.", dataset=one_of("titanic", "iris")),
            fn("summarize_text", "Summarize a text.", text=S),
        ],
        [("summarize", {"dataset": "titanic"})],
    ),
    (
        "Train a linear regression predicting price from area on houses",
        [
            fn(
                "fit_regression",
                "Fit a linear regression.",
                df=one_of("houses", "cars"),
                target=S,
                feature=S,
            )
        ],
        [("fit_regression", {"df": "houses", "target": "price", "feature": "area"})],
    ),
    (
        "Book a flight from JFK to LAX on December 24, 2026 for 3 passengers in business class",
        [
            fn(
                "book_flight",
                "Book a flight.",
                origin=of(S, "IATA code"),
                destination=of(S, "IATA code"),
                date=S,
                passengers=I,
                cabin=one_of("economy", "business", "first"),
            )
        ],
        [
            (
                "book_flight",
                {
                    "origin": "JFK",
                    "destination": "LAX",
                    "date": "2026-12-24",
                    "passengers": 3,
                    "cabin": "business",
                },
            )
        ],
    ),
    (
        "Reserve a table for six on Saturday at 19:30 under the name Miller",
        [fn("reserve", "Reserve a table.", people=I, day=S, time=S, name=S)],
        [("reserve", {"people": 6, "day": "Saturday", "time": "19:30", "name": "Miller"})],
    ),
    (
        "Book a double room in Nice from July 1, 2026 to July 5, 2026, breakfast included",
        [
            fn(
                "book_hotel",
                "Book a hotel room.",
                city=S,
                checkin=S,
                checkout=S,
                room_type=one_of("single", "double", "suite"),
                breakfast=B,
            )
        ],
        [
            (
                "book_hotel",
                {
                    "city": "Nice",
                    "checkin": "2026-07-01",
                    "checkout": "2026-07-05",
                    "room_type": "double",
                    "breakfast": True,
                },
            )
        ],
    ),
    (
        "Add a dentist appointment on 2026-04-12 at 9am",
        [fn("add_event", "Add an event to the calendar.", title=S, date=S, time=S)],
        [("add_event", {"title": "dentist appointment", "date": "2026-04-12", "time": "09:00"})],
    ),
    (
        "Set an alarm for 7:15 tomorrow",
        [
            fn("set_alarm", "Set an alarm.", time=S, day=S),
            fn("set_timer", "Set a timer.", minutes=I),
        ],
        [("set_alarm", {"time": "07:15", "day": "tomorrow"})],
    ),
    (
        "Start a timer for 90 seconds",
        [
            fn("set_alarm", "Set an alarm.", time=S, day=S),
            fn("set_timer", "Set a timer.", minutes=N),
        ],
        [("set_timer", {"minutes": 1.5})],
    ),
    (
        'Search for "quantum computing" and "machine learning"',
        [fn("search", "Search articles.", query=S)],
        [("search", {"query": "quantum computing"}), ("search", {"query": "machine learning"})],
    ),
    (
        "Find books by Ursula Le Guin",
        [fn("search_books", "Search for books.", required="", author=S, title=S, genre=S)],
        [("search_books", {"author": "Ursula Le Guin"})],
    ),
    (
        "Recommend a comedy movie from 1999",
        [fn("recommend_movie", "Recommend a movie.", genre=S, year=I)],
        [("recommend_movie", {"genre": "comedy", "year": 1999})],
    ),
    (
        "Sort 9, 4, 7 in ascending order",
        [fn("sort_list", "Sort a list.", items=list_of(N), order=one_of("asc", "desc"))],
        [("sort_list", {"items": [9, 4, 7], "order": "asc"})],
    ),
    (
        "What's the largest number in 4, 18, 7?",
        [
            fn("max_of", "Largest of a list of numbers.", numbers=list_of(N)),
            fn("min_of", "Smallest of a list of numbers.", numbers=list_of(N)),
        ],
        [("max_of", {"numbers": [4, 18, 7]})],
    ),
    (
        "Turn on the air conditioner in the bedroom and set it to 22 degrees",
        [
            fn(
                "control_ac",
                "Control the air conditioner.",
                required="room power",
                room=S,
                power=one_of("on", "off"),
                temperature=N,
            )
        ],
        [("control_ac", {"room": "bedroom", "power": "on", "temperature": 22})],
    ),
    (
        "Dim the kitchen lights to 30%",
        [
            fn(
                "set_brightness",
                "Set the brightness of the lights in a room.",
                room=S,
                level=of(I, "percent"),
            )
        ],
        [("set_brightness", {"room": "kitchen", "level": 30})],
    ),
    (
        "Delete the file report.docx permanently",
        [
            fn("delete_file", "Delete a file.", path=S, permanent=B),
            fn("create_file", "Create a file.", path=S),
        ],
        [("delete_file", {"path": "report.docx", "permanent": True})],
    ),
    (
        "Send a message to Alice: I'll be late",
        [fn("send_message", "Send a message to a contact.", to=S, text=S)],
        [("send_message", {"to": "Alice", "text": "I'll be late"})],
    ),
    (
        "Email sam@corp.com about the quarterly report",
        [fn("send_email", "Send an email.", to=S, subject=S, body=S)],
        [
            (
                "send_email",
                {"to": "sam@corp.com", "subject": "quarterly report", "body": "quarterly report"},
            )
        ],
    ),
    (
        "Place an order: 2 margherita pizzas and 1 cola for delivery to 5 Oak Street",
        [fn("place_order", "Order food.", items=list_of(record(name=S, quantity=I)), address=S)],
        [
            (
                "place_order",
                {
                    "items": [
                        {"name": "margherita pizzas", "quantity": 2},
                        {"name": "cola", "quantity": 1},
                    ],
                    "address": "5 Oak Street",
                },
            )
        ],
    ),
    (
        "Create a rectangle with width 10 and height 20 in blue at position x=5, y=7",
        [
            fn(
                "create_shape",
                "Create a shape.",
                kind=one_of("circle", "rectangle"),
                size=record(width=N, height=N),
                position=record(x=N, y=N),
                color=S,
            )
        ],
        [
            (
                "create_shape",
                {
                    "kind": "rectangle",
                    "size": {"width": 10, "height": 20},
                    "position": {"x": 5, "y": 7},
                    "color": "blue",
                },
            )
        ],
    ),
    (
        "What's the meaning of life?",
        [CITY_WEATHER, fn("calculator", "Evaluates arithmetic expressions.", expression=S)],
        [],
    ),
    (
        "Can you write a python function that sorts a list?",
        [fn("sort_list", "Sort a list.", items=list_of(N), order=one_of("asc", "desc"))],
        [],
    ),
    ("I had a great time in Paris last summer.", [CITY_WEATHER, ZONE_CLOCK], []),
    ("What languages do you speak?", [fn("translate", "Translate text.", text=S, to=S)], []),
    ("Good morning!", [fn("set_alarm", "Set an alarm.", time=S, day=S)], []),
    (
        "How does a calculator work?",
        [fn("calculator", "Evaluates arithmetic expressions.", expression=S)],
        [],
    ),
    ("What's your favorite color?", [fn("set_color", "Set the lamp's color.", color=S)], []),
    (
        "明天上海会下雨吗?需要带伞吗?",
        [fn("get_weather", "获取城市天气预报", city=of(S, "城市名"), date=of(S, "日期"))],
        [("get_weather", {"city": "上海", "date": "明天"})],
    ),
    (
        "帮我把“Hello World”反转并转成大写",
        [
            fn("reverse", "反转字符串", text=of(S, "字符串")),
            fn("upper", "转换为大写", text=of(S, "字符串")),
        ],
        [("reverse", {"text": "Hello World"})],
    ),
    (
        "把3.5公里换算成米",
        [
            fn(
                "convert",
                "单位换算",
                value=of(N, "数值"),
                from_unit=of(S, "源单位"),
                to_unit=of(S, "目标单位"),
            )
        ],
        [("convert", {"value": 3.5, "from_unit": "公里", "to_unit": "米"})],
    ),
    (
        "计算 (15+5)÷4",
        [fn("calc", "计算数学表达式", expression=of(S, "表达式"))],
        [("calc", {"expression": "(15+5)/4"})],
    ),
    (
        "统计一下“我爱北京天安门”的字数",
        [
            fn("count", "统计字数", text=of(S, "文本")),
            fn("translate", "翻译", text=of(S, "文本"), to=of(S, "语言")),
        ],
        [("count", {"text": "我爱北京天安门"})],
    ),
    (
        "预订2026年3月8日晚上7点的四人餐桌,餐厅是“外婆家”",
        [
            fn(
                "book_table",
                "预订餐厅",
                restaurant=of(S, "餐厅名"),
                date=of(S, "日期"),
                time=of(S, "时间"),
                people=of(I, "人数"),
            )
        ],
        [
            (
                "book_table",
                {"restaurant": "外婆家", "date": "2026-03-08", "time": "19:00", "people": 4},
            )
        ],
    ),
    (
        "打开卧室的灯,亮度调到50%",
        [
            fn(
                "light",
                "控制灯光",
                room=of(S, "房间"),
                state=of({"type": "string", "enum": ["on", "off"]}, "开关"),
                brightness=of(I, "亮度百分比"),
            )
        ],
        [("light", {"room": "卧室", "state": "on", "brightness": 50})],
    ),
    (
        "从数据框 df_sales 中按地区分组求销售额的平均值",
        [
            fn(
                "group",
                "分组统计",
                df=of({"type": "string", "enum": ["df_sales", "df_user"]}, "数据框"),
                by=of(S, "分组列"),
                column=of(S, "统计列"),
                method=of({"type": "string", "enum": ["mean", "sum", "max"]}, "方法"),
            )
        ],
        [("group", {"df": "df_sales", "by": "地区", "column": "销售额", "method": "mean"})],
    ),
    (
        "把[3,1,2]从小到大排序",
        [fn("sort", "排序", numbers=list_of(N), descending=B)],
        [("sort", {"numbers": [3, 1, 2], "descending": False})],
    ),
    (
        "今天星期几?现在几点?",
        [fn("now", "当前时间"), fn("weekday", "今天是星期几")],
        [("weekday", {}), ("now", {})],
    ),
    ("你能做什么?", [fn("now", "当前时间"), fn("weekday", "今天是星期几")], []),
    ("李白是谁?", [fn("now", "当前时间"), fn("weather", "查询天气", city=S)], []),
    (
        "给小明发短信说今晚八点开会",
        [fn("send_sms", "发送短信", to=of(S, "收件人"), content=of(S, "内容"))],
        [("send_sms", {"to": "小明", "content": "今晚八点开会"})],
    ),
    (
        "What will the weather be in Lisbon tomorrow?",
        [
            fn("get_forecast", "Get the weather forecast for a city on a day.", city=S, day=S),
            fn("get_time", "Get the time in a city.", city=S),
        ],
        [("get_forecast", {"city": "Lisbon", "day": "tomorrow"})],
    ),
    (
        "Compare temperatures in Oslo and Madrid.",
        [fn("get_temperature", "Returns the temperature of a city in °C.", city=S)],
        [("get_temperature", {"city": "Oslo"}), ("get_temperature", {"city": "Madrid"})],
    ),
    (
        "Is it raining in Vancouver, and what time is it there?",
        [
            fn("get_weather", "Current weather.", city=S),
            fn("local_time", "Local time of a city.", city=S),
        ],
        [("get_weather", {"city": "Vancouver"}), ("local_time", {"city": "Vancouver"})],
    ),
    (
        "Change 72°F to Celsius please",
        [
            fn("f_to_c", "Fahrenheit to Celsius.", fahrenheit=N),
            fn("c_to_f", "Celsius to Fahrenheit.", celsius=N),
        ],
        [("f_to_c", {"fahrenheit": 72})],
    ),
    (
        "How many inches are in 2 feet?",
        [
            fn(
                "convert_length",
                "Convert lengths.",
                value=N,
                from_unit=one_of("inches", "feet", "yards", "meters"),
                to_unit=one_of("inches", "feet", "yards", "meters"),
            )
        ],
        [("convert_length", {"value": 2, "from_unit": "feet", "to_unit": "inches"})],
    ),
    (
        "I need 150 pounds in kilograms",
        [fn("convert", "Convert units of measure.", quantity=N, source=S, target=S)],
        [("convert", {"quantity": 150, "source": "pounds", "target": "kilograms"})],
    ),
    (
        "What's 20 GBP worth in INR?",
        [
            fn(
                "exchange",
                "Currency exchange.",
                amount=N,
                source=of(S, "currency code"),
                target=of(S, "currency code"),
            )
        ],
        [("exchange", {"amount": 20, "source": "GBP", "target": "INR"})],
    ),
    (
        "Please evaluate 3.5 * (2 - 0.5)",
        [
            fn("evaluate", "Evaluate an arithmetic expression.", expr=S),
            fn("plot_function", "Plot a function.", expr=S),
        ],
        [("evaluate", {"expr": "3.5 * (2 - 0.5)"})],
    ),
    (
        "What is 1234 divided by 56?",
        [
            fn(
                "arithmetic",
                "Simple arithmetic.",
                left=N,
                right=N,
                operator=one_of("plus", "minus", "times", "divided_by"),
            )
        ],
        [("arithmetic", {"left": 1234, "right": 56, "operator": "divided_by"})],
    ),
    (
        "Raise 3 to the 4th power",
        [
            fn("power", "Raise a base to an exponent.", base=N, exponent=N),
            fn("root", "n-th root.", x=N, n=N),
        ],
        [("power", {"base": 3, "exponent": 4})],
    ),
    (
        "Compute the compound interest on 5000 at 3% for 7 years",
        [
            fn("compound_interest", "Compound interest.", principal=N, rate_percent=N, years=I),
            fn("simple_interest", "Simple interest.", principal=N, rate_percent=N, years=I),
        ],
        [("compound_interest", {"principal": 5000, "rate_percent": 3, "years": 7})],
    ),
    (
        "What is the 10th Fibonacci number?",
        [fn("fibonacci", "The n-th Fibonacci number.", n=I), fn("factorial", "n!", n=I)],
        [("fibonacci", {"n": 10})],
    ),
    (
        "Find the standard deviation of 2, 4, 4, 4, 5, 5, 7, 9",
        [
            fn("std", "Standard deviation of numbers.", values=list_of(N)),
            fn("mean", "Mean of numbers.", values=list_of(N)),
        ],
        [("std", {"values": [2, 4, 4, 4, 5, 5, 7, 9]})],
    ),
    (
        "Make 'OpenAI' lowercase",
        [fn("to_lower", "Lowercase a string.", s=S), fn("to_upper", "Uppercase a string.", s=S)],
        [("to_lower", {"s": "OpenAI"})],
    ),
    (
        "How often does 'a' appear in 'banana'?",
        [fn("count_occurrences", "Count how often a substring occurs in a text.", text=S, sub=S)],
        [("count_occurrences", {"text": "banana", "sub": "a"})],
    ),
    (
        'Concatenate "foo" and "bar"',
        [
            fn("concat", "Concatenate two strings.", a=S, b=S),
            fn("split", "Split a string.", text=S, sep=S),
        ],
        [("concat", {"a": "foo", "b": "bar"})],
    ),
    (
        "Encode 'hello' with rot13",
        [
            fn("encode", "Encode a text.", text=S, method=one_of("base64", "rot13", "hex")),
            fn("decode", "Decode a text.", text=S, method=one_of("base64", "rot13", "hex")),
        ],
        [("encode", {"text": "hello", "method": "rot13"})],
    ),
    (
        "Describe the penguins dataframe",
        [
            fn("describe", "Describe a DataFrame.", df=one_of("penguins", "tips")),
            fn("head", "First rows of a DataFrame.", df=one_of("penguins", "tips"), n=I),
        ],
        [("describe", {"df": "penguins"})],
    ),
    (
        "Show me 10 rows from tips",
        [
            fn("describe", "Describe a DataFrame.", df=one_of("penguins", "tips")),
            fn("head", "First rows of a DataFrame.", df=one_of("penguins", "tips"), n=I),
        ],
        [("head", {"df": "tips", "n": 10})],
    ),
    (
        "Correlate total_bill with tip in tips",
        [
            fn(
                "correlation",
                "Correlation of two columns.",
                df=one_of("penguins", "tips"),
                col_a=S,
                col_b=S,
            )
        ],
        [("correlation", {"df": "tips", "col_a": "total_bill", "col_b": "tip"})],
    ),
    (
        "Rename the column 'amt' to 'amount' in df",
        [fn("rename_column", "Rename a column of a DataFrame.", df=one_of("df"), old=S, new=S)],
        [("rename_column", {"df": "df", "old": "amt", "new": "amount"})],
    ),
    (
        "Book 3 tickets for Hamilton on 2026-09-15",
        [fn("book_tickets", "Book theatre tickets.", show=S, date=S, quantity=I)],
        [("book_tickets", {"show": "Hamilton", "date": "2026-09-15", "quantity": 3})],
    ),
    (
        "Find me a hotel in Kyoto for 2 adults, checking in on 2026-11-03 and out on 2026-11-07",
        [fn("search_hotels", "Search hotels.", city=S, check_in=S, check_out=S, adults=I)],
        [
            (
                "search_hotels",
                {"city": "Kyoto", "check_in": "2026-11-03", "check_out": "2026-11-07", "adults": 2},
            )
        ],
    ),
    (
        "Schedule a call with Priya next Monday at 11:00",
        [fn("schedule_call", "Schedule a call.", person=S, day=S, time=S)],
        [("schedule_call", {"person": "Priya", "day": "next Monday", "time": "11:00"})],
    ),
    (
        "What's the train schedule from Lyon to Marseille?",
        [
            fn("train_schedule", "Train timetable between two cities.", departure=S, arrival=S),
            fn("schedule_call", "Schedule a call.", person=S, day=S, time=S),
        ],
        [("train_schedule", {"departure": "Lyon", "arrival": "Marseille"})],
    ),
    (
        'Look for "climate policy" in the archive since 2015',
        [fn("search_archive", "Search the archive.", query=S, since_year=I)],
        [("search_archive", {"query": "climate policy", "since_year": 2015})],
    ),
    (
        "Order the following numbers from largest to smallest: 3, 11, 7",
        [
            fn(
                "sort_numbers",
                "Sort numbers.",
                numbers=list_of(N),
                reverse=of(B, "descending order"),
            ),
            fn("order_food", "Order food.", dish=S),
        ],
        [("sort_numbers", {"numbers": [3, 11, 7], "reverse": True})],
    ),
    (
        "Make a list of unique words from: red, blue, red",
        [fn("unique", "Unique items of a list.", items=list_of(S))],
        [("unique", {"items": ["red", "blue", "red"]})],
    ),
    (
        "Search recursively for *.py files in /home/user/project",
        [fn("find_files", "Find files.", folder=S, pattern=S, recursive=B)],
        [("find_files", {"folder": "/home/user/project", "pattern": "*.py", "recursive": True})],
    ),
    (
        "Enable dark mode",
        [
            fn("set_dark_mode", "Switch dark mode on or off.", enabled=B),
            fn("set_volume", "Set volume.", level=I),
        ],
        [("set_dark_mode", {"enabled": True})],
    ),
    (
        "Disable notifications for 2 hours",
        [fn("notifications", "Configure notifications.", enabled=B, minutes=I)],
        [("notifications", {"enabled": False, "minutes": 120})],
    ),
    (
        "Register a new product: name 'Desk Lamp', price 39.90, in stock, tags office and lighting",
        [
            fn(
                "add_product",
                "Add a product to the catalog.",
                product=record(name=S, price=N, in_stock=B, tags=list_of(S)),
            )
        ],
        [
            (
                "add_product",
                {
                    "product": {
                        "name": "Desk Lamp",
                        "price": 39.9,
                        "in_stock": True,
                        "tags": ["office", "lighting"],
                    }
                },
            )
        ],
    ),
    (
        "Draw a line from (0, 0) to (3, 4)",
        [fn("draw_line", "Draw a line.", start=record(x=N, y=N), end=record(x=N, y=N))],
        [("draw_line", {"start": {"x": 0, "y": 0}, "end": {"x": 3, "y": 4}})],
    ),
    (
        "What is the difference between supervised and unsupervised learning?",
        [fn("subtract", "Difference of two numbers.", a=N, b=N)],
        [],
    ),
    (
        "Why is the sky blue?",
        [fn("set_color", "Set a color.", color=S), fn("get_weather", "Weather.", city=S)],
        [],
    ),
    ("Nice, that helped a lot!", [fn("get_weather", "Weather.", city=S)], []),
    (
        "Who painted the Mona Lisa?",
        [
            fn("draw_line", "Draw a line.", start=record(x=N, y=N), end=record(x=N, y=N)),
            fn("get_time", "Time in a city.", city=S),
        ],
        [],
    ),
    (
        "Give me a synonym for happy.",
        [
            fn("get_synonyms", "Synonyms of a word.", word=S),
            fn("define", "Definition of a word.", word=S),
        ],
        [("get_synonyms", {"word": "happy"})],
    ),
    (
        "北京到东京的航班,2026-12-01出发,2个人",
        [
            fn(
                "search_flight",
                "查询航班",
                origin=of(S, "出发地"),
                destination=of(S, "目的地"),
                date=of(S, "日期"),
                passengers=of(I, "乘客人数"),
            )
        ],
        [
            (
                "search_flight",
                {"origin": "北京", "destination": "东京", "date": "2026-12-01", "passengers": 2},
            )
        ],
    ),
    (
        "帮我算一下 18 乘以 24 等于多少",
        [
            fn(
                "calc",
                "四则运算",
                a=of(N, "第一个数"),
                b=of(N, "第二个数"),
                op=of(S, "运算符: add, sub, mul, div"),
            )
        ],
        [("calc", {"a": 18, "b": 24, "op": "mul"})],
    ),
    (
        "100摄氏度是多少华氏度",
        [
            fn(
                "temp_convert",
                "温度转换",
                value=of(N, "温度值"),
                from_unit=of({"type": "string", "enum": ["celsius", "fahrenheit"]}, "原单位"),
                to_unit=of({"type": "string", "enum": ["celsius", "fahrenheit"]}, "目标单位"),
            )
        ],
        [("temp_convert", {"value": 100, "from_unit": "celsius", "to_unit": "fahrenheit"})],
    ),
    (
        "生成一个长度为12的随机密码,包含特殊字符",
        [
            fn(
                "gen_password",
                "生成随机密码",
                length=of(I, "密码长度"),
                special=of(B, "是否包含特殊字符"),
            )
        ],
        [("gen_password", {"length": 12, "special": True})],
    ),
    (
        "把“早上好”翻译成日语,再查一下东京的天气",
        [
            fn("translate", "翻译文本", text=of(S, "文本"), target=of(S, "目标语言")),
            fn("weather", "查询天气", city=of(S, "城市")),
        ],
        [("translate", {"text": "早上好", "target": "日语"}), ("weather", {"city": "东京"})],
    ),
    (
        "画一个 price 列的直方图,数据是 houses",
        [
            fn(
                "hist",
                "绘制直方图",
                df=of({"type": "string", "enum": ["houses", "cars"]}, "数据"),
                column=of(S, "列名"),
            )
        ],
        [("hist", {"df": "houses", "column": "price"})],
    ),
]
