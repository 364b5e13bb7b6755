"""What a paper is known again by: its people, the tests it was measured on, what it claims.

>>> person("Anna-Lena Kühn"), person("J. R. Brown")
('annalena kuhn', 'j brown')
>>> is_common("wei zhang"), is_common("annalena kuhn")
(True, False)
>>> sorted(named_in(["We measure on SWE-bench Verified and on 12 tasks of GSM8K."]))
['gsm8k', 'swebench', 'swebenchverified']
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from podcast.grounding import names
from podcast.grounding.units import words
from podcast.show.schema import Brief, Paper

_TOLD = ("tldr", "task", "experiments.", "idea.", "implication")
"""Where a brief names what the paper was measured on, beside `experiments.datasets`."""
_EVERYWHERE = frozenset(names.key(word) for word in words(
    "ImageNet-1K LLM LLMs VLM MLLM GPT GPT-2 GPT-3 GPT-4 GPT-4o GPT-5 ChatGPT BERT RoBERTa T5 Llama Qwen Claude Gemini "
    "Gemma Mistral Mixtral DeepSeek Phi CLIP ViT ResNet DINOv2 U-Net UNet GAN VAE RNN LSTM CNN MLP DiT MoE Transformer "
    "Transformers PyTorch JAX CUDA Python Java Adam AdamW SGD SFT RLHF RL PPO DPO GRPO LoRA QLoRA RAG FID BLEU ROUGE "
    "F1 mAP IoU mIoU PSNR SSIM LPIPS AUC ROC WER CER A100 H100 V100 H200 RTX TPU TPUv4 NVIDIA AMD OpenAI Google Meta "
    "Microsoft Anthropic Alibaba English Chinese FP8 FP16 BF16 INT8 INT4 ID OOD 2D 3D 4D SOTA QA VQA OCR ASR TTS NLP "
    "API CoT ReAct HuggingFace HF GitHub Wikipedia CommonCrawl arXiv"
))  # fmt: skip
"""Names that say nothing of what a paper was measured on: models, metrics, machines, places."""
_FAMILIES = re.compile(r"(?:gpt|llama|qwen|claude|gemini|gemma|mistral|deepseek|phi|vit|resnet|bert|clip|o)-?\d")
_SURNAMES = words(
    "wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he lin gao luo zheng liang xie tang song deng "
    "feng han cao zeng peng xiao pan yu dong su ye lu jiang cai jia ding wei fan shi ren lee kim park choi jung kang "
    "cho yoon jang lim nguyen tran le pham singh kumar sharma gupta smith johnson brown jones miller davis garcia "
    "martinez rodriguez silva muller schmidt tanaka sato suzuki wong chan ng tan"
)
"""Family names that so many bear that one whole name is no sign of one person."""
_DATA = ("experiments.datasets",)
_ON = r"(?<!\w)(?<!based )(?<!built )(?<!trained )(?<!relies )on (?:the )?"
_OF = r"(?<!\w)(?:tasks?|questions?|problems?|examples?|cases?|issues?|pictures|images|videos) (?:of|in|from) (?:the )?"
_CROWD = 40
"""Authors from which on two in common are no sign of the same group."""


@dataclass(frozen=True)
class Profile:
    """A paper with its brief, as it is compared with others."""

    title: str
    authors: tuple[str, ...]
    tests: Mapping[str, str]
    """What it says it was measured on: each name by its key."""
    named: frozenset[str]
    """Keys of all names in what it says of its experiments."""
    claims: Mapping[str, str]
    """Texts by path."""

    @property
    def people(self) -> Mapping[str, str]:
        """Its authors by their keys."""
        return {person(name): name for name in self.authors}

    def mentions(self, path: str, key: str) -> bool:
        """Tell whether the claim names the test."""
        return key in named_in([self.claims[path]])


def of(paper: Paper, brief: Brief) -> Profile:
    """Return the paper's profile by its brief."""
    return made(paper.title, paper.authors, {path: claim.text for path, claim in brief.claims().items()})


def made(title: str, authors: Sequence[str], claims: Mapping[str, str]) -> Profile:
    """Return the profile of a paper with these claims."""
    telling = [text for path, text in claims.items() if path.startswith(_TOLD)]
    data = named_in(text for path, text in claims.items() if path.startswith(_DATA))
    return Profile(title, tuple(authors), {**_measured(telling), **data}, frozenset(named_in(telling)), claims)


def _measured(texts: Iterable[str]) -> Mapping[str, str]:
    """Return the names on which the texts say that something was measured, and what came of it.

    >>> sorted(_measured(["It reaches 61% on StepBench, built on FastNet.", "It solves 9% of the tasks of HopBench."]))
    ['hopbench', 'stepbench']
    """
    found = ((text, key, name) for text in texts for key, name in named_in([text]).items())
    return {
        key: name for text, key, name in found
        if re.search(r"\d", text) and re.search(rf"(?:{_ON}|{_OF}){re.escape(name)}(?!\w)", text)
    }  # fmt: skip


def named_in(texts: Iterable[str]) -> Mapping[str, str]:
    """Return the names in the texts that may be of a test or a data set, by key: whole ones, and their first words."""
    found: dict[str, str] = {}
    for text in texts:
        for run in names.runs(text):
            said = [word for word in run if not (word.initial and not word.firm)]
            for count in range(len(said), 0, -1):
                name = " ".join(word.text for word in said[:count])
                if names.claims(said[0], "en") and not _is_everywhere(name):
                    found.setdefault(names.key(name), name)
    return found


def _is_everywhere(name: str) -> bool:
    return names.key(name) in _EVERYWHERE or bool(_FAMILIES.match(name.lower())) or len(names.key(name)) < 3


def person(name: str) -> str:
    """Return what is the same for all spellings of a name: first and last name, no accents, no signs."""
    plain = unicodedata.normalize("NFKD", name)
    parts = ["".join(sign for sign in part if sign.isalpha()) for part in plain.casefold().split()]
    parts = [part for part in parts if part]
    return f"{parts[0]} {parts[-1]}" if len(parts) > 1 else "".join(parts)


def is_common(key: str) -> bool:
    """Tell whether several people of the field may well bear the name: its family name is a common one, or its first
    name an initial."""
    first, _, last = key.partition(" ")
    return last in _SURNAMES or first in _SURNAMES or len(first) < 2 or not last


def same_people(one: Sequence[str], other: Sequence[str]) -> tuple[str, ...]:
    """Return the authors that two papers share, where that is a sign of one group, as the first spells them: two, of
    whom one has no common name, or a first or last author of both whose name is not common; of long lists more.

    >>> same_people(["Ana Lima", "Wei Zhang"], ["Wei Zhang", "Ana Lima"]), same_people(["Wei Zhang"], ["Wei Zhang"])
    (('Ana Lima', 'Wei Zhang'), ())
    """
    mine, theirs = {person(name): name for name in one}, {person(name) for name in other}
    shared = [key for key in mine if key in theirs]
    rare = [key for key in shared if not is_common(key)]
    few = max(len(one), len(other)) < _CROWD
    ends = [{person(authors[0]), person(authors[-1])} if authors else set[str]() for authors in (one, other)]
    leading = [key for key in rare if key in ends[0] & ends[1]]
    enough = leading or (few and len(shared) > 1 and rare) or len(rare) > 2
    return tuple(mine[key] for key in dict.fromkeys((*leading, *shared))) if enough else ()
