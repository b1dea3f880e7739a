"""Columns of tables as people name them."""

from annotator.ingest import Columns


def named_columns(
    *,
    text: str | None = None,
    id: str | None = None,
    title: str | None = None,
    outlet: str | None = None,
    date: str | None = None,
    url: str | None = None,
) -> Columns | None:
    """The named columns; None, which means guess, when no name is given."""
    columns = Columns(text=text, id=id, title=title, outlet=outlet, date=date, url=url)
    return None if columns == Columns() else columns
