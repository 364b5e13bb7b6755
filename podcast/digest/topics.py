"""What a paper is about, in a few headings: by the words of its title and abstract, and by its arXiv category."""

import re
from types import MappingProxyType

from podcast.show.schema import Paper

_WORDS = MappingProxyType({
    "Agents and tools": (
        r"agents?(?! models?)", r"agentic(?! (?:models?|foundation))",
        r"tool[- ](?:use|calling|integrated)", r"web browsing", r"GUI", r"computer use",
    ),
    "Reasoning and reinforcement learning": (
        r"reasoning", r"reinforcement learning", r"RLVR", r"RLHF", r"RL", r"GRPO", r"PPO", r"chain[- ]of[- ]thought",
        r"test-time", r"verifiable rewards?", r"math(?:ematical)?", r"theorems?",
    ),
    "Images, video and 3D": (
        r"diffusion", r"text-to-(?:image|video)", r"image (?:generation|editing|synthesis|recognition)", r"videos?",
        r"3D", r"4D", r"gaussian splatting", r"NeRF", r"segmentation", r"rendering", r"scenes?", r"avatars?",
        r"animation", r"flow matching", r"view synthesis", r"LiDAR",
        r"inpainting", r"radiance fields", r"image classification", r"object detection",
    ),
    "Vision and language": (
        r"vision[- ]language", r"VLMs?", r"multimodal", r"MLLMs?", r"visual question", r"image[- ]text", r"OCR",
        r"captioning", r"document (?:understanding|parsing)",
    ),
    "Robots and embodied models": (
        r"robot\w*", r"vision[- ]language[- ]action", r"VLA", r"embodied", r"manipulation", r"locomotion", r"driving",
    ),
    "Speech and sound": (r"speech", r"audio", r"music", r"voices?", r"text-to-speech", r"TTS", r"ASR", r"sounds?"),
    "Language models": (
        r"L?LMs?", r"language models?", r"foundation models?", r"open[- ]weights?", r"base models?",
        r"pre-?training", r"tokeni[sz]\w+", r"transformers?", r"long[- ]context",
        r"instruction[- ]tuning", r"translation", r"text generation", r"retrieval[- ]augmented", r"RAG",
    ),
    "Speed, size and training": (
        r"quanti[sz]ation", r"pruning", r"distillation", r"sparse attention", r"efficien\w+", r"speed-?ups?",
        r"optimi[sz]ers?", r"low-rank", r"LoRA", r"mixture[- ]of[- ]experts", r"KV cache", r"GPUs?", r"kernels?",
    ),
    "Data and benchmarks": (r"benchmarks?", r"data ?sets?", r"leaderboards?", r"annotations?", r"corpus"),
    "Science and medicine": (
        r"proteins?", r"molecul\w+", r"medical", r"clinical", r"biolog\w+", r"chemi\w+", r"physic\w+",
        r"scientific discovery", r"genom\w+", r"weather",
    ),
})  # fmt: skip

_CATEGORIES = MappingProxyType({
    "cs.CL": "Language models", "cs.CV": "Images, video and 3D", "cs.RO": "Robots and embodied models",
    "cs.SD": "Speech and sound", "eess.AS": "Speech and sound", "cs.MA": "Agents and tools",
    "eess.IV": "Images, video and 3D", "cs.GR": "Images, video and 3D", "q-bio": "Science and medicine",
    "physics": "Science and medicine",
})  # fmt: skip

OTHER = "Other topics"
TOPICS = (*_WORDS, OTHER)
"""In the order of the report."""

_IN_TITLE, _OF_CATEGORY, _MOST = 4, 2, 3
"""What a title's word counts against an abstract's; what the category counts; how often abstract words count."""


def topic(paper: Paper, category: str | None) -> str:
    """Return the topic that fits best; of equals the one that stands first."""
    points = dict.fromkeys(_WORDS, 0)
    for name, words in _WORDS.items():
        pattern = re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)
        points[name] += _IN_TITLE * len(pattern.findall(paper.title))
        points[name] += min(_MOST, len(pattern.findall(paper.summary)))
    known = _CATEGORIES.get(category or "") or _CATEGORIES.get((category or "").partition(".")[0])
    if known:
        points[known] += _OF_CATEGORY
    best = max(points, key=lambda name: points[name])
    return best if points[best] else OTHER
