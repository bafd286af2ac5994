"""Every engine gives the same, whatever single documents do to it."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.engine import Extractions, extract_all
from pipeline.engine.engines import NoEngine, choose
from pipeline.model import Document
from pipeline.settings import PROJECT, Settings
from tests.engine.poison import document

RAY = pytest.mark.skipif(importlib.util.find_spec("ray") is None, reason="extra `cluster` is not installed")
ENGINES = ["process", "workers", pytest.param("ray", marks=RAY)]
GOOD = [document(f"good-{n}", f"Text {n} of {n % 7}") for n in range(60)]
POISON = {"RAISE": "poison", "LOOP": "more than 1 s", "STRANGE": "gave NoneType"}
DEADLY = {"DIE": "ended its process (SIGKILL)", "DEAF": "more than 1 s"}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(work=tmp_path / "work", extractor="tests.engine.poison:extract", max_seconds=1, workers=2)


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> Extractions:
    work = tmp_path_factory.mktemp("expected")
    return extract_all(GOOD, Settings(work=work, extractor="tests.engine.poison:extract", engine="process"))


def mixed(poison: dict[str, str]) -> list[Document]:
    """The good documents with the others strewn among them."""
    out = list(GOOD)
    for n, text in enumerate(poison):
        out.insert(7 * n + 3, document(f"bad-{text}", text))
    return out


@pytest.mark.parametrize("engine", ENGINES)
def test_poison_costs_its_own_row(settings: Settings, expected: Extractions, engine: str) -> None:
    poison = POISON | ({"SLEEP": "more than 1 s"} if engine == "process" else DEADLY)
    own = replace(settings, engine=engine, shard=20)
    out = extract_all(mixed(poison), own)
    assert out == expected
    assert out.failed.keys() == {f"bad-{text}" for text in poison}
    assert all(says in out.failed[f"bad-{text}"] for text, says in poison.items())
    again = extract_all(mixed(poison), own)
    assert again == expected and again.failed == out.failed and not again.fresh
    assert not [f for f in (settings.work / "extractions").rglob("*") if f.is_file() and f.suffix != ".parquet"]


def test_a_run_that_died_over_a_document_goes_on_without_it(settings: Settings, expected: Extractions) -> None:
    code = (
        "from tests.engine.test_engines import *; import sys;"
        "extract_all(mixed({'DIE': ''}), Settings(work=Path(sys.argv[1]), extractor='tests.engine.poison:extract',"
        "max_seconds=1, engine='process', shard=20))"
    )
    died = subprocess.run([sys.executable, "-c", code, str(settings.work)], cwd=PROJECT, capture_output=True)
    assert died.returncode == -9
    out = extract_all(mixed({"DIE": ""}), replace(settings, engine="process", shard=20))
    assert out == expected and out.failed.keys() == {"bad-DIE"}


@pytest.mark.parametrize("engine", ENGINES[1:])
def test_a_worker_killed_from_outside_costs_nothing(settings: Settings, engine: str, tmp_path: Path) -> None:
    victim = document("victim", f"KILL ONCE {tmp_path / 'mark'}")
    out = extract_all([*GOOD, victim], replace(settings, engine=engine))
    assert (tmp_path / "mark").exists() and len(out) == len(GOOD) + 1 and not out.failed


def test_shards_workers_and_order_change_nothing(settings: Settings, expected: Extractions, tmp_path: Path) -> None:
    for n, (shard, engine) in enumerate([(1, "process"), (7, "workers"), (1000, "process")]):
        own = replace(settings, work=tmp_path / str(n), shard=shard, engine=engine)
        assert extract_all(list(reversed(GOOD)) if n else GOOD, own) == expected


def test_only_what_is_new_is_extracted_and_what_is_gone_leaves(settings: Settings) -> None:
    own = replace(settings, engine="process", shard=4)
    folder = settings.work / "extractions"
    assert len(extract_all(GOOD, own).fresh) == len(GOOD)
    for n in range(20):
        out = extract_all([*GOOD, document("new", f"New {n}")], own)
        assert out.fresh == ["new"] and len(out) == len(GOOD) + 1
    few = extract_all(GOOD[:3], own)
    assert list(few) == ["good-0", "good-1", "good-2"] and not few.fresh
    rest = list(folder.rglob("*.parquet"))
    assert len(rest) == 1, "small parts are joined, others forgotten"
    extract_all(GOOD[:3], replace(own, extractor="tests.house.fake:extract"))
    assert not rest[0].exists(), "parts of another extractor are forgotten"


@pytest.mark.parametrize("damage", ["cut", "flipped", "empty"])
def test_a_damaged_part_is_made_anew(settings: Settings, expected: Extractions, damage: str) -> None:
    own = replace(settings, engine="process")
    extract_all(GOOD, own)
    file = next((settings.work / "extractions").rglob("*.parquet"))
    raw = bytearray(file.read_bytes())
    raw[200] ^= 255
    file.write_bytes({"cut": raw[: len(raw) // 2], "flipped": raw, "empty": b""}[damage])
    out = extract_all(GOOD, own)
    assert out == expected and out.fresh
    assert not extract_all(GOOD, own).fresh


def test_parts_may_lie_at_any_address(settings: Settings, expected: Extractions, tmp_path: Path) -> None:
    own = replace(settings, engine="process", parts=(tmp_path / "shared").as_uri())
    assert extract_all(GOOD, own) == expected
    assert not extract_all(GOOD[:5], own).fresh
    assert not extract_all(GOOD, own).fresh, "one of several that share parts forgets none"


def test_an_engine_that_is_not_there_is_named(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NoEngine, match="choose one of"):
        choose(replace(settings, engine="spark"), 1)
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(NoEngine, match=r"pip install 's3-partnerships\[cluster\]'"):
        choose(replace(settings, engine="ray"), 1)


def test_few_documents_stay_in_this_process(settings: Settings) -> None:
    auto = replace(settings, workers=0, in_process_below=10)
    assert choose(auto, 9) == "process" and choose(replace(auto, workers=2), 9) == "workers"
    assert choose(replace(auto, workers=1), 99) == "process"


def test_nothing_imports_ray_unasked() -> None:
    code = "import sys, pipeline.definitions, pipeline.engine, pipeline.sift; sys.exit('ray' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=PROJECT).returncode == 0


@RAY
def test_a_cluster_that_runs_nothing_is_not_waited_for(settings: Settings) -> None:
    ray = importlib.import_module("ray")
    ray.init(num_cpus=0, include_dashboard=False, _node_ip_address="127.0.0.1", log_to_driver=False)
    try:
        with pytest.raises(RuntimeError, match="ran nothing within 2 s"):
            extract_all(GOOD, replace(settings, engine="ray", ray_start=2))
    finally:
        ray.shutdown()


@RAY
def test_a_cluster_that_comes_to_no_end_is_not_waited_for(settings: Settings) -> None:
    own = replace(settings, engine="ray", ray_stall=3, max_seconds=600)
    with pytest.raises(RuntimeError, match="no shard came to its end in 3 s"):
        extract_all([document("slow", "SLEEP")], own)
