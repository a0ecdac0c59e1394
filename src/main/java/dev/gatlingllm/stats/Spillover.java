package dev.gatlingllm.stats;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Calls that a provisioned deployment handed over to another one. They are rows of their own, and
 * in no number of the other calls.
 *
 * @param calls how many were started
 * @param deployments how many by {@code asked → served}
 * @param errors how many by the status with which the provisioned deployment had refused them
 */
public record Spillover(long calls, Map<String, Long> deployments, Map<String, Long> errors) {

  /** There were none. */
  public static final Spillover NONE = new Spillover(0, Map.of(), Map.of());

  /** Copies the maps. */
  public Spillover {
    deployments = Collections.unmodifiableMap(new LinkedHashMap<>(deployments));
    errors = Collections.unmodifiableMap(new LinkedHashMap<>(errors));
  }
}
