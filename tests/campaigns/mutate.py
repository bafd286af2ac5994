"""Mutation testing of the parts on which truth rests: which small changes to the code does no test notice?

python -m tests.campaigns.mutate pipeline/text tests/text tests/extract/test_spans.py
python -m tests.campaigns.mutate pipeline/release/swap.py tests/house/test_release.py --survivors

Tests are collected once. Each mutant is a fork in which the functions of one module get the code of the mutant, so
that everything that is loaded stays loaded; it runs the tests until the first one fails.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import copy
import os
import random
import signal
import sys
import time
import types
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from pipeline.settings import PROJECT

# A mutant that takes this many times as long as the tests take without one is taken to hang.
PATIENCE, LEAST = 4, 60
_COMPARE: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
_BINARY: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change: where, what, and the whole module with it."""

    module: str
    line: int
    change: str
    source: str


def mutants(file: Path) -> Iterator[Mutant]:
    """Every mutant of a file; annotations and docstrings are no code."""
    source = file.read_text("utf-8")
    module = file.relative_to(PROJECT).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__")
    tree = ast.parse(source)
    for index, node in enumerate(_nodes(tree)):
        for number, change in enumerate(_changes(node)):
            mutated = ast.parse(source)
            target = _nodes(mutated)[index]
            list(_changes(target))[number][1]()
            yield Mutant(module, getattr(node, "lineno", 0), change[0], ast.unparse(ast.fix_missing_locations(mutated)))


def _nodes(tree: ast.Module) -> list[Any]:
    """Nodes inside of functions, in a fixed order."""
    skipped: set[int] = set()
    for node in ast.walk(tree):
        for name in ("annotation", "returns", "decorator_list"):
            part = getattr(node, name, None)
            for root in part if isinstance(part, list) else [part]:
                if root is not None:
                    skipped.update(id(n) for n in ast.walk(root))
        body = getattr(node, "body", None)
        if (
            isinstance(body, list)
            and body
            and isinstance(body[0], ast.Expr)
            and isinstance(body[0].value, ast.Constant)
        ):
            skipped.update(id(n) for n in ast.walk(body[0]))
        if isinstance(node, ast.Raise):
            # What an error says is read by people.
            skipped.update(id(n) for n in ast.walk(node))
    functions = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)]
    inside = {id(n): n for f in functions for statement in f.body for n in ast.walk(statement)}
    return [n for n in inside.values() if id(n) not in skipped]


def _changes(node: Any) -> Iterator[tuple[str, Any]]:
    """(what is changed, how) for a node; calling `how` changes it."""
    match node:
        case ast.Compare(ops=[op]) if type(op) in _COMPARE:
            new = _COMPARE[type(op)]
            yield f"{type(op).__name__} to {new.__name__}", lambda: node.ops.__setitem__(0, new())
        case ast.BoolOp():
            other = ast.Or if isinstance(node.op, ast.And) else ast.And
            yield f"to {other.__name__}", lambda: setattr(node, "op", other())
        case ast.BinOp() if type(node.op) in _BINARY:
            operator = _BINARY[type(node.op)]
            yield f"{type(node.op).__name__} to {operator.__name__}", lambda: setattr(node, "op", operator())
        case ast.If() | ast.IfExp() | ast.While():
            yield "condition reversed", lambda: setattr(node, "test", ast.UnaryOp(ast.Not(), copy.copy(node.test)))
        case ast.Constant(value=bool(value)):
            yield f"{value} to {not value}", lambda: setattr(node, "value", not value)
        case ast.Constant(value=int(value) | float(value)):
            yield f"{value} to {value + 1}", lambda: setattr(node, "value", value + 1)
        case ast.Constant(value=str(value)) if value:
            yield f"{value!r} to another", lambda: setattr(node, "value", f"{value}~")
        case ast.Return(value=value) if value is not None and not isinstance(value, ast.Constant):
            yield "returns None", lambda: setattr(node, "value", ast.Constant(None))
        case ast.Continue() | ast.Break():
            yield "loop control removed", lambda: _become_pass(node)
        case ast.Expr(value=ast.Call()) | ast.AugAssign():
            yield "statement removed", lambda: _become_pass(node)


def _become_pass(node: Any) -> None:
    node.__class__, node.__dict__ = ast.Pass, {"lineno": node.lineno, "col_offset": node.col_offset}


def apply(mutant: Mutant) -> None:
    """Give the functions of the loaded module the code of the mutant."""
    module = import_module(mutant.module)
    space: dict[str, Any] = {**module.__dict__}
    exec(compile(mutant.source, str(module.__file__), "exec"), space)
    for name, new in space.items():
        old = module.__dict__.get(name)
        if getattr(new, "__module__", None) == mutant.module:
            _replace(old, new)


def _replace(old: Any, new: Any) -> None:
    if hasattr(old, "cache_clear"):
        old.cache_clear()
        old, new = old.__wrapped__, new.__wrapped__
    if isinstance(old, types.FunctionType):
        inner = getattr(old, "__wrapped__", None)
        if inner is not None:
            _replace(inner, new.__wrapped__)
        elif old.__code__.co_freevars == new.__code__.co_freevars:
            old.__code__, old.__defaults__ = new.__code__, new.__defaults__
    elif isinstance(old, type):
        for name, part in vars(new).items():
            was = vars(old).get(name)
            part, was = (getattr(p, "fget", None) or getattr(p, "__func__", p) for p in (part, was))
            if isinstance(part, types.FunctionType) and part.__module__ == new.__module__:
                _replace(was, part)


class Campaign:
    """A pytest plugin: in place of running the tests, run them on every mutant."""

    def __init__(self, wanted: list[Mutant], survivors: bool) -> None:
        self.wanted, self.show = wanted, survivors
        self.outcomes: Counter[str] = Counter()
        self.killed_by: Counter[str] = Counter()

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Fork for each mutant."""
        items = session.items
        started = time.monotonic()
        good = _in_fork(items, None, 3600)
        assert good is None, f"{good} fails without a mutant"
        seconds = LEAST + int(PATIENCE * (time.monotonic() - started))
        for number, mutant in enumerate(self.wanted, 1):
            killer = _in_fork(items, mutant, seconds)
            self.outcomes["survived" if killer is None else "killed"] += 1
            if killer is None and self.show:
                print(f"SURVIVED {mutant.module}:{mutant.line} {mutant.change}", flush=True)
            if killer:
                self.killed_by[killer.partition("::")[0]] += 1
                # The test that saw one mutant of a module sees the next one soon, too.
                items.sort(key=lambda item: item.nodeid != killer)
            if number % 50 == 0:
                print(f"{number} of {len(self.wanted)}: {dict(self.outcomes)}", flush=True)
        return True


class _Listener:
    """Remembers whether a test failed."""

    failed = False

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Called by pytest for each phase of a test."""
        self.failed = self.failed or report.failed


def _in_fork(items: list[pytest.Item], mutant: Mutant | None, seconds: int) -> str | None:
    """The first test that fails, or what else ended the run; None where all pass."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.setpgid(0, 0)
            silent = os.open(os.devnull, os.O_WRONLY)
            os.dup2(silent, 1)
            os.dup2(silent, 2)
            failed = ""
            if mutant:
                apply(mutant)
            listener = _Listener()
            items[0].config.pluginmanager.register(listener)
            for item, following in zip(items, [*items[1:], None], strict=True):
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
                if listener.failed:
                    failed = item.nodeid
                    break
            os.write(writer, f"{failed}\n".encode())
        except BaseException as error:
            os.write(writer, f"{type(error).__name__}: {' '.join(str(error).split())}\n".encode())
        finally:
            os._exit(0)
    os.close(writer)
    signal.alarm(seconds)
    try:
        with os.fdopen(reader, "rb") as answers:
            said = answers.readline().decode().strip("\n")
            ended = not said and os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0
            return said or ("died" if ended else None)
    except TimeoutError:
        os.killpg(child, signal.SIGKILL)
        os.waitpid(child, 0)
        return "timeout"
    finally:
        signal.alarm(0)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(child, 0)


def _late(*_: object) -> None:
    raise TimeoutError


def main() -> int:
    """Print the score: mutants that a test noticed, of all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("code", help="file or folder to mutate")
    parser.add_argument("tests", nargs="+", help="tests to run, the quick ones first")
    parser.add_argument("--sample", type=int, default=0, help="so many mutants, chosen at random (0: all)")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--survivors", action="store_true", help="list what no test noticed")
    given = parser.parse_args()
    code = (PROJECT / given.code).resolve()
    files = sorted(code.rglob("*.py")) if code.is_dir() else [code]
    found = [mutant for file in files for mutant in mutants(file)]
    wanted = random.Random(given.seed).sample(found, given.sample) if 0 < given.sample < len(found) else found
    print(f"{given.code}: {len(wanted)} of {len(found)} mutants", flush=True)
    signal.signal(signal.SIGALRM, _late)
    campaign = Campaign(wanted, given.survivors)
    with contextlib.suppress(ImportError):
        import_module("pipeline.extract")
    status = pytest.main(["-q", "-x", "-p", "no:cacheprovider", "--no-header", *given.tests], plugins=[campaign])
    killed, total = campaign.outcomes["killed"], sum(campaign.outcomes.values())
    print(f"{given.code}: {killed} of {total} mutants noticed, score {killed / max(total, 1):.3f}")
    print("  " + ", ".join(f"{count} by {test}" for test, count in campaign.killed_by.most_common(12)))
    return int(status not in (0, 5))


if __name__ == "__main__":
    sys.exit(main())
