"""The desk: a page on this machine on which an episode is heard, mended and published. What it keeps are the show's
own files, so it may be ended at any moment; it may use every wing but the commands, which start it."""
