package dev.gatlingllm.simulator;

import java.util.Locale;

/**
 * What an answer says about tokens.
 *
 * @param input all input tokens, cached ones included
 * @param cached the part of {@code input} that was read from a cache
 * @param written the part of {@code input} that was written to a cache, by Bedrock's accounting
 * @param output all output tokens, reasoning included
 * @param reasoning the part of {@code output} that is reasoning
 */
record Usage(int input, int cached, int written, int output, int reasoning) {

  /** As Azure OpenAI and OpenAI write it. */
  String openAiJson() {
    return String.format(
        Locale.ROOT,
        """
    {"completion_tokens":%d,"completion_tokens_details":{"accepted_prediction_tokens":0,\
    "audio_tokens":0,"reasoning_tokens":%d,"rejected_prediction_tokens":0},\
    "prompt_tokens":%d,"prompt_tokens_details":{"audio_tokens":0,"cached_tokens":%d},\
    "total_tokens":%d}\
    """,
        output,
        reasoning,
        input,
        cached,
        input + output);
  }

  /** As OpenAI's Responses API writes it. */
  String responsesJson() {
    return String.format(
        Locale.ROOT,
        """
    {"input_tokens":%d,"input_tokens_details":{"cached_tokens":%d},"output_tokens":%d,\
    "output_tokens_details":{"reasoning_tokens":%d},"total_tokens":%d}\
    """,
        input,
        cached,
        output,
        reasoning,
        input + output);
  }

  /** As Anthropic writes it: its input tokens do not hold those that went through a cache. */
  String anthropicJson() {
    return String.format(
        Locale.ROOT,
        """
    {"input_tokens":%d,"cache_creation_input_tokens":%d,"cache_read_input_tokens":%d,\
    "output_tokens":%d}\
    """,
        input - cached - written,
        written,
        cached,
        output);
  }

  /** As Amazon's Nova writes it in a body of its own. */
  String novaJson() {
    return String.format(
        Locale.ROOT,
        """
    {"inputTokens":%d,"outputTokens":%d,"totalTokens":%d,"cacheReadInputTokenCount":%d,\
    "cacheWriteInputTokenCount":%d}\
    """,
        input - cached - written,
        output,
        input + output,
        cached,
        written);
  }

  /** As Bedrock writes it: its input tokens do not hold those that went through a cache. */
  String bedrockJson() {
    return String.format(
        Locale.ROOT,
        """
    {"inputTokens":%d,"outputTokens":%d,"totalTokens":%d,"cacheReadInputTokens":%d,\
    "cacheWriteInputTokens":%d}\
    """,
        input - cached - written,
        output,
        input + output,
        cached,
        written);
  }
}
