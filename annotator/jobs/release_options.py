"""What decides what a release holds, as one value that comes back from the project file."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from annotator.errors import AnnotatorError
from annotator.export import registry
from annotator.export.filters import Filters
from annotator.export.masking import Masking
from annotator.export.splits import SplitOptions

__all__ = ["Filters", "Masking", "ReleaseOptions", "SplitOptions"]


@dataclass(frozen=True)
class ReleaseOptions:
    """Everything that decides what a release holds, besides the project. `licence` is of the
    annotations, `licences` of the texts by outlet; `format_options` by format.
    """

    name: str
    formats: tuple[str, ...] = ("jsonl",)
    filters: Filters = field(default_factory=Filters)
    splits: SplitOptions = field(default_factory=SplitOptions)
    masking: Masking = field(default_factory=Masking)
    format_options: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    note: str | None = None
    licence: str | None = None
    licences: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.name.strip() or self.name != " ".join(self.name.split()):
            raise AnnotatorError("A release needs a name on one line.")
        if not self.formats or len(set(self.formats)) < len(self.formats):
            raise AnnotatorError("A release needs at least one format, and each only once.")
        for name in {*self.formats, *self.format_options}:
            if name not in self.formats:
                raise AnnotatorError(f"There are options for {name!r}, which is not among the formats.")
            registry.settled(registry.find(name), self.format_options.get(name, {}))

    def plainly(self) -> "ReleaseOptions":
        """The same records in one format."""
        return replace(self, formats=("jsonl",), format_options={})

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "formats": list(self.formats),
            "format_options": {k: dict(sorted(v.items())) for k, v in sorted(self.format_options.items())},
            "filters": self.filters.as_dict(),
            "splits": self.splits.as_dict(),
            "masking": asdict(self.masking),
            "licence": self.licence,
            "licences": dict(sorted(self.licences.items())),
        }

    @classmethod
    def from_dict(cls, name: str, note: str | None, data: Mapping[str, Any]) -> "ReleaseOptions":
        """Inverse of `as_dict`."""
        return cls(
            name=name,
            note=note,
            formats=tuple(data["formats"]),
            filters=Filters.from_dict(data["filters"]),
            splits=SplitOptions.from_dict(data["splits"]),
            masking=Masking(**data["masking"]),
            format_options=data["format_options"],
            licence=data["licence"],
            licences=data["licences"],
        )
