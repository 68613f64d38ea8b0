"""The body of a request: a JSON object whose plain fields have the types that they must have."""

from __future__ import annotations

import json
import math
from typing import Any

__all__ = ["RequestError", "missing", "read_body", "wrong_type"]


class RequestError(Exception):
    """A request that cannot be answered, with all that the wire says about it."""

    def __init__(
        self, message: str, *, param: str | None = None, code: str | None = None, status: int = 400
    ) -> None:
        super().__init__(message)
        self.message, self.param, self.code, self.status = message, param, code, status

    def body(self) -> dict[str, Any]:
        """The error as the wire has it."""
        error = {"message": self.message, "type": "invalid_request_error"}
        return {"error": {**error, "param": self.param, "code": self.code}}


def read_body(raw: bytes) -> dict[str, Any]:
    """The body as a JSON object whose plain fields have the types they must have."""
    try:
        body = json.loads(raw, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise RequestError(f"The body is not JSON: {error}.", code="invalid_json") from None
    if not isinstance(body, dict):
        raise RequestError("The body must be a JSON object.", code="invalid_type")
    for name, (kinds, wanted) in _PLAIN_FIELDS.items():
        value = body.get(name)
        if value is None:
            continue
        # A bool is an int to Python, not to JSON.
        if not isinstance(value, kinds) or (isinstance(value, bool) and kinds is not bool):
            raise wrong_type(name, wanted, value)
    if not isinstance(body.get("model"), str) or not body["model"]:
        raise missing("model")
    for name, (lowest, highest) in _RANGES.items():
        value = body.get(name)
        if value is not None and not lowest <= value <= highest:
            wanted = f"from {lowest} to {highest}" if highest < math.inf else f"at least {lowest}"
            message = f"Invalid '{name}': expected {wanted}, but got {value} instead."
            raise RequestError(message, param=name, code="out_of_range")
    return body


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


_RANGES = {
    "max_output_tokens": (1, math.inf),
    "max_tool_calls": (1, math.inf),
    "temperature": (0, 2),
    "top_p": (0, 1),
}


_NUMBER = (int, float)
_PLAIN_FIELDS: dict[str, tuple[type | tuple[type, ...], str]] = {
    "model": (str, "a string"),
    "input": ((str, list), "a string or an array"),
    "instructions": (str, "a string"),
    "tools": (list, "an array"),
    "tool_choice": ((str, dict), "a string or an object"),
    "text": (dict, "an object"),
    "reasoning": (dict, "an object"),
    "metadata": (dict, "an object"),
    "stream": (bool, "a boolean"),
    "store": (bool, "a boolean"),
    "background": (bool, "a boolean"),
    "parallel_tool_calls": (bool, "a boolean"),
    "previous_response_id": (str, "a string"),
    "max_output_tokens": (int, "an integer"),
    "max_tool_calls": (int, "an integer"),
    "temperature": (_NUMBER, "a number"),
    "top_p": (_NUMBER, "a number"),
    "truncation": (str, "a string"),
}


def missing(name: str) -> RequestError:
    """The error for a field that must be there."""
    message = f"Missing required parameter: '{name}'."
    return RequestError(message, param=name, code="missing_required_parameter")


def wrong_type(name: str, wanted: str, value: Any) -> RequestError:
    """The error for a field of another type than it must have."""
    message = f"Invalid type for '{name}': expected {wanted}, but got {_json_kind(value)} instead."
    return RequestError(message, param=name, code="invalid_type")


def _json_kind(value: Any) -> str:
    kinds = {dict: "an object", list: "an array", str: "a string", bool: "a boolean"}
    return kinds.get(type(value), "null" if value is None else "a number")
