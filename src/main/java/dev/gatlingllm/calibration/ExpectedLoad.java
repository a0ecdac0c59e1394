package dev.gatlingllm.calibration;

import dev.gatlingllm.arrival.ArrivalSchedule;
import dev.gatlingllm.input.Payload;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.size.CallSizes;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.PrimitiveIterator;
import java.util.function.Supplier;

/**
 * What a run is about to do, for doing the same against a simulated endpoint beforehand.
 *
 * @param text the load in words, such as {@code 120 arrivals/min of 500/500 tokens}
 * @param pace when calls start
 * @param requests gives the request of the next call; asked by several threads at the same time
 * @param ofFiles the requests that stand in files, each to be checked before anything is sent
 * @param times how often the run does it, one after the other
 * @param sizes of its calls, by their number; empty if they are not drawn
 */
public record ExpectedLoad(
    String text,
    Pace pace,
    Supplier<LlmRequest> requests,
    List<Payload> ofFiles,
    int times,
    Optional<CallSizes> sizes) {

  private static final long AT_ONCE_NANOS = 10_000_000_000L;

  /** When calls start. */
  public sealed interface Pace {}

  /** At the arrivals of a schedule. */
  public record Open(ArrivalSchedule schedule) implements Pace {}

  /** Each client starts its next call when its last one has ended. */
  public record Closed(int clients) implements Pace {

    /** Rejects a number below 1. */
    public Closed {
      if (clients < 1) {
        throw new IllegalArgumentException("clients must be at least 1, was " + clients);
      }
    }
  }

  /** Rejects null components, and a load of no times. */
  public ExpectedLoad {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(pace, "pace");
    Objects.requireNonNull(requests, "requests");
    ofFiles = List.copyOf(ofFiles);
    if (times < 1) {
      throw new IllegalArgumentException("times must be at least 1, was " + times);
    }
  }

  /** A load whose requests stand in no file. */
  public ExpectedLoad(String text, Pace pace, Supplier<LlmRequest> requests) {
    this(text, pace, requests, List.of(), 1, Optional.empty());
  }

  /** This load, whose requests stand in files. */
  public ExpectedLoad withFiles(List<Payload> requestsOfFiles) {
    return new ExpectedLoad(text, pace, requests, requestsOfFiles, times, sizes);
  }

  /** This load with other requests; the files have been checked. */
  public ExpectedLoad withRequests(Supplier<LlmRequest> newRequests) {
    return new ExpectedLoad(text, pace, newRequests, List.of(), times, sizes);
  }

  /** This load, whose calls have these sizes. */
  public ExpectedLoad ofSizes(CallSizes newSizes) {
    return new ExpectedLoad(text, pace, requests, ofFiles, times, Optional.of(newSizes));
  }

  /** This load so often, one after the other. */
  public ExpectedLoad repeated(int newTimes) {
    return new ExpectedLoad(text, pace, requests, ofFiles, newTimes, sizes);
  }

  /**
   * How many calls may well be in flight at the same time: the clients, or the arrivals of the
   * first ten seconds.
   *
   * @param limit the most that is of interest
   */
  public int mostAtOnce(int limit) {
    return mostAtOnce(AT_ONCE_NANOS, limit);
  }

  /**
   * How many calls are in flight at the same time if each takes that long: the clients, or the
   * arrivals of the first such time.
   *
   * @param limit the most that is of interest
   */
  public int mostAtOnce(long callNanos, int limit) {
    if (pace instanceof Closed closed) {
      return Math.min(limit, closed.clients());
    }
    PrimitiveIterator.OfLong offsets = ((Open) pace).schedule().offsets();
    int arrivals = 0;
    while (arrivals < limit && offsets.hasNext() && offsets.nextLong() < callNanos) {
      arrivals++;
    }
    return Math.max(1, arrivals);
  }
}
