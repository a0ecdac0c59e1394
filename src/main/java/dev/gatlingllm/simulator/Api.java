package dev.gatlingllm.simulator;

/** The services whose wire formats are spoken. */
enum Api {
  AZURE_OPENAI,
  OPENAI,
  BEDROCK,
  /** An application before the model: a RAG orchestrator. */
  ORCHESTRATOR
}
