"""What the small voice learns from: sentences of a podcast on research, out of words and patterns written for it.

No text is taken from anywhere. The words were chosen by hand to hold the letter patterns of English, and the nouns
and verbs that people use who talk about papers; no sentence of the demo or of the tests is among them.
"""

import random


def _words(block: str) -> list[str]:
    """Return what stands between the bars."""
    return block.strip().replace("\n", "|").split("|")


PEOPLE = _words("""
the authors|the paper|the team|our listeners|the reviewers|a colleague|the engineers|people|researchers|students
the first author|the second host|the group|everyone|nobody|somebody|a friend of mine|the community|most readers
we|you|they
""")

NOUNS = _words("""
accuracy|ability|abstract|address|advice|agent|agreement|aim|algorithm|alphabet|amount|analysis|angle|animal
answer|appendix|approach|architecture|area|argument|article|artist|attempt|attention|audience|author|average
balance|baseline|batch|beam|bedroom|behavior|benchmark|benefit|bias|bird|block|board|body|bottleneck|boundary
box|brain|branch|bridge|brush|budget|building|camera|category|cause|cell|century|chain|challenge|chance|change
channel|chapter|character|chart|check|child|choice|church|circle|city|claim|class|classifier|clip|clock|cloud
cluster|code|coin|collection|color|column|comparison|compression|computer|concept|conclusion|condition
connection|constant|context|contrast|conversation|copy|corner|corpus|correction|cost|couple|course|coverage
criticism|crowd|curve|cycle|data|dataset|day|decade|decision|decoder|degree|delay|demand|depth|design|detail
detector|device|diagram|difference|difficulty|diffusion|dimension|direction|discovery|distance|distribution
doctor|document|dog|door|doubt|draft|drawing|dream|drop|edge|editor|effect|effort|element|embedding|encoder
energy|engine|ensemble|entry|environment|episode|equation|error|estimate|evaluation|evidence|example|exception
exercise|experiment|expert|explanation|expression|face|fact|factor|failure|feature|feedback|field|figure|file
filter|finding|fish|floor|flow|flower|focus|food|forecast|forest|form|formula|fraction|frame|framework|function
future|game|gap|garden|gate|generation|generator|glass|goal|gradient|graph|guess|guide|habit|hand|head|heart
height|history|horizon|horse|hour|house|human|hypothesis|idea|identity|image|impact|improvement|index|industry
input|instrument|interest|interview|issue|item|job|joke|journal|journey|judge|key|kitchen|knowledge|label
laboratory|language|laptop|layer|leader|learner|lecture|length|lesson|letter|level|library|light|likelihood
limit|limitation|line|link|list|loop|loss|machine|magazine|map|margin|market|mask|match|material|matrix|meaning
measure|measurement|mechanism|memory|message|method|metric|microphone|mind|minute|mirror|mistake|mixture|mode
model|module|moment|month|mountain|mouse|music|name|nature|network|neuron|news|night|noise|notebook|number
object|objective|observation|ocean|office|operation|opinion|optimizer|option|order|origin|outcome|output|package
page|pair|panel|paragraph|parameter|parser|part|past|path|patient|pattern|penalty|people|percent|perception
performance|period|person|phone|photograph|phrase|physics|picture|piece|pixel|place|plan|planet|player|point
policy|position|power|practice|prediction|price|principle|prior|probability|problem|procedure|process|product
program|progress|project|prompt|proof|property|proposal|protein|purpose|puzzle|quality|quantity|question|queue
rain|random seed|range|rate|ratio|reader|reason|recipe|recognition|record|recording|reference|region
regularization|relation|release|report|representation|request|research|residual|resolution|resource|response
rest|result|review|reward|rhythm|risk|river|road|robot|room|root|row|rule|sample|sampler|scale|scene|schedule
school|science|scientist|score|screen|script|search|season|second|secret|section|segment|sense|sensor|sentence
sequence|series|server|setting|shadow|shape|shortcut|show|signal|simulation|size|skill|sky|sleep|solution|song
sound|source|space|speaker|speech|speed|square|stage|standard|star|start|state|statement|station|statistic|step
story|strategy|street|strength|structure|student|study|style|subject|success|suggestion|sum|summary|sun
supervision|surface|surprise|survey|symbol|symptom|system|table|talk|target|task|teacher|technique|temperature
tensor|term|test|text|theory|thing|thought|threshold|time|title|token|tool|topic|tower|toy|track|traffic|train
training|transcript|transformer|transition|translation|tree|trend|trial|trick|trouble|truth|tuning|type|unit
university|update|usage|user|value|variable|variance|variation|vector|version|video|view|village|vision
vocabulary|voice|volume|wall|water|wave|way|weakness|weather|week|weight|width|window|winter|word|work|worker
world|writer|year|youth|zero|zone|vanishing gradient|convolution|recurrence|self attention|softmax|dropout
normalization|initialization|degradation|denoising|autoencoder|perplexity|constituency|inception|bedroom
sinusoid|segmentation|localization|detection|classification|sequence|residual network|projection|mapping
addition|computation|dependency|inference|parallel machine|variational bound|noise level|hidden state
skip connection|jury|vehicle|television|treasure|pleasure|vision|usual choice|garage|voyage|oyster|toy|joy
noisy channel|royal road|cough|laugh|daughter|neighbor|weigh station|eighth|ceiling|receipt|island|aisle|knife
knee|wrist|writing|psychology|chorus|chemistry|orchestra|scheme|stomach|machine shop|chef|parachute|ocean wave
special case|musician|magician|nation|fashion|cushion
""")

ADJECTIVES = _words("""
able|accurate|active|actual|adversarial|annual|ancient|automatic|available|average|bad|basic|beautiful|better
big|bitter|blue|brave|brief|bright|broad|broken|careful|careless|central|certain|cheap|clean|clear|clever|close
cold|common|complete|complex|computational|constant|convolutional|correct|crazy|curious|current|dark|deep|dense
different|difficult|direct|dirty|double|dry|early|easy|efficient|empty|english|enormous|entire|equal|exact
excellent|expensive|extra|extreme|fair|false|familiar|famous|fast|final|fine|fixed|flat|foreign|formal|free
french|frequent|fresh|friendly|full|funny|general|generative|gentle|german|giant|global|good|great|green|happy
hard|heavy|helpful|hidden|high|honest|hot|huge|human|hungry|ideal|identical|illegal|important|impossible
interesting|internal|joint|junior|key|known|large|late|latent|lazy|lean|legal|likely|linear|little|local|lonely
long|loose|loud|low|lucky|magic|main|major|massive|maximum|mean|minimum|minor|missing|mixed|modern|narrow
natural|negative|neural|new|nice|noisy|normal|notable|novel|obvious|odd|official|old|open|optimal|ordinary
original|outer|parallel|partial|patient|perfect|plain|pleasant|poor|popular|positional|positive|possible
powerful|practical|precise|pretty|previous|private|probabilistic|progressive|proper|proud|public|pure|quick
quiet|random|rapid|rare|raw|ready|real|reasonable|recent|recurrent|red|regular|relative|reliable|remarkable
reverse|rich|rough|round|safe|same|scientific|second|secret|sensible|separate|sequential|serious|severe|shallow
sharp|short|shy|significant|silent|silly|similar|simple|single|slight|slow|small|smart|smooth|social|soft|solid
special|specific|stable|standard|steady|stochastic|straight|strange|strict|strong|stupid|sudden|sure|surprising
sweet|tall|technical|terrible|thick|thin|third|thorough|tight|tiny|total|tough|toxic|true|typical|ugly|unusual
useful|usual|vague|valid|vast|visible|visual|warm|weak|weird|whole|wide|wild|wise|wonderful|wooden|worse|wrong
yellow|young|joyful|rough and ready
""")

VERBS = _words("""
achieve|add|adjust|agree with|allow|answer|apply|approach|ask for|assume|avoid|beat|begin with|believe|borrow
bring|build|buy|call|care about|carry|catch|challenge|change|check|choose|claim|clean|close|collect|combine
compare|compete with|compress|compute|connect|consider|contain|continue|control|copy|correct|count|cover|create
cut|decide on|define|deliver|depend on|describe|design|destroy|detect|develop|discover|discuss|divide|double
draw|drop|encode|end with|enjoy|estimate|evaluate|examine|exceed|expect|explain|explore|express|extend|face
fail without|feed|fight|fill|find|finish|fit|fix|focus on|follow|forget|freeze|gather|generate|get|give|guess
handle|hear|help|hide|hold|hope for|ignore|imagine|improve|include|increase|introduce|invent|investigate|join
judge|keep|know|label|launch|lead to|learn|leave|like|limit|listen to|look at|lose|love|lower|make|manage|map
mark|mask|match|measure|memorize|mention|minimize|miss|mix|move|name|need|normalize|notice|observe|offer|open
optimize|order|own|pass|pay for|pick|place|plan|play|point at|predict|prefer|prepare|present|print|process
produce|project|promise|propose|protect|prove|provide|publish|push|put down|raise|reach|read|recall|recognize
recommend|record|recover|reduce|refer to|refuse|regard|rely on|remain near|remember|remove|repeat|replace|report
represent|request|require|resemble|resolve|restore|reveal|reverse|review|reward|run|sample|save|say|scale
search for|see|select|send|separate|serve|set|shape|share|shift|show|shrink|simplify|skip|solve|sort|speak of
spend|split|stack|start with|stop|store|stress|study|suggest|summarize|support|suppose|surprise|switch|take
talk about|teach|tell|test|thank|think about|throw away|touch|trace|track|trade|train|transfer|transform
translate|travel with|trust|try|tune|turn|type|understand|undo|update|use|validate|value|verify|visit|wait for
walk through|want|warn about|waste|watch|wear|weigh|welcome|win|wonder about|work with|worry about|write|yield
""")

AUXILIARIES = _words("""
can|could|will|would|should|may|might|must|do not|cannot|did not|want to|try to|need to|have to
""")

ADVERBS = _words("""
again|ahead|almost always|alone|already|always|anyway|apart|around the clock|automatically|backward|badly|barely
beforehand|briefly|carefully|certainly|clearly|closely|completely|constantly|correctly|daily|deeply|directly
early|easily|effectively|efficiently|elsewhere|entirely|equally|especially|essentially|eventually|exactly
explicitly|extremely fast|fairly|finally|forward|frequently|fully|generally|gently|gradually|greatly|happily
hardly|heavily|honestly|immediately|independently|instead|largely|later|linearly|mainly|merely|naturally|nearly
never|nicely|normally|obviously|often|once|only|openly|over and over|partially|perfectly|poorly|possibly
precisely|previously|primarily|probably|properly|quickly|quietly|rapidly|rarely|really|recently|relatively well
roughly|seldom|separately|seriously|sharply|significantly|simply|slightly|slowly|sometimes|somewhat|soon
steadily|still|strangely|strongly|suddenly|surprisingly well|thoroughly|together|twice|typically|usually|well
without any help|today|tomorrow|yesterday|this year|last night|in the end|on the test set|in practice
at the same time|for the first time|in a few minutes|with the same budget|by a wide margin|in every language
over the baseline|of the day|from scratch|on one machine|on a single card|within hours|under noise
behind the scenes|between the layers|through the whole network|across all tasks|against the odds|beyond that
beneath the surface|during training
""")

NUMBERS = _words("""
one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen
eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|one hundred|two thousand|five million
eight billion|three point one|four point two|nine point five|zero point six|twenty-one|thirty-four|forty-eight
fifty-six|ninety-nine|twenty seventeen|twenty fifteen|twenty twenty|half|a quarter|a third|several|a few|many
dozens of|hundreds of
""")

UNITS = _words("""
percent|points|layers|steps|examples|images|words|hours|days|minutes|seconds|tasks|languages|tokens|parameters
pages|people|times|bits|samples|sentences|papers|machines|degrees|dollars|meters|weeks|years|questions|runs
seeds
""")

OPENINGS = _words("""
welcome back to the show|hello and welcome|good morning everyone|thanks for joining us|that is a good question
i love that|right|exactly|yes|no|well|so|okay|great|really|wow|of course|let me explain|let us start
here is the thing|you know|i think|i agree|that makes sense|wait a second|for example|in other words
on the other hand|to be honest|by the way|thank you for listening|this is the daily paper podcast
today's paper is short|one more thing|and then|first of all|in short|however|therefore|meanwhile|in fact
after all|as far as we know|if i read this correctly|i'm not sure|it's true|that's right|they don't say
we've seen that|you're right|there's more|i'd say|let's move on|what's new here|it isn't easy
""")

QUESTIONS = _words("""
what do you think|how does it work|why is that|is that true|what happens next|who wrote it|can you say more
where does the data come from|how much does it cost|did they test it|which of these is better|when does it fail
whose idea was it|how many did they try|should we believe that|would you use it|could it be luck
are there any others|what is left to do|why did no one try this before|does size matter|how long does that take
what would you ask them
""")

TITLES = _words("""
a|the|this|that|each|every|another|one|our|their|its|no|any|some
""")


def sentences(count: int, seed: int = 11) -> list[str]:
    """Return `count` different sentences in small letters; each word of a list is as frequent as its others."""
    chance = random.Random(seed)
    bags: dict[int, list[str]] = {}

    def pick(words: list[str]) -> str:
        bag = bags.setdefault(id(words), [])
        if not bag:
            bag += chance.sample(words, len(words))
        return bag.pop()

    def thing() -> str:
        article = pick(TITLES)
        words = f"{pick(ADJECTIVES)} {pick(NOUNS)}" if chance.random() < 0.6 else pick(NOUNS)
        return f"{'an' if article == 'a' and words[0] in 'aeiou' else article} {words}"

    def who() -> str:
        return pick(PEOPLE) if chance.random() < 0.35 else thing()

    def does() -> str:
        return f"{pick(AUXILIARIES)} {pick(VERBS)}" if chance.random() < 0.8 else pick(VERBS)

    def amount() -> str:
        return f"{pick(NUMBERS)} {pick(UNITS)}"

    patterns = (
        lambda: f"{who()} {does()} {thing()}.",
        lambda: f"{who()} {does()} {thing()} {pick(ADVERBS)}.",
        lambda: f"{pick(OPENINGS)}, {who()} {does()} {thing()}.",
        lambda: f"{who()} {does()} {thing()}, and {who()} {does()} {thing()} {pick(ADVERBS)}.",
        lambda: f"{who()} {does()} {thing()} of {thing()} with {amount()}.",
        lambda: f"{pick(OPENINGS)}{chance.choice('.!,')} {pick(QUESTIONS)}?",
        lambda: f"{who()} {does()} {amount()} {pick(ADVERBS)}.",
        lambda: f"{thing()} is {pick(ADJECTIVES)}, but {thing()} was {pick(ADJECTIVES)} and {pick(ADJECTIVES)}.",
        lambda: f"{pick(ADVERBS)}, {who()} {does()} {thing()}; {thing()} has {amount()}.",
        lambda: f"{pick(NOUNS)}, {pick(NOUNS)}, {pick(NOUNS)} and {pick(NOUNS)}: {pick(OPENINGS)}.",
        lambda: f"how {pick(ADJECTIVES)} is {thing()} for {thing()}?",
        lambda: f"{pick(OPENINGS)}.",
    )
    weights = (10, 14, 10, 10, 10, 5, 7, 9, 7, 9, 4, 2)
    made: dict[str, None] = {}
    while len(made) < count:
        made[chance.choices(patterns, weights)[0]()] = None
    return list(made)
