#!/usr/bin/env python3
"""Goes through .github/gate/action.yml as a runner would: each `run:` block in bash, expressions filled in, with the
variables of GitHub, a stub of the comments API on loopback and, for the baseline of the main branch, a stub of `gh`.

    gate_steps.py ACTION_FOLDER WORKSPACE TEMP --ref refs/pull/7/merge --input conf=loadtest/llm.conf …

ACTION_FOLDER is .github/gate of a clone, WORKSPACE the other repository, TEMP what stands for runner.temp and keeps
comments.json and artifacts/ from one call to the next. Prints the comments; exits with the status of the action.
Needs PyYAML and a JDK with Maven."""

import argparse
import http.server
import json
import os
import pathlib
import re
import shutil
import subprocess
import threading

import yaml

GH = """#!/usr/bin/env python3
import os, pathlib, shutil, sys
made = pathlib.Path(os.environ["STUB_ARTIFACTS"], os.environ["NAME"])
if sys.argv[1] == "api":
    print(11 if made.exists() else "", end="")
else:
    shutil.copytree(made, sys.argv[sys.argv.index("--dir") + 1])
"""


class Comments(http.server.BaseHTTPRequestHandler):
    file = None
    writable = True

    def log_message(self, *arguments):
        pass

    def answer(self, status, value):
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def load(self):
        return json.loads(self.file.read_text()) if self.file.exists() else []

    def do_GET(self):
        self.answer(200, self.load() if self.path.endswith("&page=1") else [])

    def change(self):
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))["body"]
        print(f"[api] {self.command} {self.path}", flush=True)
        if not self.writable or self.headers["authorization"] != "Bearer stub-token":
            return self.answer(403, {})
        comments = self.load()
        if self.command == "POST":
            comments.append({"id": len(comments) + 1, "body": body})
        else:
            number = int(self.path.rsplit("/", 1)[1])
            next(c for c in comments if c["id"] == number)["body"] = body
        self.file.write_text(json.dumps(comments))
        self.answer(200, {})

    do_POST = do_PATCH = change


def fill(text, known):
    def value(match):
        expression = match.group(1).strip()
        if expression not in known:
            raise SystemExit(f"nothing is known of {expression}")
        return known[expression]

    return re.sub(r"\$\{\{(.*?)\}\}", value, str(text))


def condition(text, known):
    """The few forms that the action has."""
    for part in text.split("&&"):
        part = part.strip()
        if part == "always()":
            continue
        left, operator, right = re.fullmatch(r"(\S+) (==|!=) (\S+)", part).groups()
        right = right.strip("'") if right.startswith("'") else known.get(right, "")
        if (known.get(left, "") == right) != (operator == "=="):
            return False
    return True


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("action", type=pathlib.Path)
    arguments.add_argument("workspace", type=pathlib.Path)
    arguments.add_argument("temp", type=pathlib.Path)
    arguments.add_argument("--ref", default="refs/pull/7/merge")
    arguments.add_argument("--input", action="append", default=[])
    arguments.add_argument("--read-only-token", action="store_true")
    given = arguments.parse_args()
    action = yaml.safe_load((given.action / "action.yml").read_text())
    temp = given.temp.resolve()
    (temp / "bin").mkdir(parents=True, exist_ok=True)
    (temp / "bin/gh").write_text(GH)
    (temp / "bin/gh").chmod(0o755)

    Comments.file = temp / "comments.json"
    Comments.writable = not given.read_only_token
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Comments)
    threading.Thread(target=server.serve_forever, daemon=True).start()

    known = {
        "github.action_path": str(given.action.resolve()),
        "github.ref_name": re.sub("^refs/(heads|pull)/", "", given.ref),
        "github.event.repository.default_branch": "main",
        "github.token": "stub-token",
        "runner.temp": str(temp),
        "runner.os": "Linux",
    }
    for name, about in action["inputs"].items():
        known["inputs." + name] = fill(about["default"], known)
    for pair in given.input:
        name, value = pair.split("=", 1)
        if name not in action["inputs"]:
            raise SystemExit(f"there is no input {name}")
        known["inputs." + name] = value

    status = 0
    for step in action["runs"]["steps"]:
        always = "always()" in step.get("if", "")
        if (status and not always) or not condition(step.get("if", "always()"), known):
            continue
        if "uses" in step:
            if step["uses"].startswith("actions/upload-artifact"):
                upload(step["with"], known, temp / "artifacts")
            continue
        output = temp / "output"
        output.write_text("")
        environment = {
            **os.environ,
            **{key: fill(value, known) for key, value in step.get("env", {}).items()},
            "PATH": f"{temp}/bin:{os.environ['PATH']}",
            "STUB_ARTIFACTS": str(temp / "artifacts"),
            "GITHUB_ACTIONS": "true",
            "GITHUB_ACTION_PATH": known["github.action_path"],
            "GITHUB_API_URL": f"http://127.0.0.1:{server.server_port}",
            "GITHUB_EVENT_NAME": "pull_request" if given.ref.startswith("refs/pull/") else "push",
            "GITHUB_OUTPUT": str(output),
            "GITHUB_REF": given.ref,
            "GITHUB_REF_NAME": known["github.ref_name"],
            "GITHUB_REPOSITORY": "other/repository",
            "GITHUB_RUN_ID": "11",
            "GITHUB_SERVER_URL": "https://github.com",
            "GITHUB_STEP_SUMMARY": str(temp / "step-summary.md"),
            "RUNNER_TEMP": str(temp),
        }
        print(f"[step] {step.get('name')}", flush=True)
        code = subprocess.run(
            ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", fill(step["run"], known)],
            cwd=given.workspace,
            env=environment,
        ).returncode
        status = status or code
        if "id" in step:
            known[f"steps.{step['id']}.outcome"] = "failure" if code else "success"
            for line in output.read_text().splitlines():
                name, value = line.split("=", 1)
                known[f"steps.{step['id']}.outputs.{name}"] = value
    print(f"[outcome] {known.get('steps.gate.outputs.outcome')}, status {status}")
    for comment in Comments.load(Comments) if Comments.file.exists() else []:
        print(f"[comment {comment['id']}]\n{comment['body']}")
    raise SystemExit(status)


def upload(settings, known, artifacts):
    name = fill(settings["name"], known)
    target = artifacts / name
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for line in fill(settings["path"], known).split():
        path = pathlib.Path(line)
        if path.is_dir():
            # one folder: its content; several: each under its name
            one = len(fill(settings["path"], known).split()) == 1
            shutil.copytree(path, target if one else target / path.name, dirs_exist_ok=True)
        elif path.exists():
            shutil.copy(path, target)
    print(f"[artifact] {name}: {sum(1 for _ in target.rglob('*'))} files", flush=True)


main()
