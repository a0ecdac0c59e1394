#!/usr/bin/env python3
"""Makes one load from three machines whose clocks are seconds apart, and merges what they recorded.

Question: are the shares of three machines the load of one, begun together, whatever their clocks say?
Run:      python3 src/test/scripts/shares.py --classpath CLASSES:JARS
Red:      an arrival, a start, a rate or a percentile is not what it has to be, or something hung. Exit code 1.

Each machine is a network namespace of its own with a clock of its own (`faketime`: 0, +3 s, -7 s); the simulated
endpoint and the clock that all ask are in a fourth. Needs Linux, root, iproute2, faketime and numpy; CLASSES are
the compiled product and simulations, JARS its test class path. It is no part of `mvn verify`: two cores cannot keep
three clients on time, so nothing here rests on how late calls were.
"""

import argparse
import datetime
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

import numpy

SKEW = [0, 3, -7]
SHARES = len(SKEW)
RAMP_SECONDS = 60
SLICE_SECONDS = 5
AHEAD_SECONDS = 90
ENDPOINT = "10.99.0.1"
PROFILE = f"ramp 0 to 600 in {RAMP_SECONDS}s"
NICE = ["nice", "-n", "19"]
JAVA = ["java", "-Xmx512m", "-XX:+UseSerialGC", "--add-opens=java.base/java.lang=ALL-UNNAMED"]

started = []
failures = []


def sh(*command):
    subprocess.run(command, check=True)


def check(what, right, found):
    print(("ok    " if right else "WRONG ") + what + ": " + found, flush=True)
    if not right:
        failures.append(what)


def network():
    sh("ip", "netns", "add", "llm-service")
    sh("ip", "-n", "llm-service", "link", "set", "lo", "up")
    sh("ip", "-n", "llm-service", "link", "add", "bridge", "type", "bridge")
    sh("ip", "-n", "llm-service", "addr", "add", ENDPOINT + "/24", "dev", "bridge")
    sh("ip", "-n", "llm-service", "link", "set", "bridge", "up")
    for i in range(SHARES):
        name = f"llm-{i}"
        sh("ip", "netns", "add", name)
        sh("ip", "-n", name, "link", "set", "lo", "up")
        sh("ip", "-n", name, "link", "add", "eth0", "type", "veth", "peer", "name", f"to{i}", "netns", "llm-service")
        sh("ip", "-n", name, "addr", "add", f"10.99.0.{10 + i}/24", "dev", "eth0")
        sh("ip", "-n", name, "link", "set", "eth0", "up")
        sh("ip", "-n", "llm-service", "link", "set", f"to{i}", "master", "bridge", "up")


def no_network():
    for name in ["llm-service"] + [f"llm-{i}" for i in range(SHARES)]:
        subprocess.run(["ip", "netns", "del", name], stderr=subprocess.DEVNULL, check=False)


def spawn(command, log, namespace, skew=0):
    clock = ["faketime", "-f", f"{skew:+d}s"] if skew else []
    process = subprocess.Popen(
        ["ip", "netns", "exec", namespace] + NICE + clock + command,
        stdout=open(log, "w"), stderr=subprocess.STDOUT, start_new_session=True)
    started.append(process)
    return process


def wait_for(log, text):
    for _ in range(600):
        if text in log.read_text():
            return
        time.sleep(0.2)
    raise SystemExit(f"{log} never said '{text}'")


class Test:
    def __init__(self, classpath, temp):
        self.classpath = classpath
        self.temp = temp

    def service(self):
        main = JAVA + ["-cp", self.classpath, "dev.gatlingllm.Main"]
        log = self.temp / "simulator.log"
        spawn(main + ["simulator", "--bind=" + ENDPOINT, "--port=8080", "--ttft=50ms", "--tokensPerSecond=200"],
              log, "llm-service")
        wait_for(log, "ready")
        log = self.temp / "clock.log"
        spawn(main + ["clock", "--port=1123"], log, "llm-service")
        wait_for(log, "ready")

    def load(self, job, index, settings, share=True):
        folder = self.temp / job / str(index)
        values = {
            "provider": "openai", "openai.baseUrl": f"http://{ENDPOINT}:8080/v1", "openai.model": "simulated",
            "load.profile": PROFILE, "load.arrivals": "poisson", "load.catchUp": "true",
            "load.maxScheduleDelay": "60s", "profile.shape": "custom", "profile.contextTokens": "60",
            "profile.maxTokens": "8", "profile.preventCaching": "false", "seed": "7", "warmUp.atMost": "0s",
            "calibration.duration": "0s", "record.folder": str(folder), "slo.e2e.p95": "60s",
        }
        values.update(settings)
        if share:
            values["load.share"] = f"{index}/{SHARES}"
        command = JAVA + [f"-Dllm.{key}={value}" for key, value in values.items()]
        command += ["-cp", self.classpath, "io.gatling.app.Gatling", "-nr", "-s", "rpm.ShapeProfileSimulation",
                    "-rf", str(self.temp / "gatling" / f"{job}-{index}")]
        log = self.temp / f"{job}-{index}.log"
        return spawn(command, log, f"llm-{index}", SKEW[index]), folder, log

    def report(self, job, folders):
        out = self.temp / (job + "-merged")
        out.mkdir()
        done = subprocess.run(
            NICE + JAVA + ["-cp", self.classpath, "dev.gatlingllm.Main", "report", "--out", str(out)]
            + [str(folder) for folder in folders],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=300, check=False)
        return done.returncode, done.stdout, json.loads((out / "summary.json").read_text())


def run_in(folder):
    runs = list(folder.iterdir())
    assert len(runs) == 1, runs
    return runs[0]


def info(run):
    return json.loads((run / "run.json").read_text())


def calls(run):
    return [json.loads(line) for line in (run / "calls.jsonl").read_text().splitlines() if line.endswith("}")]


def offsets(run):
    begin = info(run)["plans"][0]["beginNanos"]
    return sorted(call["arrivalNanos"] - begin for call in calls(run))


def ended(what, process, folder):
    """Whatever the verdict on a client that shares two cores with others."""
    code = process.wait(600)
    runs = list(folder.iterdir()) if folder.exists() else []
    check(f"{what} ended by itself", len(runs) == 1 and "end" in info(runs[0]), f"exit code {code}")


def epoch_nanos(text):
    whole, _, fraction = text.rstrip("Z").partition(".")
    seconds = datetime.datetime.fromisoformat(whole + "+00:00").timestamp()
    return int(seconds) * 10**9 + int(fraction.ljust(9, "0") or 0)


def true_begin(run, skew):
    """When a load really began: its wall time without what faketime added."""
    about = info(run)
    return epoch_nanos(about["start"]) - skew * 10**9 + about["plans"][0]["beginNanos"]


def started_together(what, runs):
    begins = [true_begin(run, skew) for run, skew in zip(runs, SKEW)]
    bounds = [info(run)["clock"]["boundMillis"] for run in runs]
    wrong = [abs(info(run)["clock"]["offsetMillis"] + 1e3 * skew) for run, skew in zip(runs, SKEW)]
    apart = (max(begins) - min(begins)) / 1e6
    bound = sum(sorted(bounds)[-2:])
    clock = info(runs[0])["clock"]["reference"]
    check(f"{what}: loads began together, by {clock}", apart <= bound,
          f"{apart:.3f} ms apart, stated bound {bound:.3f} ms; bounds {bounds} ms")
    if clock.startswith("ntp"):
        check(f"{what}: each offset is right within its bound", all(w <= b for w, b in zip(wrong, bounds)),
              f"wrong by {[round(w, 4) for w in wrong]} ms")


def rates(what, runs, single):
    """Arrivals of the merged runs by true time as run.json tells it, against the plan, slice by slice."""
    first = min(epoch_nanos(info(run)["start"]) + round(1e6 * info(run)["clock"]["offsetMillis"])
                + info(run)["plans"][0]["beginNanos"] for run in runs)
    merged = []
    for run in runs:
        about = info(run)
        origin = epoch_nanos(about["start"]) + round(1e6 * about["clock"]["offsetMillis"]) - first
        merged += [origin + call["arrivalNanos"] for call in calls(run)]
    edges = numpy.arange(0, RAMP_SECONDS + SLICE_SECONDS, SLICE_SECONDS) * 1e9
    found, _ = numpy.histogram(merged, edges)
    asked, _ = numpy.histogram(single, edges)
    right = all(abs(f - a) <= max(1, 0.01 * a) for f, a in zip(found, asked))
    check(f"{what}: rate within 1 % or one arrival in each slice of {SLICE_SECONDS} s", right,
          f"{found.tolist()} of {asked.tolist()}")


def percentiles(what, runs, summary):
    values = [(call["endNanos"] - call["startNanos"]) / 1e6
              for run in runs for call in calls(run) if call["outcome"] == "succeeded"]
    found = summary["overall"]["measures"]["e2eMillis"]
    for name in ["p50", "p90", "p95"]:
        truth = numpy.percentile(values, float(name[1:]))
        check(f"{what}: {name} of e2e is numpy's", abs(found[name] - truth) <= 0.0005 + 1e-9,
              f"{found[name]} ms, numpy {truth:.3f} ms of {len(values)} calls")


def instant(seconds):
    return datetime.datetime.fromtimestamp(time.time() + seconds, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def one_machine(test):
    process, folder, log = test.load("single", 0, {}, share=False)
    ended("single", process, folder)
    return offsets(run_in(folder))


def three_machines(test, single):
    settings = {"load.startAt": instant(AHEAD_SECONDS), "load.timeServer": ENDPOINT + ":1123"}
    made = [test.load("three", i, settings) for i in range(SHARES)]
    for i, (process, folder, log) in enumerate(made):
        ended(f"share {i}", process, folder)
    runs = [run_in(folder) for _, folder, _ in made]
    union = sorted(offset for run in runs for offset in offsets(run))
    check("three: arrivals of the union are those of the single run, to the nanosecond", union == single,
          f"{len(union)} arrivals of {len(single)}, {sum(a != b for a, b in zip(union, single))} differ")
    check("three: no arrival is in two shares", len(set(union)) == len(union) == sum(len(offsets(r)) for r in runs),
          f"shares of {[len(offsets(run)) for run in runs]}")
    started_together("three", runs)
    rates("three", runs, single)
    code, text, summary = test.report("three", runs)
    percentiles("three", runs, summary)
    check("three: merged as one run", summary["merge"].get("shares") == SHARES and summary["merge"]["oneClock"],
          f"report exits with {code}; {summary['merge']}")
    for note in summary["notes"]:
        print("      note: " + note)
    print("\n".join("      " + line for line in text.splitlines()[:14]))


def killed(test):
    barrier = test.temp / "barrier"
    settings = {"load.barrier": str(barrier), "load.barrierTimeout": "5 min"}
    made = [test.load("killed", i, settings) for i in range(SHARES)]
    victim, folder, log = made[1]
    for _ in range(1500):
        runs = list(folder.iterdir()) if folder.exists() else []
        calls_of_victim = runs[0] / "calls.jsonl" if runs else None
        if runs and calls_of_victim.exists() and len(calls_of_victim.read_text().splitlines()) > 20:
            break
        time.sleep(0.2)
    os.killpg(victim.pid, signal.SIGKILL)
    check("share 1 was killed in mid-run", victim.wait(60) != 0, str(log))
    for i in (0, 2):
        ended(f"share {i}, all the same", made[i][0], made[i][1])
    runs = [run_in(folder) for _, folder, _ in made]
    started_together("killed", runs)
    begun = time.monotonic()
    code, text, summary = test.report("killed", runs)
    limit = [one for one in summary["assertions"] if "slo.e2e" in json.dumps(one)]
    check("killed: told", summary["completeness"] == "killed" and any("was killed" in n for n in summary["notes"]),
          summary["completeness"] + "; " + "; ".join(n for n in summary["notes"] if "killed" in n))
    check("killed: judged, and not passed for want of calls", "undecided" in json.dumps(limit), json.dumps(limit))
    check("killed: nothing hung", True, f"report exits with {code} after {time.monotonic() - begun:.1f} s")
    again, folder, log = test.load("killed", 2, settings)
    check("a share that comes again is refused", again.wait(120) == 1 and "been here before" in log.read_text(),
          [line for line in log.read_text().splitlines() if "been here before" in line][0])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--classpath", required=True)
    classpath = parser.parse_args().classpath
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    temp = pathlib.Path(tempfile.mkdtemp(prefix="shares-"))
    print(f"records and logs: {temp}")
    no_network()
    try:
        network()
        test = Test(classpath, temp)
        test.service()
        single = one_machine(test)
        three_machines(test, single)
        killed(test)
    finally:
        for process in started:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
        no_network()
    print("FAILED: " + ", ".join(failures) if failures else "all as it has to be")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
