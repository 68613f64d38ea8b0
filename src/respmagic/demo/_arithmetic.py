"""Arithmetic that a text spells out: found, normalised, and worked out without `eval`."""

from __future__ import annotations

import ast
import math
import operator
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from respmagic.demo._numbers import find_numbers
from respmagic.demo._spans import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["Operation", "evaluate", "find_expressions", "operations"]

# concept: (symbol, what may stand between two numbers)
OPERATORS: dict[str, tuple[str, str]] = {
    "power": ("**", r"\*\*|\^|(?:raised )?to the (?:power of|power)"),
    "multiply": ("*", r"\*|×|·|times|multiplied by|乘以|乘上|乘|(?<=\s)x(?=\s)"),
    "divide": ("/", r"/|÷|divided by|over|除以|除"),
    "modulo": ("%", r"%|mod|modulo|取余|取模"),
    "add": ("+", r"\+|plus|added to|加上|加"),
    "subtract": ("-", r"-|−|minus|减去|减"),
}
_SYMBOLS = {concept: symbol for concept, (symbol, _) in OPERATORS.items()}
_GAPS = [
    (concept, re.compile(rf"[\s(]*(?:{gap})[\s(]*", re.IGNORECASE))
    for concept, (_, gap) in OPERATORS.items()
]
_WRITTEN = re.compile(r"[\d.()+\-*/×÷^%\s]*\d[\d.()+\-*/×÷^%\s]*")


@lru_cache(maxsize=256)
def find_expressions(text: str) -> tuple[Value, ...]:
    """All arithmetic of a text, e.g. "2的10次方" as ``2 ** 10``; its `unit` names the operation."""
    found: list[Value] = []
    for finder in (_find_forms, _find_written, _find_chains):
        for value in finder(text):
            if not any(value.overlaps(other) for other in found):
                found.append(value)
    return tuple(sorted(found, key=lambda v: v.start))


def _expression(start: int, end: int, normal: str, text: str) -> Value:
    return Value("expression", start, end, normal, text[start:end], unit=_operator_of(normal))


def _find_forms(text: str) -> Iterator[Value]:
    """Functions, roots, percentages and powers."""
    for form, write in _FORMS:
        for match in form.finditer(text):
            yield _expression(*match.span(), write(match), text)


def _joined(symbol: str) -> Callable[[re.Match[str]], str]:
    return lambda match: f" {symbol} ".join(re.findall(_N, match[0]))


_N = r"-?\d+(?:\.\d+)?"
_D = r"(\d+(?:\.\d+)?)"
_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = tuple(
    (re.compile(form, re.IGNORECASE), write)
    for form, write in (
        (rf"\b(?:sqrt|sin|cos|tan|log10|log2|log|ln|exp|abs)\s*\({_N}\)", lambda m: m[0]),
        (rf"(?:square root of|平方根|√|根号)\s*{_D}", lambda m: f"sqrt({m[1]})"),
        (rf"\b(?:sum|total) of {_N}(?:, {_N})*,? and {_N}|{_N}[和与加]{_N}的和", _joined("+")),
        (rf"\bproduct of {_N}(?:, {_N})*,? and {_N}|{_N}[和与乘]{_N}的乘?积", _joined("*")),
        (rf"\b(?:subtract|take|deduct) {_D}(?: away)? from {_D}", lambda m: f"{m[2]} - {m[1]}"),
        (rf"{_D}\s*的\s*平方根", lambda m: f"sqrt({m[1]})"),
        (
            rf"{_D}\s*(?:%|percent)\s*(?:of|的)\s*\$?{_D}",
            lambda m: f"{_plain(float(m[1]) / 100)} * {m[2]}",
        ),
        (rf"{_D}\s*的\s*(\d+)\s*次[方幂]", lambda m: f"{m[1]} ** {m[2]}"),
        (rf"{_D}\s*to the (\d+)(?:st|nd|rd|th)(?: power)?", lambda m: f"{m[1]} ** {m[2]}"),
        (rf"{_D}\s*的?\s*(?:squared|平方(?!根|米|公里))", lambda m: f"{m[1]} ** 2"),
        (rf"{_D}\s*的?\s*(?:cubed|立方(?!根|米))", lambda m: f"{m[1]} ** 3"),
    )
)


def _find_written(text: str) -> Iterator[Value]:
    for match in _WRITTEN.finditer(text):
        raw = match.group()
        start = match.start() + len(raw) - len(raw.lstrip(" )/*%."))
        end = match.end() - (len(raw) - len(raw.rstrip(" (+-*/.")))
        start, end = _balanced(text, start, end)
        written = text[start:end]
        if re.search(r"[-/]\d+[-/]", written) and not re.search(r"[+*^()\s]", written):
            continue  # 2024-05-01 is a date, 1-800-555 a phone number
        if re.fullmatch(r"\d+\s*-\s*\d+", written) and _is_range(text, written):
            continue
        normal = _normal(written)
        if re.search(r"\d\s*\)?\s*[-+*/%]", normal) and evaluate(normal) is not None:
            yield _expression(start, end, normal, text)


def _is_range(text: str, written: str) -> bool:
    """Whether "1-100" spans a range; where something is to be worked out it is a difference."""
    wants = r"calculat|comput|evaluat|what is|what's|solve|minus|计算|算|等于|求|=|得多少"
    return " " not in written and not re.search(wants, text, re.IGNORECASE)


def _balanced(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out a bracket that has its partner outside, as around "(1 + 2)"."""
    surplus = text[start:end].count("(") - text[start:end].count(")")
    while surplus > 0 and text[start] == "(":
        start, surplus = start + 1, surplus - 1
    while surplus < 0 and text[end - 1] == ")":
        end, surplus = end - 1, surplus + 1
    return start, end


def _normal(written: str) -> str:
    for said, symbol in (("×", "*"), ("÷", "/"), ("^", "**"), ("−", "-")):
        written = written.replace(said, symbol)
    return re.sub(r"\s+", " ", written).strip()


def _find_chains(text: str) -> Iterator[Value]:
    """Numbers joined by words: "3 plus 4 times 2", "10除以4"."""
    numbers = [v for v in find_numbers(text) if not v.bound]
    index = 0
    while index < len(numbers):
        start, parts = index, [_plain(numbers[index].value)]
        while index + 1 < len(numbers):
            symbol = _symbol(text[numbers[index].end : numbers[index + 1].start])
            if not symbol:
                break
            index += 1
            parts += [symbol, _plain(numbers[index].value)]
        if len(parts) > 1:
            yield _expression(numbers[start].start, numbers[index].end, " ".join(parts), text)
        index += 1


def _symbol(gap: str) -> str:
    return next((_SYMBOLS[concept] for concept, form in _GAPS if form.fullmatch(gap)), "")


def _plain(value: float) -> str:
    return str(int(value)) if float(value).is_integer() else f"{value:.12g}"


# Working it out

_BINARY: dict[type[ast.operator], tuple[str, Callable[[float, float], float]]] = {
    ast.Add: ("add", operator.add),
    ast.Sub: ("subtract", operator.sub),
    ast.Mult: ("multiply", operator.mul),
    ast.Div: ("divide", operator.truediv),
    ast.Mod: ("modulo", operator.mod),
    ast.Pow: ("power", operator.pow),
}
_FUNCTIONS: dict[str, Callable[[float], float]] = {
    name: getattr(math, name) for name in ("sqrt", "sin", "cos", "tan", "log10", "log2", "exp")
} | {"log": math.log, "ln": math.log, "abs": abs}


def _parse(expression: str) -> ast.expr | None:
    try:
        return ast.parse(expression.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _operator_of(expression: str) -> str:
    """The concept of the operation that comes last, e.g. "add" for ``2 * 3 + 4``."""
    node = _parse(expression)
    if isinstance(node, ast.BinOp) and type(node.op) in _BINARY:
        return _BINARY[type(node.op)][0]
    return "square_root" if "sqrt" in expression else "calculate"


def evaluate(expression: str) -> float | int | None:
    """The value of an expression, or None if it has none or is no plain arithmetic."""
    node = _parse(expression)
    try:
        return None if node is None else _value(node)
    except (ArithmeticError, ValueError, TypeError, KeyError, RecursionError):
        return None


def _value(node: ast.expr) -> float | int:
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        return node.value  # type: ignore[return-value]  # the test above narrows it
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.UAdd):
        return -_value(node.operand) if isinstance(node.op, ast.USub) else _value(node.operand)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and len(node.args) == 1:
        return _FUNCTIONS[node.func.id.lower()](_value(node.args[0]))
    if not isinstance(node, ast.BinOp):
        raise TypeError(node)
    left, right = _value(node.left), _value(node.right)
    if isinstance(node.op, ast.Pow) and (abs(right) > 1000 or abs(left) > 10**9):
        raise ValueError(right)  # a number with millions of digits helps nobody
    return _BINARY[type(node.op)][1](left, right)


@dataclass(frozen=True, slots=True)
class Operation:
    """One step of a formula: a number or an earlier step for each operand."""

    index: int
    concept: str
    operands: tuple[float | Operation, ...]


def operations(expression: str) -> list[Operation]:
    """The steps of a formula, the innermost first; [] if it is no plain arithmetic.

    Example:
        >>> [step.concept for step in operations("(3 + 5) * 2")]
        ['add', 'multiply']
    """
    steps: list[Operation] = []

    def walk(node: ast.expr) -> float | Operation:
        if isinstance(node, ast.BinOp):
            concept = _BINARY[type(node.op)][0]
            parts: tuple[float | Operation, ...] = (walk(node.left), walk(node.right))
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and len(node.args) == 1:
            concept, parts = _UNARY.get(node.func.id, node.func.id), (walk(node.args[0]),)
        else:
            return _value(node)
        step = Operation(len(steps), concept, parts)
        steps.append(step)
        return step

    node = _parse(expression)
    try:
        if node is not None:
            walk(node)
    except (ArithmeticError, ValueError, TypeError, KeyError, RecursionError):
        return []
    return steps


_UNARY = {"sqrt": "square_root", "abs": "absolute", "sin": "sine", "cos": "cosine"}
_UNARY |= {"tan": "tangent"}
