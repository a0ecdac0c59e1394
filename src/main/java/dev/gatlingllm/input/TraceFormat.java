package dev.gatlingllm.input;

import java.util.List;
import java.util.Locale;

/** The formats of traces that can be replayed. */
public enum TraceFormat {
  /**
   * Azure's public inference traces: CSV with at least the columns {@code TIMESTAMP}, {@code
   * ContextTokens} and {@code GeneratedTokens}. A row without context or generated tokens is a call
   * that failed, and is left out.
   */
  AZURE,
  /**
   * Mooncake's traces: JSON objects of {@code timestamp} (ms), {@code input_length}, {@code
   * output_length} and {@code hash_ids}, one id for each 512 tokens of the prompt; equal ids are
   * equal text.
   */
  MOONCAKE,
  /**
   * The traces of Alibaba Cloud's Bailian (Qwen): JSON objects of {@code chat_id}, {@code
   * parent_chat_id}, {@code timestamp} (s), {@code input_length}, {@code output_length}, {@code
   * type}, {@code turn} and {@code hash_ids}, one id for each 16 tokens.
   */
  BAILIAN,
  /**
   * BurstGPT: CSV with at least the columns {@code Timestamp} (s), {@code Request tokens} and
   * {@code Response tokens}. A row without request or response tokens is a call that failed, and is
   * left out.
   */
  BURSTGPT;

  /** What the setting says for "look at the first row". */
  public static final String AUTO = "auto";

  /** The words that the setting accepts. */
  public static final List<String> WORDS =
      List.of(AUTO, "azure", "mooncake", "bailian", "burstgpt");

  static final String ACCEPTED =
      "that of Azure (TIMESTAMP, ContextTokens, GeneratedTokens) or BurstGPT (Timestamp, Request"
          + " tokens, Response tokens), or a JSON row of Mooncake or Bailian (timestamp,"
          + " input_length, output_length, hash_ids)";

  /** The setting's word for it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
