"""The tree of errors is the one that is drawn, and all of it is public."""

import inspect
import re

import pytest

import respmagic
from respmagic import _exceptions
from respmagic._exceptions import RespmagicError, ResponseFailed, StatusError


def drawn():
    """Each name of the drawing with the name it hangs from."""
    above: list[tuple[int, str]] = []
    for line in inspect.getdoc(_exceptions).splitlines():
        if (match := re.match(r"([ │├└─]*)(\w+)", line)) is None or not line.startswith("   "):
            continue
        depth, name = len(match[1]), match[2]
        while above and above[-1][0] >= depth:
            above.pop()
        yield name, above[-1][1] if above else None
        above.append((depth, name))


def defined():
    return {
        name: value
        for name, value in vars(_exceptions).items()
        if inspect.isclass(value) and issubclass(value, BaseException)
    }


def test_the_drawing_is_the_tree():
    real = {name: value.__base__.__name__ for name, value in defined().items()}
    roots = {"RespmagicError": "Exception", "Interrupted": "KeyboardInterrupt"}
    assert {name: base or roots[name] for name, base in drawn()} == real


def test_every_error_is_exported_and_documented():
    assert set(_exceptions.__all__) == set(defined())
    for name, value in defined().items():
        assert name in respmagic.__all__
        assert getattr(respmagic, name) is value
        assert value.__doc__


def test_the_index_is_sorted_and_true():
    assert respmagic.__all__ == sorted(respmagic.__all__, key=lambda name: (name.islower(), name))
    assert set(dir(respmagic)) == {*respmagic.__all__, "__version__"}
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = respmagic.nonsense


def test_every_error_carries_a_result():
    assert all(value.result is None for value in defined().values())


def test_except_exception_does_not_swallow_an_interrupt():
    assert not issubclass(respmagic.Interrupted, Exception)


def test_a_status_error_keeps_what_the_server_said():
    error = StatusError(
        "no", status=418, code="c", request_id="r", body={"a": 1}, headers={"x": "y"}
    )
    assert (str(error), error.status, error.code, error.request_id) == ("no", 418, "c", "r")
    assert (error.body, error.headers) == ({"a": 1}, {"x": "y"})
    assert isinstance(error, RespmagicError)


def test_a_failed_response_keeps_its_error():
    assert ResponseFailed("no", error={"code": "c"}).error == {"code": "c"}
    assert ResponseFailed("no").error == {}


def test_what_steers_a_terminal_is_no_part_of_a_message():
    said = "a\x1b[31mred\x1b]0;title\x07 \x9b2J\u202eb\x00c\ud800\tline\r\nend"
    assert str(RespmagicError(said)) == "ared \ufffdb\ufffdc\ufffd\tline\nend"
