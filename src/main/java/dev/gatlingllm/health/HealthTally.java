package dev.gatlingllm.health;

import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Exhausted;
import dev.gatlingllm.record.HealthSample;
import dev.gatlingllm.record.MeasurementError;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.stats.BufferedStream;
import dev.gatlingllm.stats.Percent;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Adds up the samples of one run, from the file or while the run goes on, and judges them. Only
 * those from the first sample to the last in which a call was under way, or was to start, count:
 * what the client does before and after distorts no number. Confined to one thread.
 *
 * <pre>{@code
 * HealthTally health = new HealthTally(OptionalLong.of(10_000));
 * HealthSampleReader.read(file, health::add);
 * Verdict verdict = health.verdict(lastEndNanos);
 * }</pre>
 */
public final class HealthTally {

  private final OptionalLong connections;
  private final DelayTally loopDelay = new DelayTally();
  private final DelayTally scheduleDelay = new DelayTally();
  private final DelayTally held = new DelayTally();
  private final DelayTally backlog = new DelayTally();
  private final ShareTally process = new ShareTally();
  private final ShareTally machine = new ShareTally();
  private final List<HealthSample> sinceLastLoad = new ArrayList<>();
  private boolean loaded;
  private long samples;
  private long spanNanos;
  private long longestSpanNanos;
  private long lastNanos;
  private long dropped;
  private long heldTooLong;
  private long pauseNanos;
  private long longestPauseNanos;
  private long mostInFlight;
  private long recordsLost;
  private double fullestQueue;
  private long lateEvents;
  private OptionalLong mostDescriptors = OptionalLong.empty();
  private double descriptorsShare = -1;
  private final Map<HealthCheck, Double> exhausted = new EnumMap<>(HealthCheck.class);
  private long judgedStreams;
  private long bufferedStreams;
  private OptionalLong ttftErrorNanos = OptionalLong.empty();
  private OptionalLong ttftErrorP99Nanos = OptionalLong.empty();
  private OptionalLong interChunkErrorNanos = OptionalLong.empty();

  /**
   * A tally of no sample yet.
   *
   * @param connections most connections that the run was allowed; absent if unknown
   */
  public HealthTally(OptionalLong connections) {
    this.connections = connections;
  }

  /** Adds the next sample. */
  public void add(HealthSample sample) {
    recordsLost += sample.records().lost();
    lateEvents += sample.lateEvents();
    addDescriptors(sample.descriptors());
    if (underLoad(sample)) {
      sinceLastLoad.forEach(this::count);
      sinceLastLoad.clear();
      count(sample);
      loaded = true;
    } else if (loaded) {
      sinceLastLoad.add(sample);
    }
  }

  /**
   * Adds a call that has ended: the client may have run out of something, or the answer may have
   * been collected on its way.
   */
  public void ended(CallRecord call) {
    if (call.outcome() == Outcome.SUCCEEDED && BufferedStream.isJudged(call)) {
      judgedStreams++;
      bufferedStreams += BufferedStream.is(call) ? 1 : 0;
    }
    Exhausted.ofError(call.error())
        .ifPresent(resource -> exhausted.merge(HealthCheck.of(resource), 1.0, Double::sum));
  }

  /** Takes what the measurement error was found to be under the load of this run. */
  public void measurementError(MeasurementError error) {
    ttftErrorNanos = error.ttft().p50Nanos();
    ttftErrorP99Nanos = error.ttft().p99Nanos();
    interChunkErrorNanos = error.interChunk().p99Nanos();
  }

  private void addDescriptors(HealthSample.Descriptors descriptors) {
    if (descriptors.most().isPresent()) {
      mostDescriptors = descriptors.most();
      long open = descriptors.open().orElse(0);
      descriptorsShare = Math.max(descriptorsShare, (double) open / mostDescriptors.getAsLong());
    }
  }

  private static boolean underLoad(HealthSample sample) {
    HealthSample.Arrivals arrivals = sample.arrivals();
    return sample.inFlight() > 0
        || arrivals.scheduleDelay().longestMicros().isPresent()
        || arrivals.dropped() + arrivals.heldTooLong() > 0;
  }

  private void count(HealthSample sample) {
    samples++;
    addSpan(sample);
    loopDelay.add(sample.loopDelay());
    backlog.add(sample.backlog());
    addArrivals(sample.arrivals());
    pauseNanos += sample.pauses().totalNanos();
    longestPauseNanos = Math.max(longestPauseNanos, sample.pauses().longestNanos());
    mostInFlight = Math.max(mostInFlight, sample.inFlight());
    addRecords(sample.records());
    if (sample.inFlight() > 0) {
      process.add(sample.processor().process());
      machine.add(sample.processor().machine());
    }
  }

  private void addSpan(HealthSample sample) {
    spanNanos += sample.spanNanos();
    longestSpanNanos = Math.max(longestSpanNanos, sample.spanNanos());
    lastNanos = sample.atNanos();
  }

  private void addArrivals(HealthSample.Arrivals arrivals) {
    scheduleDelay.add(arrivals.scheduleDelay());
    held.add(arrivals.held());
    dropped += arrivals.dropped();
    heldTooLong += arrivals.heldTooLong();
  }

  private void addRecords(HealthSample.Records records) {
    if (records.capacity() > 0) {
      fullestQueue = Math.max(fullestQueue, (double) records.queued() / records.capacity());
    }
  }

  /** The verdict on what was added so far. */
  public Verdict verdict() {
    return verdict(lastNanos);
  }

  /**
   * The verdict on what was added.
   *
   * @param lastEndNanos when the last call of the run ended: if that was long after the last
   *     sample, nobody watched the client in between
   */
  public Verdict verdict(long lastEndNanos) {
    return Verdict.of(figures(lastEndNanos), additions(), remarks(), samples);
  }

  private Map<HealthCheck, String> additions() {
    return mostDescriptors.isEmpty()
        ? Map.of()
        : Map.of(
            HealthCheck.NO_DESCRIPTOR, limit(),
            HealthCheck.DESCRIPTORS, limit());
  }

  private String limit() {
    return "ulimit -n is " + mostDescriptors.getAsLong() + ".";
  }

  private Map<HealthCheck, Double> figures(long lastEndNanos) {
    Map<HealthCheck, Double> figures = new EnumMap<>(HealthCheck.class);
    figures.putAll(exhausted);
    if (descriptorsShare >= 0) {
      figures.put(HealthCheck.DESCRIPTORS, 100 * descriptorsShare);
    }
    put(figures, HealthCheck.SCHEDULE_DELAY, scheduleDelay.p99Millis());
    put(figures, HealthCheck.DROPPED, Percent.of(dropped, scheduleDelay.count() + dropped));
    put(figures, HealthCheck.LOOP_DELAY, loopDelay.p99Millis());
    put(figures, HealthCheck.LOOP_LONGEST, loopDelay.longestMillis());
    put(figures, HealthCheck.BACKLOG, backlog.p99Millis());
    figures.put(HealthCheck.GC_LONGEST, longestPauseNanos / 1e6);
    put(figures, HealthCheck.GC_SHARE, Percent.of(pauseNanos, spanNanos));
    put(figures, HealthCheck.CPU, busier(process.medianPercent(), machine.medianPercent()));
    figures.put(HealthCheck.RECORDS_LOST, (double) recordsLost);
    figures.put(HealthCheck.QUEUE, 100 * fullestQueue);
    if (connections.isPresent()) {
      figures.put(
          HealthCheck.CONNECTIONS, (double) Math.max(0, mostInFlight - connections.getAsLong()));
    }
    long unwatchedNanos = Math.max(longestSpanNanos, lastEndNanos - lastNanos);
    figures.put(HealthCheck.UNWATCHED, unwatchedNanos / 1e9);
    put(figures, HealthCheck.TTFT_ERROR, millis(ttftErrorNanos));
    put(figures, HealthCheck.TTFT_ERROR_P99, millis(ttftErrorP99Nanos));
    put(figures, HealthCheck.INTER_CHUNK_ERROR, millis(interChunkErrorNanos));
    put(figures, HealthCheck.BUFFERED, Percent.of(bufferedStreams, judgedStreams));
    return figures;
  }

  private static OptionalDouble millis(OptionalLong nanos) {
    return nanos.isPresent() ? OptionalDouble.of(nanos.getAsLong() / 1e6) : OptionalDouble.empty();
  }

  private static void put(
      Map<HealthCheck, Double> figures, HealthCheck check, OptionalDouble value) {
    if (value.isPresent()) {
      figures.put(check, value.getAsDouble());
    }
  }

  private static OptionalDouble busier(OptionalDouble process, OptionalDouble machine) {
    return machine.orElse(-1) > process.orElse(-1) ? machine : process;
  }

  private List<String> remarks() {
    List<String> remarks = new ArrayList<>();
    if (held.count() > 0) {
      remarks.add(
          "The run's own limit of calls in flight, or of its rate, held calls back for up to "
              + rounded(held.longestMillis().getAsDouble())
              + " ms: that is in their schedule delay and in the latencies (user), and not the client's"
              + " fault.");
    }
    if (heldTooLong > 0) {
      remarks.add("Arrivals dropped because of that limit alone: " + heldTooLong + ".");
    }
    if (lateEvents > 0) {
      remarks.add("Events dropped because their call had ended: " + lateEvents + ".");
    }
    return remarks;
  }

  private static String rounded(double value) {
    return new BigDecimal(value).round(new MathContext(3)).stripTrailingZeros().toPlainString();
  }
}
