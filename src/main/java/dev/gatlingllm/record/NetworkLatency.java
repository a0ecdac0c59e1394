package dev.gatlingllm.record;

import java.util.List;
import java.util.OptionalDouble;

/**
 * How long it took to open a few connections to the endpoint before the load; nothing was sent on
 * them. It is subtracted from no latency.
 *
 * @param host where they went
 * @param failed connections that could not be opened
 * @param lookupNanos looking the name up, once, before the first
 * @param tcpNanos setting up TCP: about one round trip
 * @param tlsNanos setting up TLS on it; empty if there was none, or its certificate is made for the
 *     run
 */
public record NetworkLatency(
    String host, int failed, long lookupNanos, List<Long> tcpNanos, List<Long> tlsNanos) {

  /** Copies the lists. */
  public NetworkLatency {
    tcpNanos = List.copyOf(tcpNanos);
    tlsNanos = List.copyOf(tlsNanos);
  }

  /** Median of setting up TCP; absent if no connection was opened. */
  public OptionalDouble tcpMillis() {
    return medianMillis(tcpNanos);
  }

  /** Median of setting up TLS; absent if none was. */
  public OptionalDouble tlsMillis() {
    return medianMillis(tlsNanos);
  }

  private static OptionalDouble medianMillis(List<Long> nanos) {
    if (nanos.isEmpty()) {
      return OptionalDouble.empty();
    }
    List<Long> sorted = nanos.stream().sorted().toList();
    long low = sorted.get((sorted.size() - 1) / 2);
    long high = sorted.get(sorted.size() / 2);
    return OptionalDouble.of((low + high) / 2.0 / 1e6);
  }
}
