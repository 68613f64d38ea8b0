"""Whether a server still has what it was to keep, as its answers and refusals tell.

Some servers keep nothing and say so, some keep nothing and say nothing, some forget after a while.
What is gone can be sent again as long as it is known here.
"""

from __future__ import annotations

import re

from respmagic._dialects.absent import told
from respmagic._exceptions import GatewayError, ResponseFailed, StatusError
from respmagic._items import Response, State

__all__ = ["can_be_resent", "is_gone", "is_kept", "was_forgotten"]

_GONE = re.compile(
    r"previous[_ ]response|response (with id )?.{0,80}\b(not found|(not|n't) exist|expired)"
    r"|no tool call found|tool call.{0,40}not found"
    r"|\bstore\b.{0,40}(not|n't|un) ?supported"
)
_FORGOTTEN = re.compile(r"not found|(not|n't) exist|no tool call|expired|no such")


def can_be_resent(state: State | None) -> bool:
    """Whether all that the server was to have is known here, too."""
    if state is None or state.parameter != "previous_response_id":
        return False
    return state.count > 0 or not state.id


def is_gone(error: GatewayError) -> bool:
    """Whether `error` says that the server does not have the response that it was to go on from.

    Either it has forgotten it, or it never keeps any; a call's output without the call is how some
    notice.
    """
    if not isinstance(error, StatusError | ResponseFailed):
        return False
    said = told(error)
    if said.status in (401, 403, 429) or said.status >= 500:
        return False
    return (
        said.param in ("previous_response_id", "store")
        or said.code == "previous_response_not_found"
        or _GONE.search(said.said.lower()) is not None
    )


def was_forgotten(error: GatewayError) -> bool:
    """Whether a refusal for which `is_gone` holds is of this response only."""
    said = told(error)
    return said.code == "previous_response_not_found" or bool(_FORGOTTEN.search(said.said.lower()))


def is_kept(state: State, response: Response) -> bool:
    """Whether the answer says that it goes on from what the server keeps."""
    said = response.raw.get(state.parameter)
    return bool((said.get("id") if isinstance(said, dict) else said) == state.id)
