"""Our own rules, run over what was published: the feed's bytes, the folder, and what HTTP shows of it.

Each rule is a sentence that names whose it is: Apple's, PSP-1's, the podcast namespace's, an app's.
"""

from podcast.check.document import feed
from podcast.check.rules import Failure, Rule

__all__ = ["Failure", "Rule", "feed"]
