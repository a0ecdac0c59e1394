package dev.gatlingllm.record;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Settings that had another name in schema version 1 of {@code run.json}. */
public final class RenamedSettings {

  private static final Map<String, String> NEW_NAMES =
      Map.of(
          "llm.connections", "llm.maxConnections",
          "llm.load.maxLag", "llm.load.maxScheduleDelay",
          "llm.simulator.gapJitter", "llm.simulator.interChunkJitter");

  private RenamedSettings() {}

  /** The key that a former key has now; empty if it never had another name. */
  public static Optional<String> newName(String formerKey) {
    return Optional.ofNullable(NEW_NAMES.get(formerKey));
  }

  /** Settings by today's keys. */
  static SortedMap<String, String> byNewName(Map<String, String> settings) {
    SortedMap<String, String> renamed = new TreeMap<>();
    settings.forEach((key, value) -> renamed.put(newName(key).orElse(key), value));
    return renamed;
  }
}
