"""What a parameter is for, told from its name and description, and what can stand there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from respmagic.demo._lexicon import keys, tokenize
from respmagic.demo._numbers import currency_of, unit_of
from respmagic.demo._units import UNITS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from respmagic.demo._schema import Slot

__all__ = ["Role", "cue_words", "listed_members", "rivals_of", "role_of", "unit_wanted"]


@dataclass(frozen=True, slots=True)
class Role:
    """A part that a string can play.

    Attributes:
        name: what it is called here.
        kinds: how well each kind of value suits it; what is not listed does not.
        free: words of the text may stand there as they are, if no value of a kind was found.
    """

    name: str
    kinds: Mapping[str, float]
    free: bool = False


def _role(name: str, kinds: str, *, free: bool = False) -> Role:
    pairs = (pair.split("=") for pair in kinds.split())
    return Role(name, {kind: float(weight) for kind, weight in pairs}, free)


# Concepts of a parameter's words: the role, from the most telling concept down.
_ROLES: tuple[tuple[str, Role], ...] = (
    ("#email", _role("email", "email=6 name=1.5")),
    ("#phone", _role("phone", "phone=6 number=1 name=1.5")),
    ("#url", _role("url", "url=6 domain=4")),
    ("#ip", _role("ip", "ip=6 domain=3")),
    ("#dns", _role("domain", "domain=6 ip=4 url=2 name=1")),
    ("#timezone", _role("timezone", "zone=6 code=5 name=4 phrase=2 quoted=4")),
    ("#currency", _role("currency", "currency=6 code=3")),
    ("#unit", _role("unit", "unit=6 currency=3 quoted=2")),
    ("#language", _role("language", "language=6 name=1.5 quoted=2")),
    ("#color", _role("color", "color=6 quoted=3 phrase=1")),
    ("#weekday", _role("date", "date=6")),
    ("#date", _role("date", "date=6 quoted=1")),
    ("#birthday", _role("date", "date=6 quoted=1")),
    ("#checkin", _role("date", "date=6")),
    ("#checkout", _role("date", "date=6")),
    ("#time", _role("time", "time=6 date=2 quoted=1")),
    ("#alarm", _role("time", "time=6 date=2")),
    ("#file", _role("path", "path=6 quoted=4 name=2 code=2")),
    ("#folder", _role("path", "path=6 quoted=4 name=2 code=2")),
    ("#expression", _role("expression", "expression=7 quoted=3")),
    ("#equation", _role("expression", "quoted=6 expression=5", free=True)),
    ("#regex", _role("text", "glob=6 quoted=6 code=2", free=True)),
    ("#zip", _role("zip", "number=6 code=4 quoted=4")),
    ("#separator", _role("separator", "quoted=2 code=1")),
    ("#room", _role("room", "room=6 quoted=4 name=2 phrase=1.5")),
    ("#restaurant_kind", _role("cuisine", "cuisine=6 quoted=4 name=2 phrase=1.5")),
    ("#genre", _role("genre", "genre=6 quoted=4 name=2 phrase=1.5")),
    ("#number", _role("number", "number=4.5 code=5 quoted=3")),
    ("#id", _role("id", "code=6 number=4 quoted=4 name=2 phone=1")),
    ("#stock", _role("code", "code=6 name=4 quoted=4 currency=2 phrase=1.5")),
    ("#symbol", _role("code", "code=6 name=4 quoted=4 currency=4 phrase=1.5")),
    ("#crypto", _role("code", "currency=5 code=6 name=4 quoted=4 phrase=1.5")),
    ("#column", _role("variable", "quoted=6 code=5 name=2.5 phrase=2", free=True)),
    ("#dataframe", _role("variable", "quoted=6 code=5 name=2 phrase=1.5")),
    ("#recipient", _role("recipient", "email=6 phone=5 name=4 phrase=2 quoted=2")),
    ("#subject", _role("title", "quoted=5 name=2.5 phrase=2.5", free=True)),
    ("#message", _role("text", "quoted=6", free=True)),
    ("#note", _role("text", "quoted=6", free=True)),
    ("#task", _role("text", "quoted=6", free=True)),
    ("#reminder", _role("text", "quoted=6", free=True)),
    ("#comment", _role("text", "quoted=6", free=True)),
    ("#text", _role("text", "quoted=6 name=1", free=True)),
    ("#word", _role("text", "quoted=6 code=2 name=3 phrase=1.5", free=True)),
    ("#character", _role("text", "quoted=6 letter=5", free=False)),
    ("#search", _role("query", "quoted=6 name=2 phrase=1.8 code=1.5", free=True)),
    ("#code", _role("text", "quoted=6 code=4", free=True)),
    ("#author", _role("person", "name=5 quoted=3 phrase=1.5")),
    ("#actor", _role("person", "name=5 quoted=3 phrase=1.5")),
    ("#street", _role("street", "street=6 quoted=6 name=2 phrase=1", free=True)),
    ("#attendee", _role("person", "name=5 email=5 quoted=3 phrase=1.5")),
    ("#person", _role("person", "name=5 quoted=3 email=2 phrase=1.5")),
    ("#user", _role("person", "name=5 code=4 quoted=4 email=3 phrase=1.5")),
    ("#customer", _role("person", "name=5 quoted=3 email=2 code=2 phrase=1.5")),
    ("#employee", _role("person", "name=5 quoted=3 email=2 code=2 phrase=1.5")),
    ("#contact", _role("person", "name=5 quoted=3 email=2 phrase=1.5")),
    ("#city", _role("location", "name=5 quoted=3 code=2 phrase=2.5")),
    ("#location", _role("location", "name=5 quoted=3 code=2 phrase=2.5")),
    ("#country", _role("location", "name=5 quoted=3 code=2 phrase=2.5")),
    ("#hotel", _role("location", "name=5 quoted=3 phrase=1.5")),
    ("#restaurant", _role("location", "name=5 quoted=4 phrase=1.5")),
    ("#destination", _role("location", "name=5 quoted=3 code=4 phrase=2.5")),
    ("#origin", _role("location", "name=5 quoted=3 code=4 phrase=2.5")),
    ("#movie", _role("title", "quoted=6 name=4.5 phrase=1.5", free=True)),
    ("#music", _role("title", "quoted=6 name=4 phrase=1.5", free=True)),
    ("#book_item", _role("title", "quoted=6 name=4.5 phrase=1.5", free=True)),
    ("#event", _role("title", "quoted=6 name=1.5 phrase=1", free=True)),
    ("#name", _role("title", "quoted=6 name=4 code=2 phrase=2", free=True)),
    ("#product", _role("title", "quoted=6 name=4 code=3 phrase=1.5", free=True)),
    ("#food", _role("title", "quoted=5 name=3 phrase=1", free=True)),
    ("#tag", _role("title", "quoted=6 name=2.5 code=2 phrase=2", free=True)),
    ("#category", _role("title", "quoted=6 name=3 phrase=2 code=1", free=True)),
)
_RANK = {concept: rank for rank, (concept, _) in enumerate(_ROLES)}
_BY_CONCEPT = dict(_ROLES)
_UNKNOWN = _role(
    "any",
    "quoted=4 name=3 code=3 email=3 url=3 path=3 domain=2 ip=3 expression=1 phrase=1.2 color=2 "
    "language=2 date=1.5 time=1.5 currency=1.5 unit=1 room=3 size=3 genre=2.5 cuisine=2.5",
    free=True,
)
# Names that say where a value comes from or goes to, not what it is: the description or the tool
# must say that.
_VAGUE = frozenset(
    "from to source target start end value input data output base name id key arg x y a b s c "
    "first "
    "second third current new old type kind by on with for in at of".split()
)
_EXTRA: tuple[tuple[str, str], ...] = (
    (r"\b(?:expression|formula)\b|表达式|算式|公式", "#expression"),
    (r"(?:^|[_\s])id$|\bid\b|\bidentifier\b|编号|单号|标识", "#id"),
    (r"\b(?:query|topic|keywords?|question|prompt)\b|关键词|查询内容|问题|主题词", "#search"),
    (r"\bhtml\b|\bsentence\b|\bcontent\b|\bbody\b|\bdescription\b|正文|内容|描述", "#text"),
    (r"\b(?:sql|snippet)\b", "#code"),
    (r"\b(?:zip|postal|postcode)\b|邮编", "#zip"),
    (r"\bstreet\b|街道|(?<!email )(?<!ip )(?<!web )(?<!mail )\baddress\b|地址", "#street"),
    (r"\b(?:separator|delimiter|sep)\b|分隔符", "#separator"),
    (r"\bhost(?:name)?\b|\bdomain\b", "#dns"),
)
_TOOL_TOPICS = ("#currency", "#translate", "#flight", "#train_ride", "#map", "#email", "#message")
_TOPIC_ROLE = {
    "#currency": "#currency",
    "#translate": "#language",
    "#flight": "#location",
    "#train_ride": "#location",
    "#map": "#location",
    "#email": "#recipient",
    "#message": "#recipient",
}


@lru_cache(maxsize=1024)
def _concepts(text: str, *, prose: bool = False) -> tuple[str, ...]:
    """The concepts of a text that name a role, from its last word to its first.

    In prose, words of grammar name nothing; as a parameter's name, "to" does.
    """
    extra = [concept for form, concept in _EXTRA if re.search(form, text, re.IGNORECASE)]
    found = [
        key
        for token in reversed(tokenize(text.replace("_", " ")))
        if not (prose and token.filler)
        for key in sorted(token.keys & _RANK.keys(), key=_RANK.__getitem__)
    ]
    return (*extra, *found)


_FORMAT_ROLES = {
    "date": "#date",
    "date-time": "#date",
    "time": "#time",
    "email": "#email",
    "uri": "#url",
    "ipv4": "#ip",
    "hostname": "#dns",
    "color": "#color",
    "uuid": "#id",
}


def role_of(slot: Slot) -> Role:
    """The part that a string parameter plays."""
    stated = _FORMAT_ROLES.get(str(slot.schema.get("format")))
    if stated:
        return _BY_CONCEPT[stated]
    named = () if slot.name.lower() in _VAGUE else _concepts(_spaced(slot.name))
    # The last word of a name is what it is, those before say which: destination_city is a city.
    for concept in named:
        if concept not in ("#name", "#number") or len(named) == 1:
            return _BY_CONCEPT[concept]
    described = re.split(r"\be\.?g\.|\bfor example|\bsuch as|例如|比如", slot.description)[0]
    for concept in sorted(_concepts(described, prose=True), key=_RANK.__getitem__):
        return _BY_CONCEPT[concept]
    if slot.name.lower() in _VAGUE:
        return _role_by_tool(slot)
    return _BY_CONCEPT[named[0]] if named else _UNKNOWN


def _spaced(name: str) -> str:
    return " ".join(token.text for token in tokenize(name.replace("_", " ")))


def _role_by_tool(slot: Slot) -> Role:
    about = keys(slot.tool_words)
    if about & {"#dataframe", "#column"} and slot.name.lower() in ("x", "y", "by", "on", "key"):
        return _BY_CONCEPT["#column"]
    topic = next((t for t in _TOOL_TOPICS if t in about), None)
    if topic and slot.name.lower() in ("from", "to", "source", "target", "start", "end"):
        return _BY_CONCEPT[_TOPIC_ROLE[topic]]
    if "#unit" in about and slot.name.lower() in ("from", "to", "source", "target"):
        return _BY_CONCEPT["#unit"]
    return _BY_CONCEPT["#name"] if slot.name.lower() == "name" else _UNKNOWN


# Words before a value that say which parameter it is for

_CUES: tuple[tuple[str, str], ...] = (
    ("#source", "from 从 由 out leaving departing 把 将"),
    ("#origin", "from 从 由 leaving departing"),
    ("#target", "to into in as 到 成 为 换成 转成 转换成 翻译成 兑换成 至 译成"),
    ("#destination", "to 到 去 飞 飞往 往 for in 至"),
    ("#checkin", "from 从 on starting"),
    ("#checkout", "to until till 到 至"),
    ("#departure", "on from leaving departing"),
    ("#return_trip", "returning return back until 返程 返回 回程"),
    ("#start", "from since starting 从"),
    ("#end", "to until till through 到 至"),
    ("#recipient", "to 给 向 email message text tell call notify"),
    ("#phone", "call to dial 给"),
    ("#location", "in at near for of around 在"),
    ("#city", "in at near for of around 在"),
    ("#author", "by"),
    ("#attendee", "with invite 邀请"),
    ("#subject", "about subject regarding titled 主题 主题是 关于"),
    ("#search", "for about on 关于 搜索"),
    ("#name", "named called titled name is 叫 名为 叫做"),
    ("#message", "saying says body message 说 内容"),
    ("#text", "saying says in of 说 内容"),
    ("#column", "column of on for 列"),
    ("#group", "by per 按 按照"),
    ("#time", "at 在"),
    ("#date", "on 在"),
    ("#language", "to into in 成 为"),
    ("#tag", "tagged tags label with 标签"),
    ("#separator", "by with using on at"),
    ("#old", "replace substitute swap change find 把 将"),
    ("#new", "with by 为 成 换成"),
)
_RIVALS = (
    ("#source", "#target"),
    ("#origin", "#destination"),
    ("#start", "#end"),
    ("#checkin", "#checkout"),
    ("#departure", "#return_trip"),
    ("#old", "#new"),
)
_CUE_WORDS = {concept: frozenset(words.split()) for concept, words in _CUES}


_PREPOSITIONS = frozenset("by to from with in on at for about into of".split())
_NAMED_CUE = {"from": "#source", "to": "#target", "by": "#group"}


def cue_words(slot: Slot) -> frozenset[str]:
    """The words that announce a value for this parameter."""
    about = _direction(slot)
    if slot.name in _PREPOSITIONS:
        return frozenset({slot.name}) | _CUE_WORDS.get(_NAMED_CUE.get(slot.name, ""), frozenset())
    if re.search(r"\b(?:separator|delimiter|sep)\b", slot.name):
        return _CUE_WORDS["#separator"]
    found = [_CUE_WORDS[c] for c in about if c in _CUE_WORDS]
    if not found:
        found = [_CUE_WORDS[c] for c in _concepts(slot.description, prose=True) if c in _CUE_WORDS]
    return frozenset().union(*found)


def rivals_of(slot: Slot) -> frozenset[str]:
    """The words that announce a value for its opposite number: "from" for a destination."""
    about = _direction(slot)
    words: set[str] = set()
    for pair in _RIVALS:
        for own, other in (pair, pair[::-1]):
            if own in about and other not in about:
                words |= _CUE_WORDS.get(other, frozenset()) - _CUE_WORDS.get(own, frozenset())
    return frozenset(words)


def _direction(slot: Slot) -> frozenset[str]:
    words = " ".join(_spaced(part) for part in slot.path)
    own = frozenset(key for token in tokenize(words) for key in token.keys)
    extra = {"#old"} if re.search(r"\bold\b|\bfind\b|search", words.lower()) else set()
    extra |= {"#new"} if re.search(r"\bnew\b|replacement|\bwith\b", words.lower()) else set()
    if not own & {c for pair in _RIVALS for c in pair} and slot.kind == "string":
        first = " ".join(slot.description.split()[:4])
        own |= frozenset(k for token in tokenize(first) if not token.filler for k in token.keys)
    return own | frozenset(extra)


# Members that only a description lists, and units that a name asks for

_LIST = re.compile(
    r"(?P<intro>:\s*|one of\s+(?:the following\s*)?|either\s+|can be\s+|must be\s+"
    r"|options?(?: are)?\s*|"
    r"supported\s+|choose from\s+|\(\s*|values?\s+|^|\s)"
    r"(?P<items>['\"`]?[A-Za-z][\w-]*['\"`]?(?:\s*(?:[,、/|]|\bor\b|或)\s*(?:or\s+"
    r"|and\s+)?['\"`]?[A-Za-z][\w-]*['\"`]?)+)",
    re.IGNORECASE,
)
_EXAMPLE = re.compile(
    r"(?:e\.?g\.?,?|such as|like|for example,?|例如|比如)\s*:?\s*\(?$", re.IGNORECASE
)


@lru_cache(maxsize=512)
def _members_in(description: str, name: str) -> tuple[str, ...]:
    for match in _LIST.finditer(description):
        raw = re.split(r"\s*(?:[,、/|]|\bor\b|\band\b|或)\s*", match["items"])
        items = [item.strip(" '\"`") for item in raw if item.strip(" '\"`")]
        quoted = re.search(r"['\"`]", match["items"])
        measured = all(unit_of(i) or currency_of(i) for i in items)
        introduced = match["intro"].strip() and not _EXAMPLE.search(
            description[: match.start("items")]
        )
        plain = all(i.islower() or (i.isupper() and len(i) > 2) for i in items)
        if len(items) > 1 and (quoted or measured or (introduced and plain)) and name not in items:
            return tuple(items)
    return ()


def listed_members(slot: Slot) -> tuple[str, ...]:
    """The values that a description lists: "operation: add, subtract or divide"."""
    return _members_in(slot.description, slot.name) if slot.kind == "string" else ()


def unit_wanted(slot: Slot) -> str:
    """The unit that a number is wanted in: minutes for ``duration_minutes``."""
    for text in (slot.name, slot.description):
        for token in reversed(tokenize(text.replace("_", " "))):
            unit = unit_of(token.text)
            if unit and (len(token.text) > 1 or text == slot.name) and len(slot.name) > 1:
                return unit
    return ""


_DIMENSIONS: tuple[tuple[str, str], ...] = (
    ("#weight", "mass"),
    ("#height", "length"),
    ("#width", "length"),
    ("#depth", "length"),
    ("#distance", "length"),
    ("#radius", "length"),
    ("#diameter", "length"),
    ("#temperature", "temperature"),
    ("#duration", "time"),
    ("#timer", "time"),
    ("#age", "time"),
    ("#year", "time"),
    ("#month", "time"),
    ("#week", "time"),
    ("#night", "time"),
    ("#minute", "time"),
    ("#hour", "time"),
    ("#second", "time"),
    ("#price", "money"),
    ("#budget", "money"),
    ("#bill", "money"),
    ("#salary", "money"),
    ("#principal", "money"),
    ("#loan", "money"),
    ("#payment", "money"),
    ("#balance", "money"),
    ("#percent", "percent"),
    ("#rate", "percent"),
    ("#interest", "percent"),
    ("#discount", "percent"),
    ("#tip", "percent"),
    ("#tax", "percent"),
    ("#speed", "speed"),
    ("#area", "area"),
)


def dimensions_of(slot: Slot) -> frozenset[str]:
    """What a number measures here: mass, length, money..., as far as the name says."""
    unit = unit_wanted(slot)
    if unit:
        return frozenset({UNITS[unit][0]})
    about = keys(_spaced(slot.name)) | frozenset(
        key for token in tokenize(_spaced(slot.name)) for key in token.keys
    )
    named = frozenset(dimension for concept, dimension in _DIMENSIONS if concept in about)
    if named or len(slot.name) > 2:
        return named
    said = keys(slot.description)
    return frozenset(dimension for concept, dimension in _DIMENSIONS if concept in said)
