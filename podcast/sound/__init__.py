"""Sound in memory and in files: ffmpeg, loudness, pauses and all that is on the timeline, the mix and its tags.

It may use show, and knows nothing of papers or words; the jingle of every show lies here.
"""
