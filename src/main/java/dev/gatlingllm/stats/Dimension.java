package dev.gatlingllm.stats;

import dev.gatlingllm.record.CallRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * What calls of one run are compared by. A value is taken from the first of the labels that the
 * call has, else from the groups around it, else from what the record says itself.
 *
 * <ul>
 *   <li>groups {@code 8 clients} and {@code level 8} give a level
 *   <li>a group {@code model | region | latency mode}, as scenario files make them, gives both of
 *       the latter
 * </ul>
 */
public enum Dimension {
  /**
   * The model: label {@code model}, else the record's; of a call that a provisioned deployment
   * handed over, the deployment that took it.
   */
  MODEL("model"),
  /** Where it runs: label {@code region}, else the scenario's, else what the response said. */
  REGION("region"),
  /**
   * The latency mode or another way to serve the same model. A call that was served in another
   * latency mode than requested is of the one that it was served in.
   */
  PROFILE("profile", "latency", "inference_profile", "performance_config"),
  /** How many clients: label {@code clients} or {@code level}, else the group. */
  LEVEL("clients", "level"),
  /** The row of a grid: label {@code inputTokens}, else the size the prompt was built to. */
  INPUT_TOKENS("inputTokens"),
  /** The column of a grid: label {@code outputTokens}, else the upper bound that was sent. */
  OUTPUT_TOKENS("outputTokens");

  private static final Set<String> LATENCY_MODES = Set.of("standard", "optimized");
  private static final Pattern LEVEL_GROUP = Pattern.compile("(?:level )?(\\d{1,9})(?: clients?)?");
  private static final Pattern SIZE = Pattern.compile("\\d{1,12}");
  private static final Pattern SCENARIO_SEPARATOR = Pattern.compile(" \\| ");

  // An immutable list, though its type cannot say so.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<String> labels;

  Dimension(String... labels) {
    this.labels = List.of(labels);
  }

  /** The value for one call; empty if it has none. */
  public Optional<String> of(CallRecord call) {
    if (call.served().spilledOver()) {
      switch (this) {
        case MODEL -> {
          return Optional.of(ServedKey.spilledTo(call.served()) + " (spilled over)");
        }
        case LEVEL -> {
          // A level says what the provisioned deployment does under so many clients.
          return Optional.empty();
        }
        default -> {}
      }
    }
    return this == PROFILE && servedInOtherLatencyMode(call)
        ? Optional.of(call.served().latencyMode())
        : asked(call);
  }

  /** Whether the response names another latency mode than the call requested. */
  static boolean servedInOtherLatencyMode(CallRecord call) {
    String served = call.served().latencyMode();
    return !served.isEmpty()
        && PROFILE
            .asked(call)
            .filter(asked -> LATENCY_MODES.contains(asked) && !asked.equals(served))
            .isPresent();
  }

  private Optional<String> asked(CallRecord call) {
    Optional<String> labelled = labelled(call.labels());
    return labelled.isPresent() ? labelled : unlabelled(call);
  }

  /** The value of {@link #INPUT_TOKENS} or {@link #OUTPUT_TOKENS}; absent if it is no number. */
  OptionalLong sizeOf(CallRecord call) {
    Optional<String> labelled = labelled(call.labels());
    if (labelled.isPresent()) {
      return SIZE.matcher(labelled.get()).matches()
          ? OptionalLong.of(Long.parseLong(labelled.get()))
          : OptionalLong.empty();
    }
    OptionalInt requested = requested(call);
    return requested.isPresent() ? OptionalLong.of(requested.getAsInt()) : OptionalLong.empty();
  }

  private OptionalInt requested(CallRecord call) {
    return this == INPUT_TOKENS ? call.tokens().requestedInput() : call.tokens().requestedOutput();
  }

  private Optional<String> labelled(Map<String, String> told) {
    for (String label : labels) {
      String value = told.get(label);
      if (value != null && !value.isEmpty()) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }

  private Optional<String> unlabelled(CallRecord call) {
    return switch (this) {
      case MODEL -> told(call.model());
      case REGION -> scenario(call, 1).or(() -> told(call.service().region()));
      case PROFILE -> scenario(call, 2);
      case LEVEL -> level(call.groups());
      case INPUT_TOKENS, OUTPUT_TOKENS -> told(requested(call).stream());
    };
  }

  private static Optional<String> told(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }

  private static Optional<String> told(IntStream count) {
    return count.mapToObj(Integer::toString).findFirst();
  }

  private static Optional<String> scenario(CallRecord call, int part) {
    for (String group : call.groups()) {
      String[] parts = SCENARIO_SEPARATOR.split(group, -1);
      if (parts.length == 3) {
        return told(parts[part]);
      }
    }
    return Optional.empty();
  }

  /** How many clients the calls of a key had; empty if it does not say. */
  public static Optional<String> levelOf(CallKey key) {
    return LEVEL.labelled(key.labels()).or(() -> level(key.groups()));
  }

  private static Optional<String> level(List<String> groups) {
    for (String group : groups) {
      Matcher level = LEVEL_GROUP.matcher(group);
      if (level.matches() && !group.equals(level.group(1))) {
        return Optional.of(level.group(1));
      }
    }
    return Optional.empty();
  }
}
