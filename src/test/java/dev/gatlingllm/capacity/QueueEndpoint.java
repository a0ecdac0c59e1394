package dev.gatlingllm.capacity;

import java.util.PriorityQueue;
import java.util.function.DoubleSupplier;

/** So many servers and one queue, first come, first served. The first chunk is at service start. */
public final class QueueEndpoint implements VirtualEndpoint {

  private final DoubleSupplier serviceSeconds;
  private final PriorityQueue<Double> free = new PriorityQueue<>();

  public QueueEndpoint(int servers, DoubleSupplier serviceSeconds) {
    this.serviceSeconds = serviceSeconds;
    for (int i = 0; i < servers; i++) {
      free.add(0.0);
    }
  }

  @Override
  public Answer call(double arrival) {
    double start = Math.max(arrival, free.remove());
    double end = start + serviceSeconds.getAsDouble();
    free.add(end);
    return new Answer(start - arrival, end);
  }
}
