package dev.gatlingllm.simulator;

/** The shapes that an answer can have. */
enum Dialect {
  CHAT,
  RESPONSES,
  CONVERSE,
  /** Bedrock's InvokeModel, with the body of each family of models. */
  ANTHROPIC,
  LLAMA,
  NOVA,
  TITAN,
  /** Bedrock's InvokeModel for models that speak chat completions. */
  INVOKED_CHAT,
  /** A RAG orchestrator. */
  QUESTION
}
