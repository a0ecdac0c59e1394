package dev.gatlingllm.simulator;

/** The services whose wire formats are spoken. */
enum Api {
  AZURE_OPENAI,
  OPENAI,
  BEDROCK
}
