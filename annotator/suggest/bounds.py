"""Where reported content ends: at the sentence's end, or where the writer speaks again."""

from typing import TYPE_CHECKING

from annotator.suggest import joined
from annotator.suggest.cues import Cue
from annotator.suggest.reading import Reading

if TYPE_CHECKING:
    from spacy.tokens import Token

_RELATIVES = frozenset({"which", "who", "whose", "where", "whom"})
_WRITER = frozenset(
    {
        "while",
        "although",
        "though",
        "whereas",
        "amid",
        "despite",
        "following",
        "citing",
        "according",
        "pending",
        "hours",
        "days",
        "weeks",
        "months",
        "minutes",
    }
)
_TIMES = frozenset({"after", "before", "as", "when", "since", "because", "once", "during"})
_RANKS = frozenset({"first", "second", "third", "last", "latest", "only"})
_OCCASIONS = frozenset(
    {"visit", "trip", "meeting", "talk", "talks", "summit", "call", "hearing", "interview", "conference"}
)
_SAID_IN = frozenset({"call", "statement", "speech", "letter", "post", "tweet", "interview", "message"})
_LASTING = frozenset({"hour", "day", "night", "weekend", "week", "month", "year", "decade"})
_RESULTS = frozenset(
    {"setting", "sparking", "prompting", "raising", "drawing", "triggering", "ending", "marking", "dealing"}
    | {"fuelling", "fueling", "deepening", "provoking", "stoking", "capping", "escalating", "dashing"}
    | {"siding", "handing", "paving", "clearing", "delivering", "stirring", "rattling"}
)
_LOOKING_BACK = frozenset(
    {"thank", "congratulate", "praise", "appreciation", "gratitude", "thanks", "condolence"}
)
_LONGEST = 400  # tokens; what has no end by then is no sentence, and looking on costs the square
_SENTENCE_END = frozenset(".?!…;") | {"...", "?!", ".."}


class Bounds:
    """Answers, for one reading, how far content that starts at a token may reach."""

    def __init__(self, reading: Reading, attributions: set[int]) -> None:
        """`attributions` are commas that open ", NAME said"."""
        self._reading = reading
        self._doc = reading.doc
        self._attributions = attributions
        self._limits: dict[int, int] = {}

    def sentence_last(self, i: int) -> int:
        """Last token of the sentence around token `i`, marks respected: an end inside a quotation
        that goes on is none. The final full stop is left out unless it stands inside marks.
        """
        doc, reading = self._doc, self._reading
        home = reading.outer_at(i)
        if home is not None and doc[i].idx > home.start:
            return self._last_inside(i, reading.token_at(home.inner_end - 1))
        paragraph_end = (
            reading.paragraphs[reading.paragraph_of(doc[i].idx)][1]
            if reading.paragraphs
            else len(reading.text)
        )
        words, starts = reading.columns.words, reading.columns.starts
        too_far = min(i + _LONGEST, len(words))
        while i < too_far and starts[i] < paragraph_end:
            quotation = reading.outer_at(i)
            if quotation is not None:
                last = reading.token_at(quotation.end - 1)
                if self.ends_sentence(last):
                    return last
                i = last + 1
                continue
            if words[i] in _SENTENCE_END:
                return i - 1
            if (
                words[i].endswith(".")
                and i + 1 < len(words)
                and doc[i + 1].is_sent_start
                and doc[i + 1].is_title
            ):
                return i
            i += 1
        return i - 1

    def _last_inside(self, i: int, last: int) -> int:
        """Last token of a sentence within one quotation."""
        doc, words = self._doc, self._reading.columns.words
        while i <= last:
            if words[i] in _SENTENCE_END and (
                i == last or doc[i + 1].text[0].isupper() or doc[i + 1].is_space
            ):
                return i - 1
            i += 1
        return last

    def ends_sentence(self, last: int) -> bool:
        """Does the sentence end with the quotation whose last token this is?"""
        doc = self._doc
        text, at = self._reading.text, self._reading.end(last)
        while at and text[at - 1] in "\"”’'»」』 ":
            at -= 1
        if not at or text[at - 1] not in ".?!…":
            return False
        following = last + 1
        while following < len(doc) and doc[following].is_space:
            following += 1
        if following >= len(doc):
            return True
        after = doc[following]
        return (after.text[0].isupper() or after.text in "\"“‘'«–—") and after.text not in (",", ";")

    def sentence_first(self, i: int) -> int:
        """First token of the sentence around token `i`, going left over whole quotations."""
        doc, reading = self._doc, self._reading
        home = reading.outer_at(i)
        if home is not None and doc[i].idx > home.start:
            return self._first_inside(i, reading.token_from(home.inner_start))
        start = reading.paragraphs[reading.paragraph_of(doc[i].idx)][0] if reading.paragraphs else 0
        words, starts = reading.columns.words, reading.columns.starts
        first, begun = max(0, i - _LONGEST), i
        while i > first and starts[i - 1] >= start:
            quotation = reading.outer_at(i - 1)
            beside = i == begun and quotation is not home  # “A.” “B”: two quotations side by side
            if quotation is not None and (beside or not reading.inside(i)):
                if self.ends_sentence(i - 1):
                    return i
                i = reading.token_at(quotation.start)
                continue
            previous = words[i - 1]
            if quotation is None and (previous in _SENTENCE_END or ("\n" in previous and previous.isspace())):
                return i
            if quotation is None and previous.endswith(".") and doc[i].is_sent_start:
                return i
            i -= 1
        return i

    def _first_inside(self, i: int, first: int) -> int:
        words = self._reading.columns.words
        while i > first and words[i - 1] not in _SENTENCE_END:
            i -= 1
        return i

    def clause_last(self, start: int, cue: Cue, *, to_end: bool, head: "Token | None") -> int:
        """Last token of content that starts at `start`. With `to_end` it runs to the sentence's end,
        else to the edge of `head`; both are cut where the writer takes over again.
        """
        if start >= len(self._doc):
            return start - 1
        limit = self.sentence_last(start)
        if not to_end and head is not None:
            limit = min(limit, max(start, head.right_edge.i))
            limit = self._whole_quotation(start, limit)
        if cue.token.dep_ == "relcl" or joined.before_main_clause(cue.token):
            limit = max(start, min(limit, self._whole_quotation(start, cue.token.right_edge.i)))
        others = [i for i in self._coordinated(cue, start) if not self._reading.inside(i)]
        if others and start < min(others) <= limit:
            limit = self._before(min(others))
        last = self._walk(start, limit, cue)
        return self._walk(start, last, cue) if start < last < limit else last  # what ends now reaches the end

    def _walk(self, start: int, limit: int, cue: Cue) -> int:
        """The last token before the first place where the writer takes over."""
        i = start
        while i <= limit:
            quotation = self._reading.outer_at(i)
            if quotation is not None:
                i = self._reading.token_at(quotation.end - 1) + 1
                if i <= limit and self._full_stop_inside(i - 1) and self._doc[i].text[0].isupper():
                    return i - 1
                continue
            if i > start and self._cuts(start, i, limit, cue):
                return self._before(i)
            i += 1
        return self._before(limit + 1)

    def _full_stop_inside(self, last: int) -> bool:
        inner = self._reading.text[: self._reading.end(last)].rstrip("\"”’'»」』 ")
        return bool(inner) and inner[-1] in ".?!"

    def _whole_quotation(self, start: int, limit: int) -> int:
        """A quotation that the edge would cut is taken whole."""
        quotation = self._reading.outer_at(limit)
        if quotation is None and limit + 1 < len(self._doc):
            quotation = self._reading.outer_at(limit + 1)
        return (
            max(limit, self._reading.token_at(quotation.end - 1))
            if quotation and quotation.start >= self._doc[start].idx
            else limit
        )

    def _before(self, i: int) -> int:
        """The last token before `i` that is neither comma, joining word nor space."""
        i -= 1
        while i > 0 and (
            self._doc[i].text in (",", ":", ";", "–", "—", "-", "--")
            or self._doc[i].is_space
            or (self._doc[i].text in _SENTENCE_END and not self._reading.inside(i))
            or (self._doc[i].dep_ == "cc" and self._doc[i].lower_ in ("and", "but", "or", "yet"))
        ):
            i -= 1
        return i

    def _coordinated(self, cue: Cue, start: int) -> set[int]:
        """Tokens at which a verb joined to the cue begins its own clause: "… and urged"."""
        out: set[int] = set()
        waiting = [c for c in cue.token.children if c.dep_ in ("conj", "parataxis") and c.i > start]
        while waiting:
            verb = waiting.pop()
            if verb.pos_ not in ("VERB", "AUX"):
                continue
            if any(c.lower_ == "that" and c.dep_ == "mark" for c in verb.children):
                continue  # "said A, and that B"
            if cue.token.tag_ != "VB" and any(c.tag_ == "TO" for c in verb.children):
                continue  # "reaffirmed their commitment to … and to respect …"
            first = min(
                [
                    verb.i,
                    *(
                        c.left_edge.i
                        for c in verb.children
                        if c.i < verb.i
                        and c.dep_ in ("nsubj", "aux", "advmod", "neg", "auxpass", "mark", "nsubjpass")
                    ),
                ]
            )
            out.add(first)
            waiting += [c for c in verb.children if c.dep_ == "conj"]
        return out

    def _cuts(self, start: int, i: int, limit: int, cue: Cue) -> bool:
        """Does the writer take over at token `i`?"""
        doc = self._doc
        token = doc[i]
        if i in self._attributions:
            return True
        if token.text == ":" and joined.new_clause(doc, i + 1):
            return True
        after_comma = doc[i - 1].text in (",", "–", "—") and not self._reading.inside(i - 1)
        low = token.lower_
        before = self._reading.outer_at(i - 1)
        if before is not None and self._reading.text[before.inner_end - 1] == ",":
            after_comma = True  # “…,” adding
        if low == "according" and i + 1 < len(doc) and doc[i + 1].lower_ == "to":
            return True
        if (
            low in ("and", "but")
            and not self._reading.inside(i)
            and joined.to_cue(self._reading, start, i, cue)
        ):
            return True
        return (
            self._cuts_after_comma(i, limit, cue)
            if after_comma
            else (self._hangs_on_cue(token, cue) or self._occasion(token, limit, cue))
        )

    def _cuts_after_comma(self, i: int, limit: int, cue: Cue) -> bool:
        doc, token = self._doc, self._doc[i]
        low = token.lower_
        if token.pos_ == "ADP" and i + 1 < len(doc) and doc[i + 1].lower_ in ("which", "whom"):
            return self._reaches(token, limit)
        if low in _RELATIVES and token.tag_ in ("WDT", "WP", "WP$", "WRB"):
            return self._reaches(token, limit)
        if low in _WRITER or (
            low in ("even", "just")
            and i + 1 < len(doc)
            and doc[i + 1].lower_ in ("as", "though", "after", "before")
        ):
            return True
        if low in _TIMES and token.dep_ in ("mark", "advmod", "prep", "cc"):
            return self._time_clause(token, cue, limit)
        if (self._summing_up(token) or low in _RESULTS) and self._reaches(token, limit):
            return True
        if token.tag_ == "VBG" and token.dep_ in ("advcl", "acl", "conj", "xcomp"):
            known = token.lemma_.lower() in self._reading.words.verbs
            return known or token.head == cue.token
        if low == "with" and any(self._participle(t) for t in doc[i + 1 : i + 9]):
            return True
        if low in ("and", "but", "yet", "though"):
            return self._new_cue(i, cue)
        return False

    def _summing_up(self, article: "Token") -> bool:
        """ ", a phrase that provoked laughter", ", the deadliest clash in years": the writer's view of it."""
        noun = article.head
        if article.lower_ not in ("a", "an", "the", "another"):
            return False
        if noun.dep_ == "appos" and noun.pos_ == "NOUN" and noun.head.pos_ == "PROPN":
            return True  # "… to free Ana Kova, the envoy held since May"
        if article.lower_ == "the":
            ranked = any(c.tag_ == "JJS" or c.lower_ in _RANKS for c in noun.children if c.i < noun.i)
            return ranked and noun.dep_ not in ("nsubj", "nsubjpass", "conj")
        if noun.dep_ == "appos":
            return True
        told = any(c.dep_ in ("relcl", "acl") and c.tag_ != "TO" for c in noun.children)
        return told and noun.dep_ in ("npadvmod", "dobj", "attr", "oprd", "dep")

    def _time_clause(self, token: "Token", cue: Cue, limit: int) -> bool:
        if (
            token.lower_ == "as"
            and token.i + 1 < len(self._doc)
            and self._doc[token.i + 1].lower_ in ("well", "such", "long", "part")
        ):
            return False
        if token.lower_ in ("when", "since", "because", "once"):
            return token.head.head == cue.token or token.head == cue.token
        return self._reaches(token, limit)

    def _hangs_on_cue(self, token: "Token", cue: Cue) -> bool:
        """A clause of time or contrast that belongs to the cue, not to its content."""
        if token.lower_ in ("while", "although", "though", "whereas"):
            return token.dep_ == "mark" and token.head.head == cue.token
        if token.lower_ in (
            "after",
            "as",
            "before",
            "when",
            "during",
            "amid",
            "following",
        ) and token.dep_ in ("mark", "prep", "advmod"):
            if token.dep_ == "prep" and cue.verb.lemma in _LOOKING_BACK:
                return False
            return token.head == cue.token or (
                token.dep_ in ("mark", "advmod")
                and token.head.dep_ == "advcl"
                and token.head.head == cue.token
            )
        return False

    def _occasion(self, token: "Token", limit: int, cue: Cue) -> bool:
        """ "pledged to cooperate | during Kova's visit", "urged X to talk | after a week of blockades": when
        it was said, which the parser draws into what was asked.
        """
        if token.lower_ == "in" and token.i > 0 and self._setting(token, limit):
            return True
        if cue.verb.act not in ("request", "commit") or token.pos_ not in ("ADP", "SCONJ"):
            return False
        noun = next((c for c in token.children if c.dep_ == "pobj"), None)
        if noun is None or not self._reaches(token, limit):
            return False
        if token.lower_ in ("during", "at"):
            told = any((c.dep_ == "poss" and c.pos_ == "PROPN") or c.lower_ in _RANKS for c in noun.children)
            return told and noun.lemma_.lower() in _OCCASIONS
        lasting = noun.lemma_.lower() in _LASTING and any(c.lower_ == "of" for c in noun.children)
        return lasting and token.lower_ in ("after", "following", "amid")

    def _setting(self, token: "Token", limit: int) -> bool:
        """ "welcomed the deal | in a call with her colleague": where it was said."""
        noun = next((c for c in token.children if c.dep_ == "pobj"), None)
        if noun is None or noun.lemma_.lower() not in _SAID_IN:
            return False
        return any(c.lower_ in ("a", "an") for c in noun.children) and self._reaches(token, limit)

    def _reaches(self, token: "Token", limit: int) -> bool:
        """Does the clause or phrase that `token` opens go on to the end?"""
        top = token
        for head in token.ancestors:
            if not token.i < head.i <= limit:
                break
            top = head
        last = max(t.i for t in top.subtree)
        while limit > last and self._doc[limit].is_punct:
            limit -= 1
        return last >= limit - 1

    def _participle(self, token: "Token") -> bool:
        """A form in -ing, or a "warning" with a subject, which the parser takes for a noun."""
        return token.tag_ == "VBG" or (
            token.lower_ in self._reading.words.nouns and any(c.dep_ == "nsubj" for c in token.children)
        )

    def _new_cue(self, i: int, cue: Cue) -> bool:
        """ ", and said", ", but warned": another verb of speech with the same subject, or a new one."""
        for token in self._doc[i + 1 : i + 8]:
            if token.pos_ == "VERB" and token.tag_ in ("VBD", "VBZ", "VBP", "VBN"):
                known = token.lemma_.lower() in self._reading.words.verbs
                return (
                    known
                    and not self._reading.inside(token.i)
                    and (token.tag_ == cue.token.tag_ or joined.past_after_bare(token, cue.token))
                    and token.lemma_.lower() not in ("have",)
                )
            if token.text in (",", ".", ";"):
                return False
        return False
