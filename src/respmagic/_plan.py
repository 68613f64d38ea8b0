"""What is asked for, made into what will be done: everything is checked before anything is sent."""

from __future__ import annotations

import dataclasses
import functools
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpx

from respmagic import _secrets
from respmagic._approval import rule_of
from respmagic._client import spoken
from respmagic._config import APIS
from respmagic._conversations import Place
from respmagic._dialects.base import Dialect
from respmagic._dialects.chat_completions import ELSEWHERE, ChatCompletions
from respmagic._dialects.profiles import DEMO, Profile
from respmagic._dialects.responses import Responses
from respmagic._endpoint import Endpoint
from respmagic._exceptions import OptionError
from respmagic._gateways import Gateway, find_gateway, known_models
from respmagic._hosted import hosted_tools, label_of
from respmagic._items import Item, Request, user_message
from respmagic._kept import NotebookObjects
from respmagic._mark import APPROVALS
from respmagic._namespace import marked_functions, named_functions
from respmagic._parameters import (
    named_on_the_wire,
    refuse_unknown,
    refuse_unsendable,
    wire_parameters,
    yes_or_no,
)
from respmagic._placement import refuse_useless_timeouts
from respmagic._prompt import composed
from respmagic._session import Session, current_session
from respmagic._spelling import did_you_mean
from respmagic._standing import standing
from respmagic._templates import filled_text

if TYPE_CHECKING:
    from respmagic._structured import Form
    from respmagic._tools import Tool

__all__ = ["Plan", "checked_url", "demo_transport", "make_plan"]

DEMO_NOTE = "embedded demo, not a language model"
DEMO_REASON = ": neither OPENAI_API_KEY nor a base URL is set"

_PATHS = ("/responses", "/chat/completions")
_ENDS = f"{' or '.join(_PATHS)}, and has no ? or #"
_CHOSEN = "say --api responses (api=) in place of chat, if the server speaks that"
Transport = Callable[[], httpx.AsyncBaseTransport]


@dataclass(frozen=True, slots=True)
class Plan:
    """A run that may begin.

    Attributes:
        endpoint: where to ask.
        request: the first request.
        tools: by the names that the model uses.
        hosted: tools of the server.
        approvals: ``allow``, ``ask`` or ``deny``, by the names of `tools`; ``none`` for all of them
            where no tool is to be called.
        server_calls: the same for calls that a server of tools asks to make.
        max_parallel_tools: how many calls run at once.
        max_turns: how many requests there may be.
        form: what the answer is to look like, if it is to have a form.
        repair: how often an answer that does not fit goes back to the model.
        transport: makes what stands in for the network, if anything does.
        notes: what is to be said beside the answer.
        verbose: whether ids and times are shown.
        dry_run: whether the first request is to be shown and not sent.
        session: the notebook that it is for.
        objects: what its tools may be given, and give, by name.
        remake: checks what was asked for once more, as things are then; holds what `make_plan`
            was given.
        place: where in a conversation it stands, if it is of one.
    """

    endpoint: Endpoint
    request: Request
    tools: Mapping[str, Tool]
    hosted: tuple[Item, ...]
    approvals: Mapping[str, str]
    server_calls: str
    max_parallel_tools: int
    max_turns: int
    form: Form | None
    repair: int
    transport: Transport | None
    notes: tuple[str, ...]
    verbose: bool
    dry_run: bool
    session: Session
    objects: NotebookObjects
    remake: functools.partial[Plan]
    place: Place | None = None

    def definitions(self) -> tuple[Item, ...]:
        """What the model is told of the tools, with the objects that the notebook has now.

        Describes them, which may run code of the user's.
        """
        with self.objects.steady():
            tools = [tool.renewed() for tool in self.tools.values()]
        return (*_definitions(tools, self.endpoint.profile), *self.hosted)

    @property
    def offered(self) -> tuple[str, ...]:
        """What the tools that go along are called."""
        return (*self.tools, *map(label_of, self.hosted))

    @property
    def placed_notes(self) -> tuple[str, ...]:
        """The notes, after the place in a conversation if there is one."""
        return self.notes if self.place is None else (self.place.note, *self.notes)

    @property
    def carried(self) -> int:
        """How many items of the first request are of earlier turns."""
        return len(self.place.items) if self.place is not None else 0

    def at(self, place: Place) -> Plan:
        """The same at another place of its conversation."""
        asked = self.request.input[self.carried :]
        request = dataclasses.replace(self.request, input=(*place.items, *asked), state=place.state)
        return dataclasses.replace(self, request=request, place=place)


def make_plan(
    prompt: str,
    given: Mapping[str, Any],
    extra: Mapping[str, Any],
    *,
    running: Iterable[Any] = (),
    session: Session | None = None,
    before: str = "",
) -> Plan:
    """Check what is asked for and complete it from the notebook's settings.

    Args:
        prompt: what to ask.
        given: keywords of `respmagic.respond` by name; None stands for "not given".
        extra: further parameters of the request; None stands for "not given" here, too.
        running: functions that run around this call, not to be offered by default.
        session: the notebook that asks, by default the one that runs.
        before: text that goes before the prompt, as it is.

    Raises:
        OptionError: if something cannot be used; says what, and what was expected.
    """
    remake = functools.partial(
        make_plan, prompt, given, extra, running=running, session=session, before=before
    )
    extra = named_on_the_wire(extra)
    refuse_unknown(given, extra)
    chosen = {name: value for name, value in given.items() if value is not None}
    session = session if session is not None else current_session()
    settings = session.settings.values_by_name()
    options = {**settings, **chosen}
    gateway = find_gateway(chosen, settings)
    profile = gateway.profile
    said = composed(prompt, options, profile, session.namespace, before)
    if options.get("template") and isinstance(text := chosen.get("instructions"), str):
        options["instructions"] = filled_text(text, session.namespace, "instructions")
    objects = session.objects()
    tools = _tools(_functions(options.get("tools"), running, session.namespace), objects)
    refuse_useless_timeouts(tools.values())
    hosted = hosted_tools(options, profile)
    form = _form(options["schema"], profile) if "schema" in options else None
    parameters = {
        **profile.parameters,
        **wire_parameters(options, tools, hosted, extra, form, profile),
    }
    model = _model(chosen, settings, gateway)
    endpoint = _endpoint(gateway, options)
    wanted, store = chosen.get("conversation"), yes_or_no("store", options.get("store", False))
    stands = standing(wanted, session, endpoint, parameters, model=model, store=store)
    request = Request(
        model=model,
        input=(*stands.items, user_message(said.parts)),
        tools=(*_definitions(tools.values(), profile), *hosted),
        stream=bool(options.get("stream", True)),
        parameters=parameters,
        state=stands.state,
    )
    refuse_unsendable({"the prompt": said.parts, **_named_parts(request)})
    spoken(endpoint).encode(request)  # what cannot be said there is refused before a run begins
    demo_note = _demo_note(gateway)
    return Plan(
        endpoint=endpoint,
        request=request,
        tools=tools,
        approvals=_approvals(tools, chosen.get("approve"), str(settings["approve"]), parameters),
        hosted=hosted,
        server_calls="deny" if _wants_none(parameters) else str(chosen.get("approve") or "ask"),
        max_parallel_tools=_whole_number(options, "max_parallel_tools", least=1),
        max_turns=_whole_number(options, "max_turns", least=1),
        form=form,
        repair=_repairs(options, form),
        transport=demo_transport if demo_note else None,
        notes=tuple(filter(None, (demo_note, stands.note, *said.notes))),
        verbose=bool(options.get("verbose", False)),
        dry_run=bool(options.get("dry_run", False)),
        session=session,
        objects=objects,
        remake=remake,
        place=stands.place,
    )


def _named_parts(request: Request) -> dict[str, Any]:
    """What goes along with the prompt, by the names that an error calls it."""
    tools = {f"tool {tool.get('name') or label_of(tool)}": tool for tool in request.tools}
    return {"model": request.model, **tools, **request.parameters}


def _demo_note(gateway: Gateway) -> str:
    """What is said where the embedded model answers; else ""."""
    if gateway.base_url != DEMO.base_url:
        return ""
    return DEMO_NOTE if gateway.named else DEMO_NOTE + DEMO_REASON


def _tools(functions: list[Callable[..., Any]], objects: NotebookObjects) -> dict[str, Tool]:
    if not functions:
        return {}
    from respmagic._tools import tools_by_name  # noqa: PLC0415 - brings pydantic

    with objects.steady():
        return tools_by_name(functions, objects)


def _definitions(tools: Iterable[Tool], profile: Profile) -> tuple[Item, ...]:
    return tuple(tool.defined(strict=profile.strict) for tool in tools)


def _form(schema: Any, profile: Profile) -> Form:
    from respmagic._structured import form_of  # noqa: PLC0415 - brings pydantic

    return form_of(schema, strict=profile.strict)


def _repairs(options: Mapping[str, Any], form: Form | None) -> int:
    if "repair" in options and form is None:
        raise OptionError("there is nothing to repair without --schema (schema=)")
    return _whole_number({"repair": 0, **options}, "repair", least=0)


def _endpoint(gateway: Gateway, options: Mapping[str, Any]) -> Endpoint:
    base_url = checked_url(gateway.base_url)
    dialect, fallback = _dialects(options, gateway.profile)
    return Endpoint(
        base_url=base_url,
        dialect=dialect,
        fallback=fallback,
        api_key=gateway.api_key,
        timeout=_timeout(options),
        retries=_whole_number(options, "retries", least=0),
        profile=gateway.profile,
        key_env=gateway.key_env,
        models=known_models(base_url),
    )


def _dialects(options: Mapping[str, Any], profile: Profile) -> tuple[Dialect, Dialect | None]:
    """What is spoken, and what instead if the server does not know it."""
    if (api := options.get("api", "auto")) not in APIS:
        hint = did_you_mean(str(api), APIS)
        raise OptionError(f"api={api!r} is not spoken here: use one of {', '.join(APIS)}{hint}")
    if profile.name == DEMO.name and api == "chat":
        raise OptionError("the embedded demo speaks /responses only: leave out --api chat (api=)")
    instead = _CHOSEN if api == "chat" and profile.api != "chat" else ELSEWHERE
    if api == "auto":
        api = profile.api
    chat = ChatCompletions(
        max_tokens=profile.chat_output_limit,
        reasoning_field=profile.chat_reasoning or None,
        strict=profile.strict,
        include_usage=profile.chat_usage,
        images=profile.images,
        instead=instead,
    )
    if api == "chat":
        return chat, None
    return Responses(profile), chat if api == "auto" else None


def _wants_none(parameters: Mapping[str, Any]) -> bool:
    """Whether no tool is to be called; there are servers that make calls all the same."""
    return bool(parameters.get("tool_choice") == "none")


def _approvals(
    tools: Mapping[str, Tool], chosen: Any, usual: str, parameters: Mapping[str, Any]
) -> dict[str, str]:
    if chosen not in (None, *APPROVALS):
        hint = did_you_mean(str(chosen), APPROVALS)
        raise OptionError(f"approve={chosen!r} is none of {', '.join(APPROVALS)}{hint}")
    if _wants_none(parameters):
        return dict.fromkeys(tools, "none")
    return {name: rule_of(tool, chosen, usual) for name, tool in tools.items()}


def _text(options: Mapping[str, Any], name: str) -> str:
    value = options.get(name, "")
    if not isinstance(value, str):
        raise OptionError(f"{name} must be text, not a {type(value).__name__}")
    return value.strip()


def checked_url(url: str) -> str:
    """`url` as a base URL.

    Raises:
        OptionError: if it is none.
    """
    _secrets.remember_login(url)
    try:
        parsed = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise OptionError(f"the base URL {url!r} is none: {error}") from None
    url = url.rstrip("/")
    if parsed.scheme not in ("http", "https") or not parsed.host or len(url.split()) != 1:
        raise OptionError(f"the base URL {url!r} is none; it looks like https://host/v1")
    if parsed.query or parsed.fragment or url.endswith(_PATHS):
        raise OptionError(f"the base URL {url!r} has too much at its end: it ends before {_ENDS}")
    return url


def _timeout(options: Mapping[str, Any]) -> float | None:
    timeout = options.get("timeout")
    if timeout is None:
        return None
    if not isinstance(timeout, int | float) or timeout is True or not 0 < timeout < math.inf:
        raise OptionError(f"timeout must be a number of seconds above 0, not {timeout!r}")
    return float(timeout)


def _whole_number(options: Mapping[str, Any], name: str, *, least: int) -> int:
    value = options[name]
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        raise OptionError(f"{name} must be a whole number of at least {least}, not {value!r}")
    return value


def _model(chosen: Mapping[str, Any], settings: Mapping[str, Any], gateway: Gateway) -> str:
    """The model that the cell names; else that of the gateway it names; else what is set."""
    own, usual = gateway.profile.model or "", _text(settings, "model")
    model = _text(chosen, "model") or (own or usual if gateway.chosen else usual or own)
    if not model:
        raise OptionError(
            "no model is named: say -m NAME (model=), or for the whole notebook "
            '%config ResponsesMagics.model = "NAME". %responses models lists what there is.'
        )
    return model


def _functions(
    tools: Any, running: Iterable[Any], namespace: Mapping[str, Any]
) -> list[Callable[..., Any]]:
    if tools is None:
        return marked_functions(namespace, without=running)
    if isinstance(tools, str) or not isinstance(tools, Iterable):
        tools = [tools]
    return named_functions(namespace, tools)


def demo_transport() -> httpx.AsyncBaseTransport:
    """What answers in place of the network when the embedded model is asked."""
    from respmagic.demo import DemoTransport  # noqa: PLC0415 - most runs need no demo

    return DemoTransport()
