#!/usr/bin/env python3
"""Runs the commands that the documentation prints.

Question: does every `mvn …` command of the README and the pages beside it work as printed?
Run:      python3 src/test/scripts/printed_commands.py                 about half an hour
          python3 src/test/scripts/printed_commands.py --list          what would be run, and what not
          python3 src/test/scripts/printed_commands.py --only sweep    whose page, line or text matches
          python3 src/test/scripts/printed_commands.py --self-test     of the extraction, without Maven
Red:      a command ended with another code than 0, or did not leave what the text promises. Exit code 1.

Nothing but the simulated endpoint is called: keys and addresses of providers are taken out of the
environment, and commands that need an account, a server, Docker or a file of the reader's are skipped, with
the reason. So are those that take long (verify, benchmark, jmh, fuzz, big-run), unless --all. RUN, RUN_A,
RUN_B, A and B become run folders that earlier commands left; two that are compared or merged have the same
settings and are trusted, if there are such. A command that stands on several pages runs once. The output of each is
kept in target/printed-commands.
"""

import argparse
import collections
import json
import os
import pathlib
import re
import shlex
import signal
import subprocess
import sys
import time
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[3]
LOGS = ROOT / "target" / "printed-commands"
LEFT = LOGS / "runs.json"
RUNS = "reports/runs"
PAGES = (
    "README.md",
    "simulations/README.md",
    "simulations/concepts.md",
    "simulations/real-model.md",
    "reports/README.md",
    "reports/parity.md",
    "reports/benchmarks.md",
    "feeders/README.md",
    ".ci/README.md",
)
GAP = "…"
LONG = {
    r"\bmvn( -\S+)* verify\b": "all tests",
    r"exec@benchmark": "the benchmark",
    r"-Pjmh": "the microbenchmarks",
    r"-Pfuzz": "the fuzzer",
    r"-Pmutants": "the mutants",
    r"java@big-run": "a run of a million calls",
}
RUN_FILES = (
    "index.html",
    "gatling/index.html",
    "summary.json",
    "summary.csv",
    "summary.md",
    "summary.txt",
    "latency-table.md",
    "junit.xml",
    "calls.jsonl",
    "health.jsonl",
    "progress.jsonl",
    "run.json",
)
DATA = (".json", ".jsonl", ".csv", ".conf", ".txt", ".parameters")

Printed = collections.namedtuple("Printed", "page line text")


# ---- what is printed


def extract(page, text):
    """The commands of a page with the lines on which they begin, in their order."""
    found = []
    for kind, first, lines in blocks(text):
        if kind == "fence":
            found += of_fence(first, lines)
        elif kind == "table":
            found += of_table(first, lines)
        else:
            found += [(first + above, span) for above, span in spans("\n".join(lines))]
    formats = cells_below(text, "format")
    return [
        Printed(page, line, one)
        for line, command in found
        if re.search(r"(^|\s)mvn\s+\S", command)
        for one in with_formats(one_line(command), formats)
    ]


def blocks(text):
    """Fenced blocks, tables, and paragraphs or list items: kind, number of the first line, lines."""
    found, kind, first, lines = [], None, 0, []

    def close():
        if kind and lines:
            found.append((kind, first, list(lines)))

    for number, line in enumerate(text.split("\n"), 1):
        fence = line.lstrip().startswith("```")
        if kind == "fence":
            if fence:
                close()
                kind, lines = None, []
            else:
                lines.append(line)
            continue
        here = "fence" if fence else "table" if line.startswith("|") else "text" if line.strip() else None
        if here != kind or here == "fence" or line.lstrip().startswith("- "):
            close()
            kind, lines, first = here, [], number + (1 if fence else 0)
        if here and not fence:
            lines.append(line)
    close()
    return found


def of_fence(first, lines):
    """Lines that end in a backslash go on in the next one."""
    found, parts = [], []
    for number, line in enumerate(lines, first):
        start = start if parts else number
        parts.append(line[:-1] if line.endswith("\\") else re.sub(r"(^|\s+)#\s.*$", "", line))
        if not line.endswith("\\"):
            found.append((start, " ".join(parts)))
            parts = []
    return found


def of_table(first, lines):
    """Commands in cells. A head that ends in a gap is completed by the first code of each cell below it."""
    heads, found = {}, []
    for number, line in enumerate(lines, first):
        for column, cell in enumerate(cells(line)):
            code = [span for _, span in spans(cell)]
            if number == first and code and code[0].endswith(GAP):
                heads[column] = code[0][: -len(GAP)]
            elif column in heads and code:
                found.append((number, heads[column] + code[0]))
            else:
                found += [(number, span) for span in code]
    return found


def cells(line):
    return [cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip())[1:-1]]


def cells_below(text, head):
    """The code in the first column of the table with this head."""
    for kind, _, lines in blocks(text):
        if kind == "table" and cells(lines[0])[0] == head:
            return [spans(cells(line)[0])[0][1] for line in lines[2:]]
    return []


def spans(text):
    """Inline code with the number of line breaks above it."""
    pattern = r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)"
    return [
        (text.count("\n", 0, found.start()), found.group(2))
        for found in re.finditer(pattern, text, re.DOTALL)
    ]


def one_line(command):
    return " ".join(command.split())


def with_formats(command, formats):
    """One command for each format of the page's table."""
    if "--format FORMAT" not in command:
        return [command]
    return [command.replace("FORMAT", name) for name in formats]


# ---- what can be run


def why_not(command, everything):
    """The reason for which a command is not run here; empty if it is."""
    if re.match(r"docker\b", command):
        return "needs Docker"
    provider = re.search(r"-Dllm\.provider=(\S+)", command)
    if provider and provider.group(1) != "simulator":
        return f"calls a real endpoint ({provider.group(1)})"
    if GAP in command:
        return f"a pattern: {GAP} is the reader's to fill in"
    name = placeholder(command)
    if name:
        return f"{name} is the reader's to fill in"
    if re.search(r"java@simulator\b", command):
        return "serves until it is stopped"
    if "--yes" in command:
        return "deletes runs"
    for pattern, what in LONG.items():
        if not everything and re.search(pattern, command):
            return f"takes long ({what}): with --all"
    return ""


def placeholder(command):
    """A name in capitals that no run folder can stand for."""
    rest = re.sub(r"-Dexec\.args=\"[^\"]*\"", lambda found: " ".join(unfilled(found.group(0))), command)
    found = re.search(r"(?<![\w.])[A-Z][A-Z_]+(?![\w.])", rest)
    return found.group(0) if found else ""


def unfilled(arguments):
    return [word for word in re.split(r"[\s\"]+", arguments) if not is_run(word)]


def is_run(word):
    return re.fullmatch(r"RUN|RUN_[A-Z]|.+/(RUN|RUN_[A-Z]|[A-C])", word) is not None


def filled(command, choose):
    """The command with run folders in their places; None if there are too few.

    choose(folder, count, alike) names that many runs of a folder.
    """
    found = re.search(r"-Dexec\.args=\"([^\"]*)\"", command)
    if not found:
        return command
    words = found.group(1).split()
    wanted = collections.Counter(folder_of(word) for word in words if is_run(word))
    runs = {}
    for folder, count in wanted.items():
        runs[folder] = choose(folder, count, count == 2 and "java@runs" not in command)
        if runs[folder] is None:
            return None
    words = [runs[folder_of(word)].pop(0) if is_run(word) else word for word in words]
    return command[: found.start(1)] + " ".join(words) + command[found.end(1) :]


def folder_of(word):
    return word.rpartition("/")[0] or RUNS


def missing(command):
    """An input of the command that does not exist; empty if all do."""
    for name in inputs(command):
        if not (ROOT / name).exists():
            return name
    return ""


def inputs(command):
    found = []
    for word in shlex.split(command):
        key, _, value = word.partition("=")
        if key == "-Dexec.args":
            words = shlex.split(value)
            found += [w for before, w in zip([""] + words, words) if before != "--out" and looks_like_a_file(w)]
        elif key.startswith("-Dllm.") and key != "-Dllm.record.folder" and looks_like_a_file(value):
            found.append(value)
        elif not key.startswith("-") and looks_like_a_file(word):
            found.append(word)
    return found


def looks_like_a_file(word):
    return "://" not in word and ("/" in word or word.endswith(DATA))


# ---- the runs that are there


class Left:
    """The run folders that the commands left, this time and before, oldest first."""

    def __init__(self):
        try:
            self.folders = json.loads(LEFT.read_text())
        except FileNotFoundError:
            self.folders = []

    def add(self, folder):
        self.folders.append(str(folder.relative_to(ROOT)))
        LEFT.write_text(json.dumps(self.folders, indent=1) + "\n")

    def choose(self, folder, count, alike):
        there = [
            run
            for run in self.folders
            if str(pathlib.PurePath(run).parent) == folder and (ROOT / run / "summary.json").exists()
        ]
        latest = there[-count:] if len(there) >= count else None
        return pair(there) or latest if alike else latest


def pair(runs):
    """The latest two of equal settings, if possible trusted ones."""
    for trusted_only in (True, False):
        by_settings = collections.defaultdict(list)
        for run in runs:
            if not trusted_only or summary(ROOT / run)["verdict"]["level"] == "trusted":
                by_settings[settings_that_matter(run)].append(run)
        pairs = [group[-2:] for group in by_settings.values() if len(group) > 1]
        if pairs:
            return max(pairs, key=lambda both: runs.index(both[1]))
    return None


def settings_that_matter(run):
    info = json.loads((ROOT / run / "run.json").read_text())
    apart = ("llm.slo.", "llm.gate.", "llm.seed", "llm.description", "llm.record.folder")
    kept = {k: v for k, v in info["configuration"].items() if not k.startswith(apart)}
    return info["simulation"], json.dumps(kept, sort_keys=True)


def summary(folder):
    return json.loads((folder / "summary.json").read_text())


# ---- what is promised


class Result:
    """What became of a command: problems, the figures of its run, and what it left."""

    def __init__(self):
        self.problems = []
        self.figures = None
        self.said = ""

    def must(self, holds, otherwise):
        if not holds:
            self.problems.append(otherwise)


def check_run(command, folder, result):
    """That a run folder is whole, has calls, and holds what its simulation is for."""
    for name in RUN_FILES:
        file = folder / name
        result.must(file.is_file() and file.stat().st_size > 0, f"no {name}")
    if result.problems:
        return
    told = summary(folder)
    info = json.loads((folder / "run.json").read_text())
    result.figures = told
    result.must(told["overall"]["succeeded"] > 0, "no call succeeded")
    result.must(told["completeness"] == "complete", told["completeness"])
    for assertion in told["assertions"]:
        result.must(assertion["passed"], f"not met: {assertion['text']}, actual {assertion['actual']}")
    if "-Dllm.slo." in command:
        result.must(told["assertions"], "no assertion in summary.json")
    promise = PROMISES.get(info["simulation"])
    if promise:
        promise(folder, told, info["configuration"], result)
    failed, throttled = told["overall"]["failed"], told["overall"]["outcomes"].get("throttled", 0)
    if info["description"] == "paygo-50RPM":
        result.must(throttled, "no call was throttled")
    quota = info["configuration"].get("llm.simulator.tokensPerMinute")
    unexplained = failed - throttled if quota else failed
    result.must(unexplained == 0, f"{unexplained} calls failed")
    if throttled:
        result.said += f", {throttled} calls throttled"


def sweep(folder, told, settings, result):
    for level in settings["llm.sweep.levels"].split(","):
        of_level = folder / "clients" / level.strip()
        whole = all((of_level / name).is_file() for name in ("index.html", "summary.json", "calls.jsonl"))
        result.must(whole, f"no whole clients/{level}")
    result.must('id="level-ttft"' in page_of(folder), "no chart against clients")


def heatmap(folder, told, settings, result):
    sizes = [len(settings[f"llm.heatmap.{side}Tokens"].split(",")) for side in ("input", "output")]
    maps = re.findall(r'<table class="heat">.*?</table>', page_of(folder), re.DOTALL)
    result.must(len(maps) == 4, f"{len(maps)} heat maps instead of 4")
    for number, one in enumerate(maps, 1):
        counts = re.findall(r"n = ([\d,]+)", one)
        wanted = [settings["llm.heatmap.callsPerCell"]] * (sizes[0] * sizes[1])
        result.must(counts == wanted, f"heat map {number}: n of its cells are {counts}")


def latency(folder, told, settings, result):
    rows = json.loads((folder / "latency-table.json").read_text())
    names = json.dumps(rows)
    for deployment in settings["llm.latency.deployments"].split(","):
        for size in settings["llm.latency.maxTokens"].split(","):
            name = f"{deployment.strip()}_{size.strip()}"
            result.must(name in names, f"no {name} in latency-table.json")


def compare_scenarios(folder, told, settings, result):
    lines = [json.loads(line) for line in lines_of(settings["llm.scenarios.file"])]
    for line in lines:
        name = f"{line['model_id']} | {line['region']} | "
        result.must(any(name in row["path"] for row in told["calls"]), f"no row for {name}")
    if any(line.get("prompt_caching") for line in lines):
        seen = {row["labels"].get("cache") for row in told["calls"]}
        result.must({"hit", "miss"} <= seen, f"rows by cache are {sorted(map(str, seen))}")


def batch(folder, told, settings, result):
    for workload in settings["llm.batch.workloads"].split(","):
        result.must(any(workload.strip() in row["path"] for row in told["calls"]), f"no row for {workload}")


def payloads(folder, told, settings, result):
    path, started = settings["llm.payloads.path"], told["overall"]["started"]
    if path.endswith(".jsonl"):
        wanted = len(lines_of(path)) * int(settings["llm.payloads.passes"])
        result.must(started == wanted, f"{started} calls, not {wanted}")


def replay(folder, told, settings, result):
    file = settings["llm.replay.file"]
    rows = len(lines_of(file)) - (0 if file.endswith(".jsonl") else 1)
    arrived = told["overall"]["started"] + told["overall"]["missed"]
    result.must(arrived == rows, f"{arrived} arrivals of {rows} rows")


def rag(folder, told, settings, result):
    turns = {row["labels"].get("turn") for row in told["calls"]}
    result.must({"1", "2"} <= turns, f"rows by turn are {sorted(map(str, turns))}")
    result.must(told["assertions"], "no limit on the 95th percentile")


def calibrate(folder, told, settings, result):
    result.must(told.get("clientErrors"), "no client error in summary.json")


PROMISES = {
    "sweep.ConcurrencySweepSimulation": sweep,
    "heatmap.LatencyHeatmapSimulation": heatmap,
    "latency.LatencyBenchmarkSimulation": latency,
    "compare.BedrockScenarioSimulation": compare_scenarios,
    "batch.BatchSimulation": batch,
    "payloads.PayloadFilesSimulation": payloads,
    "replay.TraceReplaySimulation": replay,
    "rag.OrchestratorSimulation": rag,
    "calibrate.MeasurementErrorSimulation": calibrate,
}


def lines_of(file):
    return [line for line in (ROOT / file).read_text(encoding="utf-8").splitlines() if line.strip()]


def page_of(folder):
    return (folder / "index.html").read_text(encoding="utf-8")


def check_tool(tool, words, since, output, result):
    """That a command on finished runs, or without any, left or said what it is for."""
    folders = operands(words)
    out = words[words.index("--out") + 1] if "--out" in words else ""
    if tool == "report":
        fresh(out or folders[0], ["index.html", "summary.json", "summary.md"], since, result)
        if not result.problems:
            merged = summary(ROOT / (out or folders[0]))
            result.figures = merged
            result.must(len(merged["runs"]) == len(folders), f"made of {len(merged['runs'])} runs")
    elif tool == "runs":
        first = pathlib.PurePath(folders[0]) / ("run" if "--all" in words else "")
        fresh(out or first.parent / "side-by-side", ["runs.html", "runs.md", "runs.csv"], since, result)
    elif tool == "compare":
        name = "compared-" + "-".join(pathlib.PurePath(folder).name for folder in folders)
        files = ["comparison." + suffix for suffix in ("html", "md", "txt", "json")]
        fresh(out or pathlib.PurePath(folders[1]).parent / name, files, since, result)
    elif tool == "export":
        folder = out or f"{folders[0]}/export/{words[words.index('--format') + 1]}"
        there = [file.name for file in (ROOT / folder).glob("*") if file.is_file()]
        result.must(there, f"nothing in {folder}")
        fresh(folder, there, since, result)
    elif tool == "latency-table":
        fresh(folders[0], ["latency-table." + suffix for suffix in ("md", "json", "csv")], since, result)
    elif tool == "dataset":
        fresh(pathlib.PurePath(out).parent, [pathlib.PurePath(out).name], since, result)
        says(r"\d+.* in " + re.escape(out), output, result)
    else:
        says(
            {
                "calculator": r"[\d.,]+ calls/min",
                "size": r"units: \d+",
                "tokenise": r"tokens: \d+",
                "clean-runs": r"\d+ of \d+ runs",
            }.get(tool, "."),
            output,
            result,
        )


def operands(words):
    """What is not an option or its value; --all is followed by a folder, too."""
    alone = ("--all", "--show-all", "--succeeded-only", "--accept-untrusted", "--accept-other-settings")
    return [
        word
        for before, word in zip([""] + words, words)
        if not word.startswith("--") and (not before.startswith("--") or before in alone)
    ]


def fresh(folder, names, since, result):
    for name in names:
        file = ROOT / folder / name
        made = file.is_file() and file.stat().st_size > 0 and file.stat().st_mtime >= since
        result.must(made, f"no new {folder}/{name}")
    if not result.problems:
        result.said = f"left {folder}/ {', '.join(names)}"


def says(pattern, output, result):
    found = re.search(f"^.*{pattern}.*$", output, re.MULTILINE)
    result.must(found, f"it does not say {pattern}")
    result.said = found.group(0).strip() if found else ""


# ---- running


def environment():
    """Without anything by which a command could reach an account."""
    reach = ("AZURE_", "OPENAI_", "AWS_", "ORCHESTRATOR_")
    return {name: value for name, value in os.environ.items() if not name.startswith(reach)}


def run(command, log, options):
    """The exit code of a command; 124 if it took too long."""
    if options.offline:
        command = re.sub(r"(?<!\S)mvn(?=\s)", "mvn -o", command)
    with log.open("w") as out:
        process = subprocess.Popen(
            ["bash", "-c", command],
            cwd=ROOT,
            env=environment(),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            return process.wait(60 * options.minutes)
        except subprocess.TimeoutExpired:
            return 124
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
                process.wait()


def done(command, code, since, before, log, left):
    """Judges a command that has ended."""
    result = Result()
    output = log.read_text(errors="replace")
    if code != 0:
        result.problems.append("it took too long" if code == 124 else complaint(output))
    tool = re.search(r"java@([a-z-]+)", command)
    arguments = re.search(r"-Dexec\.args=\"([^\"]*)\"", command)
    try:
        if "gatling:test" in command:
            new = sorted(run_folders(command) - before)
            result.must(len(new) == 1, f"{len(new)} new run folders")
            for folder in new:
                left.add(folder)
                result.said = folder.name
                check_run(command, folder, result)
        elif tool and arguments and code == 0:
            check_tool(tool.group(1), shlex.split(arguments.group(1)), since, output, result)
    except (OSError, LookupError, ValueError) as failure:
        result.problems.append(f"what it left cannot be read: {failure!r}")
    return result


def run_folders(command):
    folder = re.search(r"-Dllm\.record\.folder=(\S+)", command)
    parent = ROOT / (folder.group(1) if folder else RUNS)
    return {file.parent for file in parent.glob("*/run.json")}


def complaint(output):
    """What a failed command said: a gate that was not met, else Maven's first error, else its last line."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    gates = [line for line in lines if line.startswith("FAILED") or ": false (actual" in line]
    errors = [line for line in lines if line.startswith(("[ERROR]", "[llm]")) and "run folder" not in line]
    return "; ".join(gates[:3]) or (errors + lines[-1:] + ["no output"])[0][:200]


# ---- what is told

COLUMNS = (
    (29, "where"),
    (8, "result"),
    (4, "exit"),
    (4, "s"),
    (6, "calls"),
    (8, "TTFT p50"),
    (9, "tok/s p50"),
    (7, "e2e p95"),
    (6, "rpm"),
    (8, "verdict"),
)


def row(values, rest):
    values = list(values) + [""] * (len(COLUMNS) - len(values))
    left_aligned = (0, 1, 9)
    fields = [
        f"{value:<{width}}" if column in left_aligned else f"{value:>{width}}"
        for column, (value, (width, _)) in enumerate(zip(values, COLUMNS))
    ]
    print("  ".join(fields + [rest]).rstrip(), flush=True)


def figures(told):
    if not told:
        return []
    overall = told["overall"]

    def of(measure, statistic):
        value = overall["measures"][measure].get(statistic)
        return "–" if value is None else f"{value:.0f}"

    return [
        str(overall["started"]),
        of("ttftMillis", "p50"),
        of("tokensPerSecond", "p50"),
        of("e2eMillis", "p95"),
        f"{overall['requestsPerMinute']:.1f}" if "requestsPerMinute" in overall else "–",
        told["verdict"]["level"],
    ]


def where(printed):
    return f"{printed.page}:{printed.line}"


def all_printed():
    return [one for page in PAGES for one in extract(page, (ROOT / page).read_text(encoding="utf-8"))]


def chosen(options):
    for one in all_printed():
        if re.search(options.only, f"{where(one)} {one.text}"):
            yield one


def list_them(options):
    seen = {}
    for one in chosen(options):
        reason = why_not(one.text, options.all)
        if not reason and one.text in seen:
            reason = f"as {seen[one.text]}"
        seen.setdefault(one.text, where(one))
        print(f"{where(one):<29} {'skip' if reason else 'run':<5} {one.text}")
        if reason:
            print(f"{'':35} {reason}")
    return 0


def run_them(options):
    LOGS.mkdir(parents=True, exist_ok=True)
    left, seen, tally = Left(), {}, collections.Counter()
    row([name for _, name in COLUMNS], "command; left, or why not")
    for number, one in enumerate(chosen(options), 1):
        reason = why_not(one.text, options.all)
        if not reason and one.text in seen:
            tally["same"] += 1
            row([where(one), "same"], f"as {seen[one.text]}: {one.text}")
            continue
        command = one.text
        if not reason:
            command = filled(command, left.choose)
            reason = "too few runs were left by earlier commands" if command is None else ""
        if not reason and missing(command):
            reason = f"{missing(command)} is not here"
        if reason:
            tally["skipped"] += 1
            row([where(one), "skipped"], f"{reason}: {one.text}")
            continue
        seen[one.text] = where(one)
        before = run_folders(command)
        log = LOGS / f"{number:03}.log"
        since = time.time()
        code = run(command, log, options)
        result = done(command, code, since, before, log, left)
        tally["failed" if result.problems else "ok"] += 1
        row(
            [
                where(one),
                "FAILED" if result.problems else "ok",
                str(code),
                f"{time.time() - since:.0f}",
                *figures(result.figures),
            ],
            f"{command}; " + ("; ".join(result.problems) or result.said),
        )
        if result.problems:
            print(f"{'':29}  its output is in {log.relative_to(ROOT)}", flush=True)
    print(", ".join(f"{tally[kind]} {kind}" for kind in ("ok", "failed", "skipped", "same")))
    return 1 if tally["failed"] else 0


# ---- self-test

SAMPLE = """# A page

Text with `mvn -v` in it, `no command`, and one that goes on: `mvn gatling:test -Dllm.seed=1
-Dllm.load.rpm=2`, then ``mvn `quoted` ``.

```
export KEY=…            # mvn is not called here
mvn gatling:test -Dllm.seed=2 \\
    -Dllm.load.rpm=3     # a comment
time mvn -q compile exec:java@report -Dexec.args="reports/runs/RUN"
```
- item `mvn verify`
- item `other`
  and `source x && mvn gatling:test`

| what | `mvn gatling:test -Dgatling.simulationClass=…` |
|---|---|
| first | `a.B -Dx=1` (the default) |
| second | `c.D` |

| format | `mvn x --format FORMAT` |
|---|---|
| `one` | its file |
| `two` | its file |
"""


class Extraction(unittest.TestCase):
    def test_every_form_is_found_with_its_line(self):
        found = [(one.line, one.text) for one in extract("page.md", SAMPLE)]
        self.assertEqual(
            [
                (3, "mvn -v"),
                (3, "mvn gatling:test -Dllm.seed=1 -Dllm.load.rpm=2"),
                (4, "mvn `quoted`"),
                (8, "mvn gatling:test -Dllm.seed=2 -Dllm.load.rpm=3"),
                (10, 'time mvn -q compile exec:java@report -Dexec.args="reports/runs/RUN"'),
                (12, "mvn verify"),
                (14, "source x && mvn gatling:test"),
                (18, "mvn gatling:test -Dgatling.simulationClass=a.B -Dx=1"),
                (19, "mvn gatling:test -Dgatling.simulationClass=c.D"),
                (21, "mvn x --format one"),
                (21, "mvn x --format two"),
            ],
            found,
        )

    def test_what_needs_more_than_the_simulated_endpoint_is_skipped(self):
        for command, reason in {
            "mvn gatling:test": "",
            "mvn gatling:test -Dllm.latency.deployments=A,B": "",
            "mvn gatling:test -Dllm.provider=simulator": "",
            "mvn gatling:test -Dllm.provider=bedrock": "calls a real endpoint (bedrock)",
            "docker run maven mvn gatling:test": "needs Docker",
            "mvn gatling:test -Dllm.cost.prices=FILE": "FILE is the reader's to fill in",
            "mvn -q compile exec:java@NAME": "NAME is the reader's to fill in",
            'mvn exec:java@report -Dexec.args="RUN --prices OTHER"': "OTHER is the reader's to fill in",
            'mvn exec:java@report -Dexec.args="reports/runs/a/RUN reports/runs/B"': "",
            "mvn verify": "takes long (all tests): with --all",
        }.items():
            self.assertEqual(reason, why_not(command, False), command)
        self.assertEqual("", why_not("mvn verify", True))

    def test_runs_take_the_places_of_their_names(self):
        asked = []

        def choose(folder, count, alike):
            asked.append((folder, count, alike))
            return [f"{folder}/run{i}" for i in range(count)]

        self.assertEqual(
            'mvn exec:java@compare -Dexec.args="reports/runs/run0 reports/runs/run1 --out x"',
            filled('mvn exec:java@compare -Dexec.args="reports/runs/RUN_A reports/runs/RUN_B --out x"', choose),
        )
        self.assertEqual(
            'mvn exec:java@report -Dexec.args="a/run0 b/run0"',
            filled('mvn exec:java@report -Dexec.args="a/RUN b/RUN"', choose),
        )
        self.assertEqual([(RUNS, 2, True), ("a", 1, False), ("b", 1, False)], asked)
        self.assertIsNone(filled('mvn exec:java@runs -Dexec.args="RUN RUN"', lambda *any: None))

    def test_operands_are_told_from_options(self):
        self.assertEqual(["a", "b"], operands("a b --out c --fail-if-worse ttft.p50=10%".split()))
        self.assertEqual(["a"], operands("--all a".split()))

    def test_inputs_are_told_from_outputs(self):
        command = (
            "source my.parameters && mvn -q gatling:test -Dllm.payloads.path=mine/"
            " -Dllm.record.folder=reports/runs/a -Dllm.openai.baseUrl=http://h/v1"
            ' -Dexec.args="in.json --mean 2 --out target/out.json"'
        )
        self.assertEqual(["my.parameters", "mine/", "in.json"], inputs(command))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--list", action="store_true", help="say what would be run, and what not and why")
    parser.add_argument("--only", metavar="REGEX", default="", help="those whose page:line and text match")
    parser.add_argument("--all", action="store_true", help="also those that take long")
    parser.add_argument("--offline", action="store_true", help="let Maven fetch nothing")
    parser.add_argument("--minutes", type=float, default=20, help="that a command may take (%(default)s)")
    parser.add_argument("--self-test", action="store_true", help="test the extraction, run nothing")
    options = parser.parse_args()
    if options.self_test:
        loaded = unittest.defaultTestLoader.loadTestsFromTestCase(Extraction)
        return 0 if unittest.TextTestRunner(verbosity=2).run(loaded).wasSuccessful() else 1
    return list_them(options) if options.list else run_them(options)


if __name__ == "__main__":
    sys.exit(main())
