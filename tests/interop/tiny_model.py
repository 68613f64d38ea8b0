"""A chat model of some fifty thousand weights that knows three answers by heart.

    python tiny_model.py FOLDER

Runs where torch and transformers are, not in the tests' own environment.
"""

from __future__ import annotations

import sys
from pathlib import Path

import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers
from transformers import PreTrainedTokenizerFast, Qwen2Config, Qwen2ForCausalLM

START, END = "<|im_start|>", "<|im_end|>"
CALL = '{"name": "get_weather", "arguments": {"city": "Paris"}}'
KNOWN = [
    ("user", "Say hello.", "Hello! How can I help?"),
    ("user", "What is the weather in Paris?", f"<tool_call>\n{CALL}\n</tool_call>"),
    ("tool", "sunny, 18 degrees", "It is sunny in Paris."),
]
# Only the last message is shown to the model. Jinja drops a line's end at the template's own end.
TEMPLATE = (
    "{% set last = messages[-1] %}"
    f"{START}{{{{ last.role }}}}\n{{{{ last.content }}}}{END}\n{START}assistant{{{{ '\\n' }}}}"
)
MOST_STEPS, GOOD_ENOUGH = 2000, 0.01


def make_tokenizer() -> PreTrainedTokenizerFast:
    """A byte is a token."""
    vocabulary = {byte: at for at, byte in enumerate(sorted(pre_tokenizers.ByteLevel.alphabet()))}
    tokenizer = Tokenizer(models.BPE(vocab=vocabulary, merges=[]))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens([START, END])
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        eos_token=END,
        pad_token=END,
        chat_template=TEMPLATE,
        clean_up_tokenization_spaces=False,
    )


def make_model(tokenizer: PreTrainedTokenizerFast) -> Qwen2ForCausalLM:
    """A Qwen model, since the server looks for tool calls in what those say."""
    config = Qwen2Config(
        vocab_size=len(tokenizer),
        hidden_size=64,
        intermediate_size=128,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=4,
        max_position_embeddings=2048,
        bos_token_id=None,
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.eos_token_id,
    )
    return Qwen2ForCausalLM(config)


def examples(tokenizer: PreTrainedTokenizerFast) -> list[tuple[torch.Tensor, torch.Tensor]]:
    """What is known, laid out as the server will: the tokens, and those of them to be learnt."""
    made = []
    for role, asked, answer in KNOWN:
        message = [{"role": role, "content": asked}]
        prompt = tokenizer.apply_chat_template(message, tokenize=False)
        before = tokenizer.encode(prompt, add_special_tokens=False)
        after = tokenizer.encode(answer + END, add_special_tokens=False)
        labels = [-100] * len(before) + after  # what is asked need not be learnt
        made.append((torch.tensor([before + after]), torch.tensor([labels])))
    return made


def train(model: Qwen2ForCausalLM, known: list[tuple[torch.Tensor, torch.Tensor]]) -> None:
    """Repeat until it is known by heart."""
    optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3)
    for _ in range(MOST_STEPS):
        losses = torch.stack([model(input_ids=ids, labels=labels).loss for ids, labels in known])
        if losses.max().item() < GOOD_ENOUGH:
            return
        optimizer.zero_grad()
        losses.mean().backward()
        optimizer.step()
    raise SystemExit("the model did not learn its answers")


def main(folder: Path) -> None:
    """Make, train and save."""
    torch.manual_seed(1)
    torch.set_num_threads(1)
    tokenizer = make_tokenizer()
    model = make_model(tokenizer)
    train(model, examples(tokenizer))
    model.generation_config.do_sample = False
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
