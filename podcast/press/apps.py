"""Podcast apps that open a feed by a link, so that a listener subscribes in one tap."""

import re
from urllib.parse import quote

LINKS = {
    "Apple Podcasts": "podcast://{bare}",
    "Overcast": "overcast://x-callback-url/add?url={quoted}",
    "Pocket Casts": "pktc://subscribe/{bare}",
    "AntennaPod": "https://antennapod.org/deeplink/subscribe?url={quoted}&title={title}",
    "Podcast Addict": "https://podcastaddict.com/feed/{quoted}",
}
"""What each app opens: a scheme that it registers, or an address of its makers that opens it. {bare} is the feed's
address without its scheme. AntennaPod's: antennapod.org/documentation/podcasters-hosters/add-on-antennapod."""


OF_THIS_DEVICE = ("Apple Podcasts",)
"""Apps that fetch a feed themselves; others' makers do, or lead there by a page of theirs, and learn the address."""


def links(feed: str, title: str, *, private: bool = False) -> dict[str, str]:
    """Return each app's link to the feed, by the app's name; of a private one, only where nobody else learns it."""
    bare = re.sub(r"^https?://", "", feed)
    return {
        app: link.format(bare=bare, quoted=quote(feed, safe=""), title=quote(title, safe=""))
        for app, link in LINKS.items()
        if not private or app in OF_THIS_DEVICE
    }
