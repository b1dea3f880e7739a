"""Folders become files: sorted, each once, hidden ones and projects passed over."""

from pathlib import Path

from annotator.ingest import find, look


def make(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("x")


def test_folders_are_searched_through(tmp_path):
    make(tmp_path, "b.txt", "a/z.MD", "a/c.txt", ".hidden.txt", ".git/x.txt", "p.annot", "photo.png", "a/no")
    (tmp_path / "x.txt").mkdir()
    make(tmp_path, "x.txt/inner.csv")
    found = look([tmp_path])
    names = [p.relative_to(tmp_path).as_posix() for p in found.files]
    assert names == ["a/c.txt", "a/z.MD", "b.txt", "x.txt/inner.csv"]
    assert found.skipped == 2
    assert found.labels[found.files[0]] == f"{tmp_path.name}/a/c.txt"


def test_named_files_stay_as_they_are_named(tmp_path):
    make(tmp_path, "b.png", "a.txt", ".hidden.txt")
    paths = [tmp_path / "b.png", tmp_path / "gone.txt", tmp_path / ".hidden.txt", tmp_path / "a.txt"]
    assert find([*paths, tmp_path, paths[0]]) == paths


def test_links_that_lead_in_circles(tmp_path):
    make(tmp_path, "a/one.txt")
    (tmp_path / "a/up").symlink_to(tmp_path)
    (tmp_path / "self").symlink_to(tmp_path / "self")
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    make(tmp_path, "elsewhere/two.txt")
    found = look([tmp_path])
    assert [p.name for p in found.files] == ["one.txt", "two.txt"]
    assert found.skipped == 2


def test_folder_that_cannot_be_read(tmp_path, monkeypatch):
    make(tmp_path, "a/one.txt", "b/two.txt")
    iterdir = Path.iterdir

    def refuse(self):
        if self.name == "a":
            raise PermissionError(13, "Permission denied")
        return iterdir(self)

    monkeypatch.setattr(Path, "iterdir", refuse)
    found = look([tmp_path])
    assert [p.name for p in found.files] == ["two.txt"]
    assert [str(r) for r in found.refused] == ["a: the folder cannot be read (Permission denied)"]
