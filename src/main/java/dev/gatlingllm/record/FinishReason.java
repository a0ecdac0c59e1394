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
 * <tr><td>chat completions of other services</td><td>eos, eos_token, end_turn, stop_sequence,
 *     stop_words, end_id, endoftext, end_of_text, normal, done</td>
 *     <td>max_tokens, max_new_tokens, model_length, token_limit, context_length_exceeded</td>
 *     <td>sensitive, content_policy</td><td>abort, error, cancelled, timeout, time_limit, repetition,
 *     network_error, server_error, internal_error, insufficient_system_resource</td></tr>
 * <tr><td>Gemini, as gateways pass it on</td><td>stop</td><td>max_tokens</td><td>safety, recitation,
 *     language, blocklist, prohibited_content, spii, image_safety, image_prohibited_content,
 *     image_recitation, model_armor</td><td>malformed_function_call, unexpected_tool_call,
 *     too_many_tool_calls, missing_thought_signature, malformed_response, no_image</td></tr>
 * <tr><td>xAI's own words</td><td>reason_stop, reason_tool_calls</td>
 *     <td>reason_max_len, reason_max_context</td><td></td><td>reason_time_limit</td></tr>
 * <tr><td>Responses</td><td>completed</td><td>max_output_tokens, max_tokens</td>
 *     <td>content_filter</td><td>failed, cancelled, incomplete without a reason; queued and
 *     in_progress as the status of an answer</td></tr>
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
 * <p>Of words with a colon, such as Gemini's {@code content_filter: PROHIBITED_CONTENT}, the second
 * decides, or if it is not in the table the first. {@code null}, {@code none}, {@code not_finished}
 * and {@code finish_reason_unspecified} stand for no reason.
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
