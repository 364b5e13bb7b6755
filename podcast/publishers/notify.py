"""Others are told of a publish or a run: a WebSub hub, and an address of the producer's own. Nothing fails by it."""

import logging
import os
from collections.abc import Mapping
from typing import Any

log = logging.getLogger(__name__)

_TIMEOUT = 10.0
"""Seconds without a byte before an address is given up."""


def websub(hub: str, feed_url: str) -> bool:
    """Tell the hub that the feed is new (WebSub 6: publishers notify their hub); return whether it took it."""
    return _post(hub, f"the hub {hub}", {"data": {"hub.mode": "publish", "hub.url": feed_url}})


def webhook(variable: str, text: str, data: Mapping[str, Any]) -> bool:
    """Send the text, in the shape Slack takes, and the data beside it; return whether they were taken.

    `variable` names the environment variable that holds the address, which often is a secret: it is never shown.
    """
    address = os.environ.get(variable, "")
    if not address:
        log.warning("the webhook is not told: %s is not set", variable)
        return False
    return _post(address, f"the webhook in {variable}", {"json": {"text": text, **data}})


def _post(address: str, name: str, body: Mapping[str, Any]) -> bool:
    import requests

    try:
        answer = requests.post(address, timeout=_TIMEOUT, allow_redirects=False, **body)
    except (requests.RequestException, UnicodeError) as error:
        log.warning("%s cannot be told: %s", name, type(error).__name__)  # its own words hold the address
        return False
    if not answer.ok or answer.is_redirect:
        log.warning("%s does not take what it is told: it answers %d", name, answer.status_code)
        return False
    log.info("%s is told", name)
    return True
