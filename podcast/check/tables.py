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

LANGUAGES = (
    "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en "
    "eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja "
    "jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb "
    "nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so "
    "sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu "
)
"""ISO 639-1, all of it. A language without a code there has one of three letters; of those the shape is asked."""

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
