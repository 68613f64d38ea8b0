"""The text that ends a turn: every outcome, in the language of the prompt, as Markdown."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from respmagic.demo._lexicon import is_chinese

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Outcome", "is_error", "sum_up"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A call that was made, and what came of it."""

    name: str
    arguments: str
    output: str

    def given(self) -> Any:
        """The arguments as JSON says them."""
        try:
            return json.loads(self.arguments or "{}")
        except (ValueError, RecursionError):
            return {}


_WORDS = {
    "en": {
        "one": "Here is what the tool returned:",
        "many": "Here is what the {count} tools returned:",
        "error": "**failed**: {output}",
        "empty": "(nothing)",
        "colon": ": ",
        "more": "… ({count} characters more)",
    },
    "zh": {
        "one": "工具返回的结果如下：",
        "many": "{count} 个工具调用的结果如下：",
        "error": "**出错**：{output}",
        "empty": "（无）",
        "colon": "：",
        "more": "……(还有 {count} 个字符)",
    },
}
_LONGEST = 4000
_ERROR = re.compile(
    r"^\s*(?:[\[({<*]*\s*)?(?:error\b|tool error|exception\b|traceback|failed\b|failure\b"
    r"|cancell?ed|错误|失败|异常|出错)"
    r"|^\s*(?:\w+\.)*\w*(?:Error|Exception)\b\s*[:(]|^Traceback \(most recent",
    re.IGNORECASE,
)


def is_error(output: str) -> bool:
    """Whether an output says that the call failed."""
    try:
        parsed = json.loads(output)
    except (ValueError, RecursionError):
        return _ERROR.search(output) is not None
    if isinstance(parsed, dict):
        return bool(parsed.get("error")) or parsed.get("isError") is True
    return isinstance(parsed, str) and _ERROR.search(parsed) is not None


def sum_up(outcomes: Sequence[Outcome], prompt: str) -> str:
    """Tell what all calls gave.

    Args:
        outcomes: the calls in the order made.
        prompt: the user's text, whose language the answer takes.
    """
    words = _WORDS["zh" if is_chinese(prompt) else "en"]
    head = words["one"] if len(outcomes) == 1 else words["many"].format(count=len(outcomes))
    return "\n".join([head, "", *(_line(outcome, words) for outcome in outcomes)])


def _line(outcome: Outcome, words: dict[str, str]) -> str:
    told = _told(outcome.output, words)
    if is_error(outcome.output):
        told = words["error"].format(output=told)
    return f"- {_call(outcome)}{words['colon']}{told}"


def _call(outcome: Outcome) -> str:
    """The call as code, so that one sees with which arguments the outcome came about."""
    given = outcome.given()
    pairs = given.items() if isinstance(given, dict) else ()
    inside = ", ".join(f"{name}={_short(value)}" for name, value in pairs)
    return f"`{outcome.name}({inside})`".replace("\n", " ")


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False).replace("`", "'")
    return text if len(text) <= 60 else text[:57] + "…"


def _told(output: str, words: dict[str, str]) -> str:
    if not output.strip():
        return words["empty"]
    try:
        parsed = json.loads(output)
    except (ValueError, RecursionError):
        parsed = output
    parts = list(parsed.values()) if isinstance(parsed, dict) else parsed
    if isinstance(parts, list) and any(isinstance(v, dict | list) for v in parts):
        return _fenced(json.dumps(parsed, ensure_ascii=False, indent=2), words, "json")
    if isinstance(parsed, dict):
        return (
            ", ".join(f"{name} {_inline(_plain(value))}" for name, value in parsed.items())
            or words["empty"]
        )
    if isinstance(parsed, list):
        return ", ".join(map(_plain, parsed)) or words["empty"]
    text = _plain(parsed)
    return _fenced(text, words) if "\n" in text.strip() or len(text) > 300 else _inline(text)


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _inline(text: str) -> str:
    """Text that Markdown would read as markup stands as code."""
    if re.search(r"[*_`<>#|\[\]~]", text) and "`" not in text:
        return f"`{text}`"
    return text.replace("`", "'")


def _fenced(text: str, words: dict[str, str], language: str = "") -> str:
    if len(text) > _LONGEST:
        text = text[:_LONGEST] + "\n" + words["more"].format(count=len(text) - _LONGEST)
    fence = "`" * max(3, *(len(run) + 1 for run in re.findall(r"`+", text)), 3)
    body = "\n".join("  " + line for line in text.strip("\n").splitlines())
    return f"\n\n  {fence}{language}\n{body}\n  {fence}"
