"""What directories allow: categories, languages, types."""

CATEGORIES = {
    "Arts": "Books; Design; Fashion & Beauty; Food; Performing Arts; Visual Arts",
    "Business": "Careers; Entrepreneurship; Investing; Management; Marketing; Non-Profit",
    "Comedy": "Comedy Interviews; Improv; Stand-Up",
    "Education": "Courses; How To; Language Learning; Self-Improvement",
    "Fiction": "Comedy Fiction; Drama; Science Fiction",
    "Government": "",
    "Health & Fitness": "Alternative Health; Fitness; Medicine; Mental Health; Nutrition; Sexuality",
    "History": "",
    "Kids & Family": "Education for Kids; Parenting; Pets & Animals; Stories for Kids",
    "Leisure": "Animation & Manga; Automotive; Aviation; Crafts; Games; Hobbies; Home & Garden; Video Games",
    "Music": "Music Commentary; Music History; Music Interviews",
    "News": "Business News; Daily News; Entertainment News; News Commentary; Politics; Sports News; Tech News",
    "Religion & Spirituality": "Buddhism; Christianity; Hinduism; Islam; Judaism; Religion; Spirituality",
    "Science": "Astronomy; Chemistry; Earth Sciences; Life Sciences; Mathematics; Natural Sciences; Nature; Physics; "
    "Social Sciences",
    "Society & Culture": "Documentary; Personal Journals; Philosophy; Places & Travel; Relationships",
    "Sports": "Baseball; Basketball; Cricket; Fantasy Sports; Football; Golf; Hockey; Rugby; Running; Soccer; "
    "Swimming; Tennis; Volleyball; Wilderness; Wrestling",
    "Technology": "",
    "True Crime": "",
    "TV & Film": "After Shows; Film History; Film Interviews; Film Reviews; TV Reviews",
}
"""Apple's categories and the subcategories of each, as of podcasters.apple.com/support/1691."""

NAMESPACES = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "psc": "http://podlove.org/simple-chapters",
}

MEDIA = {
    ".mp3": ("audio/mpeg",),
    ".m4a": ("audio/x-m4a", "audio/mp4"),
    ".mp4": ("video/mp4", "audio/mp4"),
    ".m4v": ("video/x-m4v",),
    ".mov": ("video/quicktime",),
}
"""The types of an enclosure, by the ending of its address."""

TRANSCRIPTS = {
    "text/vtt", "application/x-subrip", "application/srt", "application/json", "text/html", "text/plain",
}  # fmt: skip

MEDIUMS = {"podcast", "music", "video", "film", "audiobook", "newsletter", "blog", "publisher", "course"}
MEDIUMS |= {f"{medium}L" for medium in MEDIUMS} | {"mixed"}
"""podcastindex.org's list; a trailing L is a list of such."""
