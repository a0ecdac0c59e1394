package dev.gatlingllm.stats;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How the started calls divide, in order of first appearance. A call that did not say is in none.
 *
 * @param models calls by provider and model
 * @param regions calls by the region that served them
 * @param finishReasons calls by why the model stopped
 * @param servedModels calls by the model that the response named, where that is another word than
 *     the one requested: {@code gpt-4o → gpt-4o-2024-11-20}
 * @param servedTiers calls by the service tier that served them
 * @param servedLatencyModes calls by the latency mode that they were served in
 */
public record Breakdown(
    Map<String, Long> models,
    Map<String, Long> regions,
    Map<String, Long> finishReasons,
    Map<String, Long> servedModels,
    Map<String, Long> servedTiers,
    Map<String, Long> servedLatencyModes) {

  /** Copies the maps. */
  public Breakdown {
    models = copyOf(models);
    regions = copyOf(regions);
    finishReasons = copyOf(finishReasons);
    servedModels = copyOf(servedModels);
    servedTiers = copyOf(servedTiers);
    servedLatencyModes = copyOf(servedLatencyModes);
  }

  private static Map<String, Long> copyOf(Map<String, Long> counts) {
    return Collections.unmodifiableMap(new LinkedHashMap<>(counts));
  }
}
