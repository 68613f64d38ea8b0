"""Tools for the tables of prompts: functions, the way a notebook declares them."""

# ruff: noqa: E501, PLC2401 - a tool is a line or two, in the language of its user

from typing import Literal, TypedDict

from demo_tools import BOOLEAN, INTEGER, NUMBER, STRING, list_of, of, one_of, tool
from pydantic import BaseModel, Field


# fmt: off
def kinetic_energy(mass: float, speed: float):
    """Compute the kinetic energy of a moving body."""
def potential_energy(mass: float, height: float, g: float = 9.81):
    """Compute the gravitational potential energy of a body."""
def wave_speed(frequency: float, wavelength: float):
    """Speed of a wave."""
def ohms_law(voltage: float | None = None, current: float | None = None, resistance: float | None = None):
    """Solve Ohm's law for the missing quantity."""
def parallel_resistors(resistances: list[float]):
    """Total resistance of resistors connected in parallel."""
def series_resistors(resistances: list[float]):
    """Total resistance of resistors connected in series."""
def simulate_projectile(speed: float, angle: float, planet: Literal["earth", "moon", "mars"] = "earth", air_resistance: bool = False):
    """Simulate the flight of a projectile."""
def pendulum_period(length: float):
    """Period of a simple pendulum."""
def lens_image(focal_length: float, object_distance: float):
    """Image distance and magnification of a thin lens."""
def plot_function(expression: str, x_min: float = -10, x_max: float = 10):
    """Draw the graph of a function."""
def linear_fit(x: Literal["time", "distance", "voltage", "current", "temperature"], y: Literal["time", "distance", "voltage", "current", "temperature"]):
    """Fit a straight line to two measured quantities."""
def dilute(stock_concentration: float, target_concentration: float, final_volume: float):
    """How much stock solution is needed for a dilution."""
def ph_of(concentration: float, kind: Literal["acid", "base"]):
    """pH of a strong acid or base."""
def moles_from_mass(mass: float, molar_mass: float):
    """Amount of substance in moles."""
DENSITY = tool("density", "计算物体的密度", mass=of(NUMBER, "质量（克）"), volume=of(NUMBER, "体积（立方厘米）"))
PRESSURE = tool("pressure", "计算压强", force=of(NUMBER, "压力（牛顿）"), area=of(NUMBER, "受力面积（平方米）"))
SET_HEATER = tool("set_heater", "设置水浴锅", "stirring", temperature=of(NUMBER, "目标温度（摄氏度）"), minutes=of(INTEGER, "加热时间（分钟）"), stirring=of(BOOLEAN, "是否搅拌"))
SOLUBILITY = tool("solubility", "查询物质在某温度下的溶解度", substance=of(STRING, "物质名称"), temperature=of(NUMBER, "温度（摄氏度）"))
查询元素 = tool("查询元素", "查询元素周期表中某个元素的性质", 元素=of(STRING, "元素的中文名称"))
def bmi(weight_kg: float, height_cm: float):
    """Compute the body mass index."""
def log_blood_pressure(systolic: int, diastolic: int, pulse: int | None = None):
    """Record a blood pressure reading."""
def log_sleep(hours: float):
    """Record how long someone slept."""
def log_run(distance_km: float, minutes: float, indoor: bool = False):
    """Record a run.

    Args:
        distance_km: Distance in kilometres.
        minutes: Duration in minutes.
        indoor: Whether it was on a treadmill.
    """
def pace(distance_km: float, minutes: float):
    """Compute the pace of a run in minutes per kilometre.

    Args:
        distance_km: Distance in kilometres.
        minutes: Duration in minutes.
    """
def team_standing(team: str):
    """Get the place of a team in the league table.

    Args:
        team: Name of the team.
    """
def heat_bath(temperature_c: float, minutes: int):
    """Heat the water bath of the laboratory."""
def set_freezer(temperature_c: float):
    """Set the temperature of the sample freezer."""
def stir(rpm: int, seconds: int = 60):
    """Start the magnetic stirrer."""
def compound_interest(deposit: float, annual_rate: float, years: int):
    """Final value of a deposit with compound interest."""
def loan_payment(principal: float, annual_rate: float, years: int):
    """Monthly payment of a loan."""
def income_tax(income: float, country: str):
    """Income tax on a yearly income."""
def search_hotels(city: str, min_price: float | None = None, max_price: float | None = None):
    """Search for hotels in a city."""
def search_flights(origin: str, destination: str, min_price: float | None = None, max_price: float | None = None):
    """Search for flights between two cities."""
def cancel_booking(reference: str):
    """Cancel a booking."""
def read_humidity(room: int):
    """读取冷库的湿度。"""
def set_cold_room(room: int, celsius: float):
    """设置冷库的温度。"""
def open_door(room: int):
    """打开冷库的门。"""
def capacitor_charge(voltage: float, capacitance: float):
    """Charge stored on a capacitor.

    Args:
        voltage: Voltage in volts.
        capacitance: Capacitance in farads.
    """
def ohm_current(voltage: float, resistance: float):
    """Current through a resistor by Ohm's law.

    Args:
        voltage: Voltage in volts.
        resistance: Resistance in ohms.
    """
def refraction_angle(incidence: float, n1: float = 1.0, n2: float = 1.5):
    """Angle of refraction by Snell's law.

    Args:
        incidence: Angle of incidence in degrees.
        n1: Refractive index of the first medium.
        n2: Refractive index of the second medium.
    """
def read_sensor(sensor: Literal["temperature", "humidity", "pressure", "light"]):
    """Read the current value of a sensor."""
def log_value(value: float, file: str):
    """Append a value to a log file."""
def calibrate(sensor: Literal["temperature", "humidity", "pressure", "light"], offset: float):
    """Calibrate a sensor with an offset that is added to each reading."""
def body_mass_index(weight: float, height: float):
    """计算身体质量指数 BMI。"""
def running_pace(distance: float, minutes: float):
    """计算跑步配速。"""
def calories_burned(sport: Literal["跑步", "游泳", "骑车"], minutes: float):
    """计算运动消耗的热量。"""
def shuffle_list(items: list[str]):
    """Shuffle a list of items into random order."""
def random_integers(count: int, low: int, high: int):
    """Generate random integers."""
def prime_factors(n: int):
    """Return the prime factors of an integer."""
def air_conditioner(房间: Literal["客厅", "卧室", "书房"], 开: bool, 温度: float | None = None):
    """控制房间的空调。"""
def open_curtains(房间: Literal["客厅", "卧室", "书房"]):
    """打开房间的窗帘。"""
def kitchen_timer(分钟: int):
    """启动厨房定时器。"""
Econ = Literal["gdp_per_capita", "life_expectancy", "unemployment", "inflation", "population", "year"]
def sort_rows(column: Econ, descending: bool = False):
    """Sort the rows of the table by a column."""
def drop_column(column: Econ):
    """Remove a column from the table."""
def filter_rows(column: Econ, minimum: float | None = None, maximum: float | None = None):
    """Keep only the rows whose value in a column lies in a range."""
def set_voltage(volts: float):
    """Set the output of the source to a fixed voltage."""
def sweep_voltage(start: float, stop: float, step: float):
    """Sweep the source voltage and record the current.

    Args:
        start: First voltage in volts
        stop: Last voltage in volts
        step: Voltage step in volts
    """
def measure_resistance(channel: int):
    """Measure the resistance on a channel of the multimeter."""
def set_incubator(temperature: float, co2_percent: float, shaking: bool):
    """Set up the incubator."""
def start_centrifuge(rpm: int, minutes: float):
    """Start the centrifuge."""
def make_groups(pupils: list[str], group_size: int):
    """Split pupils into random groups."""
def record_grade(pupil: str, grade: float, subject: Literal["physics", "chemistry", "geography"] | None = None):
    """Enter a pupil's grade in the grade book."""
def send_message(recipient: str, message: str):
    """Send a message to a parent or pupil."""
录入成绩 = tool("录入成绩", "把学生的成绩录入成绩册", 姓名=of(STRING, "学生姓名"), 分数=of(NUMBER, "分数"), 科目=one_of("物理", "化学", "地理", description="科目"))
ASSIGN_HOMEWORK = tool("assign_homework", "布置作业", subject=one_of("物理", "化学", "地理", description="科目"), pages=list_of(INTEGER, "练习册页码"), due={"type": "string", "format": "date", "description": "截止日期"})
PLOT_COLUMNS = tool("plot_columns", "绘制两个变量的散点图", x=one_of("时间", "位移", "速度", "电压", "电流", description="横轴变量"), y=one_of("时间", "位移", "速度", "电压", "电流", description="纵轴变量"))
Col = Literal["age", "income", "city", "gender", "signup_date", "churned"]
def train_model(kind: Literal["linear_regression", "logistic_regression", "random_forest", "gradient_boosting"], target: Col, features: list[Col], test_size: float = 0.2):
    """Train a model."""
def cluster(columns: list[Col], k: int):
    """Cluster the rows with k-means."""
class Hyper(TypedDict):
    max_depth: int
    learning_rate: float
def tune(parameters: Hyper, folds: int = 5):
    """Cross-validate the boosting model with given hyperparameters."""
def find_recipes(ingredients: list[str], vegetarian: bool = False, max_minutes: int | None = None):
    """Find recipes that use the given ingredients."""
def scale_recipe(recipe: str, servings: int):
    """Scale a recipe to a number of servings."""
def start_timer(minutes: float, label: str = ""):
    """Start a kitchen timer."""
def search_recipes(食材: list[str], 素食: bool = False):
    """按食材查找菜谱。"""
def add_expense(金额: float, 类别: Literal["餐饮", "交通", "住房", "娱乐"]):
    """记录一笔支出。"""
def club_schedule(club: Literal["chess", "football", "swimming", "drama"]):
    """Show when a school club meets."""
def enroll(students: list[str], club: Literal["chess", "football", "swimming", "drama"]):
    """Enroll students in a school club."""
def match_result(home: str, away: str):
    """Result of a match between two teams."""
def set_plot_title(title: str):
    """Set the title of the plot."""
def set_axis_limits(axis: Literal["x", "y"], limits: list[float]):
    """Set the limits of an axis of the plot."""
def histogram(variable: Econ, bins: int = 10):
    """Draw a histogram of one variable of the data set."""
def delete_user(username: str):
    """Delete a user account."""
def create_user(username: str, groups: list[str], create_home: bool = True):
    """Create a user account."""
def restart_service(name: str):
    """Restart a system service."""
def remove_items(items: list[str]):
    """从购物清单中删除商品。"""
def show_list():
    """显示购物清单。"""
def add_items(items: list[str]):
    """把商品添加到购物清单。"""
def log_water(millilitres: int):
    """记录喝水量。"""
def log_meal(meal: Literal["早餐", "午餐", "晚餐"], foods: list[str]):
    """记录一餐吃了什么。"""
def get_kcal(food: str):
    """查询食物每100克的热量（千卡）。"""
def median(values: list[float]):
    """Compute the median of a list of numbers."""
def standard_deviation(values: list[float]):
    """Compute the standard deviation of a list of numbers."""
def rectangle_area(width: float, height: float):
    """Compute the area of a rectangle."""
def set_oven(temperature: int, minutes: int, fan: bool = False):
    """Preheat and start the oven."""
def shopping_list(items: list[str]):
    """Create a shopping list."""
def fuel_price(country: str):
    """Current price of diesel in a country."""
def plan_route(start: str, stops: list[str]):
    """Plan a delivery route."""
def freight_cost(weight_kg: float, destination: str):
    """Calculate the freight cost."""
def find_earthquakes(min_magnitude: float, start: str, end: str, region: str | None = None):
    """Search the earthquake catalogue."""
def climate_diagram(station: str, start_year: int, end_year: int):
    """Draw the climate diagram (temperature and rainfall) of a weather station."""
def country_population(country: str, year: int | None = None):
    """Return the population of a country."""
QUERY_SALES = tool("query_sales", "查询某段时间的销售额", start={"type": "string", "format": "date", "description": "开始日期"}, end={"type": "string", "format": "date", "description": "结束日期"})
LIST_ORDERS = tool("list_orders", "查询某个客户的订单", customer_id=of(INTEGER, "客户编号"))
求平均值 = tool("求平均值", "计算某一列的平均值", 列=one_of("年龄", "收入", "城市", "性别", "销售额", "利润", "日期", description="列名"))
def create_event(title: str, date: str, start: str, duration_minutes: int = 60):
    """Create a calendar event."""
def list_events(date_from: str, date_to: str):
    """List the calendar events between two dates."""
def delete_event(event_id: int):
    """Delete a calendar event by its number."""
def find_trains(出发: str, 到达: str, 日期: str):
    """查询两个城市之间的火车票。"""
def find_hotels(城市: str, 最高价格: float | None = None):
    """查询一个城市的酒店。"""
def track_parcel(单号: str):
    """查询快递的位置。"""
CREATE_EVENT = tool("create_event", "创建日程", title=of(STRING, "标题"), date={"type": "string", "format": "date", "description": "日期，格式为 YYYY-MM-DD"})
LIST_EVENTS = tool("list_events", "列出某一天的日程", date={"type": "string", "format": "date", "description": "日期"})
DELETE_EVENT = tool("delete_event", "删除日程", title=of(STRING, "标题"))
CANCEL_BOOKING = tool("cancel_booking", "Use this tool to cancel an existing reservation of a room.", booking_id=of(INTEGER, "Number of the reservation."))
BOOK_ROOM = tool("book_room", "Use this tool whenever the user wants to reserve a teaching room. It checks for conflicts and then makes the reservation.", room=one_of("biology lab", "physics lab", "library", "gym", description="The room to reserve."), date={"type": "string", "format": "date", "description": "Day of the reservation as YYYY-MM-DD."}, start=of(STRING, "Start time, HH:MM."), end=of(STRING, "End time, HH:MM."))
def get_grades(student_id: int):
    """Get the grades of a student."""
def restore_backup(path: str):
    """Restore a directory from its latest backup."""
def schedule_backup(path: str, date: str, time: str):
    """Schedule a backup."""
def delete_file(path: str):
    """Delete a file."""
def company_news(ticker: str):
    """Latest news headlines about a company."""
def closing_price(ticker: str, date: str):
    """Closing price of a stock on a day."""
def exchange_rate(source: str, target: str):
    """Look up the exchange rate between two currencies."""
def cancel_alarm(time: str):
    """取消已经设置的闹钟。"""
def set_alarm(time: str):
    """设置闹钟。"""
def release_room(room: str):
    """Give back a reserved seminar room."""
def room_equipment(room: str):
    """List the equipment of a seminar room."""
def book_room(room: str, start_date: str, end_date: str):
    """Reserve a seminar room."""
SEARCH_HOTELS = tool("search_hotels", "查询某个城市的酒店", "max_price", city=of(STRING, "城市名称"), max_price=of(NUMBER, "每晚最高价格(元)"))
SEARCH_TRAIN_TICKETS = tool("search_train_tickets", "查询两个城市之间的火车票", from_city=of(STRING, "出发城市"), to_city=of(STRING, "到达城市"), date=of(STRING, "出发日期,格式为 YYYY-MM-DD"))
LIST_SIGHTS = tool("list_sights", "列出某个城市的旅游景点", city=of(STRING, "城市名称"))
def list_students(class_name: str):
    """列出一个班的学生"""
def add_reminder(content: str, date: str):
    """添加一个提醒"""
def book_hotel(city: str, nights: int):
    """预订酒店"""
def correlation(x: Col, y: Col, method: Literal["pearson", "spearman", "kendall"] = "pearson"):
    """Correlation between two columns."""
def t_test(column: Col, group_by: Col, alpha: float = 0.05):
    """Compare the mean of a column between two groups with a t-test."""
def scatter(x: Col, y: Col, color: Col | None = None, log_scale: bool = False):
    """Draw a scatter plot."""
Frame = Literal["customers", "orders", "products", "returns"]
def head(table: Frame, n: int = 5):
    """Show the first rows of a table."""
def tail(table: Frame, n: int = 5):
    """Show the last rows of a table."""
def count_rows(table: Frame):
    """Number of rows in a table."""
SHAPE_OF = tool("shape_of", "Number of rows and columns of a data frame in the notebook", variable=one_of("df_train", "df_test", "df_sales", "penguins", description="Variable holding the data frame"))
DROP_DUPLICATES = tool("drop_duplicates", "Remove duplicate rows from a data frame in the notebook", variable=one_of("df_train", "df_test", "df_sales", "penguins", description="Variable holding the data frame"))
PIVOT_TABLE = tool("pivot_table", "Build a pivot table from a data frame in the notebook", variable=one_of("df_train", "df_test", "df_sales", "penguins", description="Variable holding the data frame"), index=one_of("species", "island", "sex", "year", description="Column for the rows"), columns=one_of("species", "island", "sex", "year", description="Column for the columns"), values=one_of("body_mass_g", "flipper_length_mm", "bill_length_mm", description="Column to aggregate"))
def join_tables(left: Frame, right: Frame, on: str, how: Literal["inner", "left", "right", "outer"] = "inner"):
    """Join two tables."""
HISTOGRAM = tool("histogram", "绘制直方图", "bins", column=one_of("年龄", "收入", "城市", "性别", "销售额", "利润", "日期", description="列名"), bins=of(INTEGER, "分组数"))
SCATTER_PLOT = tool("scatter_plot", "绘制散点图", x=one_of("年龄", "收入", "城市", "性别", "销售额", "利润", "日期", description="横轴"), y=one_of("年龄", "收入", "城市", "性别", "销售额", "利润", "日期", description="纵轴"))
CORRELATION = tool("correlation", "计算两列之间的相关系数", x=one_of("年龄", "收入", "城市", "性别", "销售额", "利润", "日期", description="第一列"), y=one_of("年龄", "收入", "城市", "性别", "销售额", "利润", "日期", description="第二列"))
SORT_TABLE = tool("sort_table", "对数据表排序", "descending", table=one_of("客户表", "订单表", "商品表", "库存表", description="数据表"), column=one_of("价格", "数量", "评分", description="排序依据的列"), descending=of(BOOLEAN, "是否降序"))
SHOW_ROWS = tool("show_rows", "显示数据表的前几行", "n", table=one_of("客户表", "订单表", "商品表", "库存表", description="数据表"), n=of(INTEGER, "行数"))
COUNT_ROWS = tool("count_rows", "统计数据表的行数", table=one_of("客户表", "订单表", "商品表", "库存表", description="数据表"))
def summarize(frame: Literal["df_sales", "df_costs", "df_staff"]):
    """Summary statistics of a data frame."""
def drop_missing(frame: Literal["df_sales", "df_costs", "df_staff"]):
    """Remove the rows that have missing values."""
def export_csv(frame: Literal["df_sales", "df_costs", "df_staff"], path: str, index: bool = True):
    """Save a data frame as a CSV file."""
def close_figure():
    """Close the current figure."""
def save_figure(filename: str, transparent: bool = False, dpi: int = 100):
    """Save the current figure to a file."""
SET_LAMP = tool("set_lamp", "打开或关闭房间的灯", room=one_of("客厅", "卧室", "书房", description="房间"), on=of(BOOLEAN, "是否打开"))
SET_AIR_CONDITIONER = tool("set_air_conditioner", "设置空调", room=one_of("客厅", "卧室", "书房", description="房间"), temperature=of(INTEGER, "温度(摄氏度)"), mode=one_of("制冷", "制热", "除湿", description="模式"))
MOVE_CURTAIN = tool("move_curtain", "调节窗帘的开合程度", percent=of(INTEGER, "打开的百分比"))
def list_objects(room: int):
    """List the objects shown in a room of the museum."""
def make_worksheet(topic: str, level: Literal["primary", "secondary", "adult"], answer_key: bool = False):
    """Create a worksheet for a school visit."""
def book_tour(gallery: str, group_size: int, day: str):
    """Book a guided tour for a group."""
def meal_plan(days: int, include_nuts: bool = True):
    """Make a meal plan."""
def load_csv(path: str, separator: Literal["comma", "semicolon", "tab"] = "comma"):
    """Load a table from a CSV file."""
def save_csv(path: str, separator: Literal["comma", "semicolon", "tab"] = "comma", index: bool = True):
    """Save the current table to a CSV file."""
def top_rows(column: Literal["year", "budget", "debt"], n: int = 10):
    """Show the municipalities with the highest values of a column."""
def plot_trend(frame: Literal["df_sales", "df_users", "df_orders"], column: Literal["年龄", "收入", "数量"]):
    """画出某一列的折线图。"""
def group_sum(frame: Literal["df_sales", "df_users", "df_orders"], by: Literal["地区", "月份", "产品"], value: Literal["销售额", "利润", "数量"], method: Literal["sum", "mean", "max", "min"]):
    """对数据表分组并汇总某一列。"""
def fill_missing(frame: Literal["df_sales", "df_users", "df_orders"], column: Literal["年龄", "收入", "数量"], value: float):
    """填充某一列的缺失值。"""
COLS = Literal["price", "quantity", "region", "order_date", "customer"]
def column_mean(column: COLS):
    """Mean of a column of the orders table."""
def group_by(by: COLS, column: COLS, statistic: Literal["mean", "sum", "count", "max"]):
    """Group the orders table by one column and aggregate another."""
class Sensor(TypedDict):
    kind: Literal["temperature", "pressure", "light", "sound"]
    interval: float
def start_logging(sensor: Sensor, duration: float):
    """Start recording measurements with a sensor."""
def stop_logging():
    """Stop the recording that is running."""
class Sample(BaseModel):
    name: str = Field(description="Name of the sample")
    mass: float = Field(description="Mass in grams")
    hazardous: bool = Field(False, description="Whether the sample is hazardous")
def store_sample(sample: Sample, shelf: int):
    """Put a sample on a shelf of the chemical store."""
def remove_sample(name: str):
    """Take a sample out of the chemical store."""
def molar_mass(formula: str):
    """Molar mass of a compound in g/mol."""
def find_contact(name: str):
    """Look up a contact and return the e-mail address."""
def add_contact(name: str, phone: str | None = None, email: str | None = None):
    """Add a new contact to the address book."""
class Address(BaseModel):
    street: str = Field(description="Street and house number")
    city: str = Field(description="City")
    postcode: str = Field(description="Postal code")
def update_address(name: str, address: Address):
    """Change the postal address of a contact."""
class Item(BaseModel):
    product: str = Field(description="Name of the product")
    quantity: int = Field(description="How many")
def place_order(items: list[Item], express: bool = False):
    """Place an order in the shop.

    Args:
        items: Products and quantities to order.
        express: Whether to ship by express delivery.
    """
def track_order(order_id: str):
    """Tell where an order is.

    Args:
        order_id: The order number.
    """
def cancel_order(order_id: str, reason: str = ""):
    """Cancel an order.

    Args:
        order_id: The order number.
        reason: Why it is cancelled.
    """
def species_info(species: str):
    """Encyclopedia entry of a species."""
class Location(BaseModel):
    latitude: float = Field(description="Latitude in degrees")
    longitude: float = Field(description="Longitude in degrees")
def log_sighting(species: str, count: int, location: Location):
    """Log the sighting of an animal in the field notebook."""
def country_facts(country: str):
    """Facts about a country: capital, area, population."""
Color = Literal["red", "green", "blue", "black"]
class Point(BaseModel):
    x: float
    y: float
def draw_circle(center: Point, radius: float, color: Color = "black"):
    """Draw a circle on the canvas."""
def clear_canvas():
    """Clear the canvas."""
class Size(BaseModel):
    width: float
    height: float
def draw_rectangle(position: Point, size: Size, color: Color = "black"):
    """Draw a rectangle on the canvas."""
def route_distance(origin: str, destination: str, mode: Literal["truck", "rail", "ship"] = "truck"):
    """Distance in kilometres between two cities."""
class Parcel(BaseModel):
    weight_kg: float = Field(description="Weight in kilograms")
    length_cm: float = Field(description="Length in centimetres")
    width_cm: float = Field(description="Width in centimetres")
    height_cm: float = Field(description="Height in centimetres")
def ship_parcel(destination: str, parcel: Parcel):
    """Ship a parcel to a city."""
def stock_level(sku: str):
    """Number of units of an article in stock."""
def find_hotel(city: str, nights: int):
    """Find a hotel in a city."""
class Passengers(TypedDict):
    adults: int
    children: int
def book_train(origin: str, destination: str, date: str, passengers: Passengers):
    """Book train tickets."""
class Position(BaseModel):
    latitude: float = Field(description="latitude in degrees")
    longitude: float = Field(description="longitude in degrees")
def add_marker(label: str, position: Position):
    """Add a marker to the map."""
def zoom_map(level: int):
    """Set the zoom level of the map."""
def clear_map():
    """Remove every marker from the map."""
class Axis(BaseModel):
    label: str = Field(description="Axis label")
    minimum: float = Field(description="Lower limit")
    maximum: float = Field(description="Upper limit")
def set_y_axis(axis: Axis):
    """Configure the y axis of the current figure."""
def balance_equation(equation: str):
    """Balance a chemical equation."""
def element_info(symbol: str):
    """Look up an element of the periodic table."""
START_TIMER = tool("start_timer", "启动倒计时", minutes=of(INTEGER, "分钟数"))
def drop_columns(columns: list[Col]):
    """Remove columns from the data frame."""
def rename_column(old_name: str, new_name: str):
    """Rename a column."""
def run_sql(query: str):
    """Run an SQL query against the warehouse."""
def group_aggregate(group_by: Col, column: Col, function: Literal["mean", "sum", "min", "max", "count"]):
    """Group the rows by a column and aggregate another column."""
def gc_content(sequence: str):
    """GC content of a DNA sequence in percent."""
def reverse_complement(sequence: str):
    """Reverse complement of a DNA sequence."""
def transcribe(dna: str):
    """Transcribe a DNA sequence into RNA."""
def compress_file(name: str):
    """压缩文件"""
def rename_file(old_name: str, new_name: str):
    """重命名文件"""
def subscribe(topic: str):
    """Subscribe to an MQTT topic."""
def publish(topic: str, message: str, qos: int = 0, retain: bool = False):
    """Publish an MQTT message."""
def count_word(word: str, text: str):
    """Count the occurrences of a word in a text."""
def to_uppercase(text: str):
    """Convert a text to upper case."""
def reverse_text(text: str):
    """Reverse a text."""
def translate(text: str, target: Literal["英语", "法语", "德语", "日语"]):
    """翻译一段文字"""
def pinyin(text: str):
    """给汉字标注拼音"""
def describe_object(name: str):
    """介绍一件藏品的历史。"""
def move_object(name: str, from_hall: int, to_hall: int):
    """把一件藏品从一个展厅移到另一个展厅。"""
def count_visitors(hall: int):
    """查询某个展厅当前的观众人数。"""
QUOTE_PRICE = tool("quote_price", "估算快递运费", weight=of(NUMBER, "重量（公斤）"), city=of(STRING, "目的城市"))
TRACK_SHIPMENT = tool("track_shipment", "查询运单的物流状态", waybill=of(STRING, "运单号"))
CALL_COURIER = tool("call_courier", "预约快递员上门取件", date=of(STRING, "取件日期"))
SEND_PARCEL = tool("send_parcel", "寄送快递包裹", city=of(STRING, "收件城市"), weight_kg=of(NUMBER, "重量,单位公斤"))
TRACK_ORDER = tool("track_order", "查询快递的物流信息", tracking_number=of(STRING, "快递单号"))
def count_words(text: str):
    """Count the words of a text."""
def detect_language(text: str):
    """Detect the language a text is written in."""
def translate_text(text: str, target_language: Literal["English", "French", "German", "Spanish", "Chinese"]):
    """Translate a text into another language."""
def river_length(river: str):
    """Length of a river in kilometres."""
def mountain_height(mountain: str):
    """Height of a mountain in metres."""
def country_capital(country: str):
    """Return the capital city of a country."""
RIVER_LENGTH = tool("river_length", "查询河流的长度", river=of(STRING, "河流名称"))
MOUNTAIN_HEIGHT = tool("mountain_height", "查询山峰的海拔高度", mountain=of(STRING, "山峰名称"))
PROVINCE_INFO = tool("province_info", "查询中国某省的资料", province=of(STRING, "省份名称"), item=one_of("人口", "面积", "省会", "气候", description="要查询的内容"))
def mean(column: Col):
    """Average of a column."""
def quantile(column: Col, q: float):
    """Quantile of a column."""
def set_thermostat(room: Literal["kitchen", "bedroom", "living room", "office"], celsius: float):
    """Set the temperature of a room."""
def switch_light(room: Literal["kitchen", "bedroom", "living room", "office"], on: bool):
    """Switch the light of a room on or off."""
def lock_door(door: Literal["front", "back", "garage"]):
    """Lock a door of the house."""
def convert_currency(amount: float, source: str, target: str):
    """Convert an amount of money from one currency to another."""
def split_bill(total: float, people: int, tip_percent: float = 0):
    """Split a restaurant bill among people."""
def account_balance(account: Literal["checking", "savings"]):
    """Get the balance of a bank account."""
def balance(账户: Literal["储蓄", "信用卡"]):
    """查询账户余额。"""
def book_court(court: int, date: str):
    """Book a tennis court."""
def cancel_court(court: int, date: str):
    """Cancel the booking of a tennis court."""
def convert_units(value: float, source: Literal["miles", "km", "kg", "pounds"], target: Literal["miles", "km", "kg", "pounds"]):
    """Convert a value from one unit to another."""
def add(a: float, b: float):
    """Add two numbers."""
def metres_to_feet(metres: float):
    """Convert metres to feet."""
def set_air_conditioner(temperature: int):
    """设置空调的温度"""
def set_light(room: Literal["教室", "实验室", "办公室"], on: bool):
    """打开或关闭房间的灯"""
def country_area(country: str):
    """查询一个国家的面积"""
def get_attendance(student: str):
    """查询某个学生的出勤情况。"""
def get_score(student: str, subject: str):
    """查询某个学生某一科目的成绩。"""
def calories(food: str, grams: float):
    """Calories in an amount of a food."""
def protein(food: str, grams: float):
    """Amount of protein in a food."""
def joule_to_ev(joule: float):
    """Convert an energy from joules to electronvolts."""
def celsius_to_kelvin(celsius: float):
    """Convert a temperature from degrees Celsius to kelvin."""
def tank_level(tank: int):
    """Fill level of a tank in percent."""
def set_valve(valve: int, open: bool):
    """Open or close a valve."""
def run_pump(seconds: int):
    """Run the water pump for some time."""
def heat_beaker(celsius: float):
    """Heat the beaker to a temperature."""
class Portion(TypedDict):
    name: str
    millilitres: float
def mix(liquids: list[Portion]):
    """Mix liquids in a beaker."""
LOCATE = tool("locate", "查询地点的经纬度", place=of(STRING, "地点名称"))
SHOW_LOCATION = tool("show_location", "在地图上显示一个地点", latitude=of(NUMBER, "纬度，南纬为负"), longitude=of(NUMBER, "经度，西经为负"))
def great_circle_distance(origin: str, destination: str):
    """Distance between two cities in kilometres."""
FIND_CUSTOMER = tool("find_customer", "按姓名查找客户编号", name=of(STRING, "客户姓名"))
def capital_of(country: str):
    """Get the capital of a country."""
def population(city: str):
    """Get the population of a city."""
def random_numbers(count: int):
    """生成若干个随机数。"""
def line_chart(values: list[float]):
    """画折线图。"""
def bar_chart(values: list[float]):
    """画柱状图。"""
def translate_zh(text: str, target: Literal["英语", "日语", "法语"]):
    """翻译文本。"""
def uppercase(text: str):
    """把文本转成大写。"""
def sensor_location(sensor_id: str):
    """Find the location of a sensor as latitude and longitude."""
def elevation(latitude: float, longitude: float):
    """Get the elevation of a place in metres above sea level."""
def download(url: str):
    """Download a text from a web address."""
def save_file(content: str, filename: str):
    """Save something to a file."""
def query_student_no(姓名: str):
    """按姓名查询学号。"""
def query_scores(学号: str):
    """按学号查询成绩。"""
def average(数字: list[float]):
    """计算一组数的平均值（平均分）。"""
def compute_pressure(force: float, area: float):
    """根据力和面积计算压强"""
def compute_mass(density: float, volume: float):
    """根据密度和体积计算质量"""
def get_density(material: str):
    """查询材料的密度（克每立方厘米）"""
def ping(host: str, count: int = 1):
    """Ping a host."""
def resolve(hostname: str):
    """Look up the IP address of a host name."""
def check_port(host: str, port: int):
    """Check whether a port is open on a host."""
def fuel_cost(distance: float, price: float):
    """计算油费。"""
def travel_time(distance: float, speed: float):
    """根据距离和速度计算行驶时间（小时）。"""
def get_distance(origin: str, destination: str):
    """查询两个城市之间的距离（公里）。"""
def kcal_to_kj(kcal: float):
    """把千卡换算成千焦。"""
def compute_bmi(weight: float, height: float):
    """计算身体质量指数（BMI）。"""
def write_log(value: float, filename: str):
    """把读数写入日志文件。"""
def water_plants(liters: float):
    """给植物浇水。"""
def greenhouse_temperature(zone: Literal["A区", "B区", "C区"]):
    """读取温室某个区域的温度。"""
def mean_of(variable: Literal["time", "distance", "voltage", "current", "temperature"]):
    """Average of a measured quantity."""
def switch_pump(pump: int, on: bool):
    """Switch a pump on or off."""
def capital(国家: str):
    """查询一个国家的首都。"""
def boiling_point(substance: str):
    """Look up the boiling point of a substance."""
def punnett_square(parent1: str, parent2: str):
    """Punnett square of a cross."""
def projectile_range(speed: float, angle: float, height: float = 0.0):
    """Horizontal distance flown by a projectile."""
def make_quiz(topic: str, questions: int = 5, difficulty: Literal["easy", "medium", "hard"] = "medium"):
    """Create a multiple-choice quiz for a class."""
def create_quiz(topic: str, questions: int, difficulty: Literal["easy", "medium", "hard"] = "medium"):
    """Create a quiz for the class."""
def circle_area(radius: float):
    """计算圆的面积。"""
def missing_values(column: Col):
    """Count the missing values in a column."""
def unique_values(column: Col):
    """List the distinct values of a column."""
def read_flow(pump: int):
    """Read the flow rate of a pump."""
def read_probe(probe: int):
    """Read the temperature of a probe in degrees Celsius."""
def square_area(side: float):
    """计算正方形的面积。"""
def is_prime(n: int):
    """Check whether a number is prime. 判断一个数是不是质数。"""
def distance_between(city_a: str, city_b: str):
    """Return the distance in kilometres between two cities."""
def count_letters(text: str):
    """Count the letters of a text."""
def planet_info(name: str):
    """Facts about a planet of the solar system."""
def circle_circumference(radius: float):
    """Compute the circumference of a circle."""
