package dev.gatlingllm.simulator;

import java.time.Duration;
import java.util.Map;

/**
 * How often calls fail. A call has at most one fault, so the shares add up.
 *
 * @param faults the share of calls with each fault, at most 1 together; a fault that is left out
 *     does not occur
 * @param faultAfterChunks after how many chunks a fault in mid-stream strikes
 * @param throttleWait how long {@link Fault#THROTTLE} asks to wait
 */
public record FaultSettings(
    Map<Fault, Double> faults,
    @Range int faultAfterChunks,
    @Range(most = 3_600) Duration throttleWait) {

  /**
   * Copies the shares.
   *
   * @throws IllegalArgumentException if they add up to more than 1
   */
  public FaultSettings {
    faults = Map.copyOf(faults);
    double sum = faults.values().stream().mapToDouble(Double::doubleValue).sum();
    if (sum > 1 + 1e-9) {
      throw new IllegalArgumentException(
          "faults must be shares that add up to at most 1, was " + sum);
    }
  }
}
