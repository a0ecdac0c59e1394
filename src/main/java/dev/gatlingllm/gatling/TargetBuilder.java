package dev.gatlingllm.gatling;

import java.util.Map;
import java.util.TreeMap;

/**
 * Builds one of the targets that the calls are split over; what it does not say is that of the
 * provider's settings. Immutable: every method returns a new builder and leaves this one as it is.
 * What cannot be used is refused before anything is sent, as in {@code llm.targets}.
 */
public final class TargetBuilder {

  private final Map<String, Object> fields;

  private TargetBuilder(Map<String, Object> fields) {
    this.fields = fields;
  }

  /** A target of this name; see {@link dev.gatlingllm.LlmDsl#target}. */
  public static TargetBuilder named(String name) {
    return new TargetBuilder(Map.of("name", name));
  }

  /** Its part of the calls, above 0; 1 unless it is set. */
  public TargetBuilder weight(double weight) {
    return with("weight", weight);
  }

  /** Deployment, model, inference profile or LoRA adapter, in place of the call's own. */
  public TargetBuilder model(String model) {
    return with("model", model);
  }

  /** The address, in place of the provider's own; it has connections of its own. */
  public TargetBuilder baseUrl(String address) {
    return with("baseUrl", address);
  }

  /** A region of Bedrock, or one of {@code llm.regions}. */
  public TargetBuilder region(String region) {
    return with("region", region);
  }

  /** Another provider, which is set up in its own section of the settings. */
  public TargetBuilder provider(String provider) {
    return with("provider", provider);
  }

  /** Further fields of the request's body, over those of the call. */
  public TargetBuilder extraBody(Map<String, Object> body) {
    return with("extraBody", Map.copyOf(body));
  }

  private TargetBuilder with(String field, Object value) {
    Map<String, Object> all = new TreeMap<>(fields);
    all.put(field, value);
    return new TargetBuilder(all);
  }

  Map<String, Object> fields() {
    return fields;
  }
}
