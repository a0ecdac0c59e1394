package dev.gatlingllm.stats;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The calls that failed with one text. Confined to one thread. */
final class FailureTally {

  private final String text;
  private final Outcome outcome;
  private final List<Said> requestIds = new ArrayList<>();
  private long count;
  private long firstNanos = Long.MAX_VALUE;
  private long lastNanos = Long.MIN_VALUE;
  private OptionalInt status = OptionalInt.empty();
  private Said example = new Said(Long.MAX_VALUE, "");
  private OptionalLong retryAfterMillis = OptionalLong.empty();

  /** What a call was told that ended so late, nanoseconds since the start of the first run. */
  private record Said(long endNanos, String text) {
    Said firstOf(Said other) {
      return other.endNanos < endNanos ? other : this;
    }
  }

  /** No call yet. */
  FailureTally(String text, Outcome outcome) {
    this.text = text;
    this.outcome = outcome;
  }

  /** The text that calls which failed like this one are counted by. */
  static String text(CallRecord call) {
    return call.error().isEmpty() ? call.outcome().code() : call.error();
  }

  void add(CallRecord call, long shiftNanos) {
    count++;
    long end = call.times().end() + shiftNanos;
    firstNanos = Math.min(firstNanos, end);
    lastNanos = Math.max(lastNanos, end);
    if (!call.errorDetail().isEmpty()) {
      example = example.firstOf(new Said(end, call.errorDetail()));
    }
    add(call.service(), end);
  }

  private void add(CallRecord.Service service, long endNanos) {
    if (status.isEmpty() && service.status() > 0) {
      status = OptionalInt.of(service.status());
    }
    OptionalLong wait = service.retryAfterMillis();
    if (wait.orElse(-1) > retryAfterMillis.orElse(-1)) {
      retryAfterMillis = wait;
    }
    if (!service.requestId().isEmpty() && requestIds.size() < ErrorCount.REQUEST_IDS) {
      requestIds.add(new Said(endNanos, service.requestId()));
    }
  }

  /** Adds the calls of another tally with the same text. */
  void addAll(FailureTally other) {
    count += other.count;
    firstNanos = Math.min(firstNanos, other.firstNanos);
    lastNanos = Math.max(lastNanos, other.lastNanos);
    status = status.isPresent() ? status : other.status;
    example = example.firstOf(other.example);
    if (other.retryAfterMillis.orElse(-1) > retryAfterMillis.orElse(-1)) {
      retryAfterMillis = other.retryAfterMillis;
    }
    requestIds.addAll(other.requestIds);
    requestIds.sort(Comparator.comparingLong(Said::endNanos));
    requestIds
        .subList(Math.min(requestIds.size(), ErrorCount.REQUEST_IDS), requestIds.size())
        .clear();
  }

  Outcome outcome() {
    return outcome;
  }

  ErrorCount result() {
    return new ErrorCount(
        text,
        outcome,
        count,
        firstNanos / 1e9,
        lastNanos / 1e9,
        status,
        example.text(),
        retryAfterMillis,
        requestIds.stream().map(Said::text).toList());
  }
}
