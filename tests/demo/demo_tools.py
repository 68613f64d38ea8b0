"""Tools for the tables of prompts: as JSON, the way a client declares them."""

from typing import Any

STRING, NUMBER, INTEGER, BOOLEAN = ({"type": t} for t in ("string", "number", "integer", "boolean"))


def tool(
    name: str, description: str = "", optional: str = "", /, **parameters: Any
) -> dict[str, Any]:
    """A function tool; `optional` names the parameters that may be left out."""
    required = [p for p in parameters if p not in optional.split()]
    schema = {"type": "object", "properties": parameters, "required": required}
    return {"type": "function", "name": name, "description": description, "parameters": schema}


def of(kind: dict[str, Any], description: str = "", **more: Any) -> dict[str, Any]:
    """A parameter of a kind, described."""
    return {**kind, **({"description": description} if description else {}), **more}


def one_of(*members: Any, description: str = "") -> dict[str, Any]:
    return of({"type": "string", "enum": list(members)}, description)


def list_of(items: dict[str, Any], description: str = "") -> dict[str, Any]:
    return of({"type": "array", "items": items}, description)


def maybe(kind: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [kind, {"type": "null"}]}


def record(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties)}


WEATHER = tool(
    "get_weather",
    "Get the current weather for a location",
    "unit",
    location=of(STRING, "The city and state, e.g. San Francisco, CA"),
    unit=one_of("celsius", "fahrenheit"),
)
WEATHER_ZH = tool("query_weather", "查询指定城市的天气", city=of(STRING, "城市名称"))
TIME = tool("current_time", "Return the current time.")
TIME_IN = tool("get_time", "Get the current local time in a city", city=of(STRING, "City name"))
CURRENCY = tool(
    "convert_currency",
    "Convert an amount of money between currencies",
    amount=of(NUMBER, "Amount to convert"),
    from_currency=of(STRING, "Source currency code, e.g. USD"),
    to_currency=of(STRING, "Target currency code, e.g. EUR"),
)
CURRENCY_ZH = tool(
    "exchange",
    "货币兑换",
    amount=of(NUMBER, "金额"),
    source=of(STRING, "源货币代码,如 USD"),
    target=of(STRING, "目标货币代码,如 CNY"),
)
UNITS = tool(
    "convert_units",
    "Convert a value from one unit of measurement to another",
    value=NUMBER,
    from_unit=STRING,
    to_unit=STRING,
)
TEMPERATURE = tool(
    "convert_temperature",
    "Convert temperatures",
    value=NUMBER,
    from_unit=one_of("celsius", "fahrenheit", "kelvin"),
    to_unit=one_of("celsius", "fahrenheit", "kelvin"),
)
CALCULATOR = tool(
    "calculator", "Evaluate a mathematical expression", expression=of(STRING, "e.g. 2 + 2")
)
MATH = tool(
    "calculate",
    "Basic arithmetic",
    a=NUMBER,
    b=NUMBER,
    operation=one_of("add", "subtract", "multiply", "divide", "power"),
)
ADD = tool("add", "Add two numbers.", a=NUMBER, b=NUMBER)
SUBTRACT = tool("subtract", "Subtract b from a.", a=NUMBER, b=NUMBER)
MULTIPLY = tool("multiply", "Multiply two numbers.", a=NUMBER, b=NUMBER)
DIVIDE = tool("divide", "Divide a by b.", a=NUMBER, b=NUMBER)
SQRT = tool("square_root", "The square root of a number", x=NUMBER)
FACTORIAL = tool("factorial", "n!", n=INTEGER)
IS_PRIME = tool("is_prime", "Check whether a number is prime", n=INTEGER)
REVERSE = tool("reverse_string", "Reverse a string", text=STRING)
UPPER = tool("to_uppercase", "Convert text to upper case", text=STRING)
COUNT_WORDS = tool("count_words", "Count the words of a text", text=STRING)
COUNT_LETTER = tool(
    "count_letter", "Count how often a letter occurs in a word", word=STRING, letter=STRING
)
REPLACE = tool("replace_text", "Replace text in a string", text=STRING, old=STRING, new=STRING)
TRANSLATE = tool(
    "translate_text",
    "Translate text into another language",
    "source_language",
    text=STRING,
    target_language=of(STRING, "Language to translate to"),
    source_language=of(STRING, "Language of the text"),
)
FRAMES = one_of(
    "sales",
    "customers",
    description=(
        "A DataFrame. sales: 120 rows (region, amount, month); customers: 40 rows (name, city, age)"
    ),
)
DESCRIBE = tool("describe_frame", "Summary statistics of a DataFrame", df=FRAMES)
HISTOGRAM = tool(
    "plot_histogram",
    "Draw a histogram of a column",
    "bins",
    df=FRAMES,
    column=of(STRING, "column name"),
    bins=of(INTEGER, "number of bins"),
)
GROUP = tool(
    "group_by",
    "Aggregate a column of a DataFrame by groups",
    df=FRAMES,
    by=of(STRING, "column to group by"),
    column=of(STRING, "column to aggregate"),
    how=one_of("mean", "sum", "min", "max", "count"),
)
HEAD = tool("head", "Show the first rows of a DataFrame", "n", df=FRAMES, n=of(INTEGER, "rows"))
FLIGHT = tool(
    "book_flight",
    "Book a flight",
    "passengers return_date",
    origin=of(STRING, "Departure city"),
    destination=of(STRING, "Arrival city"),
    date=of(STRING, "Departure date, YYYY-MM-DD"),
    return_date=of(STRING, "Return date, YYYY-MM-DD"),
    passengers=of(INTEGER, "Number of passengers"),
)
FLIGHT_ZH = tool(
    "search_flights",
    "搜索航班",
    origin=of(STRING, "出发城市"),
    destination=of(STRING, "到达城市"),
    date=of(STRING, "出发日期"),
)
HOTEL = tool(
    "book_hotel",
    "Reserve a hotel room",
    "guests",
    city=STRING,
    check_in=of({"type": "string", "format": "date"}),
    check_out=of({"type": "string", "format": "date"}),
    guests=INTEGER,
)
TABLE = tool(
    "reserve_table",
    "Reserve a table at a restaurant",
    restaurant=of(STRING, "Name of the restaurant"),
    date=STRING,
    time=STRING,
    party_size=of(INTEGER, "How many people"),
)
SEARCH = tool(
    "web_search",
    "Search the web",
    "max_results",
    query=of(STRING, "What to search for"),
    max_results=of(INTEGER, "How many results at most"),
)
SORT = tool(
    "sort_numbers",
    "Sort a list of numbers",
    "descending",
    numbers=list_of(NUMBER),
    descending=of(BOOLEAN, "Largest first"),
)
SORT_WORDS = tool(
    "sort_words", "Sort words alphabetically", "reverse", words=list_of(STRING), reverse=BOOLEAN
)
MEAN = tool("mean", "Average of a list of numbers", numbers=list_of(NUMBER))
LIGHT = tool(
    "set_light",
    "Control the lights of a room",
    "brightness",
    room=one_of("kitchen", "bedroom", "living_room"),
    on=of(BOOLEAN, "Whether the light is on"),
    brightness=of(INTEGER, "Percent", minimum=0, maximum=100),
)
CREATE_USER = tool(
    "create_user",
    "Create a user account",
    "admin",
    user=record(name=STRING, email=STRING, address=record(street=STRING, city=STRING)),
    admin=of(BOOLEAN, "Whether the user is an administrator"),
)
EMAIL = tool(
    "send_email",
    "Send an email",
    to=of(STRING, "Recipient address"),
    subject=STRING,
    body=STRING,
)
EVENT = tool(
    "create_event",
    "Add an event to the calendar",
    "time duration_minutes attendees",
    title=STRING,
    date=STRING,
    time=STRING,
    duration_minutes=INTEGER,
    attendees=list_of(STRING, "Names of the attendees"),
)
DELETE_EVENT = tool("delete_event", "Remove an event from the calendar", title=STRING)
LIST_EVENTS = tool("list_events", "List the events of a day", date=STRING)
REMINDER = tool("set_reminder", "Set a reminder", "time", message=STRING, time=STRING)
TIMER = tool("set_timer", "Start a countdown timer", seconds=INTEGER)
STOCK = tool(
    "get_stock_price",
    "Get the latest price of a stock",
    symbol=of(STRING, "Ticker symbol, e.g. AAPL"),
)
DICE = tool("roll_dice", "Roll dice", "sides count", sides=INTEGER, count=INTEGER)
COIN = tool("flip_coin", "Flip a coin")
RANDOM = tool(
    "random_number", "A random whole number in a range", "min max", min=INTEGER, max=INTEGER
)
PASSWORD = tool(
    "generate_password",
    "Generate a random password",
    "length include_symbols",
    length=of(INTEGER, "Number of characters"),
    include_symbols=of(BOOLEAN, "Whether to use special characters"),
)
LOAN = tool(
    "loan_payment",
    "Monthly payment of a loan",
    principal=NUMBER,
    annual_rate=of(NUMBER, "Interest rate in percent"),
    years=INTEGER,
)
BMI = tool("bmi", "Body mass index", weight_kg=NUMBER, height_m=NUMBER)
TIP = tool("calculate_tip", "Tip for a restaurant bill", bill=NUMBER, percent=NUMBER)
NEWS = tool("get_news", "Latest headlines on a topic", topic=STRING)
DATE_DIFF = tool(
    "days_between", "Number of days between two dates", start_date=STRING, end_date=STRING
)
ORDER = tool(
    "order_pizza",
    "Order a pizza",
    "toppings quantity",
    size=one_of("small", "medium", "large"),
    toppings=list_of(STRING),
    quantity=INTEGER,
)
ORDER_STATUS = tool("get_order_status", "Look up an order", order_id=STRING)
USER_ID = tool("get_user_id", "Find the id of a user by name", name=STRING)
USER_ORDERS = tool("get_orders", "List the orders of a user", user_id=INTEGER)
SYSTEM = tool("system_info", "Operating system, Python version and memory")
CIRCLE = tool("circle_area", "Area of a circle", radius=NUMBER)
RECTANGLE = tool("rectangle_area", "Area of a rectangle", width=NUMBER, height=NUMBER)
READ_FILE = tool("read_file", "Read a text file", path=STRING)
TODO = tool(
    "add_todo",
    "Add a task to the todo list",
    "priority",
    task=STRING,
    priority=one_of("low", "medium", "high"),
)
MUSIC = tool("play_music", "Play a song", "artist", song=STRING, artist=STRING)
DISTANCE = tool("distance", "Distance between two cities", origin=STRING, destination=STRING)
SHOPPING = tool(
    "add_to_cart",
    "Add items to the shopping cart",
    items=list_of(record(name=STRING, quantity=INTEGER)),
)
LOOKUP = tool("define_word", "Look up the definition of a word", word=STRING)
