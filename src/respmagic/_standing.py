"""Where a run stands: in which conversation, and what of that the server keeps."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any, NamedTuple

from respmagic._conversations import Conversation, Place
from respmagic._endpoint import Endpoint
from respmagic._exceptions import OptionError
from respmagic._items import Item, State
from respmagic._session import Session, cell_key

__all__ = ["Standing", "standing"]


class Standing(NamedTuple):
    """Where a run stands.

    Attributes:
        place: the place in its conversation; None where it stands alone.
        state: what the server keeps of that; None where nothing is to be kept there.
        note: what is to be said of it beside the answer; else "".
    """

    place: Place | None
    state: State | None
    note: str

    @property
    def items(self) -> tuple[Item, ...]:
        """What goes before the run's own items."""
        return self.place.items if self.place is not None else ()


def standing(
    wanted: str | Conversation | None,
    session: Session,
    endpoint: Endpoint,
    parameters: MutableMapping[str, Any],
    *,
    model: str,
    store: bool,
) -> Standing:
    """Where the run stands that is asked for.

    Args:
        wanted: the conversation, by name or as it is; None for none.
        session: the notebook that asks.
        endpoint: where it is asked.
        parameters: of the request; a response to go on from is taken out of them.
        model: the model that is asked.
        store: whether the server is to keep what is said.

    Raises:
        OptionError: if there can be no such conversation.
    """
    profile = endpoint.profile
    note = f"{profile.name} keeps nothing: all that was said is sent each time"
    keeps = store and profile.stores
    if parameters.get("background") is True and not profile.stores:
        raise OptionError(
            f"{profile.name} keeps nothing, so it works on nothing in the background: leave out "
            "--background (background=)"
        )
    place = None
    if wanted is not None:
        talk = wanted if isinstance(wanted, Conversation) else session.conversation(wanted)
        if talk.is_servers and not profile.stores:
            raise OptionError(f"{profile.name} keeps no conversations, so it has no {talk.name}")
        key = cell_key(session.shell)
        place = talk.place(key, base_url=endpoint.base_url, model=model, store=keeps)
    return Standing(place, _state(place, parameters, keeps=keeps), note if store > keeps else "")


def _state(
    place: Place | None, parameters: MutableMapping[str, Any], *, keeps: bool
) -> State | None:
    if place is not None and place.state is not None and place.state.parameter == "conversation":
        return place.state
    if not keeps:
        return None
    if (previous := parameters.pop("previous_response_id", None)) is not None:
        return State(str(previous), 0 if place is None else len(place.items))
    return State() if place is None else place.state
