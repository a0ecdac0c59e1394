package dev.gatlingllm.stats;

import dev.gatlingllm.record.Attempt;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Counts the calls of one key, one call at a time. Confined to one thread. */
final class CallTally {

  private final CallObjectives objectives;
  private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
  private final Map<String, ErrorTally> errors = new LinkedHashMap<>();
  private final Map<Model, Long> models = new LinkedHashMap<>();
  private final Map<String, Long> regions = new LinkedHashMap<>();
  private final Map<String, Long> finishReasons = new LinkedHashMap<>();
  private final NotableTally notable = new NotableTally();
  private final CacheTally cache = new CacheTally();
  private long good;
  private long attemptsSent;
  private long attemptsThrottled;
  private long retriedCalls;
  private long stalls;
  private long lateEvents;
  private long estimatedTokens;
  private long uncountedTokens;
  private long implausibleTokens;

  CallTally(CallObjectives objectives) {
    this.objectives = objectives;
  }

  void add(CallRecord call, long shiftNanos) {
    outcomes.merge(call.outcome(), 1L, Long::sum);
    if (!call.outcome().started()) {
      return;
    }
    addAttempts(call);
    addBreakdown(call);
    lateEvents += call.lateEvents();
    if (objectives.metBy(call)) {
      good++;
    }
    if (call.outcome() == Outcome.SUCCEEDED) {
      addAnswer(call, shiftNanos);
    } else if (call.outcome().failed()) {
      String text = call.error().isEmpty() ? call.outcome().code() : call.error();
      errors.computeIfAbsent(text, ErrorTally::new).add(call);
    }
  }

  private void addAnswer(CallRecord call, long shiftNanos) {
    notable.add(call, shiftNanos);
    stalls += call.interChunks().stalls();
    cache.add(call.tokens());
    if (call.tokens().estimated()) {
      estimatedTokens++;
    }
    if (call.tokens().output().isEmpty()) {
      uncountedTokens++;
    }
    if (call.tokens().implausible()) {
      implausibleTokens++;
    }
  }

  private void addAttempts(CallRecord call) {
    attemptsSent += call.attempts().size();
    if (call.attempts().size() > 1) {
      retriedCalls++;
    }
    for (Attempt attempt : call.attempts()) {
      if (attempt.outcome() == Outcome.THROTTLED) {
        attemptsThrottled++;
      }
    }
  }

  private void addBreakdown(CallRecord call) {
    models.merge(new Model(call.provider(), call.model()), 1L, Long::sum);
    count(regions, call.service().region(), 1);
    count(finishReasons, call.service().finishReason(), 1);
  }

  private static void count(Map<String, Long> counts, String text, long calls) {
    if (!text.isEmpty()) {
      counts.merge(text, calls, Long::sum);
    }
  }

  CallCounts counts() {
    return new CallCounts(outcomes);
  }

  /** The most frequent first. */
  List<ErrorCount> errors() {
    return errors.values().stream()
        .map(ErrorTally::result)
        .sorted(Comparator.comparingLong(ErrorCount::count).reversed())
        .toList();
  }

  Attempts attempts() {
    return new Attempts(attemptsSent, retriedCalls, attemptsThrottled);
  }

  Breakdown breakdown() {
    Map<String, Long> byModel = new LinkedHashMap<>();
    models.forEach((model, calls) -> count(byModel, model.text(), calls));
    return new Breakdown(byModel, regions, finishReasons);
  }

  /** Absent if no succeeded call said anything of a prompt cache. */
  Optional<CacheUse> cache() {
    return cache.result();
  }

  DataQuality dataQuality() {
    return new DataQuality(stalls, lateEvents, estimatedTokens, uncountedTokens, implausibleTokens);
  }

  NotableCalls notable() {
    return notable.result();
  }

  long good() {
    return good;
  }

  private record Model(String provider, String name) {
    String text() {
      return Stream.of(provider, name)
          .filter(text -> !text.isEmpty())
          .collect(Collectors.joining(" / "));
    }
  }

  /** The calls that failed with one text. */
  private static final class ErrorTally {
    private final String text;
    private final List<String> requestIds = new ArrayList<>();
    private Outcome outcome;
    private long count;

    ErrorTally(String text) {
      this.text = text;
    }

    void add(CallRecord call) {
      if (count++ == 0) {
        outcome = call.outcome();
      }
      String requestId = call.service().requestId();
      if (!requestId.isEmpty() && requestIds.size() < ErrorCount.REQUEST_IDS) {
        requestIds.add(requestId);
      }
    }

    ErrorCount result() {
      return new ErrorCount(text, outcome, count, requestIds);
    }
  }
}
