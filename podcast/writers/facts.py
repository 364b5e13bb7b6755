"""What a language model's server tells of itself: how much each request may hold, and how many it answers at once."""

import ipaddress
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from podcast.show import loopback

log = logging.getLogger(__name__)

_TIMEOUT = 5.0
"""Seconds: what is asked here lies ready, or is not there."""


@dataclass(frozen=True)
class Facts:
    """What is known; None for what the server does not say."""

    slots: int | None = None
    """Requests that are answered side by side."""
    context: int | None = None
    """Tokens that one request may hold, prompt and answer together."""
    models: tuple[str, ...] = ()


def is_own(url: str) -> bool:
    """Tell whether the address is on this machine or in a network of one's own, as a self-hosted server's is."""
    host = urlsplit(url).hostname or ""
    if _is_address(host):
        return ipaddress.ip_address(host).is_private
    return "." not in host or host.endswith((".local", ".lan", ".internal", ".home.arpa"))


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def ask(url: str, key: str, model: str = "") -> Facts:
    """Return what the server at this address tells: llama.cpp all, vLLM, LM Studio and Ollama the context.

    The context is that of the `model`, or of the only one. What cannot be had is left out; asking takes no tokens.
    """
    root = url.removesuffix("/v1")
    props, listed = _get(f"{root}/props", key), _get(f"{url}/models", key)
    data = listed.get("data")
    models = [one for one in data if isinstance(one, dict) and "id" in one] if isinstance(data, list) else []
    slots, context = _count(props.get("total_slots")), _count(_in(props, "default_generation_settings", "n_ctx"))
    for one in _meant(models, model, "id"):
        meta = one.get("meta") if isinstance(one.get("meta"), dict) else {}
        told = (_in({"meta": meta}, "meta", "n_ctx"), one.get("max_model_len"), one.get("loaded_context_length"))
        context = context or next((count for count in map(_count, told) if count), None)
    if context is None and is_own(url):
        running = _get(f"{root}/api/ps", key).get("models")  # Ollama
        listed_there = [one for one in running if isinstance(one, dict)] if isinstance(running, list) else []
        held = [_count(one.get("context_length")) for one in _meant(listed_there, model, "name")]
        context = next((count for count in held if count), None)
    return Facts(slots, context, tuple(str(one["id"]) for one in models))


def _meant(models: Sequence[dict[str, Any]], model: str, field: str) -> Sequence[dict[str, Any]]:
    """Return the models of that name, which Ollama says with a tag; where none is, the only one."""
    plain = model.removesuffix(":latest")
    named = [one for one in models if plain and str(one.get(field)).removesuffix(":latest") == plain]
    return named or (models if len(models) == 1 else ())


def _get(url: str, key: str) -> dict[str, Any]:
    import httpx2

    try:
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        answer = httpx2.get(url, timeout=_TIMEOUT, headers=headers, trust_env=not loopback.is_url(url))
        body = answer.json() if answer.status_code == 200 else {}
    except (httpx2.HTTPError, httpx2.InvalidURL, ValueError):
        return {}
    return body if isinstance(body, dict) else {"data": body}  # Together's list of models is bare


def _in(value: Any, *names: str) -> Any:
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _count(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 10_000_000 else None
