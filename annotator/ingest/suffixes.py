"""The formats that can be opened, by the suffix of a file's name."""

PLAIN, MARKDOWN, HTML, WORD, PDF, RTF, MAIL, EPUB = "txt", "md", "html", "docx", "pdf", "rtf", "eml", "epub"
TABLE, JSONL = "csv", "jsonl"

FORMAT_OF = {
    ".txt": PLAIN,
    ".text": PLAIN,
    ".md": MARKDOWN,
    ".markdown": MARKDOWN,
    ".html": HTML,
    ".htm": HTML,
    ".xhtml": HTML,
    ".docx": WORD,
    ".pdf": PDF,
    ".rtf": RTF,
    ".eml": MAIL,
    ".epub": EPUB,
    ".csv": TABLE,
    ".tsv": TABLE,
    ".jsonl": JSONL,
    ".ndjson": JSONL,
}
SUFFIXES = frozenset(FORMAT_OF)
STREAMED = frozenset((TABLE, JSONL))  # many articles in one file, read line by line
OPENABLE = "txt, md, html, docx, pdf, rtf, eml, epub, csv, tsv and jsonl"
