package dev.gatlingllm.record;

import static dev.gatlingllm.record.FinishReason.Meaning.BLOCKED;
import static dev.gatlingllm.record.FinishReason.Meaning.COMPLETE;
import static dev.gatlingllm.record.FinishReason.Meaning.CUT;
import static dev.gatlingllm.record.FinishReason.Meaning.FAILED;
import static dev.gatlingllm.record.FinishReason.Meaning.NONE;
import static dev.gatlingllm.record.FinishReason.Meaning.UNKNOWN;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The meaning of the words by which services say why a model stopped. Case does not matter, and no
 * word has two meanings in two APIs. The words by API: {@code reports/README.md}, "What finish
 * reasons mean".
 *
 * <p>Of words with a colon, such as Gemini's {@code content_filter: PROHIBITED_CONTENT}, the second
 * decides, or if it is not in the table the first.
 *
 * <p>A word that is not in the table is unknown: the call counts as complete, and the report lists
 * the word.
 */
public final class FinishReason {

  /** What a finish reason says of the answer. */
  public enum Meaning {
    /** No reason was given: the answer may not be whole. */
    NONE,
    /** The model came to an end of its own. */
    COMPLETE,
    /** A limit of tokens cut the answer. */
    CUT,
    /** A filter of the service withheld the answer or its rest, or the model refused. */
    BLOCKED,
    /** The service gave up. */
    FAILED,
    /** A word that the table does not have. */
    UNKNOWN
  }

  private static final Map<String, Meaning> MEANINGS = new HashMap<>();

  static {
    put(NONE, "", "null", "none", "not_finished", "finish_reason_unspecified", "reason_invalid");
    put(
        COMPLETE,
        "stop",
        "tool_calls",
        "function_call",
        "eos",
        "eos_token",
        "end_turn",
        "tool_use");
    put(COMPLETE, "stop_sequence", "pause_turn", "completed", "complete", "finish", "tool_call");
    put(COMPLETE, "stop_criteria_met", "stop_words", "end_id", "endoftext", "end_of_text");
    put(COMPLETE, "normal", "done", "reason_stop", "reason_tool_calls");
    put(CUT, "length", "max_tokens", "model_length", "max_output_tokens");
    put(CUT, "model_context_window_exceeded", "max_new_tokens", "token_limit");
    put(CUT, "context_length_exceeded", "reason_max_len", "reason_max_context");
    put(
        BLOCKED,
        "content_filter",
        "safety",
        "recitation",
        "blocklist",
        "prohibited_content",
        "spii");
    put(BLOCKED, "sensitive", "guardrail_intervened", "content_filtered", "refusal", "error_toxic");
    put(BLOCKED, "language", "image_safety", "image_prohibited_content", "image_recitation");
    put(BLOCKED, "content_policy", "model_armor");
    put(FAILED, "abort", "aborted", "error", "cancelled", "canceled", "timeout", "repetition");
    put(FAILED, "network_error", "insufficient_system_resource", "failed", "incomplete");
    put(FAILED, "malformed_model_output", "malformed_tool_use", "rag_query_when_rag_disabled");
    put(FAILED, "error_limit", "user_cancel", "time_limit", "reason_time_limit");
    put(FAILED, "server_error", "internal_error", "queued", "in_progress", "no_image");
    put(FAILED, "malformed_function_call", "unexpected_tool_call", "too_many_tool_calls");
    put(FAILED, "missing_thought_signature", "malformed_response");
  }

  private FinishReason() {}

  private static void put(Meaning meaning, String... words) {
    for (String word : words) {
      MEANINGS.put(word, meaning);
    }
  }

  /** The words of the table, each with its meaning. */
  static Map<String, Meaning> words() {
    return Map.copyOf(MEANINGS);
  }

  /** The meaning of a word of a service. */
  public static Meaning meaningOf(String word) {
    Meaning known = MEANINGS.get(word);
    return known != null ? known : meaningOfParts(word.strip().toLowerCase(Locale.ROOT));
  }

  private static Meaning meaningOfParts(String word) {
    int colon = word.lastIndexOf(':');
    Meaning whole = MEANINGS.getOrDefault(word.substring(colon + 1).strip(), UNKNOWN);
    return whole == UNKNOWN && colon >= 0 ? meaningOfParts(word.substring(0, colon)) : whole;
  }
}
