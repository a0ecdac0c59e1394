package dev.gatlingllm.stats;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The calls that failed with one text. Confined to one thread. */
final class FailureTally {

  private final String text;
  private final Outcome outcome;
  private final List<String> requestIds = new ArrayList<>();
  private long count;
  private long firstNanos = Long.MAX_VALUE;
  private long lastNanos = Long.MIN_VALUE;
  private OptionalInt status = OptionalInt.empty();
  private String example = "";
  private OptionalLong retryAfterMillis = OptionalLong.empty();

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
    firstNanos = Math.min(firstNanos, call.times().end() + shiftNanos);
    lastNanos = Math.max(lastNanos, call.times().end() + shiftNanos);
    example = example.isEmpty() ? call.errorDetail() : example;
    add(call.service());
  }

  private void add(CallRecord.Service service) {
    if (status.isEmpty() && service.status() > 0) {
      status = OptionalInt.of(service.status());
    }
    OptionalLong wait = service.retryAfterMillis();
    if (wait.orElse(-1) > retryAfterMillis.orElse(-1)) {
      retryAfterMillis = wait;
    }
    if (!service.requestId().isEmpty() && requestIds.size() < ErrorCount.REQUEST_IDS) {
      requestIds.add(service.requestId());
    }
  }

  /** Adds the calls of another tally with the same text. */
  void addAll(FailureTally other) {
    count += other.count;
    firstNanos = Math.min(firstNanos, other.firstNanos);
    lastNanos = Math.max(lastNanos, other.lastNanos);
    status = status.isPresent() ? status : other.status;
    example = example.isEmpty() ? other.example : example;
    if (other.retryAfterMillis.orElse(-1) > retryAfterMillis.orElse(-1)) {
      retryAfterMillis = other.retryAfterMillis;
    }
    other.requestIds.stream()
        .limit(Math.max(0, ErrorCount.REQUEST_IDS - requestIds.size()))
        .forEach(requestIds::add);
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
        example,
        retryAfterMillis,
        requestIds);
  }
}
