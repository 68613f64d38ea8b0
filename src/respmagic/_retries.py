"""Whether a request that failed is sent again, and when: the policy of OpenAI's own clients."""

from __future__ import annotations

import email.utils
import random
import time
from collections.abc import Mapping

from respmagic._exceptions import ConnectionFailed, GatewayError, StatusError

__all__ = ["retry_wait", "said_wait"]

_RETRIED = frozenset({408, 409, 429})
# These are 429 too, but waiting does not help.
_FINAL_CODES = frozenset({"insufficient_quota", "credit_balance_exhausted"})
_LONGEST_WAIT = 120.0


def retry_wait(error: GatewayError, attempt: int) -> float | None:
    """Seconds to wait before the next attempt, or None if there is to be none.

    The server's word first, then 0.5 s doubled each time up to 8 s, less up to a quarter so that
    many clients do not come back at once.

    Args:
        error: what the last attempt came to.
        attempt: how many there were before it.
    """
    headers: Mapping[str, str] = {}
    if isinstance(error, StatusError):
        headers = error.headers
        if not _is_passing(error, headers.get("x-should-retry")):
            return None
    elif not (isinstance(error, ConnectionFailed) and error.may_retry):
        return None
    said = said_wait(headers)
    if said is not None:
        return said if said <= _LONGEST_WAIT else None
    jitter = 1 - 0.25 * random.random()  # noqa: S311 - not for secrecy
    return jitter * min(0.5 * 2.0**attempt, 8.0)


def _is_passing(error: StatusError, said: str | None) -> bool:
    if said in ("true", "false"):
        return said == "true"
    if error.code in _FINAL_CODES:
        return False
    return error.status in _RETRIED or (error.status >= 500 and error.status != 501)


def said_wait(headers: Mapping[str, str]) -> float | None:
    """The wait that the server asks for, in seconds, if it says one that is above 0."""
    milliseconds = _number(headers.get("retry-after-ms"))
    after = headers.get("retry-after", "")
    said = [milliseconds and milliseconds / 1000, _number(after)]
    if after and (moment := email.utils.parsedate_tz(after)):
        said.append(email.utils.mktime_tz(moment) - time.time())
    return next((seconds for seconds in said if seconds and seconds > 0), None)


def _number(text: str | None) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None
