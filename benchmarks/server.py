"""A loopback server that replays answers rendered beforehand, so that it costs next to nothing.

Usage: python server.py   (prints its port; ends with its standard input)

The model's name says what to answer: ``deltas-N`` streams N pieces of text in one burst, ``tools``
asks for four calls of ``work`` and, once these have outputs, answers with text.
"""

from __future__ import annotations

import asyncio
import functools
import json
import sys
from typing import Any

ITEM = "msg_6867f1cae59481a0a6d8b23d1b93e4aa02dfa4dca8f6376f"
PIECE = "word "


def event(kind: str, **fields: Any) -> bytes:
    """One server-sent event in an HTTP chunk of its own."""
    data = json.dumps({"type": kind, **fields})
    body = f"event: {kind}\ndata: {data}\n\n".encode()
    return b"%x\r\n%b\r\n" % (len(body), body)


def response(status: str, output: list[Any], **fields: Any) -> dict[str, Any]:
    """A response object with all that strict clients ask for."""
    details = {"input_tokens_details": {"cached_tokens": 0, "cache_write_tokens": 0}}
    usage = {"input_tokens": 9, "output_tokens": 9, "total_tokens": 18, **details}
    usage["output_tokens_details"] = {"reasoning_tokens": 0}
    return {
        "id": "resp_1", "object": "response", "created_at": 1, "status": status, "model": "m",
        "output": output, "parallel_tool_calls": True, "tool_choice": "auto", "tools": [],
        "error": None, "incomplete_details": None, "instructions": None, "metadata": {},
        "temperature": 1.0, "top_p": 1.0, "usage": usage if status == "completed" else None,
        **fields,
    }  # fmt: skip


HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n"


@functools.cache
def text_answer(pieces: int) -> bytes:
    """An answer of so many deltas."""
    part = {"type": "output_text", "text": "", "annotations": []}
    item = {"id": ITEM, "type": "message", "role": "assistant", "content": []}
    whole = {**item, "status": "completed", "content": [{**part, "text": PIECE * pieces}]}
    place = {"output_index": 0, "item_id": ITEM, "content_index": 0}
    events = [
        event("response.created", sequence_number=0, response=response("in_progress", [])),
        event(
            "response.output_item.added",
            sequence_number=1,
            output_index=0,
            item={**item, "status": "in_progress"},
        ),
        event("response.content_part.added", sequence_number=2, part=part, **place),
        *(
            event(
                "response.output_text.delta",
                sequence_number=3 + number,
                delta=PIECE,
                logprobs=[],
                obfuscation="abcdefghijkl",
                **place,
            )
            for number in range(pieces)
        ),
        event("response.output_item.done", sequence_number=0, output_index=0, item=whole),
        event("response.completed", sequence_number=0, response=response("completed", [whole])),
    ]
    return HEAD + b"".join(events) + b"0\r\n\r\n"


@functools.cache
def calls_answer() -> bytes:
    """An answer that asks for four calls."""
    calls = [
        {
            "id": f"fc_{n}", "type": "function_call", "status": "completed",
            "call_id": f"call_{n}", "name": "work", "arguments": json.dumps({"n": n}),
        }
        for n in range(4)
    ]  # fmt: skip
    events = [event("response.created", sequence_number=0, response=response("in_progress", []))]
    for n, call in enumerate(calls):
        added = {**call, "status": "in_progress", "arguments": ""}
        place = {"output_index": n, "item_id": call["id"]}
        events += [
            event("response.output_item.added", sequence_number=1, output_index=n, item=added),
            event(
                "response.function_call_arguments.done",
                sequence_number=2,
                arguments=call["arguments"],
                name="work",
                **place,
            ),
            event("response.output_item.done", sequence_number=3, output_index=n, item=call),
        ]
    events.append(
        event("response.completed", sequence_number=4, response=response("completed", calls))
    )
    return HEAD + b"".join(events) + b"0\r\n\r\n"


def answer(body: dict[str, Any]) -> bytes:
    """The bytes to answer this request with."""
    if body["model"] != "tools":
        return text_answer(int(body["model"].partition("-")[2]))
    outputs = [i for i in body["input"] if i.get("type") == "function_call_output"]
    return text_answer(8) if outputs else calls_answer()


async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer the requests of one connection."""
    try:
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).lower()
            if head.startswith(b"get "):  # a panel asks for the models
                writer.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
                continue
            length = int(head.partition(b"content-length:")[2].split(b"\r\n")[0])
            writer.write(answer(json.loads(await reader.readexactly(length))))
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        writer.close()


async def main() -> None:
    """Serve until standard input ends."""
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await asyncio.to_thread(sys.stdin.read)
    server.close()


if __name__ == "__main__":
    asyncio.run(main())
