"""The formats that can be opened, by the suffix of a file's name."""

PLAIN, MARKDOWN, HTML, WORD, PDF, RTF, MAIL, EPUB = "txt", "md", "html", "docx", "pdf", "rtf", "eml", "epub"
TABLE, JSONL = "csv", "jsonl"
JSON, CONLL, CONLLU, CONLLUP, DOCBIN, BRAT, XMI = (
    "json",
    "conll",
    "conllu",
    "conllup",
    "docbin",
    "brat",
    "xmi",
)

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
    ".json": JSON,
    ".conll": CONLL,
    ".iob": CONLL,
    ".bio": CONLL,
    ".conllu": CONLLU,
    ".conllup": CONLLUP,
    ".spacy": DOCBIN,
    ".ann": BRAT,
    ".xmi": XMI,
}
SUFFIXES = frozenset(FORMAT_OF)
STREAMED = frozenset((TABLE, JSONL))  # many articles in one file, read line by line
OPENABLE = (
    "txt, md, html, docx, pdf, rtf, eml, epub, csv, tsv, jsonl, json, conll, iob, bio, conllu, conllup, "
    "spacy, ann and xmi"
)
# What can be said of a file whose suffix does not tell, and the suffixes it has in folders.
ASKED_FOR = {
    "jsonl": (".jsonl", ".ndjson"),
    "doccano": (".jsonl", ".json", ".ndjson"),
    "labelstudio": (".json", ".jsonl"),
    "prodigy": (".jsonl", ".json", ".ndjson"),
    "conll": (".conll", ".iob", ".bio", ".tsv", ".txt"),
    "conllu": (".conllu",),
    "conllup": (".conllup",),
    "docbin": (".spacy",),
    "brat": (".ann",),
    "xmi": (".xmi",),
}
