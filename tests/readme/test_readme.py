"""README.md is true: its commands, queries and tables are run against the release."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import openpyxl
import pytest

from pipeline.__main__ import main
from pipeline.release.metadata.notice import ATTRIBUTION
from pipeline.release.version import version
from pipeline.settings import PROJECT, default_work
from schemas import TABLES
from tests.accuracy.report import ACCURACY
from tests.accuracy.show import fill

# Of LibreOffice some machines have the writer only.
CALC = shutil.which("soffice") and Path("/usr/lib/libreoffice/program/libsclo.so").is_file()
README = (PROJECT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def blocks(language: str) -> list[str]:
    found = [text for name, text in BLOCKS if name == language]
    assert found, f"README.md has no {language}"
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the reader's folder looks like after `make data`; the release is made here where there is none yet."""
    place = tmp_path_factory.mktemp("readme")
    (place / "seeds").symlink_to(PROJECT / "seeds")
    if (PROJECT / "data" / "manifest.json").is_file():
        (place / "data").symlink_to(PROJECT / "data")
    else:
        work = PROJECT / ".work" / "readme"
        command = [sys.executable, "-m", "pipeline", "--data", str(place / "data"), "--work", str(work)]
        run(command, PROJECT)
    return place


def run(command: list[str] | str, place: Path) -> str:
    environment = os.environ | {"PYTHONPATH": str(PROJECT)}
    done = subprocess.run(
        command, cwd=place, env=environment, shell=isinstance(command, str), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.mark.parametrize("statement", [s.strip() for b in blocks("sql") for s in b.split(";") if s.strip()])
def test_queries_find_something(statement: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    with duckdb.connect("data/s3_partnerships.duckdb", read_only=True) as data:
        rows = data.execute(statement).fetchall()
        assert rows or "FROM conflicts" in statement
        if "read_text" in statement:
            ((quotes, verified),) = rows
            assert quotes == verified == data.execute("SELECT count(*) FROM evidence").fetchall()[0][0] > 0


@pytest.mark.parametrize("snippet", blocks("python"))
def test_python_snippets_print_something(snippet: str, folder: Path) -> None:
    assert len(run([sys.executable, "-c", snippet], folder).splitlines()) > 5


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not here")
@pytest.mark.parametrize("snippet", blocks("r"))
def test_r_snippets(snippet: str, folder: Path) -> None:
    run(["Rscript", "-e", snippet], folder)


@pytest.mark.skipif(not CALC, reason="LibreOffice Calc is not here")
def test_spreadsheet_formulas(folder: Path, tmp_path: Path) -> None:
    (formula,) = blocks("excel")
    book = openpyxl.load_workbook(folder / "data" / "s3_partnerships.xlsx")
    book.create_sheet("own", 0)["A1"] = formula.strip()
    book.save(tmp_path / "book.xlsx")
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    run(
        [
            "soffice",
            profile,
            "--headless",
            "--convert-to",
            "csv",
            "--outdir",
            str(tmp_path),
            str(tmp_path / "book.xlsx"),
        ],
        tmp_path,
    )
    with duckdb.connect(str(folder / "data" / "s3_partnerships.duckdb"), read_only=True) as data:
        query = "SELECT count(*) FROM flat_memberships WHERE region = 'Lapland' AND role = 'lead'"
        ((count,),) = data.execute(query).fetchall()
    assert (tmp_path / "book.csv").read_text().strip() == str(count) != "0"


def test_four_tools_one_answer(folder: Path) -> None:
    """The first query and the first Python snippet, and the workbook filtered by hand."""
    first = next(b for b in blocks("sql") if "'Lapland'" in b)
    with duckdb.connect(str(folder / "data" / "s3_partnerships.duckdb"), read_only=True) as data:
        answer = {row[:3] for row in data.execute(first).fetchall()}
    printed = run([sys.executable, "-c", blocks("python")[0]], folder)
    assert answer and all(partnership in printed for partnership, *_ in answer)
    assert len(printed.splitlines()) == 1 + len(answer)
    sheet = openpyxl.load_workbook(folder / "data" / "s3_partnerships.xlsx", read_only=True)["flat_memberships"]
    rows = sheet.iter_rows(values_only=True)
    header = list(next(rows))
    wanted = [header.index(name) for name in ("partnership", "participant", "role")]
    assert {tuple(row[i] for i in wanted) for row in rows if row[header.index("region")] == "Lapland"} == answer


def test_commands_do_what_they_say(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    monkeypatch.setenv("S3_PIPELINE_DATA", str(folder / "data"))
    for line in (line for block in blocks("bash") for line in block.splitlines() if not line.startswith("make ")):
        program, *arguments = shlex.split(line)
        if program == ".venv/bin/python":
            # In this process, which has read the gazetteer already.
            assert arguments[:2] == ["-m", "pipeline"] and main(arguments[2:]) == 0
        else:
            run(line, folder)
    shutil.rmtree(default_work(folder / "my-data"), ignore_errors=True)
    said = capsys.readouterr().out
    assert "partnership:velmora in partnerships" in said
    assert "partnership:s3-community-of-practice in partnerships" in said and "“" in said
    with duckdb.connect() as data:
        rows = data.execute(f"SELECT participant, role FROM '{folder}/my-data/csv/flat_memberships.csv'").fetchall()
    assert ("Toscana", "lead") in rows and len(rows) >= 3


def test_targets_exist() -> None:
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"(?:^|`)make ([a-z]+)", README, re.MULTILINE))
    assert {"data", "test", "ui", "accuracy"} <= targets
    assert [t for t in targets if not re.search(rf"^{t}:", makefile, re.MULTILINE)] == []


def test_every_table_is_described() -> None:
    assert set(re.findall(r"^\| `(\w+)` \| ", README, re.MULTILINE)) >= set(TABLES)


def test_named_files_exist(folder: Path) -> None:
    for path in re.findall(r"`((?:data|seeds|pipeline|schemas|tests)/[\w./*-]*)`", README):
        assert list((folder if path.startswith("data") else PROJECT).glob(path.rstrip("/"))), path


def test_the_correction_has_the_columns_of_the_file() -> None:
    (example,) = blocks("csv")
    header = (PROJECT / "seeds" / "corrections.csv").read_text(encoding="utf-8").splitlines()[0]
    assert example.splitlines()[0] == header


def test_accuracy_is_as_measured() -> None:
    measured = json.loads(ACCURACY.read_text(encoding="utf-8"))
    assert fill(README, measured) == README, "run `make accuracy`"


def test_attribution_and_version_are_repeated() -> None:
    lines = [x for x in ATTRIBUTION.read_text(encoding="utf-8").splitlines() if x.startswith("* Contains")]
    assert lines and all(line in README for line in lines)
    assert f"release {version()['version']}" in README
