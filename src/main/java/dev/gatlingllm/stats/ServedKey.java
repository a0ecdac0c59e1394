package dev.gatlingllm.stats;

import dev.gatlingllm.record.CallRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Puts a call into the row of what served it. Bedrock serves a call that asks for its optimized
 * latency mode in the standard one when the quota is used up, and only the answer says so; the
 * record keeps both. Labels and the groups of scenarios ({@code model | region | mode}) hold the
 * mode. A call that a provisioned deployment handed over has the deployment that took it as a
 * label.
 */
final class ServedKey {

  private static final Set<String> MODES = Set.of("standard", "optimized");
  private static final List<String> LABELS =
      List.of("latency", "inference_profile", "performance_config");
  private static final String SEPARATOR = " | ";

  /** The label for the deployment that took a call over. */
  static final String SPILLED_TO = "spilledTo";

  private ServedKey() {}

  static CallKey of(CallRecord call) {
    CallKey key = byMode(call);
    if (!call.served().spilledOver()) {
      return key;
    }
    Map<String, String> labels = new HashMap<>(key.labels());
    labels.put(SPILLED_TO, spilledTo(call.served()));
    return new CallKey(key.groups(), key.name(), labels);
  }

  static String spilledTo(CallRecord.Served by) {
    return by.deployment().isEmpty() ? "another deployment" : by.deployment();
  }

  private static CallKey byMode(CallRecord call) {
    String served = call.served().latencyMode();
    return served.isEmpty()
        ? new CallKey(call.groups(), call.name(), call.labels())
        : new CallKey(
            call.groups().stream().map(group -> group(group, served)).toList(),
            call.name(),
            labels(call.labels(), served));
  }

  private static Map<String, String> labels(Map<String, String> asked, String served) {
    Map<String, String> labels = new HashMap<>(asked);
    LABELS.forEach(label -> labels.computeIfPresent(label, (name, mode) -> mode(mode, served)));
    return labels;
  }

  private static String group(String group, String served) {
    String[] parts = group.split(" \\| ", -1);
    return parts.length == 3
        ? Stream.of(parts[0], parts[1], mode(parts[2], served))
            .collect(Collectors.joining(SEPARATOR))
        : group;
  }

  /** A call that asked for no mode stays in its row. */
  private static String mode(String asked, String served) {
    return MODES.contains(asked) ? served : asked;
  }
}
