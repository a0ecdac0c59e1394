package dev.gatlingllm.stats;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Puts the calls of sessions together. Keeps what is under way; of what has ended, its numbers.
 * Confined to one thread.
 */
final class SessionTally {

  private static final double NANOS_PER_SECOND = 1e9;

  private record Key(int run, long session) {}

  private final Map<Key, Open> open = new HashMap<>();
  private final Map<SessionMeasure, Sample> samples = new EnumMap<>(SessionMeasure.class);
  private long whole;
  private long brokenOff;
  private long turnsNotSent;

  SessionTally() {
    for (SessionMeasure measure : SessionMeasure.values()) {
      samples.put(measure, Sample.unordered(measure.precision()));
    }
  }

  /** A session so far. The calls of one session come in the order of its turns. */
  private static final class Open {
    private long arrival;
    private long end;
    private long answering;
    private OptionalLong input = OptionalLong.of(0);
    private OptionalLong cached = OptionalLong.of(0);
    private OptionalLong output = OptionalLong.of(0);
    private int turn;
    private int turns;
    private boolean answered;

    void add(CallRecord call) {
      if (turn == 0) {
        arrival = call.times().arrival();
      }
      turn = call.turn().turn();
      turns = call.turn().turns();
      end = call.times().end();
      answered = call.outcome() == Outcome.SUCCEEDED;
      answering += end - call.times().start().orElse(end);
      input = sum(input, call.tokens().input());
      cached = sum(cached, call.tokens().cachedInput());
      output = sum(output, call.tokens().output());
    }

    /** A sum of which one part is not known is not known. */
    private static OptionalLong sum(OptionalLong so, OptionalLong more) {
      return so.isPresent() && more.isPresent()
          ? OptionalLong.of(so.getAsLong() + more.getAsLong())
          : OptionalLong.empty();
    }

    long left() {
      return Math.max(0, turns - turn);
    }

    void addTo(Map<SessionMeasure, Sample> samples) {
      samples.get(SessionMeasure.DURATION).add((end - arrival) / NANOS_PER_SECOND);
      samples.get(SessionMeasure.ANSWERING).add(answering / NANOS_PER_SECOND);
      samples.get(SessionMeasure.TURNS).add(turn);
      input.ifPresent(samples.get(SessionMeasure.INPUT_TOKENS)::add);
      cached.ifPresent(samples.get(SessionMeasure.CACHED_INPUT_TOKENS)::add);
      output.ifPresent(samples.get(SessionMeasure.OUTPUT_TOKENS)::add);
    }
  }

  /** Adds a call of a run, if it is in a session. */
  void add(CallRecord call, int run) {
    if (!call.turn().inSession()) {
      return;
    }
    Key key = new Key(run, call.turn().session());
    Open session = open.computeIfAbsent(key, any -> new Open());
    session.add(call);
    if (session.answered && session.turn == session.turns) {
      open.remove(key);
      whole++;
      session.addTo(samples);
    } else if (!session.answered && call.outcome() != Outcome.UNFINISHED) {
      open.remove(key);
      brokenOff++;
      turnsNotSent += session.left();
    }
  }

  /** Bounds the memory that ended sessions take from now on. */
  void condense() {
    samples.values().forEach(Sample::condense);
  }

  /** Absent if no call was in a session. */
  Optional<SessionStatistics> result(PercentileRule rule) {
    long cutOff = 0;
    long left = turnsNotSent;
    long ended = whole;
    Map<SessionMeasure, Sample> all = new EnumMap<>(SessionMeasure.class);
    samples.forEach(
        (measure, sample) -> {
          Sample copy = Sample.unordered(measure.precision());
          copy.addAll(sample);
          all.put(measure, copy);
        });
    for (Open session : open.values()) {
      if (session.answered && session.turns == 0) {
        ended++;
        session.addTo(all);
      } else {
        cutOff++;
        left += session.left();
      }
    }
    if (ended + brokenOff + cutOff == 0) {
      return Optional.empty();
    }
    Map<SessionMeasure, Distribution> measures = new EnumMap<>(SessionMeasure.class);
    all.forEach(
        (measure, sample) ->
            measures.put(measure, Distribution.of(measure.unit(), sample.values(), rule)));
    return Optional.of(new SessionStatistics(ended, brokenOff, cutOff, left, measures));
  }
}
