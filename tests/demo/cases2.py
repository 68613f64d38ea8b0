from toolbox import *
SIN = tool("toggle_device","Switch a smart home device on or off",device=of(STRING,"Name of the device"),state=one_of("on","off"))
THERMO = tool("set_thermostat","Set the target temperature of a room","room",temperature=of(NUMBER,"degrees Celsius"),room=STRING)
BMI2 = tool("compute_bmi","Compute body mass index",weight=of(NUMBER,"weight in kilograms"),height=of(NUMBER,"height in centimeters"))
TRAIN = tool("find_trains","Find train connections","time",from_station=STRING,to_station=STRING,date=of(STRING,"ISO date"),time=of(STRING,"HH:MM"))
POLL = tool("create_poll","Create a poll",question=STRING,options=list_of(STRING))
TAGNOTE = tool("save_note","Save a note","tags pinned",content=STRING,tags=list_of(STRING),pinned=BOOLEAN)
CORR = tool("correlation","Correlation between two columns of a DataFrame",frame=one_of("df","penguins",description="name of a DataFrame in the notebook"),x=of(STRING,"first column"),y=of(STRING,"second column"))
FILTER = tool("filter_rows","Keep the rows of a DataFrame where a column satisfies a condition",df=one_of("orders","users"),column=STRING,operator=one_of(">","<","==",">=","<="),value=NUMBER)
SCATTER = tool("scatter_plot","Scatter plot of two columns","title",data=one_of("iris","cars"),x=STRING,y=STRING,title=STRING)
UUID = tool("generate_uuid","Generate a UUID","version",version=INTEGER)
HASH = tool("hash_text","Hash a text",text=STRING,algorithm=one_of("md5","sha1","sha256"))
B64 = tool("base64_encode","Encode text as base64",text=STRING)
B64D = tool("base64_decode","Decode base64 text",data=STRING)
SENT = tool("analyze_sentiment","Analyse the sentiment of a text",text=STRING)
SUMM = tool("summarize_text","Summarise a text","max_sentences",text=STRING,max_sentences=INTEGER)
RECIPE = tool("find_recipe","Find recipes","max_minutes vegetarian",ingredient=STRING,max_minutes=of(INTEGER,"longest cooking time in minutes"),vegetarian=BOOLEAN)
RENT = tool("rent_car","Rent a car",pickup_city=STRING,pickup_date=STRING,return_date=STRING,car_type=one_of("economy","suv","luxury"))
TRANSFER = tool("transfer_money","Transfer money between accounts",from_account=STRING,to_account=STRING,amount=NUMBER)
STOCKBUY = tool("place_order","Place a stock order",symbol=STRING,side=one_of("buy","sell"),quantity=INTEGER)
COMPOUND = tool("compound_interest","Value of an investment with compound interest",principal=NUMBER,rate=of(NUMBER,"yearly rate as a decimal, e.g. 0.05"),years=INTEGER)
CALC2 = tool("math_op","Performs a math operation",x=of(NUMBER,"first operand"),y=of(NUMBER,"second operand"),op=of(STRING,"one of: add, sub, mul, div"))
SQLQ = tool("run_sql","Run an SQL query",query=STRING)
WIKI = tool("wikipedia_summary","Fetch the summary of a Wikipedia article",title=STRING)
AIR = tool("get_air_quality","Air quality index of a city",city=STRING)
FORECAST = tool("get_forecast","Weather forecast for the coming days",city=STRING,days=INTEGER)
IMG = tool("resize_image","Resize an image",path=STRING,width=INTEGER,height=INTEGER)
COLOR = tool("set_color","Set the color of the lamp",color=of(STRING,"color name or hex code"))
ALARM = tool("set_alarm","Set an alarm","label repeat",time=of(STRING,"24h time HH:MM"),label=STRING,repeat=one_of("once","daily","weekdays"))
PTS = tool("point_distance","Euclidean distance of two points",a=record(x=NUMBER,y=NUMBER),b=record(x=NUMBER,y=NUMBER))
STRICT = tool("search_flights","Search flights",origin=STRING,destination=STRING,max_price=maybe(NUMBER),cabin=maybe(one_of("economy","business","first")),nonstop=maybe(BOOLEAN))
STRICT2 = tool("search_products","Search products in the catalog",query={"type":"string"},max_price={"type":["number","null"]},category={"type":["string","null"]},in_stock={"type":["boolean","null"]})
SMS = tool("send_sms","Send a text message",phone_number=STRING,message=STRING)
GRADES = tool("average_grade","Average of grades",grades=list_of(NUMBER))
PALIN = tool("is_palindrome","Check if a word is a palindrome",word=STRING)
CAESAR = tool("caesar_cipher","Encrypt text with a Caesar cipher",text=STRING,shift=INTEGER)
BASECONV = tool("convert_base","Convert a number between bases",number=STRING,from_base=INTEGER,to_base=INTEGER)
GCD = tool("gcd","Greatest common divisor of two integers",a=INTEGER,b=INTEGER)
PCT = tool("percentage_of","Compute a percentage of a number",percent=NUMBER,number=NUMBER)
FIB = tool("fibonacci","First n Fibonacci numbers",n=INTEGER)
SPEED = tool("average_speed","Average speed",distance_km=NUMBER,time_hours=NUMBER)
CTOF = tool("celsius_to_fahrenheit","Convert degrees Celsius to Fahrenheit",celsius=NUMBER)
FTOC = tool("fahrenheit_to_celsius","Convert degrees Fahrenheit to Celsius",fahrenheit=NUMBER)
SETREMIND_ZH = tool("add_reminder","添加提醒事项",content=of(STRING,"提醒内容"),time=of(STRING,"时间,如 15:30"))
SENDMAIL_ZH = tool("send_mail","发送邮件",to=of(STRING,"收件人"),subject=of(STRING,"邮件主题"),body=of(STRING,"邮件正文"))
TRANS_ZH = tool("translate","把文本翻译成指定语言",text=of(STRING,"要翻译的文本"),target=of(STRING,"目标语言"))
SORT_ZH = tool("sort_list","对数字列表排序",numbers=list_of(NUMBER,"数字列表"),order=one_of("asc","desc"))
STOCK_ZH = tool("stock_price","查询股票价格",symbol=of(STRING,"股票代码"))
SEARCH_ZH = tool("search","在网上搜索信息",query=of(STRING,"搜索关键词"))
BMI_ZH = tool("calc_bmi","计算身体质量指数 BMI",weight=of(NUMBER,"体重(公斤)"),height=of(NUMBER,"身高(米)"))
HOTEL_ZH = tool("book_hotel","预订酒店",city=of(STRING,"城市"),checkin=of(STRING,"入住日期"),nights=of(INTEGER,"入住晚数"))
COUNT_ZH = tool("count_chars","统计文本的字数",text=of(STRING,"文本"))
LIGHT_ZH = tool("control_light","控制房间灯光",room=of(STRING,"房间"),on=of(BOOLEAN,"是否打开"))
UNIT_ZH = tool("convert_length","长度单位换算",value=of(NUMBER,"数值"),from_unit=of(STRING,"原单位: km, m, cm, mile"),to_unit=of(STRING,"目标单位: km, m, cm, mile"))
CALC_ZH = tool("calculator","数学计算器",expression=of(STRING,"数学表达式"))
DESCRIBE_ZH = tool("describe_df","显示数据表的统计信息",df=one_of("sales","users",description="数据表变量"))

CASES = [
 ("Switch on the coffee maker",[SIN,THERMO],[("toggle_device",{"device":"coffee maker","state":"on"})]),
 ("Set the bedroom to 21.5 degrees",[SIN,THERMO],[("set_thermostat",{"temperature":21.5,"room":"bedroom"})]),
 ("What's my BMI if I'm 1.8 m tall and weigh 75 kg?",[BMI2,TIP],[("compute_bmi",{"weight":75,"height":180})]),
 ("Find a train from Zurich to Milan on 12 June 2026 at 8:15 am",[TRAIN,FLIGHT],[("find_trains",{"from_station":"Zurich","to_station":"Milan","date":"2026-06-12","time":"08:15"})]),
 ('Create a poll "Where shall we eat?" with the options Pizza, Sushi and Tacos',[POLL,EVENT],[("create_poll",{"question":"Where shall we eat?","options":["Pizza","Sushi","Tacos"]})]),
 ('Save a note "Buy paint" with tags home and urgent and pin it',[TAGNOTE,SEARCH],[("save_note",{"content":"Buy paint","tags":["home","urgent"],"pinned":True})]),
 ("How strongly do bill_length and body_mass correlate in penguins?",[CORR,DESCRIBE],[("correlation",{"frame":"penguins","x":"bill_length","y":"body_mass"})]),
 ("Show the orders where amount > 100",[FILTER,HEAD],[("filter_rows",{"df":"orders","column":"amount","operator":">","value":100})]),
 ("Make a scatter plot of sepal_length against sepal_width for iris",[SCATTER,HISTOGRAM],[("scatter_plot",{"data":"iris","x":"sepal_length","y":"sepal_width"})]),
 ("I need a new UUID",[UUID,PASSWORD],[("generate_uuid",{})]),
 ('What is the sha256 hash of "hello"?',[HASH,B64],[("hash_text",{"text":"hello","algorithm":"sha256"})]),
 ('Decode the base64 string "aGVsbG8="',[B64,B64D],[("base64_decode",{"data":"aGVsbG8="})]),
 ('Encode "hello" in base64',[B64D,B64],[("base64_encode",{"text":"hello"})]),
 ('What is the sentiment of "I love this product"?',[SENT,SUMM],[("analyze_sentiment",{"text":"I love this product"})]),
 ("Find a vegetarian recipe with tofu that takes at most 30 minutes",[RECIPE,ORDER],[("find_recipe",{"ingredient":"tofu","max_minutes":30,"vegetarian":True})]),
 ("Rent an SUV in Denver from 2026-07-01 to 2026-07-08",[RENT,HOTEL],[("rent_car",{"pickup_city":"Denver","pickup_date":"2026-07-01","return_date":"2026-07-08","car_type":"suv"})]),
 ("Transfer $250 from checking to savings",[TRANSFER,CURRENCY],[("transfer_money",{"from_account":"checking","to_account":"savings","amount":250})]),
 ("Buy 10 shares of TSLA",[STOCKBUY,STOCK],[("place_order",{"symbol":"TSLA","side":"buy","quantity":10})]),
 ("How much is $1,000 worth after 10 years at 5% compound interest?",[COMPOUND,LOAN],[("compound_interest",{"principal":1000,"rate":0.05,"years":10})]),
 ("multiply 6 by 7",[CALC2,TIP],[("math_op",{"x":6,"y":7,"op":"mul"})]),
 ('Run the SQL query "SELECT * FROM users"',[SQLQ,SEARCH],[("run_sql",{"query":"SELECT * FROM users"})]),
 ("Give me the Wikipedia summary of Alan Turing",[WIKI,NEWS],[("wikipedia_summary",{"title":"Alan Turing"})]),
 ("How is the air quality in Delhi?",[WEATHER,AIR],[("get_air_quality",{"city":"Delhi"})]),
 ("What will the weather be like in Oslo over the next 5 days?",[FORECAST,NEWS],[("get_forecast",{"city":"Oslo","days":5})]),
 ("Resize photo.png to 800x600",[IMG,READ_FILE],[("resize_image",{"path":"photo.png","width":800,"height":600})]),
 ("Make the lamp blue",[COLOR,LIGHT],[("set_color",{"color":"blue"})]),
 ("Wake me up at 6:30 am every day",[ALARM,TIMER],[("set_alarm",{"time":"06:30","repeat":"daily"})]),
 ("Find nonstop business class flights from Boston to Miami under $400",[STRICT,HOTEL],[("search_flights",{"origin":"Boston","destination":"Miami","max_price":400,"cabin":"business","nonstop":True})]),
 ("Find flights from Boston to Miami",[STRICT,HOTEL],[("search_flights",{"origin":"Boston","destination":"Miami","max_price":None,"cabin":None,"nonstop":None})]),
 ('Search for "wireless headphones" under 100 dollars that are in stock',[STRICT2,SEARCH],[("search_products",{"query":"wireless headphones","max_price":100,"category":None,"in_stock":True})]),
 ('Text +1 555-123-4567 saying "I am late"',[SMS,EMAIL],[("send_sms",{"phone_number":"+1 555-123-4567","message":"I am late"})]),
 ("My grades are 85, 90 and 78. What is my average grade?",[GRADES,TIP],[("average_grade",{"grades":[85,90,78]})]),
 ("Is racecar a palindrome?",[PALIN,REVERSE],[("is_palindrome",{"word":"racecar"})]),
 ('Encrypt "attack at dawn" with a shift of 3',[CAESAR,REVERSE],[("caesar_cipher",{"text":"attack at dawn","shift":3})]),
 ("Convert 255 from base 10 to base 16",[BASECONV,UNITS],[("convert_base",{"number":"255","from_base":10,"to_base":16})]),
 ("What is the greatest common divisor of 48 and 36?",[GCD,FACTORIAL],[("gcd",{"a":48,"b":36})]),
 ("What is 15% of 240?",[PCT,TIP],[("percentage_of",{"percent":15,"number":240})]),
 ("List the first 10 Fibonacci numbers",[FIB,FACTORIAL],[("fibonacci",{"n":10})]),
 ("I drove 150 km in 2 hours. What was my average speed?",[SPEED,MEAN],[("average_speed",{"distance_km":150,"time_hours":2})]),
 ("Convert 37 degrees Celsius to Fahrenheit",[CTOF,FTOC],[("celsius_to_fahrenheit",{"celsius":37})]),
 ("What is 100 °F in Celsius?",[CTOF,FTOC],[("fahrenheit_to_celsius",{"fahrenheit":100})]),
 ("明天下午三点提醒我去接孩子",[SETREMIND_ZH,WEATHER_ZH],[("add_reminder",{"content":"去接孩子","time":"15:00"})]),
 ("给 li@example.com 发一封邮件,主题是“会议通知”,内容是“明天十点开会”",[SENDMAIL_ZH,SETREMIND_ZH],[("send_mail",{"to":"li@example.com","subject":"会议通知","body":"明天十点开会"})]),
 ("把“我喜欢学习”翻译成英语",[TRANS_ZH,COUNT_ZH],[("translate",{"text":"我喜欢学习","target":"英语"})]),
 ("把 5、2、9、1 按升序排列",[SORT_ZH,CALC_ZH],[("sort_list",{"numbers":[5,2,9,1],"order":"asc"})]),
 ("请问AAPL的股价是多少?",[STOCK_ZH,SEARCH_ZH],[("stock_price",{"symbol":"AAPL"})]),
 ("在网上搜索“人工智能 最新进展”",[STOCK_ZH,SEARCH_ZH],[("search",{"query":"人工智能 最新进展"})]),
 ("我身高1.75米,体重68公斤,算一下我的BMI",[BMI_ZH,CALC_ZH],[("calc_bmi",{"weight":68,"height":1.75})]),
 ("帮我在杭州订酒店,2026年10月1日入住,住3晚",[HOTEL_ZH,FLIGHT_ZH],[("book_hotel",{"city":"杭州","checkin":"2026-10-01","nights":3})]),
 ("“春眠不觉晓”有几个字?",[COUNT_ZH,TRANS_ZH],[("count_chars",{"text":"春眠不觉晓"})]),
 ("关掉客厅的灯",[LIGHT_ZH,SETREMIND_ZH],[("control_light",{"room":"客厅","on":False})]),
 ("10公里等于多少英里?",[UNIT_ZH,CURRENCY_ZH],[("convert_length",{"value":10,"from_unit":"km","to_unit":"mile"})]),
 ("请计算 (12 + 8) * 3",[CALC_ZH,SORT_ZH],[("calculator",{"expression":"(12 + 8) * 3"})]),
 ("看看 sales 表的统计信息",[DESCRIBE_ZH,SORT_ZH],[("describe_df",{"df":"sales"})]),
 ("今天北京的天气怎么样,顺便把100美元换成人民币",[WEATHER_ZH,CURRENCY_ZH],[("query_weather",{"city":"北京"}),("exchange",{"amount":100,"source":"USD","target":"CNY"})]),
 ("Distance between the points (1, 2) and (4, 6)",[PTS,DISTANCE],[("point_distance",{"a":{"x":1,"y":2},"b":{"x":4,"y":6}})]),
 ("Is it true that the earth is flat?",[WEATHER,MATH],[]),
 ("My favourite color is blue.",[COLOR,LIGHT],[]),
 ("What's the difference between a list and a tuple in Python?",[SORT,SUBTRACT],[]),
 ("Can you recommend a good book?",[FLIGHT,HOTEL,TABLE],[]),
 ("写一首关于春天的诗",[WEATHER_ZH,SEARCH_ZH],[]),
 ("谢谢你的帮助",[WEATHER_ZH,SEARCH_ZH],[]),
 ("What can you do?",[WEATHER,MATH],[]),
 ("How are you today?",[WEATHER,TIME],[]),
 ("I love sunny weather!",[WEATHER,TIME],[]),
]
