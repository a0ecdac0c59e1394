package dev.gatlingllm.provider;

import java.util.OptionalLong;

/**
 * Who served a call, and how, in the words of the response; what it does not say is empty or
 * absent.
 *
 * @param model the model that answered, which may be another than the one asked for: behind a
 *     router, an alias or a fallback
 * @param tier the service tier, such as {@code priority}
 * @param latencyMode Bedrock's latency mode, such as {@code optimized}
 * @param serviceMillis how long the call took by the service's own clock
 * @param responseId by which a later request can name this answer, of the Responses API
 */
public record Served(
    String model, String tier, String latencyMode, OptionalLong serviceMillis, String responseId) {

  /** The response says nothing of it. */
  public static final Served UNKNOWN = new Served("", "", "", OptionalLong.empty());

  /** An answer that has no id. */
  public Served(String model, String tier, String latencyMode, OptionalLong serviceMillis) {
    this(model, tier, latencyMode, serviceMillis, "");
  }

  /** The same with the id of the answer; an empty one is none. */
  public Served withResponseId(String id) {
    return id.isEmpty() ? this : new Served(model, tier, latencyMode, serviceMillis, id);
  }

  /**
   * The same with what a later event says: the last word counts, an empty one is none.
   *
   * @param laterModel the model that the event names
   * @param laterTier the service tier that it names
   */
  public Served then(String laterModel, String laterTier) {
    return new Served(
        laterModel.isEmpty() ? model : laterModel,
        laterTier.isEmpty() ? tier : laterTier,
        latencyMode,
        serviceMillis,
        responseId);
  }
}
