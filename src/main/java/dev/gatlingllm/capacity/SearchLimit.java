package dev.gatlingllm.capacity;

/**
 * A limit as a search sees it.
 *
 * @param name as reports print it, such as {@code llm.slo.ttft.p95}
 * @param allowed the share of calls that may miss it, above 0 and below 1: 0.05 for a p95
 */
public record SearchLimit(String name, double allowed) {

  /** Rejects a limit that is no claim about a share of calls. */
  public SearchLimit {
    if (!(allowed > 0 && allowed < 1)) {
      throw new IllegalArgumentException("allowed must be above 0 and below 1, was " + allowed);
    }
  }
}
