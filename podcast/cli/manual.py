"""What help says of the commands: the needs they answer, and examples that can be typed as they stand."""

from collections.abc import Mapping
from types import MappingProxyType

NEEDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "Begin": ("new", "cover", "doctor"),
        "Make": ("make", "trailer", "fetch", "read", "write", "record", "mix", "digest"),
        "Mend what was heard": ("desk", "fix", "mark", "script", "regenerate", "play", "notes"),
        "Publish": ("publish", "serve", "run"),
        "Look after": ("status", "voices", "config", "watermark", "backup", "clean", "prune"),
    }
)
"""The commands by what a person has in mind, in the order of `podcast --help`. A test holds it to be all of them."""

EXAMPLES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "": {
            "podcast make --demo": "three episodes out of the built-in day: no key, no network",
            "podcast serve": "the page and the feed, on this machine",
            "podcast new my-show": "a show of your own",
            "podcast -C my-show make latest": "the last complete day of Daily Papers",
            "podcast fix 1:12": "something wrong was heard there",
        },
        "new": {
            "podcast new my-show": "",
            "podcast new my-show --with systemd": "with a timer that runs it every day",
            "podcast new meine-show --language de": "and what a show in German needs",
        },
        "make": {
            "podcast make --demo": "the built-in day",
            "podcast make latest --top 3": "the last complete day, its three most upvoted papers",
            "podcast make 2025-09-12": "that day",
            "podcast make 2025-09-08..2025-09-12": "each of those days",
            "podcast make 2025-01-01..2025-06-30 --dry-run": "what those are, and what they take",
            "podcast make 2025-01-01..2025-06-30 --on ray": "many papers at once, by Ray",
            "podcast make --week 2025-W37 --top 5": "the best of a week",
            "podcast make 2509.09666": "that paper",
            "podcast make 10.1038/nphys1170 paper.pdf": "a DOI and a file of yours",
            "podcast make 2025-09-12 --papers day.json": "without the network",
        },
        "trailer": {
            "podcast trailer": "before the first episode, for directories",
            "podcast trailer --again": "anew, after title, hosts or description changed",
        },
        "digest": {
            "podcast digest latest": "all formats that [digest] names",
            "podcast digest 2025-09-12 --format table --top 10": "",
            "podcast digest --week last": "the week that is over",
            "podcast digest latest --mail --dry-run": "what would go to [digest.mail] to",
        },
        "fetch": {"podcast fetch latest": "", "podcast fetch 2025-09-12 --refresh": "what moved since it was read"},
        "read": {"podcast read 2025-09-12": "", "podcast read 2509.01234 --dry-run": "what a model would be asked"},
        "write": {"podcast write 2025-09-12": "", "podcast write 2509.01234 --dry-run": "what a model would be asked"},
        "record": {"podcast record 2025-09-12": "", "podcast record 2509.01234 --voice A=hibari-heart": ""},
        "mix": {"podcast mix 2025-09-12": "", "podcast mix 2509.01234": ""},
        "script": {
            "podcast script latest": "the script of the latest episode",
            "podcast script 7 --at 3:12": "which line of episode 7 is heard there",
            "podcast script latest --grep attention": "the lines that hold a word",
            "podcast script 7 --edit": "the whole script in $EDITOR",
        },
        "fix": {
            "podcast fix --marks": "one mark after the other",
            "podcast fix 1:12": "the line heard there in the latest episode, in your editor",
            "podcast fix 7 1:12 s/fifty/fifteen/": "one word of it, in episode 7",
            "podcast fix http://127.0.0.1:8000/episodes/2025-01-06-1706.03762/#t=72": "a link to a moment of the page",
        },
        "mark": {
            'podcast mark 3:12 "wrong author"': "in the latest episode",
            'podcast mark 7 3:12 "wrong author"': "in episode 7",
            "podcast mark": "all marks",
            "podcast mark 7 3:12 --done": "it needs no mending",
        },
        "regenerate": {
            'podcast regenerate 7 --line 17 --text "It costs fifteen percent more."': "",
            "podcast regenerate 7 --line 17 --host B": "the other host says it",
            "podcast regenerate 7 --retake 17": "the same words, recorded again",
            "podcast regenerate 7 --delete-line 17": "",
            "podcast regenerate 7 --voice A=hibari-heart": "another voice, in this episode",
            "podcast regenerate 7 --from write": "a new script, and all after it",
            "podcast regenerate 7 --undo": "the script before the last change",
        },
        "notes": {"podcast notes latest": "", "podcast notes 7 --html": "as the feed has them"},
        "play": {"podcast play latest": "", "podcast play 7 --line 17": "one line of it"},
        "clean": {
            "podcast clean --dry-run": "what would go",
            "podcast clean --demo": "the built-in day leaves the show",
        },
        "prune": {
            "podcast prune --older-than 90d": "says what would go, and asks",
            "podcast prune --older-than 1y --mixes --yes": "",
        },
        "publish": {
            "podcast publish": "",
            "podcast publish --check": "hold feed/ to the rules of directories and apps",
            "podcast publish --check https://show.example.org/feed.xml": "a host too",
            "podcast publish --withdraw 2509.01234": "take an episode out",
            "podcast publish --moved-from https://old.example.org/": "what to lay at the old address",
        },
        "run": {"podcast run": "what a timer calls", "podcast run --days 14 --json": "two weeks back, told as JSON"},
        "desk": {"podcast desk": "", "podcast -C my-show desk --port 9000": ""},
        "serve": {"podcast serve": "", "podcast serve --open --port 8080": ""},
        "status": {
            "podcast status": "every paper there is something of",
            "podcast status 2025-09-12": "who was chosen that day, and why",
            "podcast status --since 2d": "exit code 1 where a day of the last two is missing or not whole",
        },
        "watermark": {
            "podcast watermark latest": "the latest episode's MP3",
            "podcast watermark found.mp3 --by perth": "any sound",
        },
        "voices": {"podcast voices": "", 'podcast voices try hibari-heart "Hello."': "play it"},
        "voices try": {
            'podcast voices try hibari-heart "Hello."': "play it",
            'podcast voices try --all "Hello." --page samples': "a page of all to listen to",
        },
        "voices add": {"podcast voices add de_DE-thorsten-medium": ""},
        "voices upgrade": {"podcast voices upgrade": ""},
        "voices say": {'podcast voices say "3.5x faster on ILSVRC"': "as it is spoken"},
        "config": {
            "podcast config": "",
            "podcast config --schema": "what editors complete and check podcast.toml by",
        },
        "backup": {
            "podcast backup my-show.tar": "",
            "podcast -C my-show backup /mnt/my-show.tar --no-takes": "the least that is needed",
        },
        "cover": {"podcast cover": "after the title changed"},
        "doctor": {"podcast doctor": "", "podcast doctor --json": ""},
    }
)
"""For each command, what to type, and in words what it does where that is not plain."""
