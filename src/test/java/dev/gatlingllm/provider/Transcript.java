package dev.gatlingllm.provider;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** What one call told its listener, word for word, and whether it kept the contract. */
public final class Transcript implements CallListener {

  /** The instant of an event that is told without one. */
  public static final long UNSTAMPED = -1;

  /** One event as text, such as {@code CONTENT hello}. */
  public record Line(String text, long nanos) {}

  private final List<Line> lines = new ArrayList<>();
  private final List<String> breaches = new ArrayList<>();
  private long latest = Long.MIN_VALUE;
  private boolean ended;

  @Override
  public void head(long nanos, ResponseHead head) {
    hear("head " + head.status(), nanos);
  }

  @Override
  public void output(long nanos, OutputKind kind, String text) {
    if (text.isEmpty()) {
      breaches.add("an output without text");
    }
    hear(kind + " " + text, nanos);
  }

  @Override
  public void outputWithoutText(long nanos, OutputKind kind) {
    hear(kind + " without text", nanos);
  }

  @Override
  public void usage(TokenUsage usage) {
    if (counts(usage).anyMatch(count -> count.isPresent() && count.getAsLong() < 0)) {
      breaches.add("a negative count of tokens");
    }
    hear(usage.toString(), UNSTAMPED);
  }

  @Override
  public void finish(String reason) {
    hear("finish " + reason, UNSTAMPED);
  }

  @Override
  public void completed(long nanos) {
    hear("completed", nanos);
    ended = true;
  }

  @Override
  public void failed(long nanos, Failure failure) {
    if (failure.code().isEmpty() && failure.message().isEmpty()) {
      breaches.add("a failure without a reason");
    }
    hear("failed " + failure.kind() + " " + failure.code() + ": " + failure.message(), nanos);
    ended = true;
  }

  private static Stream<OptionalLong> counts(TokenUsage usage) {
    return Stream.of(
        usage.input(), usage.cachedInput(), usage.cacheWrite(), usage.output(), usage.reasoning());
  }

  private void hear(String text, long nanos) {
    if (ended) {
      breaches.add("after the end: " + text);
    }
    if (nanos != UNSTAMPED) {
      if (nanos < latest) {
        breaches.add("stamped before what preceded it: " + text);
      }
      latest = nanos;
    }
    lines.add(new Line(text, nanos));
  }

  /** Every event, in order. */
  public List<Line> lines() {
    return List.copyOf(lines);
  }

  /** Every event without its instant, in order. */
  public List<String> texts() {
    return lines.stream().map(Line::text).toList();
  }

  /** What was told against the contract of a listener; a call that has not ended is one. */
  public List<String> breaches() {
    List<String> all = new ArrayList<>(breaches);
    if (!ended) {
      all.add("no terminal event after " + lines.size() + " events");
    }
    return all;
  }
}
