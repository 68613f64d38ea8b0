"""What servers of the Responses API do otherwise, as they send it."""

from __future__ import annotations

from quirks import Quirk, frames, pad

__all__ = ["ROWS"]

CALL_A = ("call_a", "add", '{"a":1}')
CALL_B = ("call_b", "sub", '{"b":2}')

ROWS: dict[str, Quirk] = {
    "R1": Quirk(
        what="no [DONE]",
        who="OpenAI, Azure, DeepSeek, xAI, Bedrock",
        body=frames(
            """
            {"type":"response.output_item.added","output_index":0,"item":{"type":"message","id":"m","content":[]}}
            {"type":"response.output_text.delta","output_index":0,"content_index":0,"delta":"Hi"}
            {"type":"response.completed","response":{"status":"completed"}}
            """
        ),
        text="Hi",
    ),
    "R2": Quirk(
        what="[DONE], comments, ids of its own, reasoning without a status",
        who="OpenRouter",
        body=pad(
            """
            : OPENROUTER PROCESSING

            data: {"type":"response.created","response":{"id":"gen-1","status":"in_progress","output":[]}}

            : OPENROUTER PROCESSING

            data: {"type":"response.output_item.done","output_index":0,"item":{"type":"reasoning","id":"rs_tmp_1","summary":[],"content":[{"type":"reasoning_text","text":"Hm."}]}}

            data: {"type":"response.output_text.delta","output_index":1,"content_index":0,"item_id":"msg_tmp_2","delta":"Hi"}

            data: {"type":"response.completed","response":{"id":"gen-1","status":"completed","output":[]}}

            data: [DONE]
            """
        ),
        text="Hi",
        reasoning="Hm.",
    ),
    "R3": Quirk(
        what="data before event, or no event line",
        who="Bedrock Mantle, OpenRouter",
        body=pad(
            """
            data: {"type":"response.output_text.delta","output_index":0,"delta":"Hi"}
            event: response.output_text.delta

            data: {"type":"response.output_text.delta","output_index":0,"delta":"!"}

            data: {"type":"response.completed","response":{"status":"completed"}}
            event: response.completed
            """
        ),
        text="Hi!",
    ),
    "R4": Quirk(what="call_0 in each response", who="Bedrock Mantle"),
    "R5": Quirk(
        what="another item_id in each event",
        who="GitHub Copilot",
        body=frames(
            r"""
            {"type":"response.output_item.added","output_index":0,"item":{"type":"function_call","id":"q1","call_id":"call_a","name":"add","arguments":""}}
            {"type":"response.output_item.added","output_index":1,"item":{"type":"function_call","id":"q2","call_id":"call_b","name":"sub","arguments":""}}
            {"type":"response.function_call_arguments.delta","output_index":0,"item_id":"q3","delta":"{\"a\""}
            {"type":"response.function_call_arguments.delta","output_index":1,"item_id":"q4","delta":"{\"b\":"}
            {"type":"response.function_call_arguments.delta","output_index":0,"item_id":"q5","delta":":1}"}
            {"type":"response.function_call_arguments.done","output_index":1,"item_id":"q6","arguments":"{\"b\":2}"}
            {"type":"response.output_item.done","output_index":0,"item":{"type":"function_call","id":"q7","call_id":"call_a","name":"add","arguments":"{\"a\":1}"}}
            {"type":"response.completed","response":{"status":"completed","output":[]},"copilot_usage":{"total_nano_aiu":1}}
            """
        ),
        calls=(CALL_A, CALL_B),
    ),
    "R6": Quirk(
        what="arguments in .done only",
        who="LM Studio",
        body=frames(
            r"""
            {"type":"response.output_item.added","output_index":0,"item":{"type":"function_call","id":"f","call_id":"call_a","name":"add","arguments":""}}
            {"type":"response.function_call_arguments.done","output_index":0,"item_id":"f","arguments":"{\"a\":1}"}
            {"type":"response.completed","response":{"status":"completed","output":[]}}
            """
        ),
        calls=(CALL_A,),
    ),
    "R7": Quirk(
        what="whole arguments in one delta",
        who="Ollama, xAI",
        body=frames(
            r"""
            {"type":"response.output_item.added","output_index":0,"item":{"type":"function_call","id":"f","call_id":"call_a","name":"add","arguments":""}}
            {"type":"response.function_call_arguments.delta","output_index":0,"item_id":"f","delta":"{\"a\":1}"}
            {"type":"response.completed","response":{"status":"completed","output":[]}}
            """
        ),
        calls=(CALL_A,),
    ),
    "R8": Quirk(
        what="no index, no number, calls without id, usage without details",
        who="llama.cpp",
        body=frames(
            r"""
            {"type":"response.created","response":{"id":"resp_1","object":"response","status":"in_progress"}}
            {"type":"response.output_item.added","item":{"type":"reasoning","id":"rs_1","summary":[],"content":[]}}
            {"type":"response.reasoning_text.delta","item_id":"rs_1","delta":"Hm."}
            {"type":"response.output_item.done","item":{"type":"reasoning","id":"rs_1","summary":[],"content":[{"type":"reasoning_text","text":"Hm."}]}}
            {"type":"response.output_item.added","item":{"type":"function_call","call_id":"fc_1","name":"add","arguments":"","status":"in_progress"}}
            {"type":"response.function_call_arguments.delta","item_id":"fc_1","delta":"{\"a\":"}
            {"type":"response.output_item.added","item":{"type":"function_call","call_id":"fc_2","name":"sub","arguments":"","status":"in_progress"}}
            {"type":"response.function_call_arguments.delta","item_id":"fc_2","delta":"{\"b\":2}"}
            {"type":"response.function_call_arguments.delta","item_id":"fc_1","delta":"1}"}
            {"type":"response.output_item.done","item":{"type":"function_call","call_id":"fc_1","name":"add","arguments":"{\"a\":1}","status":"completed"}}
            {"type":"response.completed","response":{"id":"resp_1","status":"completed","usage":{"input_tokens":7,"output_tokens":3}}}
            """
        ),
        reasoning="Hm.",
        calls=(("fc_1", "add", '{"a":1}'), ("fc_2", "sub", '{"b":2}')),
        tokens=(7, 3),
    ),
    "R9": Quirk(
        what="previous_response_id refused, reasoning without content too, strict on by default",
        who="llama.cpp",
    ),
    "R10": Quirk(
        what="summary parts never announced, plain text as encrypted_content",
        who="Ollama",
        body=frames(
            """
            {"type":"response.output_item.added","output_index":0,"item":{"type":"reasoning","id":"rs_7","summary":[]}}
            {"type":"response.reasoning_summary_text.delta","output_index":0,"summary_index":0,"item_id":"rs_7","delta":"Let me"}
            {"type":"response.reasoning_summary_text.delta","output_index":0,"summary_index":0,"item_id":"rs_7","delta":" see."}
            {"type":"response.output_text.delta","output_index":1,"content_index":0,"item_id":"msg_8","delta":"Hi"}
            {"type":"response.completed","response":{"status":"completed","output":[]}}
            """
        ),
        text="Hi",
        reasoning="Let me see.",
    ),
    "R11": Quirk(
        what="a call left in the text as <tool_call>",
        who="vLLM with a reasoning parser",
        body=frames(
            r"""
            {"type":"response.output_text.delta","output_index":0,"content_index":0,"delta":"<tool_call>\n{\"name\": \"add\", "}
            {"type":"response.output_text.delta","output_index":0,"content_index":0,"delta":"\"arguments\": {\"a\": 1}}\n</tool_call>"}
            {"type":"response.completed","response":{"status":"completed","output":[]}}
            """
        ),
        text='<tool_call>\n{"name": "add", "arguments": {"a": 1}}\n</tool_call>',
    ),
    "R12": Quirk(
        what="nothing but reasoning where a call was meant",
        who="vLLM 0.10.1 with gpt-oss",
        body=frames(
            """
            {"type":"response.reasoning_text.delta","output_index":0,"content_index":0,"delta":"I should call add."}
            {"type":"response.completed","response":{"status":"completed","output":[]}}
            """
        ),
        reasoning="I should call add.",
    ),
    "R13": Quirk(what="store passed over, background refused", who="vLLM"),
    "R14": Quirk(
        what="created_at with a fraction, null wherever it can be",
        who="vLLM and sglang behind gateways",
        body=frames(
            """
            {"type":"response.created","response":{"id":"r","created_at":1776821735.0,"status":"in_progress","output":null,"usage":null,"error":null},"sequence_number":null}
            {"type":"response.output_item.added","output_index":0,"item":{"type":"message","id":null,"role":null,"status":null,"content":null}}
            {"type":"response.output_text.delta","output_index":0,"content_index":null,"item_id":null,"delta":"Hi","logprobs":null}
            {"type":"response.completed","response":{"id":"r","created_at":1776821735.0,"completed_at":null,"status":null,"output":null,"reasoning":{"effort":null},"incomplete_details":null,"usage":{"input_tokens":7.0,"input_tokens_details":null,"output_tokens":3,"total_tokens":null}}}
            """
        ),
        text="Hi",
        tokens=(7, 3),
    ),
    "R15": Quirk(
        what="an empty output at the end",
        who="new-api, chatgpt.com, llm-rosetta",
        body=frames(
            r"""
            {"type":"response.output_item.done","output_index":0,"item":{"type":"function_call","id":"f","call_id":"call_a","name":"add","arguments":"{\"a\":1}"}}
            {"type":"response.completed","response":{"status":"completed","output":[]}}
            """
        ),
        calls=(CALL_A,),
    ),
    "R16": Quirk(
        what="a call once more in the last snapshot",
        who="new-api's bridge",
        body=frames(
            r"""
            {"type":"response.output_item.done","output_index":0,"item":{"type":"function_call","id":"f","call_id":"call_a","name":"add","arguments":"{\"a\":1}"}}
            {"type":"response.completed","response":{"status":"completed","output":[{"type":"function_call","id":"f","call_id":"call_a","name":"add","arguments":"{\"a\":1}"},{"type":"function_call","id":"f2","call_id":"call_a","name":"add","arguments":"{\"a\":1}"}]}}
            """
        ),
        calls=(CALL_A,),
    ),
    "R17": Quirk(
        what="a whole text and no item, part or delta before it",
        who="LiteLLM, gemini-web2api, llm-rosetta",
        body=frames(
            """
            {"type":"response.created","response":{"id":"r","status":"in_progress"}}
            {"type":"response.output_text.done","text":"Hi"}
            {"type":"response.completed","response":{"id":"r","status":"completed","output":[]}}
            """
        ),
        text="Hi",
    ),
    "R18": Quirk(
        what="a message closed that nobody opened",
        who="LiteLLM before Anthropic",
        body=frames(
            r"""
            {"type":"response.output_item.added","output_index":0,"item":{"type":"function_call","id":"f","call_id":"call_a","name":"add","arguments":""}}
            {"type":"response.function_call_arguments.delta","output_index":0,"item_id":"f","delta":"{\"a\":1}"}
            {"type":"response.output_text.done","output_index":0,"content_index":0,"item_id":"chatcmpl-9","text":""}
            {"type":"response.output_item.done","output_index":0,"item":{"type":"message","id":"chatcmpl-9","role":"assistant","status":"completed","content":[]}}
            {"type":"response.completed","response":{"status":"completed","output":[]}}
            """
        ),
        calls=(CALL_A,),
    ),
    "R19": Quirk(
        what="no output_text.done",
        who="Llama Stack",
        body=frames(
            """
            {"type":"response.output_item.added","output_index":0,"item":{"type":"message","id":"m","content":[]}}
            {"type":"response.content_part.added","output_index":0,"content_index":0,"part":{"type":"output_text","text":""}}
            {"type":"response.output_text.delta","output_index":0,"content_index":0,"delta":"Hi"}
            {"type":"response.content_part.done","output_index":0,"content_index":0,"part":{"type":"output_text","text":"Hi"}}
            {"type":"response.completed","response":{"status":"completed"}}
            """
        ),
        text="Hi",
    ),
    "R20": Quirk(
        what="null for a text",
        who="Bifrost",
        body=frames(
            """
            {"type":"response.output_text.delta","output_index":0,"content_index":0,"delta":null}
            {"type":"response.output_text.delta","output_index":0,"content_index":0,"delta":"Hi"}
            {"type":"response.output_text.done","output_index":0,"content_index":0,"text":null}
            {"type":"response.completed","response":{"status":"completed","output":[]}}
            """
        ),
        text="Hi",
    ),
    "R21": Quirk(
        what="a function's arguments under the name of custom tools",
        who="AIClient2API",
        body=frames(
            r"""
            {"type":"response.output_item.added","output_index":0,"item":{"type":"function_call","id":"f","call_id":"call_a","name":"add","arguments":""}}
            {"type":"response.custom_tool_call_input.delta","output_index":0,"item_id":"f","delta":"{\"a\""}
            {"type":"response.custom_tool_call_input.delta","output_index":0,"item_id":"f","delta":":1}"}
            {"type":"response.completed","response":{"status":"requires_action","output":[]}}
            """
        ),
        calls=(CALL_A,),
    ),
    "R22": Quirk(
        what="response.done at the end",
        who="9router, api.modelverse.cn",
        body=frames(
            """
            {"type":"response.delta","delta":"Hi"}
            {"type":"response.done","response":{"status":"completed"}}
            """
        ),
        text="Hi",
    ),
    "R23": Quirk(
        what="failed, and then completed",
        who="OpenClaw",
        body=frames(
            """
            {"type":"response.output_text.delta","output_index":0,"delta":"Hi"}
            {"type":"response.failed","response":{"status":"failed","error":{"code":"server_error","message":"Out of order."}}}
            {"type":"response.completed","response":{"status":"completed","output":[{"type":"function_call","call_id":"call_a","name":"add","arguments":"{}"}]}}
            """
        ),
        text="Hi",
        status="failed",
        error=("server_error", "Out of order."),
    ),
    "R24": Quirk(
        what="the shape of chat.completions",
        who="api.modelport.ai, as documented",
        body=frames(
            r"""
            {"id":"c","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"role":"assistant","content":"Hi"}}]}
            {"id":"c","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"call_a","type":"function","function":{"name":"add","arguments":"{\"a\":1}"}}]}}]}
            {"id":"c","object":"chat.completion.chunk","choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}],"usage":{"prompt_tokens":7,"completion_tokens":3,"total_tokens":10}}
            [DONE]
            """
        ),
        text="Hi",
        calls=(CALL_A,),
        tokens=(7, 3),
    ),
    "R25": Quirk(
        what="bare texts for messages, created, half a usage",
        who="api.modelverse.cn, as documented",
        body=b"""{"id":"resp-123","object":"response","created":1677652288,"model":"gpt-4o",
        "output":[{"type":"text","text":"Hi!"}],"status":"completed","usage":{"total_tokens":20}}""",
        text="Hi!",
        tokens=(0, 0),
        raw={"created": 1677652288},
    ),
    "R26": Quirk(what="404, or no such thing, at /responses", who="many"),
    "R27": Quirk(
        what="keep-alives, and then a refusal as a frame",
        who="OmniRoute",
        body=pad(
            """
            : keep-alive

            : keep-alive

            data: {"error":{"code":429,"type":"rate_limit_error","message":"Slow down."}}
            """
        ),
        status="failed",
        error=(429, "Slow down."),
    ),
    "R28": Quirk(
        what="bare UUIDs, and no /v1 in the address",
        who="DeepSeek",
        body=frames(
            """
            {"type":"response.created","response":{"id":"6f1c2d5e-0000-4000-8000-000000000001","status":"in_progress","store":false}}
            {"type":"response.output_text.delta","output_index":0,"content_index":0,"item_id":"6f1c2d5e-0000-4000-8000-000000000002","delta":"Hi"}
            {"type":"response.completed","response":{"id":"6f1c2d5e-0000-4000-8000-000000000001","status":"completed","store":false,"output":[]}}
            """
        ),
        text="Hi",
    ),
    "R29": Quirk(
        what="padding against eavesdroppers",
        who="OpenAI",
        body=frames(
            """
            {"type":"response.output_text.delta","output_index":0,"content_index":0,"delta":"Hi","obfuscation":"Kd82hxm1"}
            {"type":"response.completed","response":{"status":"completed","output":[]},"obfuscation":"p"}
            """
        ),
        text="Hi",
    ),
    "R30": Quirk(
        what="content_filters beside the output",
        who="Azure",
        body=pad(
            """
            event: response.output_text.delta
            id: 7
            retry: 100
            x-azure: 1
            data: {"type":"response.output_text.delta","output_index":0,"content_index":0,"delta":"Hi"}

            event: response.completed
            data: {"type":"response.completed","response":{"status":"completed","output":[],"content_filters":[{"blocked":false}]}}
            """
        ),
        text="Hi",
        raw={"content_filters": [{"blocked": False}]},
    ),
    "R31": Quirk(
        what="the wanted form passed over",
        who="LM Studio",
        body=frames(
            """
            {"type":"response.output_text.delta","output_index":0,"content_index":0,"delta":"Sure! Here you are."}
            {"type":"response.completed","response":{"status":"completed","output":[],"text":{"format":{"type":"text"}}}}
            """
        ),
        text="Sure! Here you are.",
    ),
}
