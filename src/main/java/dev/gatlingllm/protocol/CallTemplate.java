package dev.gatlingllm.protocol;

import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.Message;
import io.gatling.javaapi.core.CheckBuilder;
import io.gatling.javaapi.core.Session;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * A call before it is known for which user: every part that may differ is a function of the
 * session.
 *
 * @param name the call's name in reports
 * @param system system prompt
 * @param prompts the conversation
 * @param contextTokens the size the prompt is built to, for the record
 * @param maxTokens upper bound of the output
 * @param temperature sampling temperature
 * @param topP nucleus sampling
 * @param stop stop sequences
 * @param seed sampling seed
 * @param extraBody further fields of the body
 * @param model deployment or model instead of the configured one
 * @param region region instead of the configured one
 * @param latencyMode Bedrock's latency mode instead of the configured one
 * @param labels what the call is to be told apart by
 * @param streaming whether the answer is streamed
 * @param checks what the answer must fulfil
 */
public record CallTemplate(
    Function<Session, String> name,
    Optional<Function<Session, String>> system,
    Function<Session, List<Message>> prompts,
    Optional<Function<Session, Integer>> contextTokens,
    Optional<Function<Session, Integer>> maxTokens,
    Optional<Function<Session, Double>> temperature,
    Optional<Function<Session, Double>> topP,
    List<String> stop,
    Optional<Function<Session, Long>> seed,
    Optional<Function<Session, Map<String, Object>>> extraBody,
    Optional<Function<Session, String>> model,
    Optional<Function<Session, String>> region,
    Optional<Function<Session, String>> latencyMode,
    Map<String, Function<Session, String>> labels,
    boolean streaming,
    List<CheckBuilder> checks) {

  /** A call made ready for one user. */
  public record Prepared(
      String name, LlmRequest request, OptionalInt contextTokens, Map<String, String> labels) {}

  /**
   * Asks every function for its value.
   *
   * @throws RuntimeException what a function throws, or what is wrong with its value
   */
  public Prepared prepare(Session session) {
    Map<String, String> labelValues = new LinkedHashMap<>();
    labels.forEach((key, value) -> labelValues.put(key, value.apply(session)));
    return new Prepared(
        name.apply(session),
        request(session),
        contextTokens.map(f -> OptionalInt.of(f.apply(session))).orElse(OptionalInt.empty()),
        labelValues);
  }

  private LlmRequest request(Session session) {
    return new LlmRequest(
        text(model, session),
        text(region, session),
        text(latencyMode, session),
        messages(session),
        maxTokens.map(f -> OptionalInt.of(f.apply(session))).orElse(OptionalInt.empty()),
        number(temperature, session),
        number(topP, session),
        stop,
        seed.map(f -> OptionalLong.of(f.apply(session))).orElse(OptionalLong.empty()),
        extraBody.map(f -> f.apply(session)).orElse(Map.of()),
        streaming);
  }

  private List<Message> messages(Session session) {
    List<Message> conversation = prompts.apply(session);
    if (system.isEmpty()) {
      return conversation;
    }
    List<Message> all = new ArrayList<>(conversation.size() + 1);
    all.add(Message.system(system.get().apply(session)));
    all.addAll(conversation);
    return all;
  }

  private static String text(Optional<Function<Session, String>> value, Session session) {
    return value.map(f -> f.apply(session)).orElse("");
  }

  private static OptionalDouble number(Optional<Function<Session, Double>> value, Session session) {
    return value.map(f -> OptionalDouble.of(f.apply(session))).orElse(OptionalDouble.empty());
  }
}
