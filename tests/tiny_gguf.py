"""A language model of a megabyte, made on the spot, and the real llama.cpp server that serves it.

It knows one thing: which letter follows which. As llama weights that is an embedding that tells letters apart, layers
that do nothing, and an output that holds the logarithms of the chances. It says no figures and no capitals.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import gguf
import numpy as np

_WIDTH, _HEADS = 256, 4
_UNKNOWN, _BEGIN, _END = 0, 1, 2
_SIGNS = ["\n", *map(chr, range(32, 127))]
_WORDS = "a we they it this that model paper sorts weighs keeps finds small large stones pebbles well often and then"

TEMPLATE = "{% for message in messages %}{{ message.content }}\n{% endfor %}"


def make(path: Path, context: int = 4096) -> Path:
    """Write the model to `path`: words and JSON's signs follow one another, strings end, and so do answers."""
    names = ["<unk>", "<s>", "</s>", *_SIGNS]
    place = {name: at for at, name in enumerate(names)}
    chances = np.full((len(names), len(names)), 1e-6)
    words = _WORDS.split()
    told = Counter(pairwise(" ".join(a + " " + b for a in words for b in words)))
    for (before, after), times in told.items():
        chances[place[before], place[after]] += times
    for letter in set(_WORDS) - {" "}:
        chances[place[letter], place['"']] += 0.25 * chances[place[letter]].sum()  # a string is some four words long
    for before, after in (('"', ",:}]abcdefghilmoprstw"), ("{", '"'), ("[", '"{'), (":", '"[{123'), (",", '"{')):
        for sign in after:
            chances[place[before], place[sign]] += 1
    for sign in "0123456789":
        for after in "},]0123456789":
            chances[place[sign], place[after]] += 1
    for sign in "}]":
        for after in "},]":
            chances[place[sign], place[after]] += 1
    chances[place["}"], _END] += 3
    chances[place["\n"], [place["{"], place["a"], place["w"], _END]] += 1
    chances[:3] = chances[place["\n"]]
    logs = np.log(chances / chances.sum(axis=1, keepdims=True))

    # a one-hot row is normalised to sqrt(width) of itself, and the output undoes that
    embedding = np.eye(len(names), _WIDTH, dtype=np.float32)
    output = np.zeros((len(names), _WIDTH), dtype=np.float32)
    output[:, : len(names)] = logs.T / np.sqrt(_WIDTH)

    writer = gguf.GGUFWriter(str(path), "llama")
    writer.add_name("tiny")
    writer.add_context_length(context)
    writer.add_embedding_length(_WIDTH)
    writer.add_block_count(1)
    writer.add_feed_forward_length(_WIDTH)
    writer.add_head_count(_HEADS)
    writer.add_head_count_kv(_HEADS)
    writer.add_layer_norm_rms_eps(1e-6)
    writer.add_rope_dimension_count(_WIDTH // _HEADS)
    writer.add_tokenizer_model("llama")
    writer.add_token_list([name.replace(" ", "▁") if len(name) == 1 else name for name in names])
    writer.add_token_scores([0.0] * len(names))
    special = [gguf.TokenType.UNKNOWN, gguf.TokenType.CONTROL, gguf.TokenType.CONTROL]
    writer.add_token_types([*special, *[gguf.TokenType.NORMAL] * len(_SIGNS)])
    writer.add_bos_token_id(_BEGIN)
    writer.add_eos_token_id(_END)
    writer.add_unk_token_id(_UNKNOWN)
    writer.add_add_space_prefix(False)
    writer.add_chat_template(TEMPLATE)
    still = np.zeros((_WIDTH, _WIDTH), dtype=np.float32)
    writer.add_tensor("token_embd.weight", embedding)
    writer.add_tensor("output_norm.weight", np.ones(_WIDTH, dtype=np.float32))
    writer.add_tensor("output.weight", output)
    for name in ("attn_q", "attn_k", "attn_v", "attn_output", "ffn_gate", "ffn_up", "ffn_down"):
        writer.add_tensor(f"blk.0.{name}.weight", still)
    for name in ("attn_norm", "ffn_norm"):
        writer.add_tensor(f"blk.0.{name}.weight", np.ones(_WIDTH, dtype=np.float32))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


@contextmanager
def serving(folder: Path, context: int = 4096) -> Iterator[str]:
    """Give the base_url of a llama.cpp server in this process that serves the model; its port is its own."""
    import xllamacpp

    parameters = xllamacpp.CommonParams()
    parameters.model.path = str(make(folder / "tiny.gguf", context))
    parameters.model_alias = {"tiny"}
    parameters.n_ctx = context
    parameters.n_parallel = 1
    parameters.n_gpu_layers = 0
    parameters.warmup = False
    parameters.cpuparams.n_threads = 1
    parameters.cpuparams_batch.n_threads = 1
    parameters.sampling.seed = 7
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = 0
    parameters.verbosity = 0
    server = xllamacpp.Server(parameters)
    yield f"{server.listening_address}/v1"
    del server
