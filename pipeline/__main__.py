"""`python -m pipeline`: from the input folder to the release, in one process."""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import replace
from pathlib import Path

from pipeline.plain import visible
from pipeline.preflight import Unusable, prepare_folders
from pipeline.settings import ENGINES, Settings, default_work

_DESCRIPTION = """Reads every document of the input folder, extracts what it says about S3 partnerships, checks
all of it, and publishes the dataset: Parquet, CSV, one DuckDB file, data dictionary, quality figures, manifest.
All or nothing: if anything is wrong the last release stays as it is."""
_EPILOG = """exit status: 0 published, 1 a check or step failed, 2 the input or output folder cannot be used.

  python -m pipeline                                   seeds/ to data/
  python -m pipeline --seeds ~/texts --data ~/out      any other folder of .txt and .md files
  python -m pipeline ui                                the same in Dagster's web page, on this machine only
  python -m pipeline explain membership:0123abcd       what a published row rests on
  python -m pipeline changes                           what differs from the last release, cell by cell
  python -m pipeline suppress                          leave a name out of every release from now on"""


def main(arguments: list[str] | None = None) -> int:
    """Run what the command line asks for; the exit status."""
    given = _parser().parse_args(arguments)
    settings = _settings(given)
    try:
        if given.command == "explain":
            from pipeline.explain import explain

            print("\n".join(map(visible, explain(given.row, settings.data).split("\n"))))
            return 0
        if given.command == "suppress":
            from pipeline.suppress import suppress

            print(suppress(settings.seeds, given.reason))
            return 0
        if given.command == "changes":
            from pipeline.changes import changes

            print(changes(settings.data, given.since, given.record), end="")
            return 0
        if given.command == "sift":
            from pipeline.sift import report

            return report(given.address, _whole(given.to), settings)
        prepare_folders(settings)
        if given.command == "ui":
            from pipeline.ui import serve

            serve(settings, given.port)
        return _build(settings, getattr(given, "force", False))
    except Unusable as error:
        print(f"error: {visible(str(error))}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("stopped; the last release stays as it is", file=sys.stderr)
        return 130


def _build(settings: Settings, force: bool) -> int:
    """Run everything, unless the release is what it would build."""
    from pipeline.unchanged import built, ingredients, note

    made_of = ingredients(settings)
    if not force and (version := built(settings, made_of)):
        print(f"Release {version} in {settings.data} is made of just this; nothing to do (--force builds it anew).")
        return 0
    from pipeline.run import run

    code = run(settings)
    if code == 0:
        note(settings, made_of)
    return code


def _settings(given: argparse.Namespace) -> Settings:
    settings = Settings.from_environment()
    chosen = {
        k: v for k in ("seeds", "data", "work", "workers", "engine") if (v := getattr(given, k, None)) is not None
    }
    settings = replace(settings, **chosen)
    elsewhere = "data" in chosen and "work" not in chosen
    work = default_work(settings.data) if elsewhere else settings.work
    return replace(settings, seeds=_whole(settings.seeds), data=_whole(settings.data), work=_whole(work))


def _parser() -> argparse.ArgumentParser:
    folders = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    folders.add_argument("--seeds", type=Path, metavar="DIR", help="folder of input documents (default: seeds)")
    folders.add_argument("--data", type=Path, metavar="DIR", help="folder of the release (default: data)")
    folders.add_argument("--workers", type=_count, metavar="N", help="processes that extract (default: by size)")
    folders.add_argument("--engine", choices=ENGINES, help="where extraction runs (default: by size)")
    folders.add_argument("--work", type=Path, metavar="DIR", help="folder for cache and staging (default: .work)")
    folders.add_argument("--force", action="store_true", help="build the release even where nothing has changed")
    parser = argparse.ArgumentParser(
        prog="python -m pipeline",
        description=_DESCRIPTION,
        epilog=_EPILOG,
        parents=[folders],
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(command="run")
    commands = parser.add_subparsers(title="commands", metavar="")
    ui = commands.add_parser("ui", parents=[folders], help="open the pipeline in Dagster's web page")
    ui.add_argument("--port", type=_count, default=3000, metavar="N", help="port on 127.0.0.1 (default: 3000)")
    ui.set_defaults(command="ui")
    pages = commands.add_parser("sift", parents=[folders], help="of many pages, copy the relevant ones to a folder")
    pages.add_argument("address", nargs="+", help="Parquet files of pages (document_id, text): file, folder or address")
    pages.add_argument("--to", type=Path, required=True, metavar="DIR", help="folder for the relevant pages")
    pages.set_defaults(command="sift")
    row = commands.add_parser("explain", parents=[folders], help="show what a published row rests on")
    row.add_argument("row", metavar="ROW_ID", help="key of a row, for example partnership:velmora")
    row.set_defaults(command="explain")
    changes = commands.add_parser("changes", parents=[folders], help="show what differs from the last release")
    changes.add_argument(
        "--since", metavar="WHAT", help="git revision or folder to compare with (default: last release)"
    )
    changes.add_argument("--record", action="store_true", help="write CHANGES.md and changes/ beside the release")
    changes.set_defaults(command="changes")
    name = commands.add_parser("suppress", parents=[folders], help="leave a name out of every release from now on")
    name.add_argument("--reason", default="removal was asked for", help="why, without the name")
    name.set_defaults(command="suppress")
    return parser


def _count(text: str) -> int:
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError("must not be negative")
    return number


def _whole(path: Path) -> Path:
    return Path(os.path.abspath(path.expanduser()))


if __name__ == "__main__":
    sys.exit(main())
