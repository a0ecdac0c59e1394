package dev.gatlingllm.simulator;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Collects what truly happens to one call. Confined to the call's event loop. */
final class CallTruth {

  private final String requestId;
  private final long number;
  private final Optional<Fault> fault;
  private final long receivedNanos;
  private OptionalInt status = OptionalInt.empty();
  private OptionalInt inputTokens = OptionalInt.empty();
  private OptionalInt cachedTokens = OptionalInt.empty();
  private OptionalLong serviceNanos = OptionalLong.empty();
  private long[] chunkNanos = {};
  private int chunks;
  private int outputTokens;

  CallTruth(String requestId, long number, Optional<Fault> fault, long receivedNanos) {
    this.requestId = requestId;
    this.number = number;
    this.fault = fault;
    this.receivedNanos = receivedNanos;
  }

  void understood(int tokens) {
    inputTokens = OptionalInt.of(tokens);
  }

  void cached(int tokens) {
    cachedTokens = OptionalInt.of(tokens);
  }

  void served(long nanos, int expectedChunks, int hiddenTokens) {
    serviceNanos = OptionalLong.of(nanos);
    chunkNanos = new long[expectedChunks];
    outputTokens = hiddenTokens;
  }

  void begun(int responseStatus) {
    status = OptionalInt.of(responseStatus);
  }

  void chunk(long nanos, int tokens) {
    chunkNanos[chunks++] = nanos;
    outputTokens += tokens;
  }

  String requestId() {
    return requestId;
  }

  long receivedNanos() {
    return receivedNanos;
  }

  int outputTokens() {
    return outputTokens;
  }

  SimulatedCall sealed(Ending ending, OptionalLong endNanos) {
    return new SimulatedCall(
        requestId,
        number,
        status,
        fault,
        ending,
        inputTokens,
        cachedTokens,
        outputTokens,
        receivedNanos,
        serviceNanos,
        Arrays.copyOf(chunkNanos, chunks),
        endNanos);
  }
}
