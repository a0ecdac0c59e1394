package dev.gatlingllm.simulator;

import java.time.Duration;
import java.util.Map;

/**
 * How often calls fail. A call has at most one fault, so the rates add up.
 *
 * @param rates the share of calls with each fault, 0 to 1, at most 1 together
 * @param afterChunks after how many chunks a fault in mid-stream strikes
 * @param throttleWait how long {@link Fault#THROTTLE} asks to wait
 */
public record FaultSettings(Map<Fault, Double> rates, int afterChunks, Duration throttleWait) {

  /** Copies the rates and checks the ranges. */
  public FaultSettings {
    rates = Map.copyOf(rates);
    rates.forEach((fault, rate) -> Check.between("rate of " + fault.code(), rate, 0, 1));
    double sum = rates.values().stream().mapToDouble(Double::doubleValue).sum();
    Check.between("sum of all fault rates", sum, 0, 1 + 1e-9);
    Check.atLeast("afterChunks", afterChunks, 0);
    Check.between("throttleWait in ms", throttleWait.toMillis(), 0, 3_600_000);
  }
}
