"""The article of one JSON object of another program: its text and whatever metadata it carries."""

from collections.abc import Mapping
from dataclasses import replace

from annotator.domain.article import Article
from annotator.domain.text import article_id, normalise
from annotator.ingest.results import Columns, UnfitError
from annotator.ingest.streams import article_of, guess_columns


def article_from(
    row: Mapping[str, object], text: object, *, file: str, extractor: str
) -> tuple[Article, str]:
    """The finished article, and the text as the file has it. `row` names title, outlet, date, address
    and id under any of the usual names.

    Raises UnfitError when there is no text.
    """
    if not isinstance(text, str):
        raise UnfitError("it has no text")
    flat = {key: value for key, value in row.items() if isinstance(key, str) and key != "text"}
    flat["text"] = text
    guessed = guess_columns(list(flat), Columns(text="text"))
    ours = "source_id" in flat or flat.get("article_id") == article_id(normalise(text).text)
    id = ("source_id" if "source_id" in flat else None) if ours else guessed.id
    chosen = Columns(**{**vars(guessed), "id": id})
    article = article_of(flat, chosen, file=file, extractor=extractor, notes=())
    if ours and guessed.title is None:  # our exports say it when there is one
        article = replace(article, meta=replace(article.meta, title=None))
    return article, text
