"""Plays a conversation with the embedded model to its end, running the tools it asks for."""

import json

from respmagic.demo._model import answer
from respmagic.demo._request import read_request

FUNCTIONS = {
    "add": lambda a, b: a + b,
    "subtract": lambda a, b: a - b,
    "multiply": lambda a, b: a * b,
    "square_root": lambda x: x**0.5,
    "calculate": lambda a, b, operation: {"add": a + b, "multiply": a * b}[operation],
    "get_weather": lambda location, unit="celsius": {"temperature": 21, "unit": unit},
    "convert_temperature": lambda value, from_unit, to_unit: round(value * 9 / 5 + 32, 1),
    "get_stock_price": lambda symbol: {"price": 190.5, "currency": "USD"},
    "convert_currency": lambda amount, from_currency, to_currency: round(amount * 0.9, 2),
    "get_user_id": lambda name: 42,
    "get_orders": lambda user_id: ["ORD-1", "ORD-2"],
    "random_numbers": lambda count=1, **_: [17, 4, 93][:count],
    "random_number": lambda **_: 7,
    "sort_numbers": lambda numbers, descending=False: sorted(numbers, reverse=descending),
    "mean": lambda numbers: sum(numbers) / len(numbers),
    "translate_text": lambda text, target_language: f"{text} in {target_language}",
    "reverse_string": lambda text: text[::-1],
    "count_words": lambda text: len(text.split()),
    "send_email": lambda to, subject, body: "sent",
    "current_time": lambda: "2026-11-20 19:00",
    "get_location": lambda: {"city": "Lyon"},
    "get_capital": lambda country: "Paris",
    "is_prime": lambda n: True,
    "read_file": lambda path: "hello from a file",
    "summarize_text": lambda text: "short",
}


def play(prompt, tools, history=(), functions=FUNCTIONS, **settings):
    """The calls of each response in turn, the final text, and all items.

    `tools` is a list, or makes one of the rounds so far: a notebook's variables grow in number.
    """
    items = [*history, {"role": "user", "content": prompt}]
    rounds = []
    for _ in range(10):
        offered = tools(rounds) if callable(tools) else tools
        body = {"model": "any", "input": items, "tools": offered, **settings}
        said = answer(read_request(json.dumps(body).encode()))
        if not said.calls:
            return rounds, said.text, [*items, {"role": "assistant", "content": said.text}]
        rounds.append([(call.name, dict(call.arguments)) for call in said.calls])
        items += [
            {
                "type": "function_call",
                "call_id": f"call_{len(rounds)}_{index}",
                "name": call.name,
                "arguments": json.dumps(call.arguments),
            }
            for index, call in enumerate(said.calls)
        ]
        items += [
            {
                "type": "function_call_output",
                "call_id": f"call_{len(rounds)}_{index}",
                "output": _text(functions[call.name](**call.arguments)),
            }
            for index, call in enumerate(said.calls)
        ]
    raise AssertionError("the conversation does not end")


def _text(value):
    return value if isinstance(value, str) else json.dumps(value)
