"""Runs every benchmark beside it, or those whose names are given: `python -m tests.bench export`."""

import importlib
import sys
from pathlib import Path


def main(wanted: list[str]) -> None:
    """Each `bench_NAME.py` prints its own figures."""
    for file in sorted(Path(__file__).parent.glob("bench_*.py")):
        name = file.stem.removeprefix("bench_")
        if not wanted or name in wanted:
            print(f"== {name}", flush=True)
            importlib.import_module(f"tests.bench.{file.stem}").main()


if __name__ == "__main__":
    main(sys.argv[1:])
