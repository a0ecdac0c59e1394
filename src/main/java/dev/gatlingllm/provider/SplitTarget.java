package dev.gatlingllm.provider;

import java.util.Map;

/**
 * One of the targets that the calls of a run are split over.
 *
 * @param name what its calls are called in records and reports
 * @param weight its part of the calls, above 0
 * @param client sends them
 * @param model takes the place of the model that a call names; empty to leave it
 * @param region likewise
 * @param extraBody fields of the body, which come before the call's own
 */
public record SplitTarget(
    String name,
    double weight,
    LlmClient client,
    String model,
    String region,
    Map<String, Object> extraBody) {

  /** Copies the fields. */
  public SplitTarget {
    extraBody = Map.copyOf(extraBody);
  }

  /** A call as it goes to this target. */
  public LlmRequest applied(LlmRequest request) {
    LlmRequest changed = model.isEmpty() ? request : request.withModel(model);
    changed = region.isEmpty() ? changed : changed.withRegion(region);
    return extraBody.isEmpty()
        ? changed
        : changed.withParameters(
            Parameters.NONE.withExtraBody(extraBody).orElse(changed.parameters()));
  }
}
