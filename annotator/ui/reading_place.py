"""Where work was left in a project: article, statement and top line, one place for each annotator."""

from dataclasses import dataclass

from annotator.storage.project import Project


@dataclass(frozen=True)
class ReadingPlace:
    """`top` is the code point at the top of the screen."""

    article: str
    statement: str | None = None
    top: int = 0

    def keep(self, project: Project) -> None:
        """For the next time; raises AnnotatorError when it cannot be saved."""
        project.set_setting(_key(project), vars(self))

    @classmethod
    def kept(cls, project: Project) -> "ReadingPlace | None":
        """What was kept last, if its article is there."""
        place = project.setting(_key(project)) or {}
        article = place.get("article")
        if not article or not project.has_article(article):
            return None
        return cls(article, place.get("statement"), int(place.get("top", 0)))


def _key(project: Project) -> str:
    return f"place {project.annotator}"
