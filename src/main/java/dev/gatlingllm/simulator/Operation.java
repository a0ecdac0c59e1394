package dev.gatlingllm.simulator;

/** What the address of a request asks for. */
enum Operation {
  CHAT,
  RESPONSES,
  CONVERSE,
  INVOKE,
  QUESTION
}
