package dev.gatlingllm.simulator;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.random.RandomGenerator;

/** Which fault a call has: the forced ones first, then by the configured rates. Thread-safe. */
final class FaultDraw {

  private final Map<Fault, Double> rates;
  private final Queue<Fault> forced = new ConcurrentLinkedQueue<>();

  FaultDraw(Map<Fault, Double> rates) {
    EnumMap<Fault, Double> inFixedOrder = new EnumMap<>(Fault.class);
    inFixedOrder.putAll(rates);
    this.rates = inFixedOrder;
  }

  void force(List<Fault> faults) {
    forced.addAll(faults);
  }

  Optional<Fault> next(RandomGenerator random) {
    Fault next = forced.poll();
    return next == null ? byRate(random.nextDouble()) : Optional.of(next);
  }

  private Optional<Fault> byRate(double draw) {
    double below = 0;
    for (Map.Entry<Fault, Double> rate : rates.entrySet()) {
      below += rate.getValue();
      if (draw < below) {
        return Optional.of(rate.getKey());
      }
    }
    return Optional.empty();
  }
}
