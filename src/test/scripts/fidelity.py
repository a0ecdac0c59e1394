#!/usr/bin/env python3
"""Lets the official Python clients read the simulated endpoint.

Question: would the vendors' own clients notice that it is simulated?
Run:      python3 src/test/scripts/fidelity.py
          python3 src/test/scripts/fidelity.py --command "java -cp CLASSES dev.gatlingllm.Main simulator"
Red:      a client complained, or read another text, usage, finish reason, error type or retry header. Exit code 1.

The clients (openai, boto3) are installed into a virtual environment of their own, target/fidelity-venv. The
simulated endpoint is started on free ports, by Maven unless --command says how. It is no part of `mvn verify`.
"""

import argparse
import json
import os
import pathlib
import shlex
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[3]
VENV = ROOT / "target" / "fidelity-venv"
READY = "simulated endpoint ready at "
PROMPT = "Hello, world!"
INPUT, OUTPUT = 11, 6
MODEL = "anthropic.claude-3-haiku-20240307-v1:0"
API_VERSION = "2024-10-21"
ASKED = [{"role": "user", "content": PROMPT}]
CONVERSED = [{"role": "user", "content": [{"text": PROMPT}]}]

BODIES = {
    "anthropic": {
        "anthropic_version": "bedrock-2023-05-31",
        "max_tokens": OUTPUT,
        "messages": ASKED,
    },
    "llama": {"prompt": PROMPT, "max_gen_len": OUTPUT},
    "nova": {
        "schemaVersion": "messages-v1",
        "messages": CONVERSED,
        "inferenceConfig": {"maxTokens": OUTPUT},
    },
    "titan": {"inputText": PROMPT, "textGenerationConfig": {"maxTokenCount": OUTPUT}},
    "chat": {"messages": ASKED, "max_tokens": OUTPUT},
}


def in_environment():
    """Runs this script again inside its environment, which it makes first if it is not there."""
    python = VENV / "bin" / "python"
    if pathlib.Path(sys.prefix).resolve() == VENV.resolve():
        return
    if not python.exists():
        subprocess.check_call([sys.executable, "-m", "venv", str(VENV)])
    subprocess.check_call([str(python), "-m", "pip", "install", "-q", "openai", "boto3"])
    os.execv(str(python), [str(python), __file__] + sys.argv[1:])


class Endpoint:
    """A simulated endpoint in a process of its own."""

    def __init__(self, command, *arguments):
        arguments = ["--port=0", "--tokensPerSecond=1000", "--ttft=5ms", *arguments]
        if command:
            line = shlex.split(command) + arguments
        else:
            line = ["mvn", "-q", "compile", "exec:java@simulator", "-Dexec.args=" + " ".join(arguments)]
        self.process = subprocess.Popen(line, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        self.url = ""
        for text in self.process.stdout:
            if text.startswith(READY):
                self.url = text[len(READY) :].strip()
                break
        if not self.url:
            sys.exit("the simulated endpoint did not start: " + " ".join(line))

    def stop(self):
        self.process.terminate()
        self.process.wait()


class Table:
    """What was read, beside what should have been."""

    def __init__(self):
        self.rows = []

    def check(self, who, what, read, **expected):
        try:
            actual = read()
            wrong = {k: actual.get(k) for k, v in expected.items() if actual.get(k) != v}
            problem = f"read {wrong}" if wrong else ""
        except Exception as failure:  # whatever a client complains of is the finding
            problem = f"{type(failure).__name__}: {failure}"
        self.rows.append((who, what, problem, ", ".join(f"{k}={v}" for k, v in expected.items())))

    def show(self):
        for who, what, problem, expected in self.rows:
            print(f"{'ok   ' if not problem else 'WRONG'} {who:13} {what:38} {problem or expected}")
        wrong = sum(1 for row in self.rows if row[2])
        print(f"{len(self.rows)} readings, {wrong} wrong")
        return wrong


def words(text):
    return len(text.split())


def of_chat(answer):
    usage = answer.usage
    return {
        "words": words(answer.choices[0].message.content),
        "choices": len(answer.choices),
        "input": usage.prompt_tokens,
        "output": usage.completion_tokens,
        "finish": answer.choices[0].finish_reason,
    }


def of_chat_stream(stream):
    text, finish, usage, choices = {}, {}, None, set()
    for chunk in stream:
        usage = chunk.usage or usage
        for choice in chunk.choices:
            choices.add(choice.index)
            text[choice.index] = text.get(choice.index, "") + (choice.delta.content or "")
            finish[choice.index] = choice.finish_reason or finish.get(choice.index)
    return {
        "words": words(text[0]),
        "choices": len(choices),
        "input": usage.prompt_tokens,
        "output": usage.completion_tokens,
        "finish": finish[0],
    }


def of_response(response):
    return {
        "words": words(response.output_text),
        "status": response.status,
        "reason": response.incomplete_details.reason if response.incomplete_details else None,
        "input": response.usage.input_tokens,
        "output": response.usage.output_tokens,
    }


def of_response_events(stream):
    text, last, numbers = "", None, []
    for event in stream:
        numbers.append(event.sequence_number)
        if event.type == "response.output_text.delta":
            text += event.delta
        last = event
    read = of_response(last.response)
    read.update(words=words(text), last=last.type, ordered=numbers == list(range(len(numbers))))
    return read


def of_response_helper(client):
    # Without an upper bound: the helper knows answers that end by themselves only.
    with client.responses.stream(model="m", input=PROMPT) as stream:
        for _ in stream:
            pass
        return of_response(stream.get_final_response())


def of_converse(answer):
    return {
        "words": words(answer["output"]["message"]["content"][0]["text"]),
        "input": answer["usage"]["inputTokens"],
        "output": answer["usage"]["outputTokens"],
        "finish": answer["stopReason"],
    }


def of_converse_stream(answer):
    text, read = "", {}
    for event in answer["stream"]:
        if "contentBlockDelta" in event:
            text += event["contentBlockDelta"]["delta"]["text"]
        elif "messageStop" in event:
            read["finish"] = event["messageStop"]["stopReason"]
        elif "metadata" in event:
            read["input"] = event["metadata"]["usage"]["inputTokens"]
            read["output"] = event["metadata"]["usage"]["outputTokens"]
    return {"words": words(text), **read}


def of_invoke(answer):
    headers = answer["ResponseMetadata"]["HTTPHeaders"]
    body = json.loads(answer["body"].read())
    return {
        "words": words(whole_text(body)),
        "input": int(headers["x-amzn-bedrock-input-token-count"]),
        "output": int(headers["x-amzn-bedrock-output-token-count"]),
        "type": answer["contentType"],
    }


def whole_text(body):
    if "generation" in body:
        return body["generation"]
    if "results" in body:
        return body["results"][0]["outputText"]
    if "choices" in body:
        return body["choices"][0]["message"]["content"]
    content = body["content"] if "content" in body else body["output"]["message"]["content"]
    return content[0]["text"]


def of_invoke_stream(answer):
    text, metrics = "", {}
    for event in answer["body"]:
        chunk = json.loads(event["chunk"]["bytes"])
        metrics = chunk.get("amazon-bedrock-invocationMetrics", metrics)
        text += chunk_text(chunk)
    return {
        "words": words(text),
        "input": metrics.get("inputTokenCount"),
        "output": metrics.get("outputTokenCount"),
    }


def chunk_text(chunk):
    if "generation" in chunk:
        return chunk["generation"]
    if "outputText" in chunk:
        return chunk["outputText"]
    if "choices" in chunk:
        return chunk["choices"][0]["delta"].get("content", "")
    delta = chunk.get("delta") or chunk.get("contentBlockDelta", {}).get("delta", {})
    return delta.get("text", "")


def openai_clients(url):
    import openai

    common = {"api_key": "key-of-the-script", "max_retries": 0}
    return {
        "openai": openai.OpenAI(base_url=url + "/v1", **common),
        "azure": openai.AzureOpenAI(azure_endpoint=url, api_version=API_VERSION, **common),
        "azure v1": openai.OpenAI(base_url=url + "/openai/v1/", **common),
    }


def bedrock(url):
    import boto3
    from botocore.config import Config

    return boto3.client(
        "bedrock-runtime",
        endpoint_url=url,
        region_name="us-east-1",
        aws_access_key_id="id-of-the-script",
        aws_secret_access_key="secret-of-the-script",
        config=Config(retries={"total_max_attempts": 1}),
    )


def answers(table, url):
    chat = {"model": "m", "messages": ASKED, "max_tokens": OUTPUT}
    streamed = {**chat, "stream": True, "stream_options": {"include_usage": True}}
    good = {"words": OUTPUT, "input": INPUT, "output": OUTPUT}
    for name, client in openai_clients(url).items():
        create = client.chat.completions.create
        table.check(name, "chat", lambda: of_chat(create(**chat)), finish="length", **good)
        table.check(
            name, "chat, streamed", lambda: of_chat_stream(create(**streamed)), finish="length", **good
        )
        twice = {"words": OUTPUT, "choices": 2, "output": 2 * OUTPUT}
        table.check(name, "chat, n=2", lambda: of_chat(create(n=2, **chat)), **twice)
        table.check(
            name, "chat, n=2, streamed", lambda: of_chat_stream(create(n=2, **streamed)), **twice
        )
        respond = client.responses.create
        asked = {"model": "m", "input": PROMPT, "max_output_tokens": OUTPUT}
        cut = {"status": "incomplete", "reason": "max_output_tokens"}
        table.check(name, "responses", lambda: of_response(respond(**asked)), **cut, **good)
        table.check(
            name,
            "responses, streamed",
            lambda: of_response_events(respond(stream=True, **asked)),
            last="response.incomplete",
            ordered=True,
            **cut,
            **good,
        )
        table.check(
            name,
            "responses, streamed by the helper",
            lambda: of_response_helper(client),
            status="completed",
            **good,
        )
    table.check(
        "openai",
        "models",
        lambda: {"ids": [m.id for m in openai_clients(url)["openai"].models.list()]},
        ids=["simulated"],
    )

    client = bedrock(url)
    converse = {
        "modelId": MODEL,
        "messages": CONVERSED,
        "inferenceConfig": {"maxTokens": OUTPUT},
    }
    table.check(
        "boto3", "converse", lambda: of_converse(client.converse(**converse)), finish="max_tokens", **good
    )
    table.check(
        "boto3",
        "converse_stream",
        lambda: of_converse_stream(client.converse_stream(**converse)),
        finish="max_tokens",
        **good,
    )
    for name, body in BODIES.items():
        invoke = {"modelId": MODEL, "body": json.dumps(body), "contentType": "application/json"}
        table.check(
            "boto3",
            f"invoke_model, {name}",
            lambda: of_invoke(client.invoke_model(**invoke)),
            type="application/json",
            **good,
        )
        table.check(
            "boto3",
            f"invoke_model_with_response_stream, {name}",
            lambda: of_invoke_stream(client.invoke_model_with_response_stream(**invoke)),
            **good,
        )


def refusal_of_openai(call):
    import openai

    try:
        call()
    except openai.APIStatusError as error:
        return {
            "error": type(error).__name__,
            "status": error.status_code,
            "retry-after": error.response.headers.get("retry-after"),
            "retry-after-ms": error.response.headers.get("retry-after-ms"),
            "id": bool(error.request_id),
        }
    return {"error": None}


def refusal_of_bedrock(call):
    from botocore.exceptions import ClientError

    try:
        call()
    except ClientError as error:
        meta = error.response["ResponseMetadata"]
        return {
            "error": error.response["Error"]["Code"],
            "status": meta["HTTPStatusCode"],
            "retry-after": meta["HTTPHeaders"].get("retry-after"),
            "id": bool(meta.get("RequestId")),
        }
    return {"error": None}


def calls_of_bedrock(client):
    body = json.dumps(BODIES["anthropic"])
    return {
        "converse": lambda: client.converse(modelId=MODEL, messages=CONVERSED),
        "converse_stream": lambda: client.converse_stream(modelId=MODEL, messages=CONVERSED),
        "invoke_model": lambda: client.invoke_model(modelId=MODEL, body=body),
        "invoke_model_with_response_stream": lambda: client.invoke_model_with_response_stream(
            modelId=MODEL, body=body
        ),
    }


def refusals(table, url):
    wait = {"status": 429, "retry-after": "2", "id": True}
    for name, client in openai_clients(url).items():
        table.check(
            name,
            "chat, throttled",
            lambda: refusal_of_openai(
                lambda: client.chat.completions.create(model="m", messages=ASKED)
            ),
            error="RateLimitError",
            **{**wait, "retry-after-ms": "1500"},
        )
        table.check(
            name,
            "responses, throttled",
            lambda: refusal_of_openai(lambda: client.responses.create(model="m", input=PROMPT)),
            error="RateLimitError",
            **{**wait, "retry-after-ms": "1500"},
        )
    for what, call in calls_of_bedrock(bedrock(url)).items():
        table.check(
            "boto3",
            what + ", throttled",
            lambda: refusal_of_bedrock(call),
            error="ThrottlingException",
            **wait,
        )


def broken_openai(call):
    import openai

    try:
        for _ in call():
            pass
    except openai.APIError as error:
        return {"error": "APIError", "says": "failed" in str(error)}
    return {"error": None}


def failed_response(client):
    # The client hands this event on instead of raising an error.
    last = None
    for event in client.responses.create(model="m", input=PROMPT, stream=True):
        last = event
    return {"last": last.type, "error": last.code, "says": "failed" in last.message}


def broken_bedrock(call):
    from botocore.exceptions import EventStreamError

    try:
        for _ in call():
            pass
    except EventStreamError as error:
        return {"error": error.response["Error"]["Code"]}
    return {"error": None}


def breaks(table, url):
    for name, client in openai_clients(url).items():
        table.check(
            name,
            "chat, error in mid-stream",
            lambda: broken_openai(
                lambda: client.chat.completions.create(model="m", messages=ASKED, stream=True)
            ),
            error="APIError",
            says=True,
        )
        table.check(
            name,
            "responses, error in mid-stream",
            lambda: failed_response(client),
            last="error",
            error="server_error",
            says=True,
        )
    client = bedrock(url)
    table.check(
        "boto3",
        "converse_stream, error in mid-stream",
        lambda: broken_bedrock(
            lambda: client.converse_stream(modelId=MODEL, messages=CONVERSED)["stream"]
        ),
        error="modelStreamErrorException",
    )
    body = json.dumps(BODIES["anthropic"])
    table.check(
        "boto3",
        "invoke_model_…stream, error in mid-stream",
        lambda: broken_bedrock(
            lambda: client.invoke_model_with_response_stream(modelId=MODEL, body=body)["body"]
        ),
        error="modelStreamErrorException",
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--command", help="how to start the simulated endpoint, instead of Maven")
    command = parser.parse_args().command
    in_environment()
    table = Table()
    for part, arguments in (
        (answers, (f"--defaultMaxTokens={OUTPUT}",)),
        (refusals, ("--faults.throttle=1", "--throttleWait=1500ms")),
        (breaks, ("--faults.errorEvent=1",)),
    ):
        endpoint = Endpoint(command, *arguments)
        try:
            part(table, endpoint.url)
        finally:
            endpoint.stop()
    sys.exit(1 if table.show() else 0)


if __name__ == "__main__":
    main()
