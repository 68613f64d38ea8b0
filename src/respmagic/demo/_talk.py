"""What the model says where no tool is wanted: who it is, what it can do, and small things."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from respmagic.demo._arithmetic import evaluate, find_expressions
from respmagic.demo._lexicon import is_chinese
from respmagic.demo._request import Message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from respmagic.demo._request import Request
    from respmagic.demo._steps import Step

__all__ = ["ask_for", "small_talk"]

_SAYINGS: dict[str, tuple[str, str]] = {
    "hello": (
        "Hello! I am respmagic-demo, a small rule-based demo, not a language model.",
        "你好！我是 respmagic-demo，一个基于规则的小演示，不是语言模型。",
    ),
    "who": (
        (
            "I am respmagic-demo, a rule-based demo that comes with respmagic. I am not a language "
            "model: I choose among the declared tools by rules and word lists, fill in their "
            "arguments from the text, and sum up what they return."
        ),
        (
            "我是 respmagic 自带的演示模型 respmagic-demo，基于规则，不是语言模型：我按规则和词表"
            "选择已声明的工具，从文本中填写参数，并汇总它们的结果。"
        ),
    ),
    "thanks": ("You are welcome.", "不客气。"),
    "bye": ("Goodbye!", "再见！"),
    "fine": (
        "I am well, as far as a rule-based demo can be.",
        "我很好——就一个基于规则的演示而言。",
    ),
    "unable": (
        (
            "I am respmagic-demo, a rule-based demo and not a language model, so I cannot answer "
            "that. What I can do is call tools."
        ),
        (
            "我是 respmagic-demo，一个基于规则的演示，不是语言模型，无法回答这个问题。"
            "我能做的是调用工具。"
        ),
    ),
    "file": (
        "A file or an image came along; a rule-based demo cannot look into it.",
        "收到了文件或图片，但基于规则的演示无法查看其内容。",
    ),
    "tools": ("Tools offered here: {names}.", "当前可用的工具：{names}。"),
    "no_tools": ("No tools are offered here.", "当前没有可用的工具。"),
    "real": (
        "For a real answer, give a key or a base URL of a model.",
        "如需真正的回答，请配置模型的密钥或 base URL。",
    ),
    "need": (
        "To call `{tool}` I need {names}. Please say more.",
        "要调用 `{tool}`，还需要 {names}，请补充说明。",
    ),
}


def say(what: str, prompt: str, **words: str) -> str:
    """A saying in the language of the prompt."""
    english, chinese = _SAYINGS[what]
    return (chinese if is_chinese(prompt) else english).format(**words)


def ask_for(steps: Sequence[Step], prompt: str) -> str:
    """Ask for the arguments that the planned calls lack; "" if none does."""
    lines = []
    for step in steps:
        names = ", ".join(f"`{slot.name}`" for slot in step.missing)
        lines += [say("need", prompt, tool=step.tool.name, names=names)] if names else []
    return "\n\n".join(dict.fromkeys(lines))


def small_talk(prompt: str, request: Request, before: Sequence[Message]) -> str:
    """The answer to a prompt that no tool answers."""
    for reply in (_counted, _worked_out, _repeated, _remembered):
        text = reply(prompt, before)
        if text:
            return text
    kind = next((name for name, form in _TALK if form.search(prompt)), "unable")
    said = [say(kind, prompt)]
    if kind not in ("thanks", "bye", "fine"):
        names = ", ".join(f"`{tool.name}`" for tool in request.tools)
        said.append(say("tools", prompt, names=names) if names else say("no_tools", prompt))
    if kind == "unable":
        said.append(say("real", prompt))
    if request.history and _has_file(request):
        said.insert(0, say("file", prompt))
    return " ".join(said) if not is_chinese(prompt) else "".join(said)


def _has_file(request: Request) -> bool:
    users = [m for m in request.history if isinstance(m, Message) and m.role == "user"]
    return bool(users) and users[-1].attachments > 0


_TALK = tuple(
    (name, re.compile(form, re.IGNORECASE))
    for name, form in (
        (
            "who",
            (
                r"\b(?:who|what) are you\b|your name|\bwhat can you do\b|\bhelp\b"
                r"|\byou(?:'re| are) (?:an? )?(?:ai|gpt|llm|model|bot)|(?:what|which) model"
                r"|introduce yourself|are you (?:an?|real|human|chatgpt|gpt)"
                r"|你是谁|你是什么|你叫什么|你能做什么|你会什么|介绍一下你|自我介绍|什么模型|哪个模型"
            ),
        ),
        ("fine", r"\bhow are you\b|how's it going|你好吗|你怎么样|最近好吗"),
        ("thanks", r"^\s*(?:thanks|thank you|thx|cheers|great|perfect|谢谢|多谢|感谢)"),
        ("bye", r"^\s*(?:bye|goodbye|see you|good night|再见|拜拜|晚安)"),
        (
            "hello",
            (
                r"^\s*(?:hi|hello|hey|good (?:morning|afternoon|evening)|say (?:hello|hi)"
                r"|你好|您好|嗨|早上好|晚上好)"
            ),
        ),
    )
)

_COUNT = re.compile(r"(?:\bcount|数数|从)\D{0,12}?(\d{1,4})\D{1,6}(\d{1,4})", re.IGNORECASE)


def _counted(prompt: str, _before: Sequence[Message]) -> str:
    match = _COUNT.search(prompt)
    if not match or (match[0][0] == "从" and "数" not in prompt):
        return ""
    first, last = int(match[1]), int(match[2])
    step = 1 if first <= last else -1
    return ", ".join(map(str, range(first, last + step, step)))


def _worked_out(prompt: str, _before: Sequence[Message]) -> str:
    sums = [(found.value, evaluate(found.value)) for found in find_expressions(prompt)]
    lines = [f"{form} = {value:.12g}" for form, value in sums if value is not None]
    return "\n\n".join(lines).replace("**", "^")


_SAY = re.compile(
    r"^\s*(?:please\s+)?(?:say|repeat|echo|reply(?: with)?|respond(?: with)?|answer with|print)\b"
    r"(?: exactly| only| just)?(?: the (?:word|text|phrase|sentence))?\s*:?"
    r"\s*[\"“'‘「`]([^\"”'’」`]+)|^\s*(?:请)?(?:说|重复|回复):?\s*[“\"「]([^”\"」]+)",
    re.IGNORECASE,
)


def _repeated(prompt: str, _before: Sequence[Message]) -> str:
    match = _SAY.search(prompt)
    return (match[1] or match[2]) if match else ""


def _remembered(prompt: str, before: Sequence[Message]) -> str:
    """What the user said before: "My name is Alice.", then "What is my name?"."""
    asked = re.search(
        r"\bwhat(?:'s| is| was) my (\w+(?: \w+)?)|我的?(\S{1,4}?)(?:是什么|叫什么)",
        prompt,
        re.IGNORECASE,
    )
    if not asked:
        return ""
    thing = asked[1] or asked[2]
    name = re.escape(thing)
    form = rf"\bmy {name} (?:is|was) ([^.,!?\n]+)|我的?{name}(?:是|叫)([^。,!?\n]+)"
    for message in reversed(before):
        told = re.search(form, message.text, re.IGNORECASE) if message.role == "user" else None
        if told:
            said = (told[1] or told[2]).strip()
            return f"你的{thing}是{said}。" if told[2] else f"Your {thing} is {said}."
    return ""
