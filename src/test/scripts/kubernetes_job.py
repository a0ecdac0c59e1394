"""Runs the Jobs of .ci/kubernetes without a cluster: each pod is a process in a network namespace of its own, with
the arguments, environment and config map of the rendered manifest, and one simulated endpoint is in another.

    kubectl kustomize .ci/kubernetes/base > target/job.yaml
    sudo python3 src/test/scripts/kubernetes_job.py target/job.yaml CLASSPATH [--kill INDEX] [-Dllm.load.duration=20s …]

Needs root (ip netns), PyYAML and java. --kill sends SIGKILL to a share in the middle of its load. Exits with the code
of the judge.
"""
import json, os, re, shutil, signal, subprocess, sys, tempfile, time, yaml

manifest, classpath, *rest = sys.argv[1:]
kill = int(rest.pop(rest.index("--kill") + 1)) if "--kill" in rest else None
rest = [word for word in rest if word != "--kill"]
root = tempfile.mkdtemp(prefix="kubernetes-job-")
runs = os.path.join(root, "runs")
objects = {(one["kind"], re.sub("-[a-z0-9]{10}$", "", one["metadata"]["name"])): one
           for one in yaml.safe_load_all(open(manifest))}
names = {one["metadata"]["name"]: one for one in objects.values()}
java = ["java", "-Xmx512m", "--add-opens=java.base/java.lang=ALL-UNNAMED"]


def sh(command):
    subprocess.run(command, shell=True, check=True)


def namespace(number):
    """A namespace on a bridge, 10.77.0.NUMBER."""
    name = f"k8s{number}"
    sh(f"ip netns add {name} && ip link add v{number} type veth peer name eth0 netns {name}"
       f" && ip link set v{number} master k8sbr up && ip -n {name} addr add 10.77.0.{number}/24 dev eth0"
       f" && ip -n {name} link set eth0 up && ip -n {name} link set lo up")
    return name


def environment(container, index):
    found = {} if index is None else {"JOB_COMPLETION_INDEX": str(index)}
    for variable in container.get("env", []):
        reference = variable.get("valueFrom", {}).get("configMapKeyRef")
        found[variable["name"]] = names[reference["name"]]["data"][reference["key"]] if reference else variable["value"]
    return found


def pod(job, index, number, more):
    """The process of a pod: paths of the image become paths of this machine."""
    spec = objects["Job", job]["spec"]["template"]["spec"]
    container = spec["containers"][0]
    own = os.path.join(root, f"{job}-{index}")
    os.makedirs(own + "/tmp")
    for volume in spec["volumes"]:
        for name, text in names.get(volume.get("configMap", {}).get("name"), {}).get("data", {}).items():
            open(os.path.join(own, name), "w").write(text)
    variables = environment(container, index)
    words = []
    here = {"/gatling-llm/reports/runs": runs, "/etc/llm": own, "/tmp": own + "/tmp"}
    instead = {word.split("=")[0] for word in more}
    for word in [one for one in container["args"] if one.split("=")[0] not in instead] + more:
        word = re.sub(r"\$\((\w+)\)", lambda match: variables.get(match[1], match[0]), word)
        words.append(re.sub("(?<==)(%s)" % "|".join(here), lambda match: here[match[1]], word))
    if words[0] == "run":
        settings = [word for word in words if word.startswith("-D")]
        command = java + settings + ["-cp", classpath, "io.gatling.app.Gatling", "-s", words[1], "-nr", "-rf", own + "/tmp"]
    else:
        command = java + ["-cp", classpath, "dev.gatlingllm.Main"] + words
    log = open(os.path.join(root, f"{job}-{index}.log"), "w")
    return subprocess.Popen(["ip", "netns", "exec", namespace(number), *command], stdout=log, stderr=log, cwd=own,
                            env={**os.environ, **variables})


def has_calls(index):
    found = [run for run, _, files in os.walk(runs) if "run.json" in files and "calls.jsonl" in files]
    return any(json.load(open(run + "/run.json")).get("share", {}).get("index") == index
               and os.path.getsize(run + "/calls.jsonl") > 20_000 for run in found)


os.makedirs(runs)
sh("ip link add k8sbr type bridge && ip link set k8sbr up")
pods = []
try:
    shares = objects["Job", "llm-shares"]["spec"]["completions"]
    endpoint = subprocess.Popen(["ip", "netns", "exec", namespace(100), *java, "-cp", classpath,
                                 "dev.gatlingllm.Main", "simulator", "--bind=0.0.0.0", "--port=8000", "--wire=openai"], stdout=open(root + "/simulator.log", "w"),
                                stderr=subprocess.STDOUT)
    pods.append(endpoint)
    target = ["-Dllm.provider=openai", "-Dllm.openai.baseUrl=http://10.77.0.100:8000/v1", "-Dllm.openai.model=simulated"]
    judge = pod("llm-judge", None, 90, [word for word in rest if word.startswith("--")])
    of_shares = [pod("llm-shares", index, index + 1, target + [word for word in rest if word.startswith("-D")])
                 for index in range(shares)]
    pods += [judge, *of_shares]
    if kill is not None:
        while not has_calls(kill) and of_shares[kill].poll() is None:
            time.sleep(0.2)
        of_shares[kill].send_signal(signal.SIGKILL)
        print(f"killed share {kill}")
    for index, share in enumerate(of_shares):
        print(f"share {index}: exit code {share.wait()}")
    code = judge.wait()
    print(open(os.path.join(root, "llm-judge-None.log")).read())
    print(f"judge: exit code {code}; all files: {root}")
    sys.exit(code)
finally:
    for process in pods:
        if process.poll() is None:
            process.kill()
    for number in [90, 100, *range(1, len(pods))]:
        subprocess.run(f"ip netns del k8s{number}", shell=True, stderr=subprocess.DEVNULL)
    sh("ip link del k8sbr")
