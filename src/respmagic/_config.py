"""The notebook's settings: traitlets, so `%config ResponsesMagics.model = "…"` works."""

from __future__ import annotations

from typing import Any

from traitlets import Bool, Dict, Enum, Float, Integer, Unicode
from traitlets.config import Configurable

from respmagic._mark import APPROVALS

__all__ = ["APIS", "RENDERERS", "Settings", "activate", "settings_of"]

RENDERERS = ("auto", "blocks", "final", "plain")
APIS = ("auto", "responses", "chat")


class Settings(Configurable):
    """What holds for every cell unless the cell says otherwise."""

    profile = Unicode(
        None, allow_none=True, help="The gateway to ask; %responses profiles lists them."
    ).tag(config=True)
    profiles = Dict(
        help="""Gateways of your own, by name: a dict each of base_url, key_env (the name of the
        variable that holds the key), api, model, or like (the profile to start from)."""
    ).tag(config=True)
    model = Unicode(None, allow_none=True, help="The model to ask.").tag(config=True)
    base_url = Unicode(
        None, allow_none=True, help="Where the API is; by default OPENAI_BASE_URL says."
    ).tag(config=True)
    api = Enum(
        APIS, "auto", help="The dialect; auto tries /responses, then /chat/completions."
    ).tag(config=True)
    instructions = Unicode(
        None, allow_none=True, help="What the model is to keep to, in every cell."
    ).tag(config=True)
    approve = Enum(
        APPROVALS, "allow", help="Whether tools run that do not say so themselves: ask asks first."
    ).tag(config=True)
    conversation = Unicode(
        None, allow_none=True, help="The conversation that each cell goes on with (not respond)."
    ).tag(config=True)
    max_parallel_tools = Integer(16, min=1, help="How many calls of tools run at once.").tag(
        config=True
    )
    store = Bool(False, help="Whether the server is to keep what is said.").tag(config=True)
    max_turns = Integer(10, min=1, help="How many requests one cell may make.").tag(config=True)
    temperature = Float(None, allow_none=True, help="Sent if it is set.").tag(config=True)
    top_p = Float(None, allow_none=True, help="Sent if it is set.").tag(config=True)
    max_output_tokens = Integer(None, allow_none=True, help="Sent if it is set.").tag(config=True)
    effort = Unicode(None, allow_none=True, help="Reasoning effort, sent if it is set.").tag(
        config=True
    )
    summary = Unicode(
        None, allow_none=True, help="Kind of summary of the reasoning, sent if it is set."
    ).tag(config=True)
    verbosity = Unicode(None, allow_none=True, help="How much to say, sent if it is set.").tag(
        config=True
    )
    stream = Bool(True, help="Whether to ask for the answer as it is written.").tag(config=True)
    timeout = Float(
        None, allow_none=True, help="Seconds without a byte until a server is given up (600)."
    ).tag(config=True)
    retries = Integer(2, min=0, help="How often to try again before an answer begins.").tag(
        config=True
    )
    renderer = Enum(RENDERERS, "auto", help="How an answer is shown while it comes.").tag(
        config=True
    )
    verbose = Bool(False, help="Show ids, times and tokens in detail too.").tag(config=True)

    def values_by_name(self) -> dict[str, Any]:
        """All settings that are set."""
        return {name: value for name in _NAMES if (value := getattr(self, name)) is not None}


_NAMES = tuple(Settings.class_traits(config=True))
_DEFAULTS = Settings()


# shell, None in a plain script -> the settings of the extension that is loaded there
_active: dict[Any, Settings] = {}


def activate(settings: Settings | None, shell: Any = None) -> None:
    """Have `settings` hold in `shell`, for `respond` and `arespond` too; None for the defaults."""
    if settings is None:
        _active.pop(shell, None)
    else:
        _active[shell] = settings


def settings_of(shell: Any) -> Settings:
    """The settings of the extension that is loaded in `shell`, or the defaults."""
    return _active.get(shell) or _DEFAULTS
