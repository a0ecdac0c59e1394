package dev.gatlingllm.input;

import java.util.List;
import java.util.Locale;

/** The formats of traces that can be replayed. */
public enum TraceFormat {
  /** Azure's public inference traces: CSV of {@code TIMESTAMP,ContextTokens,GeneratedTokens}. */
  AZURE,
  /**
   * Mooncake's traces: JSON lines of {@code timestamp} (ms), {@code input_length}, {@code
   * output_length} and {@code hash_ids}, one id for each 512 tokens of the prompt; equal ids are
   * equal text.
   */
  MOONCAKE,
  /**
   * BurstGPT: CSV with at least the columns {@code Timestamp} (s), {@code Request tokens} and
   * {@code Response tokens}. A row without request or response tokens is a call that failed, and is
   * left out.
   */
  BURSTGPT;

  /** What the setting says for "look at the first line". */
  public static final String AUTO = "auto";

  /** The words that the setting accepts. */
  public static final List<String> WORDS = List.of(AUTO, "azure", "mooncake", "burstgpt");

  /**
   * The format of a file.
   *
   * @param word one of {@link #WORDS}
   * @throws InputException if {@code auto} finds none of them in the first line
   */
  static TraceFormat of(String word, InputLines.Line first) {
    if (!word.equals(AUTO)) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
    if (first.text().equals(AzureRow.HEADER)) {
      return AZURE;
    }
    if (first.text().startsWith("{")) {
      return MOONCAKE;
    }
    if (BurstGptRow.isHeader(first.text())) {
      return BURSTGPT;
    }
    throw first.wrong(
        "header", AzureRow.HEADER + ", a Mooncake row or the header of BurstGPT", first.text());
  }
}
