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
 * word has two meanings in two APIs. The table, by API:
 *
 * <table>
 * <caption>Meaning of finish reasons</caption>
 * <tr><th>API</th><th>complete</th><th>cut</th><th>blocked</th><th>failed</th></tr>
 * <tr><td>chat completions (OpenAI, Azure)</td><td>stop, tool_calls, function_call</td>
 *     <td>length</td><td>content_filter</td><td></td></tr>
 * <tr><td>chat completions of other services</td><td>eos, eos_token, end_turn, stop_sequence</td>
 *     <td>max_tokens, model_length</td><td>safety, recitation, blocklist, prohibited_content, spii,
 *     sensitive</td><td>abort, error, cancelled, timeout, repetition, network_error,
 *     insufficient_system_resource</td></tr>
 * <tr><td>Responses</td><td>completed</td><td>max_output_tokens, max_tokens</td>
 *     <td>content_filter</td><td>failed, cancelled, incomplete without a reason</td></tr>
 * <tr><td>Converse</td><td>end_turn, tool_use, stop_sequence</td>
 *     <td>max_tokens, model_context_window_exceeded</td>
 *     <td>guardrail_intervened, content_filtered</td>
 *     <td>malformed_model_output, malformed_tool_use</td></tr>
 * <tr><td>Messages (Anthropic)</td><td>end_turn, tool_use, stop_sequence, pause_turn</td>
 *     <td>max_tokens, model_context_window_exceeded</td><td>refusal</td><td></td></tr>
 * <tr><td>InvokeModel: Titan</td><td>finish, stop_criteria_met</td><td>length</td>
 *     <td>content_filtered</td><td>rag_query_when_rag_disabled</td></tr>
 * <tr><td>InvokeModel: Cohere</td><td>complete, stop_sequence, tool_call</td><td>max_tokens</td>
 *     <td>error_toxic</td><td>error, error_limit, user_cancel</td></tr>
 * </table>
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
    put(NONE, "", "null", "none");
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
    put(COMPLETE, "stop_criteria_met");
    put(CUT, "length", "max_tokens", "model_length", "max_output_tokens");
    put(CUT, "model_context_window_exceeded");
    put(
        BLOCKED,
        "content_filter",
        "safety",
        "recitation",
        "blocklist",
        "prohibited_content",
        "spii");
    put(BLOCKED, "sensitive", "guardrail_intervened", "content_filtered", "refusal", "error_toxic");
    put(FAILED, "abort", "aborted", "error", "cancelled", "canceled", "timeout", "repetition");
    put(FAILED, "network_error", "insufficient_system_resource", "failed", "incomplete");
    put(FAILED, "malformed_model_output", "malformed_tool_use", "rag_query_when_rag_disabled");
    put(FAILED, "error_limit", "user_cancel");
  }

  private FinishReason() {}

  private static void put(Meaning meaning, String... words) {
    for (String word : words) {
      MEANINGS.put(word, meaning);
    }
  }

  /** The meaning of a word of a service. */
  public static Meaning meaningOf(String word) {
    Meaning known = MEANINGS.get(word);
    return known != null
        ? known
        : MEANINGS.getOrDefault(word.strip().toLowerCase(Locale.ROOT), UNKNOWN);
  }
}
