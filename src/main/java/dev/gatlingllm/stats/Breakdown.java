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
 */
public record Breakdown(
    Map<String, Long> models, Map<String, Long> regions, Map<String, Long> finishReasons) {

  /** Copies the maps. */
  public Breakdown {
    models = Collections.unmodifiableMap(new LinkedHashMap<>(models));
    regions = Collections.unmodifiableMap(new LinkedHashMap<>(regions));
    finishReasons = Collections.unmodifiableMap(new LinkedHashMap<>(finishReasons));
  }
}
