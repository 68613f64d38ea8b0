"""What a text parameter is for, told from its name and description, and what can stand there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from respmagic.demo._lexicon import keys, tokenize

if TYPE_CHECKING:
    from collections.abc import Mapping

    from respmagic.demo._schema import Slot

__all__ = ["Role", "concepts_of", "role_of", "spaced"]


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


_PERSON = _role("person", "name=5 email=3 quoted=3 code=2 phrase=1.5")
# Concepts of a parameter's words, from the most telling down, and the roles that they name.
_ROLES: tuple[tuple[str, Role], ...] = (
    ("#email", _role("email", "email=6 name=1.5")),
    ("#phone", _role("phone", "phone=6 number=1 name=1.5")),
    ("#url", _role("url", "url=6 domain=4")),
    ("#ip", _role("ip", "ip=6 domain=3")),
    ("#dns", _role("domain", "domain=6 ip=4 url=2 name=1")),
    ("#timezone", _role("timezone", "zone=6 code=5 name=4 phrase=2 quoted=4")),
    ("#currency", _role("currency", "currency=6 crypto=4.5 code=3")),
    ("#unit", _role("unit", "unit=6 currency=3 quoted=2")),
    ("#language", _role("language", "language=6 name=1.5 quoted=2")),
    ("#color", _role("color", "color=6 quoted=3 phrase=1")),
    ("#weekday #date #birthday #checkin #checkout", _role("date", "date=6 quoted=1")),
    ("#start", _role("when", "date=5.5 time=5.5")),  # only by the topic of a tool
    ("#time #hour #alarm", _role("time", "time=6 date=2 quoted=1")),
    ("#file #folder", _role("path", "path=6 quoted=4 name=2 code=2")),
    ("#expression", _role("expression", "formula=8 expression=7 quoted=5 code=4")),
    ("#equation", _role("expression", "formula=8 quoted=6 expression=5", free=True)),
    ("#regex", _role("text", "glob=6 quoted=6 code=2", free=True)),
    ("#zip", _role("zip", "zip=7 number=6 code=4 quoted=4")),
    ("#separator", _role("separator", "quoted=2 code=1")),
    ("#extension", _role("extension", "quoted=5 code=3 phrase=3 name=2")),
    ("#condition", _role("condition", "quoted=4")),
    ("#room", _role("room", "room=6 quoted=7 code=6.5 name=2 phrase=1.5")),
    ("#restaurant_kind", _role("cuisine", "cuisine=6 quoted=4 name=2 phrase=1.5")),
    ("#genre", _role("genre", "genre=6 quoted=4 name=2 phrase=1.5")),
    ("#number", _role("number", "number=4.5 code=5 quoted=3")),
    ("#id", _role("id", "code=6 number=4 quoted=4 name=0.5 phone=1")),
    ("#stock #symbol", _role("code", "code=6 name=4 quoted=4 currency=3 phrase=1.5")),
    ("#crypto", _role("code", "crypto=6 currency=1 code=5 name=4 quoted=4 phrase=1.5")),
    ("#column", _role("variable", "quoted=6 code=5 name=2.5 phrase=2", free=True)),
    ("#dataframe", _role("variable", "quoted=6 code=5 name=2 phrase=1.5")),
    ("#recipient", _role("recipient", "email=6 phone=5 name=4 phrase=2 quoted=2")),
    ("#subject", _role("title", "quoted=5 name=1.5 phrase=2.5", free=True)),
    ("#message #note #task #reason #reminder #comment", _role("text", "quoted=6", free=True)),
    ("#text", _role("text", "quoted=6 name=1", free=True)),
    ("#word", _role("text", "quoted=6 code=2 name=3 phrase=1.5", free=True)),
    ("#character", _role("text", "quoted=6 letter=5")),
    ("#search", _role("query", "quoted=6 name=2 phrase=1.8 code=1.5", free=True)),
    ("#code", _role("text", "quoted=6 code=4", free=True)),
    ("#street", _role("street", "street=6 quoted=6 name=2 phrase=1", free=True)),
    ("#author #actor #attendee #person #customer #employee #contact", _PERSON),
    ("#user", _role("person", "name=5 code=4 quoted=4 email=3 phrase=1.5")),
    ("#city #location #country", _role("location", "name=5 quoted=3 code=2 phrase=2.5")),
    ("#hotel #restaurant", _role("location", "name=5 quoted=3 phrase=1.5")),
    ("#destination #origin", _role("location", "name=5 quoted=3 code=4 phrase=2.5")),
    ("#movie #music #book_item", _role("title", "quoted=6 name=4.5 phrase=1.5", free=True)),
    ("#event", _role("title", "quoted=6 name=1.5 phrase=2", free=True)),
    ("#name", _role("title", "quoted=6 path=4 name=5 code=2 phrase=2", free=True)),
    ("#product", _role("title", "quoted=6 name=4 code=3 phrase=1.5", free=True)),
    ("#food", _role("title", "quoted=5 name=3 phrase=1", free=True)),
    ("#tag", _role("title", "quoted=6 name=2.5 code=2 phrase=2", free=True)),
    ("#category", _role("title", "quoted=6 name=3 phrase=2 code=1", free=True)),
)
_BY_CONCEPT = {concept: role for concepts, role in _ROLES for concept in concepts.split()}
_RANK = {concept: rank for rank, concept in enumerate(_BY_CONCEPT)}
_UNKNOWN = _role(
    "any",
    "quoted=4 name=3 code=3 email=3 url=3 path=3 domain=2 ip=3 expression=1 phrase=1.2 color=2 "
    "language=2 date=1.5 time=1.5 currency=1.5 unit=1 room=3 size=3 genre=2.5 cuisine=2.5",
    free=True,
)
# Names that say where a value comes from or goes to, not what it is: the description or the tool
# must say that.
_VAGUE = frozenset(
    "from to source target start end value input data output base name id key code arg x y a b s c "
    "first second third current new old type kind by on with for in at of".split()
)
_EXTRA: tuple[tuple[str, str], ...] = (
    (r"\b(?:expression|formula)\b|表达式|算式|公式", "#expression"),
    (r"(?:^|[_\s])(?:id|no)$|\bid\b|\bidentifier\b|编号|单号|学号|工号|证号|账号|卡号|标识", "#id"),
    (r"\b(?:query|topic|keywords?|question|prompt)\b|关键词|查询内容|问题|主题词", "#search"),
    (r"\bhtml\b|\bsentence\b|\bcontent\b|\bbody\b|\bdescription\b|正文|内容|描述", "#text"),
    (r"\b(?:sql|snippet)\b", "#code"),
    (r"\b(?:zip|postal|postcode)\b|邮编", "#zip"),
    (r"\bstreet\b|街道|(?<!email )(?<!ip )(?<!web )(?<!mail )\baddress\b|地址", "#street"),
    (r"\b(?:separator|delimiter|sep)\b|分隔符", "#separator"),
    (r"\bhost(?:name)?\b|\bdomain\b", "#dns"),
    (
        r"^(?:due\b.*|deadline|when|(?:depart|leave|return|(?:in|out)bound|back)(?:s|ing)?)$",
        "#date",
    ),
    (r"^(?:order|sort|group|rank) by$", "#column"),
    (r"^(?:file)? ?(?:name|path)$(?<!^name)", "#file"),
    (r"\bextension\b", "#extension"),
    (r"\bhex\b", "#color"),
    (r"^(?:until|till|since|begin|beginning)$", "#start"),
    (r"^what$", "#text"),
    (r"^(?:where|condition|criteria|having)$|过滤条件|条件", "#condition"),
)
# Where a name says nothing, what the tool is about does: a topic of the tool, names, the role.
_COLUMNS = (
    "color hue style x y by on key first second a b index columns values rows cols row col old new"
)
_TWO_ENDS = "from to source target start end origin destination src dest dst"
_BY_TOPIC: tuple[tuple[str, str, str], ...] = (
    ("#dataframe #column", _COLUMNS, "#column"),
    ("#event", "from to start end", "#start"),
    ("#hotel", "from to start end", "#date"),
    ("#date #duration #difference", "from to start end", "#date"),
    ("#file", _TWO_ENDS, "#file"),
    ("#currency", _TWO_ENDS, "#currency"),
    ("#translate", _TWO_ENDS, "#language"),
    ("#flight #train_ride #map", _TWO_ENDS, "#location"),
    ("#email #message", _TWO_ENDS, "#recipient"),
    ("#color", _TWO_ENDS, "#color"),
    ("#unit", "from to source target", "#unit"),
)
_ENDS = frozenset("origin destination src dest dst".split())
_TRAVEL = _role("travel", "date=5.5 time=3 name=5 quoted=3 code=4")  # a day, or a place


@lru_cache(maxsize=1024)
def concepts_of(text: str, *, prose: bool = False) -> tuple[str, ...]:
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
    if slot.name.lower() in ("arrival", "departure"):
        return _TRAVEL
    if slot.name.lower() in _ENDS | {"start", "end"}:
        return _role_by_tool(slot)
    naming = _naming(slot.name)
    named = () if naming.lower() in _VAGUE else concepts_of(naming)
    # The last word of a name is what it is, those before say which: destination_city is a city.
    for concept in named:
        if concept not in ("#name", "#number") or len(named) == 1:
            return _BY_CONCEPT[concept]
    described = re.split(r"\be\.?g\.|\bfor example|\bsuch as|例如|比如", slot.description)[0]
    told = sorted(concepts_of(described, prose=True), key=_RANK.__getitem__) or named
    return _BY_CONCEPT[told[0]] if told else _role_by_tool(slot)


def _naming(name: str) -> str:
    """The words of a name that say what it is: of "unit_from" and "city_b" the first."""
    words = spaced(name).split()
    telling = [word for word in words if word.lower() not in _SIDES]
    return " ".join(telling or words)


_SIDES = frozenset("from to a b 1 2 source target old new first second start end".split())


def spaced(name: str) -> str:
    """A name with spaces between its words."""
    return " ".join(token.text for token in tokenize(name.replace("_", " ")))


_ELSEWHERE = frozenset("#map #flight #train_ride #color #currency".split())


def _role_by_tool(slot: Slot) -> Role:
    about, name = keys(slot.tool_words), slot.name.lower()
    if slot.enum and about & {"#dataframe", "#column"}:
        return _BY_CONCEPT["#dataframe"]
    if name in ("start", "end", "begin", "finish") and not about & _ELSEWHERE:
        return _BY_CONCEPT["#start"]
    said = {name, *spaced(name).split()} if _naming(name) in _VAGUE else {name}
    for topics, names, concept in _BY_TOPIC:
        if said & set(names.split()) and about & set(topics.split()):
            return _BY_CONCEPT[concept]
    if name in _ENDS:
        return _BY_CONCEPT["#location"]
    return _BY_CONCEPT["#name"] if name == "name" else _UNKNOWN
