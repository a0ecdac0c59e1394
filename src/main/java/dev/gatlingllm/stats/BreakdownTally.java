package dev.gatlingllm.stats;

import dev.gatlingllm.record.CallRecord;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Counts calls by what served them. Confined to one thread. */
final class BreakdownTally {

  private final Map<Pair, Long> models = new LinkedHashMap<>();
  private final Map<String, Long> regions = new LinkedHashMap<>();
  private final Map<String, Long> finishReasons = new LinkedHashMap<>();
  private final Map<Pair, Long> servedModels = new LinkedHashMap<>();
  private final Map<String, Long> servedTiers = new LinkedHashMap<>();
  private final Map<String, Long> servedLatencyModes = new LinkedHashMap<>();

  /** Two words that belong together; found faster than a text of both is made. */
  private record Pair(String first, String second) {
    String joined(String between) {
      return Stream.of(first, second)
          .filter(text -> !text.isEmpty())
          .collect(Collectors.joining(between));
    }
  }

  /** Adds a started call. */
  void add(CallRecord call) {
    models.merge(new Pair(call.provider(), call.model()), 1L, Long::sum);
    count(regions, call.service().region(), 1);
    count(finishReasons, call.service().finishReason(), 1);
    String served = call.served().model();
    if (!served.isEmpty() && !served.equals(call.model())) {
      servedModels.merge(new Pair(call.model(), served), 1L, Long::sum);
    }
    count(servedTiers, call.served().tier(), 1);
    count(servedLatencyModes, call.served().latencyMode(), 1);
  }

  void addAll(BreakdownTally other) {
    addAll(models, other.models);
    addAll(regions, other.regions);
    addAll(finishReasons, other.finishReasons);
    addAll(servedModels, other.servedModels);
    addAll(servedTiers, other.servedTiers);
    addAll(servedLatencyModes, other.servedLatencyModes);
  }

  private static <K> void addAll(Map<K, Long> counts, Map<K, Long> more) {
    more.forEach((what, calls) -> counts.merge(what, calls, Long::sum));
  }

  private static void count(Map<String, Long> counts, String text, long calls) {
    if (!text.isEmpty()) {
      counts.merge(text, calls, Long::sum);
    }
  }

  Breakdown result() {
    return new Breakdown(
        joined(models, " / "),
        regions,
        finishReasons,
        joined(servedModels, " → "),
        servedTiers,
        servedLatencyModes);
  }

  private static Map<String, Long> joined(Map<Pair, Long> pairs, String between) {
    Map<String, Long> texts = new LinkedHashMap<>();
    pairs.forEach((pair, calls) -> count(texts, pair.joined(between), calls));
    return texts;
  }
}
