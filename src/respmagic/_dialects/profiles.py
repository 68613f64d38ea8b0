"""Gateways and their quirks, as data: nowhere else may one be told apart from another.

Sources: the gateways' own documents and recorded traffic. A flag that nothing is known about has
the value that breaks least.
"""

from __future__ import annotations

import dataclasses
import functools
import re
import typing
import urllib.parse
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

__all__ = ["BUILT_IN", "DEMO", "OPENAI", "PLAIN", "Profile", "defined", "host_of", "profile_for"]


@dataclass(frozen=True, slots=True)
class Profile:
    """What is to be known of a gateway.

    Attributes:
        name: what options call it.
        base_url: where its API begins, usually ending in ``/v1``; "" where each user has another.
        base_url_env: the environment variable that says so instead, if one does.
        path: the path of an address that was given without one.
        hosts: further hosts that are this gateway; ``.example.com`` stands for all below it, and
            a port counts where one stands.
        key_env: the environment variable that holds its key; "" where there is none.
        needs_key: whether it answers nobody without a key.
        key_header: the header that carries the key; as a bearer token if it is ``Authorization``.
        headers: headers that go along.
        query: what stands behind the question mark of each address, such as ``api-version``.
        api: the dialect: ``responses``, ``chat``, or ``auto`` to find out.
        model: the model to ask where none is named.
        parameters: wire parameters that go along unless the user set them.
        include: what the Responses API is asked for beside the answer.
        reasoning: how reasoning goes back in the Responses API: ``encrypted`` (items with
            ``encrypted_content``), ``content`` (items with their text), ``drop`` (not at all).
        chat_reasoning: the field of an assistant message that takes it back in chat.completions,
            e.g. ``reasoning_content``; "" for none.
        output_limit: what the Responses API calls ``max_output_tokens`` here.
        chat_output_limit: what chat.completions calls it here.
        chat_usage: whether a stream of chat.completions is asked for its usage.
        plain_input: whether a lone user message is sent as text, not as a list of one.
        strict: whether tools go along in strict form; else with looser schemas and not ``strict``
            (chat.completions leaves the word out then, since some refuse it).
        stores: whether the server keeps the state where it is asked to (``previous_response_id``);
            where that is not known it is tried, and noticed if it does not.
        hosted: whether it has tools of its own, such as web search.
        tells: whether what these found can be asked for by ``include``.
        schemas: whether an answer can be held to a JSON Schema; else JSON is asked for in words.
        images: whether images may be sent.
        output_images: whether what a tool gave may hold them in the Responses API; else they follow
            in a message of the user's.
        files: whether files such as PDFs may be sent; text files go as text everywhere.
        ignores: options of ours that it does nothing with, such as ``temperature``.
    """

    name: str
    base_url: str = ""
    base_url_env: str = ""
    path: str = "/v1"
    hosts: tuple[str, ...] = ()
    key_env: str = ""
    needs_key: bool = True
    key_header: str = "Authorization"
    headers: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)
    api: Literal["auto", "responses", "chat"] = "auto"
    model: str | None = None
    parameters: Mapping[str, Any] = field(default_factory=dict)
    include: tuple[str, ...] = ()
    reasoning: Literal["encrypted", "content", "drop"] = "drop"
    chat_reasoning: str = ""
    output_limit: str = "max_output_tokens"
    chat_output_limit: str = "max_tokens"
    chat_usage: bool = True
    plain_input: bool = False
    strict: bool = True
    stores: bool = True
    hosted: bool = True
    tells: bool = False
    schemas: bool = True
    images: bool = True
    output_images: bool = True
    files: bool = True
    ignores: tuple[str, ...] = ()

    def is_at(self, url: str) -> bool:
        """Whether the address `url` is this gateway's."""
        host, port = host_of(url)
        if host and (host, port) == host_of(self.base_url):
            return True
        return any(_fits(pattern, host, port) for pattern in self.hosts)

    def completed(self, url: str) -> str:
        """`url` with the profile's own path where it has none."""
        parts = urllib.parse.urlsplit(url)
        if parts.path.strip("/"):
            return url
        path = urllib.parse.urlsplit(self.base_url).path or self.path
        return urllib.parse.urlunsplit(parts._replace(path=path)).rstrip("/")


@functools.lru_cache(maxsize=256)  # each cell asks it for the address of each profile
def host_of(url: str) -> tuple[str, int | None]:
    """Host in lower case, and port (that of the scheme if none stands there); ("", None) if none.

    The names of the own machine count as one.
    """
    try:
        parts = urllib.parse.urlsplit(url)
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme)
    except ValueError:
        return "", None
    host = (parts.hostname or "").rstrip(".")
    return ("localhost" if host in _LOCAL else host), port


_LOCAL = frozenset({"localhost", "127.0.0.1", "::1", "0.0.0.0"})  # noqa: S104 - nothing is bound


def _fits(pattern: str, host: str, port: int | None) -> bool:
    name, _, wanted = pattern.partition(":")
    if wanted and wanted != str(port):
        return False
    return host.endswith(name) if name.startswith(".") else host == name


_ENCRYPTED: dict[str, Any] = {
    "reasoning": "encrypted",
    "include": ("reasoning.encrypted_content",),
}
_LOCAL_SERVER: dict[str, Any] = {"needs_key": False, "strict": False}

PLAIN = Profile("plain", key_env="OPENAI_API_KEY", needs_key=False, reasoning="encrypted")
"""A gateway that nothing is known about; by convention OPENAI_API_KEY is its key. What it encrypts
although nobody asked, it will know again."""

DEMO = Profile(
    "demo",
    "http://demo.invalid/v1",
    api="responses",
    model="respmagic-demo",
    needs_key=False,
    images=False,
    files=False,
    ignores=("effort", "temperature", "max_output_tokens"),
    hosted=False,
    stores=False,
)
OPENAI = Profile(
    "openai",
    "https://api.openai.com/v1",
    key_env="OPENAI_API_KEY",
    api="responses",
    chat_output_limit="max_completion_tokens",
    tells=True,
    **_ENCRYPTED,
)

_ALL = (
    OPENAI,
    Profile(
        "azure",
        base_url_env="AZURE_OPENAI_ENDPOINT",
        path="/openai/v1",
        hosts=(".openai.azure.com", ".services.ai.azure.com", ".cognitiveservices.azure.com"),
        key_env="AZURE_OPENAI_API_KEY",
        key_header="api-key",
        chat_output_limit="max_completion_tokens",
        tells=True,
        **_ENCRYPTED,
    ),
    # Resellers of many models: reasoning is bound to the organisation that each request is routed
    # through, so it does not go back.
    Profile("modelport", "https://api.modelport.ai/v1", key_env="MODELPORT_API_KEY"),
    Profile("juai", "https://juaiplus.com/v1", hosts=(".juaiplus.com",), key_env="JUAI_API_KEY"),
    Profile(
        "modelverse",
        "https://api.modelverse.cn/v1",
        key_env="MODELVERSE_API_KEY",
        output_limit="max_tokens",
        plain_input=True,
    ),
    Profile(
        "openrouter",
        "https://openrouter.ai/api/v1",
        key_env="OPENROUTER_API_KEY",
        stores=False,
        reasoning="content",
        chat_reasoning="reasoning_details",
    ),
    Profile(
        "deepseek",
        "https://api.deepseek.com",
        path="",
        key_env="DEEPSEEK_API_KEY",
        stores=False,
        reasoning="content",
        chat_reasoning="reasoning_content",
        strict=False,
        schemas=False,
        images=False,
        files=False,
    ),
    Profile("xai", "https://api.x.ai/v1", key_env="XAI_API_KEY", **_ENCRYPTED),
    Profile(
        "groq",
        "https://api.groq.com/openai/v1",
        key_env="GROQ_API_KEY",
        stores=False,
        chat_reasoning="reasoning",
        chat_output_limit="max_completion_tokens",
        strict=False,
    ),
    Profile(
        "mistral",
        "https://api.mistral.ai/v1",
        key_env="MISTRAL_API_KEY",
        api="chat",
        chat_usage=False,
    ),
    Profile(
        "qwen",
        "https://dashscope-intl.aliyuncs.com/compatible-mode/v1",
        hosts=(
            "dashscope.aliyuncs.com",
            "dashscope-us.aliyuncs.com",
            ".dashscope.aliyuncs.com",
            ".maas.aliyuncs.com",
        ),
        key_env="DASHSCOPE_API_KEY",
        api="chat",  # its Responses API passes over instructions
        chat_reasoning="reasoning_content",
        strict=False,
    ),
    Profile(
        "moonshot",
        "https://api.moonshot.ai/v1",
        hosts=("api.moonshot.cn",),
        key_env="MOONSHOT_API_KEY",
        chat_reasoning="reasoning_content",
        strict=False,
    ),
    Profile(
        "zai",
        "https://api.z.ai/api/paas/v4",
        hosts=("open.bigmodel.cn",),
        key_env="ZAI_API_KEY",
        api="chat",
        chat_reasoning="reasoning_content",
        schemas=False,
        strict=False,
    ),
    # Servers on the own machine, known by the ports that they listen at unless they are told.
    Profile(
        "ollama",
        "http://localhost:11434/v1",
        key_env="OLLAMA_API_KEY",
        stores=False,
        reasoning="encrypted",  # it keeps the plain text there
        hosted=False,
        files=False,
        chat_reasoning="reasoning",
        **_LOCAL_SERVER,
    ),
    Profile(
        "lmstudio",
        "http://localhost:1234/v1",
        key_env="LMSTUDIO_API_KEY",
        reasoning="content",
        chat_reasoning="reasoning_content",
        **_LOCAL_SERVER,
    ),
    Profile(
        "vllm",
        "http://localhost:8000/v1",
        key_env="VLLM_API_KEY",
        reasoning="content",  # it refuses encrypted_content
        chat_reasoning="reasoning",
        **_LOCAL_SERVER,
    ),
    Profile(
        "llamacpp",
        "http://localhost:8080/v1",
        key_env="LLAMA_API_KEY",
        stores=False,
        reasoning="content",  # it refuses items without
        hosted=False,
        files=False,
        output_images=False,
        chat_reasoning="reasoning_content",
        **_LOCAL_SERVER,
    ),
    Profile(
        "litellm",
        "http://localhost:4000/v1",
        key_env="LITELLM_API_KEY",
        chat_reasoning="reasoning_content",
        needs_key=False,
    ),
    DEMO,
)
BUILT_IN: dict[str, Profile] = {profile.name: profile for profile in _ALL}


def profile_for(base_url: str, profiles: Iterable[Profile] = _ALL) -> Profile:
    """The first profile whose address this is, or the one without quirks."""
    return next((profile for profile in profiles if profile.is_at(base_url)), PLAIN)


def defined(name: str, fields: Mapping[str, Any], profiles: Mapping[str, Profile]) -> Profile:
    """The profile that a user describes by some of the fields.

    A description under a known name changes that profile; ``like`` names another one to start
    from. A key stays with the hosts that it was meant for: at another address the profile has
    none until it says `key_env`.

    Args:
        name: what it is to be called.
        fields: of `Profile`, and ``like``.
        profiles: those that are known already.

    Raises:
        ValueError: if a field is unknown or of the wrong kind; says which.
    """
    if not isinstance(fields, Mapping):
        raise ValueError(f"must be a dict such as {{'base_url': …}}, not {fields!r}")  # noqa: TRY004
    given = {str(key): value for key, value in fields.items() if value is not None}
    like = given.pop("like", name)
    if like not in profiles and "like" in fields:
        raise ValueError(f"is to be like {like!r}, which is no profile")
    base = profiles.get(like) or dataclasses.replace(PLAIN, key_env="")
    for key, value in given.items():
        _check(key, value)
    url = given.get("base_url")
    if url and not base.is_at(url):
        inherited = {"key_env": "", "needs_key": "key_env" in given, "hosts": ()}
        given = {**inherited, **given}
    given = {key: tuple(v) if isinstance(v, list) else v for key, v in given.items()}
    return dataclasses.replace(base, **{**given, "name": name})


_KINDS = {Mapping: dict, tuple: (tuple, list)}
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


def _check(key: str, value: Any) -> None:
    hints = {key: hint for key, hint in typing.get_type_hints(Profile).items() if key != "name"}
    if key not in hints:
        raise ValueError(f"has no field {key!r}; fields are like, {', '.join(hints)}")
    hint = hints[key]
    origin = typing.get_origin(hint)
    if origin is Literal:
        if value not in typing.get_args(hint):
            raise ValueError(f"{key} must be one of {', '.join(typing.get_args(hint))}")
        return
    kind: Any = _KINDS.get(origin) or (str if origin else hint)
    if not isinstance(value, kind):
        raise ValueError(f"{key} must be {_name(kind)}, not {type(value).__name__}")  # noqa: TRY004
    if key in ("key_env", "base_url_env") and value and not _VARIABLE.fullmatch(value):
        # What stands there may be the key itself: it is not repeated.
        raise ValueError(f"{key} takes the name of an environment variable, never the value")


def _name(kind: Any) -> str:
    return "list" if isinstance(kind, tuple) else str(kind.__name__)
