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
FORECAST = tool("get_forecast", "Weather forecast for the coming days", city=STRING, days=INTEGER)
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
BASECONV = tool(
    "convert_base",
    "Convert a number between bases",
    number=STRING,
    from_base=INTEGER,
    to_base=INTEGER,
)
PCT = tool("percentage_of", "Compute a percentage of a number", percent=NUMBER, number=NUMBER)
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
HOTEL_ZH = tool(
    "book_hotel",
    "预订酒店",
    city=of(STRING, "城市"),
    checkin=of(STRING, "入住日期"),
    nights=of(INTEGER, "入住晚数"),
)
COUNT_ZH = tool("count_chars", "统计文本的字数", text=of(STRING, "文本"))
UNIT_ZH = tool(
    "convert_length",
    "长度单位换算",
    value=of(NUMBER, "数值"),
    from_unit=of(STRING, "原单位: km, m, cm, mile"),
    to_unit=of(STRING, "目标单位: km, m, cm, mile"),
)
CALC_ZH = tool("calculator", "数学计算器", expression=of(STRING, "数学表达式"))


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

_CODES = one_of("en-US", "zh", "ja", "pt-BR")
CODED = fn("translate", "Translate a text", text=S, source=_CODES, target=_CODES)

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
        "Make a scatter plot of sepal_length against sepal_width for iris",
        [SCATTER, HISTOGRAM],
        [("scatter_plot", {"data": "iris", "x": "sepal_width", "y": "sepal_length"})],
    ),
    ("I need a new UUID", [UUID, PASSWORD], [("generate_uuid", {})]),
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
        "How much is $1,000 worth after 10 years at 5% compound interest?",
        [COMPOUND, LOAN],
        [("compound_interest", {"principal": 1000, "rate": 0.05, "years": 10})],
    ),
    ("multiply 6 by 7", [CALC2, TIP], [("math_op", {"x": 6, "y": 7, "op": "mul"})]),
    (
        "What will the weather be like in Oslo over the next 5 days?",
        [FORECAST, NEWS],
        [("get_forecast", {"city": "Oslo", "days": 5})],
    ),
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
        "Convert 255 from base 10 to base 16",
        [BASECONV, UNITS],
        [("convert_base", {"number": "255", "from_base": 10, "to_base": 16})],
    ),
    ("What is 15% of 240?", [PCT, TIP], [("percentage_of", {"percent": 15, "number": 240})]),
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
        "把 5、2、9、1 按升序排列",
        [SORT_ZH, CALC_ZH],
        [("sort_list", {"numbers": [5, 2, 9, 1], "order": "asc"})],
    ),
    ("请问AAPL的股价是多少?", [STOCK_ZH, SEARCH_ZH], [("stock_price", {"symbol": "AAPL"})]),
    (
        "帮我在杭州订酒店,2026年10月1日入住,住3晚",
        [HOTEL_ZH, FLIGHT_ZH],
        [("book_hotel", {"city": "杭州", "checkin": "2026-10-01", "nights": 3})],
    ),
    ("“春眠不觉晓”有几个字?", [COUNT_ZH, TRANS_ZH], [("count_chars", {"text": "春眠不觉晓"})]),
    (
        "10公里等于多少英里?",
        [UNIT_ZH, CURRENCY_ZH],
        [("convert_length", {"value": 10, "from_unit": "km", "to_unit": "mile"})],
    ),
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
    ("Can you recommend a good book?", [FLIGHT, HOTEL, TABLE], []),
    ("写一首关于春天的诗", [WEATHER_ZH, SEARCH_ZH], []),
    ("I love sunny weather!", [WEATHER, TIME], []),
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
        "What's the remainder of 17 divided by 5?",
        [
            fn("modulo", "Remainder of a division", a=I, b=I),
            fn("divide", "Quotient of two numbers", a=N, b=N),
        ],
        [("modulo", {"a": 17, "b": 5})],
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
        [("plot", {"x": "area", "y": "price", "kind": "scatter"})],
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
        [("lock_door", {"door": "front"})],
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
        "翻译“谢谢”成法语和德语",
        [fn("translate", "翻译文本", text=of(S, "原文"), language=of(S, "目标语言"))],
        [
            ("translate", {"text": "谢谢", "language": "法语"}),
            ("translate", {"text": "谢谢", "language": "德语"}),
        ],
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
        "Is 'level' a palindrome? And reverse 'stressed'.",
        [
            fn("is_palindrome", "Check for palindromes.", text=S),
            fn("reverse_text", "Reverse a text.", text=S),
        ],
        [("is_palindrome", {"text": "level"}), ("reverse_text", {"text": "stressed"})],
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
    ("I had a great time in Paris last summer.", [CITY_WEATHER, ZONE_CLOCK], []),
    (
        "How does a calculator work?",
        [fn("calculator", "Evaluates arithmetic expressions.", expression=S)],
        [],
    ),
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
        "计算 (15+5)÷4",
        [fn("calc", "计算数学表达式", expression=of(S, "表达式"))],
        [("calc", {"expression": "(15+5)/4"})],
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
        "今天星期几?现在几点?",
        [fn("now", "当前时间"), fn("weekday", "今天是星期几")],
        [("weekday", {}), ("now", {})],
    ),
    (
        "给小明发短信说今晚八点开会",
        [fn("send_sms", "发送短信", to=of(S, "收件人"), content=of(S, "内容"))],
        [("send_sms", {"to": "小明", "content": "今晚八点开会"})],
    ),
    (
        "Rename the column 'amt' to 'amount' in df",
        [fn("rename_column", "Rename a column of a DataFrame.", df=one_of("df"), old=S, new=S)],
        [("rename_column", {"df": "df", "old": "amt", "new": "amount"})],
    ),
    (
        "Schedule a call with Priya next Monday at 11:00",
        [fn("schedule_call", "Schedule a call.", person=S, day=S, time=S)],
        [("schedule_call", {"person": "Priya", "day": "next Monday", "time": "11:00"})],
    ),
    (
        "Search recursively for *.py files in /home/user/project",
        [fn("find_files", "Find files.", folder=S, pattern=S, recursive=B)],
        [("find_files", {"folder": "/home/user/project", "pattern": "*.py", "recursive": True})],
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
        "把“早上好”翻译成日语,再查一下东京的天气",
        [
            fn("translate", "翻译文本", text=of(S, "文本"), target=of(S, "目标语言")),
            fn("weather", "查询天气", city=of(S, "城市")),
        ],
        [("translate", {"text": "早上好", "target": "日语"}), ("weather", {"city": "东京"})],
    ),
    (
        "Translate 'good morning' from English into Japanese",
        [CODED],
        [("translate", {"text": "good morning", "source": "en-US", "target": "ja"})],
    ),
    (
        "把“早上好”从中文翻译成葡萄牙语",
        [CODED],
        [("translate", {"text": "早上好", "source": "zh", "target": "pt-BR"})],
    ),
    (
        "Text +44 7700 900123: I'll be ten minutes late",
        [fn("send_sms", "Send a text message", phone=S, message=S)],
        [("send_sms", {"phone": "+44 7700 900123", "message": "I'll be ten minutes late"})],
    ),
    (
        "Vote yes on the Norwegian proposal",
        [fn("vote", "Vote on a proposal", answer=one_of("yes", "no"))],
        [("vote", {"answer": "yes"})],
    ),
]
