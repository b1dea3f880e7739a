"""Mark who says what to or about whom, on which topic, in diplomatic news; offline, in one file.

Rooms, and what they may lean on (arrows point down only):

    app, ui            the window
    commands           the command line
    jobs               long work without a screen, shared by window and commands
    ingest storage suggest export
    domain             words of the field as frozen values; standard library only
"""

__version__ = "0.1.0"
