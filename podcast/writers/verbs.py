"""The verbs by which a sentence, or a part of one, is known for more than a name."""

import re

VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|do|does|did|can|cannot|could|may|might|must|will|would|should|shall"
    r"|[a-z]+(?:ed|es|ize|ise|ate|ify)|found|made|gave|won|ran|took|kept|held|led|learnt|fell|rose|grew|became|built"
    r"|began|brought|saw|rely|propose|introduce|present|remove|serve|[Ww]e (?:[a-z]+ly )?[a-z]+"
    # one that does something to a thing, whatever its verb: "speaks a dialect"
    r"|[a-z]{3,}s (?:an?|the|its|their|our|this|these|that|how|whether|why|what|no|any|each|every|it|them|two|three"
    r"|four|both|up|out|down|\d)"
    # or that grows and shrinks by so much: "shrinks to 9%", "leak more"
    r"|[a-z]{3,}s (?:to|by|at|from|below|above) (?:about |under |over |below |above )?[\d$]"
    r"|[a-z]{3,}s [a-z]{3,} (?:more|less|least|most|better|worse|earlier|later|faster|slower)(?=[.,;])"
    r"|(?:account|adapt|add|converge|diverge|err|adopt|agree|aim|allow|appear|arise|assign|attain|avoid|beat|begin|bring|build|claim|close|combat|combine"
    r"|come|compete|confirm|contain|control|correlate|cost|cover|cut|decline|decrease|deliver|depend|detect|determine"
    r"|differ|diminish|double|draw|drive|drop|emerge|employ|enable|encode|ensure|exceed|excel|exhibit|exist|explain"
    r"|expose|extend|fail|fall|favou?r|feed|find|focu|follow|force|gain|get|give|go|grow|halve|handle|happen|help"
    r"|highlight|hinder|hold|hurt|ignore|improve|include|increase|inherit|involve|keep|lack|lag|lead|lean|learn|let"
    r"|leverage|limit|link|lose|make|manifest|matter|mean|measure|need|neglect|obtain|occur|offer|outperform|overlook"
    r"|perform|play|position|prefer|preserve|prevent|produce|prove|provide|pursue|raise|reach|read|receive|reduce"
    r"|reflect|remain|report|require|resemble|resolve|result in|retain|reveal|reward|rise|run|scale|score|see|seek"
    r"|select|separate|set|shift|show|speak|stand|start|stay|stem|struggle|succeed|suffer|suggest|support|surpas|sustain"
    r"|take|tend|trail|train|transfer|transform|treat|turn|uncover|underlie|underscore|unify|unlock|use|vary|win|work|yield)s?)\b"
)  # fmt: skip
