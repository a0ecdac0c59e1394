package dev.gatlingllm.input;

import dev.gatlingllm.provider.LlmRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A request body from a file.
 *
 * @param source file and line, for messages and records
 * @param request what it asks for
 * @param leftOut fields that stand beside the messages and are not sent, since no service knows
 *     them
 */
public record Payload(String source, LlmRequest request, Set<String> leftOut) {

  /** Copies the set. */
  public Payload {
    leftOut = Set.copyOf(leftOut);
  }

  /** A body of which everything is sent. */
  public Payload(String source, LlmRequest request) {
    this(source, request, Set.of());
  }

  /** One sentence for each field that is left out of some of these; none if there is none. */
  public static List<String> notes(List<Payload> payloads) {
    Map<String, Integer> counts = new TreeMap<>();
    for (Payload payload : payloads) {
      payload.leftOut.forEach(name -> counts.merge(name, 1, Integer::sum));
    }
    List<String> notes = new ArrayList<>();
    counts.forEach(
        (name, count) ->
            notes.add(
                "not sent: field "
                    + name
                    + " of "
                    + count
                    + " of "
                    + payloads.size()
                    + " requests, which no service knows (one under extra_body is sent)"));
    return notes;
  }

  /** Leaves out the messages, which must not reach a log. */
  @Override
  public String toString() {
    return "Payload[" + source + "]";
  }
}
