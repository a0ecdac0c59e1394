package dev.gatlingllm.stats;

import dev.gatlingllm.record.CallRecord;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * What calls are told apart by: the Gatling groups around them, their name, and their labels. A
 * call without groups or labels has a key like any other.
 *
 * @param groups outermost first
 * @param name the name given in the simulation
 * @param labels in alphabetical order
 */
public record CallKey(List<String> groups, String name, SortedMap<String, String> labels) {

  /** All calls of a run together. */
  public static final CallKey ALL = new CallKey(List.of(), "All calls", Map.of());

  /** All calls of a run, without those that a provisioned deployment handed over. */
  public static final CallKey ALL_BUT_SPILLED =
      new CallKey(List.of(), "All but spilled over", Map.of());

  /** Copies the collections. */
  public CallKey {
    groups = List.copyOf(groups);
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
  }

  /** A key with labels in any order. */
  public CallKey(List<String> groups, String name, Map<String, String> labels) {
    this(groups, name, new TreeMap<>(labels));
  }

  /**
   * The key a call belongs to: by the latency mode that served it, where it asked for one, and by
   * the deployment that took it over from a provisioned one.
   */
  public static CallKey of(CallRecord call) {
    return ServedKey.of(call);
  }

  /** The key of the calls that differ in a label alone. */
  public CallKey without(String label) {
    SortedMap<String, String> others = new TreeMap<>(labels);
    others.remove(label);
    return new CallKey(groups, name, others);
  }

  /** Whether it is that of calls which a provisioned deployment handed over. */
  public boolean spilledOver() {
    return labels.containsKey(ServedKey.SPILLED_TO);
  }

  /** In one line, such as {@code ladder / level 8 / chat [model=gpt-4o]}. */
  public String path() {
    StringJoiner path = new StringJoiner(" / ");
    groups.forEach(path::add);
    path.add(name);
    return labels.isEmpty() ? path.toString() : path + " " + labelText();
  }

  private String labelText() {
    StringJoiner text = new StringJoiner(", ", "[", "]");
    labels.forEach((label, value) -> text.add(label + "=" + value));
    return text.toString();
  }
}
