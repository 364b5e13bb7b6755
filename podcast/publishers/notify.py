"""Others are told of a publish or a run: a WebSub hub, and addresses of the producer's own. Nothing fails by it."""

import logging
import os
import time
from collections.abc import Mapping
from typing import Any

from podcast.show import passing

log = logging.getLogger(__name__)

_TIMEOUT = 10.0
"""Seconds without a byte before an address is given up."""
_PAUSES = (0.2, 1.0)
"""Seconds before it is told again, where what it answers passes."""


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


def ping(variable: str) -> bool:
    """Call the address that the environment variable holds; return whether it answered. The address is never shown."""
    address = os.environ.get(variable, "")
    if not address:
        log.warning("nobody is told that the run went well: %s is not set", variable)
        return False
    return _post(address, f"the address in {variable}", {})


def _post(address: str, name: str, body: Mapping[str, Any]) -> bool:
    import requests

    for pause in (*_PAUSES, None):
        try:
            answer = requests.post(address, timeout=_TIMEOUT, allow_redirects=False, **body)
        except (requests.RequestException, UnicodeError) as error:
            trouble = f"cannot be told: it {passing.silence(error, address)[0]}"
            passes = isinstance(error, requests.ConnectionError | requests.Timeout)
        else:
            if answer.ok and not answer.is_redirect:
                break
            trouble = f"does not take what it is told: it answers {answer.status_code}"
            passes = passing.of("hub", answer.status_code) is passing.Ends.AGAIN
        if not passes or pause is None:
            log.warning("%s %s", name, trouble)
            return False
        time.sleep(pause)
    log.info("%s is told", name)
    return True
