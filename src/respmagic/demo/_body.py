"""The body of a request: a JSON object whose plain fields have the types that they must have."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["RequestError", "missing", "read_body", "wrong_type", "wrong_value"]


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
    """The body as a JSON object whose plain fields have the types and values they must have."""
    try:
        body = json.loads(raw, parse_constant=_refuse_number, parse_float=_finite)
    except (ValueError, RecursionError) as error:
        raise RequestError(f"The body is not JSON: {error}.", code="invalid_json") from None
    if not isinstance(body, dict):
        raise RequestError("The body must be a JSON object.", code="invalid_type")
    _check_types(body)
    if not body.get("model"):
        raise missing("model")
    _check_ranges(body)
    _check_words(body)
    _check_metadata(body.get("metadata") or {})
    for name, instead in _ELSEWHERE.items():
        if body.get(name) is not None:
            message = f"'{name}' is not known to the embedded model; {instead}"
            raise RequestError(message, param=name, code="unsupported_parameter")
    return body


def _refuse_number(name: str) -> None:
    raise ValueError(f"{name} is no JSON")


def _finite(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise ValueError(f"{text} is too large a number")
    return number


def _check_types(body: Mapping[str, Any]) -> None:
    for name, (kinds, wanted) in _PLAIN_FIELDS.items():
        value = body.get(name)
        if value is None:
            continue
        # A bool is an int to Python, not to JSON.
        if not isinstance(value, kinds) or (isinstance(value, bool) and kinds is not bool):
            raise wrong_type(name, wanted, value)


def _check_ranges(body: Mapping[str, Any]) -> None:
    for name, (lowest, highest) in _RANGES.items():
        value = body.get(name)
        if value is not None and not lowest <= value <= highest:
            wanted = f"from {lowest} to {highest}" if highest < math.inf else f"at least {lowest}"
            message = f"Invalid '{name}': expected {wanted}, but got {value} instead."
            raise RequestError(message, param=name, code="out_of_range")


def _check_words(body: Mapping[str, Any]) -> None:
    for place, words in _WORDS.items():
        name, _, field = place.partition(".")
        value = body.get(name)
        value = value.get(field) if field and value is not None else value
        if value is not None and value not in words:
            raise wrong_value(value, words, place)


def _check_metadata(metadata: Mapping[str, Any]) -> None:
    for key, value in metadata.items():
        if not isinstance(value, str):
            raise RequestError(
                f"Invalid type for 'metadata.{key}': expected a string.",
                param="metadata",
                code="invalid_type",
            )


_RANGES: dict[str, tuple[float, float]] = {
    "frequency_penalty": (-2, 2),
    "max_output_tokens": (1, math.inf),
    "max_tool_calls": (1, math.inf),
    "presence_penalty": (-2, 2),
    "temperature": (0, 2),
    "top_logprobs": (0, 20),
    "top_p": (0, 1),
}

_WORDS = {
    "reasoning.effort": ("none", "minimal", "low", "medium", "high", "xhigh", "max"),
    "reasoning.summary": ("auto", "concise", "detailed"),
    "text.verbosity": ("low", "medium", "high"),
    "truncation": ("auto", "disabled"),
}

# What would change the answer, and cannot be had here: passed over, it would be missed in silence.
_ELSEWHERE = {
    "conversation": "go on by 'previous_response_id', or send in 'input' what was said.",
    "prompt": "send its text in 'instructions' and 'input'.",
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
    "include": (list, "an array"),
    "stream": (bool, "a boolean"),
    "stream_options": (dict, "an object"),
    "store": (bool, "a boolean"),
    "background": (bool, "a boolean"),
    "parallel_tool_calls": (bool, "a boolean"),
    "previous_response_id": (str, "a string"),
    "max_output_tokens": (int, "an integer"),
    "max_tool_calls": (int, "an integer"),
    "top_logprobs": (int, "an integer"),
    "temperature": (_NUMBER, "a number"),
    "top_p": (_NUMBER, "a number"),
    "frequency_penalty": (_NUMBER, "a number"),
    "presence_penalty": (_NUMBER, "a number"),
    "truncation": (str, "a string"),
    "service_tier": (str, "a string"),
    "prompt_cache_key": (str, "a string"),
    "safety_identifier": (str, "a string"),
    "user": (str, "a string"),
}


def missing(name: str) -> RequestError:
    """The error for a field that must be there."""
    message = f"Missing required parameter: '{name}'."
    return RequestError(message, param=name, code="missing_required_parameter")


def wrong_type(name: str, wanted: str, value: Any) -> RequestError:
    """The error for a field of another type than it must have."""
    message = f"Invalid type for '{name}': expected {wanted}, but got {_json_kind(value)} instead."
    return RequestError(message, param=name, code="invalid_type")


def wrong_value(value: Any, words: Sequence[str], param: str) -> RequestError:
    """The error for a word that is none of those that there are."""
    *most, last = map(repr, words)
    listed = f"{', '.join(most)} and {last}" if most else last
    message = f"Invalid value: {value!r}. Supported values are: {listed}."
    return RequestError(message, param=param, code="invalid_value")


def _json_kind(value: Any) -> str:
    kinds = {dict: "an object", list: "an array", str: "a string", bool: "a boolean"}
    return kinds.get(type(value), "null" if value is None else "a number")
