#!/usr/bin/env python3
"""Streams answers of Anthropic's Messages API, and checks a run against its own stamps.

Question: are the token counts, the TTFT and the decode rate of `llm.provider = anthropic` those of a service that
          shares no line with this project?
Run:      python3 src/test/scripts/messages_stub.py serve 8092 target/stub.jsonl     until it is ended (Ctrl-C)
          python3 src/test/scripts/messages_stub.py check target/stub.jsonl reports/runs/RUN
Red:      a call is missing, a count differs, or a median is further off than --most-ms or --most-percent. Exit code 1.

Needs Python 3.9 or newer and nothing else. A token is a word; 20 ms lie between two of them, 150 ms before the first.
"""

import argparse
import asyncio
import json
import pathlib
import statistics
import sys
import time
import uuid

FIRST_SECONDS = 0.150
GAP_SECONDS = 0.020


def event(name, **fields):
    return f"event: {name}\ndata: {json.dumps({'type': name, **fields})}\n\n".encode()


def chunk(data):
    return f"{len(data):x}\r\n".encode() + data + b"\r\n"


async def request(reader):
    """The body of the next request, parsed; None at the end of the connection."""
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    except asyncio.IncompleteReadError:
        return None
    length = next(int(line.split(":")[1]) for line in head.split("\r\n") if line.lower().startswith("content-length"))
    return json.loads(await reader.readexactly(length))


async def answer(body, writer, truths):
    received = time.monotonic()
    call = f"req_{uuid.uuid4().hex}"
    tokens = body["max_tokens"]
    words = len(json.dumps(body["messages"]).split())
    writer.write(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n"
        + f"request-id: {call}\r\n\r\n".encode()
    )
    message = {"id": "msg_1", "type": "message", "role": "assistant", "model": body["model"], "content": []}
    usage = {"input_tokens": words, "output_tokens": 1}
    writer.write(chunk(event("message_start", message={**message, "usage": usage})))
    writer.write(chunk(event("content_block_start", index=0, content_block={"type": "text", "text": ""})))
    writer.write(chunk(event("ping")))
    stamps = []
    due = received + FIRST_SECONDS
    for _ in range(tokens):
        await asyncio.sleep(max(0, due - time.monotonic()))
        stamps.append(time.monotonic())
        writer.write(chunk(event("content_block_delta", index=0, delta={"type": "text_delta", "text": "word "})))
        await writer.drain()
        due += GAP_SECONDS
    writer.write(chunk(event("content_block_stop", index=0)))
    end = {"stop_reason": "max_tokens", "stop_sequence": None}
    writer.write(chunk(event("message_delta", delta=end, usage={"output_tokens": tokens})))
    writer.write(chunk(event("message_stop")) + b"0\r\n\r\n")
    await writer.drain()
    truth = {
        "requestId": call,
        "inputTokens": words,
        "outputTokens": tokens,
        "ttftMs": 1000 * (stamps[0] - received),
        "tokensPerSecond": (tokens - 1) / (stamps[-1] - stamps[0]) if tokens > 1 else None,
    }
    truths.write(json.dumps(truth) + "\n")
    truths.flush()


async def serve(port, file):
    pathlib.Path(file).parent.mkdir(parents=True, exist_ok=True)
    with open(file, "w", encoding="utf-8") as truths:

        async def connection(reader, writer):
            try:
                while (body := await request(reader)) is not None:
                    await answer(body, writer, truths)
            except ConnectionError:
                pass
            finally:
                writer.close()

        server = await asyncio.start_server(connection, "127.0.0.1", port)
        print(f"Messages API on http://127.0.0.1:{port}", flush=True)
        async with server:
            await server.serve_forever()


def lines(file):
    return [json.loads(line) for line in pathlib.Path(file).read_text(encoding="utf-8").splitlines()]


def seconds(call):
    return (call["lastOutputNanos"] - call["firstOutputNanos"]) / 1e9


def check(truth_file, run, most_ms, most_percent):
    truths = {truth["requestId"]: truth for truth in lines(truth_file)}
    calls = [call for call in lines(pathlib.Path(run) / "calls.jsonl") if call["outcome"] == "succeeded"]
    paired = [(call, truths[call["requestId"]]) for call in calls if call.get("requestId") in truths]
    if not paired:
        print(f"none of {len(calls)} calls of {run} is in {truth_file}")
        return 1
    wrong = sum(
        any(call[count] != truth[count] for count in ("inputTokens", "outputTokens")) for call, truth in paired
    )
    ttft = [
        (call["firstOutputNanos"] - call["attempts"][-1]["startNanos"]) / 1e6 - truth["ttftMs"]
        for call, truth in paired
    ]
    rate = [
        100 * ((truth["outputTokens"] - 1) / seconds(call) / truth["tokensPerSecond"] - 1)
        for call, truth in paired
        if truth["tokensPerSecond"]
    ]
    print(f"{len(paired)} of {len(truths)} calls found, {wrong} with other token counts")
    print(f"TTFT, measured - true: median {statistics.median(ttft):.2f} ms, largest {max(ttft, key=abs):.2f} ms")
    print(f"tokens/s, measured : true: median {statistics.median(rate):+.2f} %, largest {max(rate, key=abs):+.2f} %")
    held = (
        len(paired) == len(calls) == len(truths)
        and not wrong
        and abs(statistics.median(ttft)) <= most_ms
        and abs(statistics.median(rate)) <= most_percent
    )
    print("holds" if held else "DOES NOT HOLD")
    return 0 if held else 1


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    serving = commands.add_parser("serve")
    serving.add_argument("port", type=int)
    serving.add_argument("file")
    checking = commands.add_parser("check")
    checking.add_argument("file")
    checking.add_argument("run")
    checking.add_argument("--most-ms", type=float, default=5)
    checking.add_argument("--most-percent", type=float, default=1)
    options = parser.parse_args()
    if options.command == "check":
        sys.exit(check(options.file, options.run, options.most_ms, options.most_percent))
    try:
        asyncio.run(serve(options.port, options.file))
    except KeyboardInterrupt:
        pass


if __name__ == "__main__":
    main()
