"""What servers of chat.completions do otherwise, as they send it."""

from __future__ import annotations

from quirks import Quirk, frames, pad

__all__ = ["ROWS"]

CALL_A = ("call_a", "add", '{"a":1}')
CALL_B = ("call_b", "sub", '{"b":2}')

ROWS: dict[str, Quirk] = {
    "C1": Quirk(
        what="a first chunk without choices, its names empty",
        who="Azure",
        body=frames(
            """
            {"choices":[],"created":0,"id":"","model":"","object":"","prompt_filter_results":[{"prompt_index":0,"content_filter_results":{}}]}
            {"choices":[{"index":0,"delta":{"role":"assistant","content":"Hi"},"finish_reason":null}],"id":"c","created":1,"model":"m"}
            {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"id":"c","created":1,"model":"m"}
            [DONE]
            """
        ),
        text="Hi",
        raw={
            "id": "c",
            "prompt_filter_results": [{"prompt_index": 0, "content_filter_results": {}}],
        },
    ),
    "C2": Quirk(
        what="a last chunk with usage and no choice",
        who="OpenAI, Ollama, Alibaba, xAI, Snowflake",
        body=frames(
            """
            {"choices":[{"index":0,"delta":{"content":"Hi"}}],"usage":null}
            {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}],"usage":null}
            {"choices":[],"usage":{"prompt_tokens":7,"completion_tokens":3,"total_tokens":10}}
            [DONE]
            """
        ),
        text="Hi",
        tokens=(7, 3),
    ),
    "C3": Quirk(
        what="null for choices or delta",
        who="Azure's asynchronous filter",
        body=frames(
            """
            {"choices":[{"index":0,"delta":{"content":"Hi"}}]}
            {"choices":null,"content_filter_results":{}}
            {"choices":[{"index":0,"delta":null}]}
            {"choices":[{"index":0,"delta":null,"finish_reason":"stop"}]}
            [DONE]
            """
        ),
        text="Hi",
    ),
    "C4": Quirk(
        what="no [DONE]",
        who="Perplexity, GPUStack",
        body=frames(
            """
            {"choices":[{"index":0,"delta":{"content":"Hi"}}]}
            {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}
            """
        ),
        text="Hi",
    ),
    "C5": Quirk(
        what="CRLF, chat.completion.done at the end, usage in each chunk",
        who="Perplexity",
        body=pad(
            """
            data: {"object":"chat.completion.chunk","choices":[{"index":0,"delta":{"role":"assistant","content":"Hi"}}],"usage":{"prompt_tokens":7,"completion_tokens":1,"total_tokens":8},"citations":["https://example.org"]}

            data: {"object":"chat.completion.done","choices":[{"index":0,"message":{"role":"assistant","content":"Hi there"},"delta":{"content":" there"},"finish_reason":"stop"}],"usage":{"prompt_tokens":7,"completion_tokens":3,"total_tokens":10},"citations":["https://example.org"]}
            """,
            newline="\r\n",
        ),
        text="Hi there",
        tokens=(7, 3),
        raw={"citations": ["https://example.org"]},
    ),
    "C6": Quirk(
        what="comments as keep-alives, also with an id and nothing else",
        who="OpenRouter, llmgateway, llama.cpp",
        body=pad(
            """
            : OPENROUTER PROCESSING

            : ping - 2026-01-01

            :

            id: 1
            : a comment

            data: {"choices":[{"index":0,"delta":{"content":"Hi"}}]}

            :
            data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

            data: [DONE]
            """
        ),
        text="Hi",
    ),
    "C7": Quirk(
        what="comments wrapped into data",
        who="mnfst",
        body=frames(
            """
            : OPENROUTER PROCESSING
            {"choices":[{"index":0,"delta":{"content":"Hi"}}]}
            : OPENROUTER PROCESSING
            {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}
            [DONE]
            """
        ),
        text="Hi",
    ),
    "C8": Quirk(
        what="an error at the top of a chunk, after two finish reasons",
        who="OpenRouter",
        body=frames(
            """
            {"choices":[{"index":0,"delta":{"content":"Hi"}}]}
            {"choices":[{"index":0,"delta":{"content":""},"finish_reason":"length"}]}
            {"choices":[{"index":0,"delta":{"content":""},"finish_reason":"length"}]}
            {"choices":[{"index":0,"delta":{"content":""},"finish_reason":"error"}],"error":{"code":400,"message":"Provider returned error"}}
            [DONE]
            """
        ),
        text="Hi",
        status="failed",
        error=(400, "Provider returned error"),
    ),
    "C9": Quirk(
        what="the last chunk twice, the second with usage",
        who="OpenRouter",
        body=frames(
            r"""
            {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"call_a","type":"function","function":{"name":"add","arguments":"{\"a\":1}"}}]}}]}
            {"choices":[{"index":0,"delta":{"content":""},"finish_reason":"tool_calls"}]}
            {"choices":[{"index":0,"delta":{"content":""},"finish_reason":"tool_calls"}],"usage":{"prompt_tokens":7,"completion_tokens":3,"total_tokens":10}}
            [DONE]
            """
        ),
        calls=(CALL_A,),
        tokens=(7, 3),
    ),
    "C10": Quirk(
        what="an event called error, with what the model wrote",
        who="Groq",
        body=pad(
            """
            data: {"choices":[{"index":0,"delta":{"role":"assistant"}}]}

            event: error
            data: {"error":{"message":"Failed to call a function.","type":"invalid_request_error","code":"tool_use_failed","failed_generation":"<function=add>","status_code":400}}
            """
        ),
        status="failed",
        error=("tool_use_failed", "Failed to call a function."),
    ),
    "C11": Quirk(
        what="a whole call in one chunk",
        who="Groq, Mistral, xAI, Ollama, Azure",
        body=frames(
            r"""
            {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"call_a","type":"function","function":{"name":"add","arguments":"{\"a\":1}"}},{"index":1,"id":"call_b","type":"function","function":{"name":"sub","arguments":"{\"b\":2}"}}]},"finish_reason":"tool_calls"}]}
            [DONE]
            """
        ),
        calls=(CALL_A, CALL_B),
    ),
    "C12": Quirk(
        what="calls without an index",
        who="Mistral, Gemini",
        body=frames(
            r"""
            {"choices":[{"index":0,"delta":{"tool_calls":[{"id":"call_a","function":{"name":"add","arguments":"{\"a\":1}"}}]}}]}
            {"choices":[{"index":0,"delta":{"tool_calls":[{"id":"call_b","function":{"name":"sub","arguments":"{\"b\""}}]}}]}
            {"choices":[{"index":0,"delta":{"tool_calls":[{"function":{"arguments":":2}"}}]}}]}
            {"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}
            [DONE]
            """
        ),
        calls=(CALL_A, CALL_B),
    ),
    "C13": Quirk(
        what="index 0 for all calls",
        who="Ollama 0.20",
        body=frames(
            r"""
            {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"call_a","type":"function","function":{"name":"add","arguments":"{\"a\":1}"}}]}}]}
            {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"call_b","type":"function","function":{"name":"sub","arguments":"{\"b\":2}"}}]}}]}
            {"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}
            [DONE]
            """
        ),
        calls=(CALL_A, CALL_B),
    ),
    "C14": Quirk(
        what="a wrong index at the head of the second call",
        who="proxies of deepseek-v4-flash",
        body=frames(
            r"""
            {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"call_a","function":{"name":"add","arguments":""}}]}}]}
            {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\"a\":1}"}}]}}]}
            {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"call_b","function":{"name":"sub","arguments":""}}]}}]}
            {"choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"function":{"arguments":"{\"b\""}}]}}]}
            {"choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"function":{"arguments":":2}"}}]}}]}
            {"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}
            [DONE]
            """
        ),
        calls=(CALL_A, CALL_B),
    ),
    "C15": Quirk(
        what="two pieces of one call in one chunk",
        who="vLLM's speculative decoding",
        body=frames(
            r"""
            {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"call_a","function":{"name":"add","arguments":""}}]}}]}
            {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{\"a\""}},{"index":0,"function":{"arguments":":1}"}}]}}]}
            {"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}
            [DONE]
            """
        ),
        calls=(CALL_A,),
    ),
    "C16": Quirk(
        what="the first call has index 1",
        who="Anthropic's compatible API",
        body=frames(
            r"""
            {"choices":[{"index":0,"delta":{"content":"Hi"}}]}
            {"choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"id":"call_a","function":{"name":"add","arguments":""}}]}}]}
            {"choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"function":{"arguments":"{\"a\":1}"}}]}}]}
            {"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}
            [DONE]
            """
        ),
        text="Hi",
        calls=(CALL_A,),
    ),
    "C17": Quirk(
        what="an empty id after the first piece",
        who="Alibaba",
        body=frames(
            r"""
            {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"call_a","type":"function","function":{"name":"add","arguments":""}}]}}]}
            {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"","type":"function","function":{"arguments":"{\"a\""}}]}}]}
            {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"","type":"function","function":{"arguments":":1}"}}]}}]}
            {"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}
            [DONE]
            """
        ),
        calls=(CALL_A,),
    ),
    "C18": Quirk(
        what="no id at all, and a signature that is wanted back",
        who="Gemini's compatible API",
        body=frames(
            r"""
            {"choices":[{"index":0,"delta":{"role":"assistant","tool_calls":[{"index":0,"id":"","type":"function","function":{"name":"add","arguments":"{\"a\":1}"},"extra_content":{"google":{"thought_signature":"c2ln"}}}]},"finish_reason":"stop"}]}
            [DONE]
            """
        ),
        calls=(("call_0", "add", '{"a":1}'),),
    ),
    "C19": Quirk(
        what="an empty name after the first piece, an index inside the delta",
        who="GLM through Mistral's API",
        body=frames(
            r"""
            {"choices":[{"index":0,"delta":{"index":0,"tool_calls":[{"index":0,"id":"call_a","function":{"name":"add","arguments":""}}]}}]}
            {"choices":[{"index":0,"delta":{"index":0,"tool_calls":[{"index":0,"function":{"name":"","arguments":"{\"a\":1}"}}]}}]}
            {"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}
            [DONE]
            """
        ),
        calls=(CALL_A,),
    ),
    "C20": Quirk(
        what="empty arguments of a call that needs none",
        who="Claude through OpenRouter, GLM, OpenAI",
        body=frames(
            """
            {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"call_a","function":{"name":"now","arguments":""}}]}}]}
            {"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}]}
            [DONE]
            """
        ),
        calls=(("call_a", "now", "{}"),),
    ),
    "C21": Quirk(
        what="content is null beside calls, in each chunk",
        who="OpenAI, Qwen, Groq, DeepSeek",
        body=frames(
            r"""
            {"choices":[{"index":0,"delta":{"role":"assistant","content":null,"tool_calls":[{"index":0,"id":"call_a","function":{"name":"add","arguments":"{\"a\""}}]}}]}
            {"choices":[{"index":0,"delta":{"content":null,"tool_calls":[{"index":0,"function":{"arguments":":1}"}}]}}]}
            {"choices":[{"index":0,"delta":{"content":null},"finish_reason":"tool_calls"}]}
            [DONE]
            """
        ),
        calls=(CALL_A,),
    ),
    "C22": Quirk(
        what="content is a list of thinking and text",
        who="Mistral",
        body=frames(
            """
            {"choices":[{"index":0,"delta":{"content":[{"type":"thinking","thinking":[{"type":"text","text":"Hm."}]}]}}]}
            {"choices":[{"index":0,"delta":{"content":[{"type":"text","text":"H"}]}}]}
            {"choices":[{"index":0,"delta":{"content":"i"},"finish_reason":"stop"}]}
            [DONE]
            """
        ),
        text="Hi",
        reasoning="Hm.",
    ),
    "C23": Quirk(
        what="reasoning under four names, and in the text",
        who="DeepSeek and Qwen, Ollama and Groq, OpenRouter, local servers",
        body=frames(
            r"""
            {"choices":[{"index":0,"delta":{"reasoning_content":"One. "}}]}
            {"choices":[{"index":0,"delta":{"reasoning":"Two. "}}]}
            {"choices":[{"index":0,"delta":{"reasoning":"Three. ","reasoning_details":[{"type":"reasoning.text","text":"Three. ","index":0}]}}]}
            {"choices":[{"index":0,"delta":{"reasoning_details":[{"type":"reasoning.summary","summary":"Four.","index":1}]}}]}
            {"choices":[{"index":0,"delta":{"content":"<think>"}}]}
            {"choices":[{"index":0,"delta":{"content":" Five.</th"}}]}
            {"choices":[{"index":0,"delta":{"content":"ink>\n\nHi"},"finish_reason":"stop"}]}
            [DONE]
            """
        ),
        text="Hi",
        reasoning="One. Two. Three. Four.Five.",
    ),
    "C24": Quirk(
        what="no finish reason, every field there and empty",
        who="Snowflake Cortex",
        body=frames(
            r"""
            {"id":"","choices":[{"index":0,"finish_reason":"","delta":{"role":"assistant","content":"","function_call":{"name":"","arguments":""},"audio":{"id":"","data":""},"tool_calls":null}}]}
            {"id":"","choices":[{"index":0,"finish_reason":"","delta":{"content":"","tool_calls":[{"index":0,"id":"call_a","type":"function","function":{"name":"add","arguments":"{\"a\":1}"},"custom":{"name":"","input":""}}]}}]}
            {"id":"","choices":[],"usage":{"prompt_tokens":7,"completion_tokens":3,"total_tokens":10}}
            [DONE]
            """
        ),
        calls=(CALL_A,),
        tokens=(7, 3),
    ),
    "C25": Quirk(
        what="finish reason stop although there are calls",
        who="Ollama",
        body=frames(
            r"""
            {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"call_a","function":{"name":"add","arguments":"{\"a\":1}"}}]},"finish_reason":null}]}
            {"choices":[{"index":0,"delta":{"content":""},"finish_reason":"stop"}]}
            [DONE]
            """
        ),
        calls=(CALL_A,),
    ),
    "C26": Quirk(
        what="an empty role",
        who="MiniMax",
        body=frames(
            """
            {"choices":[{"index":0,"delta":{"role":"","content":"Hi"}}]}
            {"choices":[{"index":0,"delta":{"role":""},"finish_reason":"stop"}]}
            [DONE]
            """
        ),
        text="Hi",
    ),
    "C27": Quirk(
        what="texts and arguments that look false",
        who="xAI",
        body=frames(
            r"""
            {"choices":[{"index":0,"delta":{"content":"0"}}]}
            {"choices":[{"index":0,"delta":{"content":"0"}}]}
            {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"call_a","function":{"name":"add","arguments":"{\"a\":"}}]}}]}
            {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"0"}}]}}]}
            {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"}"}}]},"finish_reason":"tool_calls"}]}
            [DONE]
            """
        ),
        text="00",
        calls=(("call_a", "add", '{"a":0}'),),
    ),
    "C28": Quirk(
        what="several choices between each other",
        who="OpenAI",
        body=frames(
            """
            {"choices":[{"index":0,"delta":{"content":"H"}}]}
            {"choices":[{"index":1,"delta":{"content":"Good"}}]}
            {"choices":[{"index":1,"delta":{"content":"bye"}},{"index":0,"delta":{"content":"i"}}]}
            {"choices":[{"index":1,"delta":{},"finish_reason":"length"}]}
            {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}
            [DONE]
            """
        ),
        text="Hi",
    ),
    "C29": Quirk(
        what="filtered, with nothing said, and an error inside the choice",
        who="Azure, and an aggregate of many",
        body=b"""{"id":"c","object":"chat.completion","choices":[{"index":0,"finish_reason":"content_filter",
        "message":{"role":"assistant","content":null},"content_filter_result":{"error":{
        "code":"content_filter_error","message":"The contents are not filtered"}}}]}""",
        status="incomplete",
        reason="content_filter",
    ),
    "C30": Quirk(
        what="JSON although a stream was asked for",
        who="some",
        body=b"""{"id":"c","object":"chat.completion","choices":[{"index":0,"finish_reason":"stop",
        "message":{"role":"assistant","content":"Hi"}}],"usage":{"prompt_tokens":7,"completion_tokens":3}}""",
        text="Hi",
        tokens=(7, 3),
    ),
    "C31": Quirk(what="a web page, with 200 or 502", who="wrong addresses, Cloudflare"),
    "C32": Quirk(
        what="a chunk of moderation only",
        who="OpenAI",
        body=frames(
            """
            {"choices":[{"index":0,"delta":{"content":"Hi"}}]}
            {"choices":[],"moderation":{"flagged":false}}
            {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}
            [DONE]
            """
        ),
        text="Hi",
        raw={"moderation": {"flagged": False}},
    ),
    "C33": Quirk(
        what="the server dies in the middle",
        who="vLLM",
        body=frames("""{"choices":[{"index":0,"delta":{"content":"Hi"}}]}"""),
        text="Hi",
        status="truncated",
    ),
}
