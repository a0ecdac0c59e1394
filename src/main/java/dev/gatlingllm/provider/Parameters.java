package dev.gatlingllm.provider;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * What a request asks for beside its messages. What is not set is not sent, so that the service's
 * own default holds.
 *
 * @param numbers the numbers that are set, each in its range
 * @param reasoningEffort one of {@link #EFFORTS}, or empty
 * @param stop texts at which the model is to stop
 * @param extraBody further fields of the request's body, merged at its top level ({@code
 *     additionalModelRequestFields} on Bedrock's Converse); values are JSON-like: String, Number,
 *     Boolean, List, Map, null, which is sent, or {@link #LEFT_OUT}
 */
public record Parameters(
    Map<Parameter, Number> numbers,
    String reasoningEffort,
    List<String> stop,
    Map<String, Object> extraBody) {

  /** How much a model is to think, in the words of OpenAI. */
  public static final List<String> EFFORTS =
      List.of("none", "minimal", "low", "medium", "high", "xhigh");

  /** In the place of a further field: the body is to have none of this name. */
  public static final Object LEFT_OUT =
      new Object() {
        @Override
        public String toString() {
          return "null";
        }
      };

  /** Nothing is set. */
  public static final Parameters NONE = new Parameters(Map.of(), "", List.of(), Map.of());

  /**
   * Checks every number and copies the collections.
   *
   * @throws IllegalArgumentException naming the parameter, its value and its range
   */
  public Parameters {
    EnumMap<Parameter, Number> checked = new EnumMap<>(Parameter.class);
    numbers.forEach((parameter, value) -> checked.put(parameter, parameter.check(value)));
    numbers = Collections.unmodifiableMap(checked);
    requireEffort(reasoningEffort);
    stop = List.copyOf(stop);
    extraBody = Collections.unmodifiableMap(new LinkedHashMap<>(extraBody));
  }

  /**
   * Checks an effort.
   *
   * @throws IllegalArgumentException if it is neither empty nor one of {@link #EFFORTS}
   */
  public static void requireEffort(String effort) {
    Objects.requireNonNull(effort, "reasoningEffort");
    if (!effort.isEmpty() && !EFFORTS.contains(effort)) {
      throw new IllegalArgumentException(
          "reasoningEffort must be one of " + String.join(", ", EFFORTS) + ", was " + effort);
    }
  }

  /** These with another value of a number. */
  public Parameters with(Parameter parameter, Number value) {
    EnumMap<Parameter, Number> changed = new EnumMap<>(Parameter.class);
    changed.putAll(numbers);
    changed.put(parameter, value);
    return new Parameters(changed, reasoningEffort, stop, extraBody);
  }

  /** These with another effort. */
  public Parameters withReasoningEffort(String effort) {
    return new Parameters(numbers, effort, stop, extraBody);
  }

  /** These with other texts to stop at. */
  public Parameters withStop(List<String> sequences) {
    return new Parameters(numbers, reasoningEffort, sequences, extraBody);
  }

  /** These with other further fields. */
  public Parameters withExtraBody(Map<String, Object> fields) {
    return new Parameters(numbers, reasoningEffort, stop, fields);
  }

  /** These, and what the defaults set and these do not. */
  public Parameters orElse(Parameters defaults) {
    EnumMap<Parameter, Number> all = new EnumMap<>(Parameter.class);
    all.putAll(defaults.numbers);
    all.putAll(numbers);
    Map<String, Object> fields = new LinkedHashMap<>(defaults.extraBody);
    fields.putAll(extraBody);
    return new Parameters(
        all,
        reasoningEffort.isEmpty() ? defaults.reasoningEffort : reasoningEffort,
        stop.isEmpty() ? defaults.stop : stop,
        fields);
  }

  /** Puts the further fields into a body, and takes out those that are to be left out. */
  public void addExtraTo(Map<String, Object> body) {
    extraBody.forEach(
        (name, value) -> {
          if (value == LEFT_OUT) {
            body.remove(name);
          } else {
            body.put(name, value);
          }
        });
  }

  /** A whole number. */
  public OptionalLong whole(Parameter parameter) {
    Number value = numbers.get(parameter);
    return value == null ? OptionalLong.empty() : OptionalLong.of(value.longValue());
  }

  /**
   * The numbers under the names that an API has for them.
   *
   * @param api the API in words
   * @throws IllegalArgumentException if it has no name for one that is set
   */
  public Map<String, Object> fields(String api, Map<Parameter, String> names) {
    Map<String, Object> fields = new LinkedHashMap<>();
    numbers.forEach(
        (parameter, value) -> {
          String name = names.get(parameter);
          if (name == null) {
            throw missing(parameter.key(), api);
          }
          fields.put(name, value);
        });
    return fields;
  }

  /** Says that an API has no such parameter. */
  public static IllegalArgumentException missing(String key, String api) {
    return new IllegalArgumentException(key + " cannot be sent: there is none in " + api);
  }
}
