package dev.gatlingllm.stats;

import dev.gatlingllm.record.CallRecord;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Makes statistics of calls in one pass. Confined to one thread.
 *
 * <p>Up to {@link #EXACT_CALLS} calls every value is kept with the start of its call, about 300
 * bytes per call. Beyond that values are counted in histograms, in memory that does not grow with
 * the number of calls: numbers, means, deviations, least and greatest values stay exact,
 * percentiles are accurate to 0.1 %, and those of a slice of time to 1 %.
 *
 * <pre>{@code
 * StatisticsCollector calls = new StatisticsCollector(objectives, PercentileRule.WITHHOLD_WHEN_FEW);
 * CallRecordReader.read(file, call -> calls.add(call, 0));
 * RunStatistics statistics = calls.result();
 * }</pre>
 */
public final class StatisticsCollector {

  /** Up to so many started calls, all values are kept and all percentiles exact. */
  public static final long EXACT_CALLS = 1_000_000;

  /** A second thread is worth it for more calls than this. Collectors beside a load keep fewer. */
  private static final long CALLS_OF_ONE_THREAD = 100_000;

  private static final Map<Measure, Double> DRAWN_WITH_LEAST_WIDTH =
      new EnumMap<>(
          Map.of(
              Measure.TTFT, 0.1,
              Measure.E2E, 0.1,
              Measure.TOKENS_PER_SECOND, 0.1,
              Measure.OUTPUT_TOKENS, 1.0));

  private static final Set<Measure> DRAWN_WITH_TAIL =
      EnumSet.of(Measure.TTFT, Measure.TTFT_FROM_ARRIVAL, Measure.E2E, Measure.E2E_FROM_ARRIVAL);

  private final CallObjectives objectives;
  private final PercentileRule rule;
  private final long exactCalls;
  private final boolean drawn;
  private final SpilloverTally spillover = new SpilloverTally();
  private final SessionTally sessions = new SessionTally();
  private final ServedRows<KeyTally> keys = new ServedRows<>();
  private final Map<Told, Place> places = new HashMap<>();
  private final PointDraw points = new PointDraw();
  private final TimelineDraw timeline = new TimelineDraw();
  private final ViewTally views = new ViewTally();
  private final WindowTally windows = new WindowTally();
  private final Map<Measure, double[]> levels = new EnumMap<>(Measure.class);
  private int run;
  private int load;
  private long started;
  private long lastEndNanos;

  /** What a call says of its key and grouping: found faster than these are made. */
  private record Told(ServedRows.Words words, String region) {
    static Told by(CallRecord call) {
      return new Told(ServedRows.Words.of(call), call.service().region());
    }

    /** Of the parts that most rows differ in: it is asked for each call. */
    @Override
    public int hashCode() {
      return 31 * (31 * words.name().hashCode() + words.groups().hashCode())
          + words.labels().hashCode();
    }
  }

  /** Where a call is counted. */
  private record Place(KeyTally key, PartTally part) {}

  /** Collects for these limits and this rule. */
  public StatisticsCollector(CallObjectives objectives, PercentileRule rule) {
    this(objectives, rule, EXACT_CALLS);
  }

  /**
   * As {@link #StatisticsCollector(CallObjectives, PercentileRule)}.
   *
   * @param exactCalls how many calls are kept as they are before they are condensed
   */
  public StatisticsCollector(CallObjectives objectives, PercentileRule rule, long exactCalls) {
    this(objectives, rule, exactCalls, true);
  }

  private StatisticsCollector(
      CallObjectives objectives, PercentileRule rule, long exactCalls, boolean drawn) {
    this.objectives = objectives;
    this.rule = rule;
    this.exactCalls = exactCalls;
    this.drawn = drawn;
  }

  /**
   * Collects numbers alone, as while a load goes on: no call is kept to be drawn or chosen from.
   *
   * @param exactCalls how many calls are kept as they are before they are condensed
   */
  public static StatisticsCollector ofNumbers(
      CallObjectives objectives, PercentileRule rule, long exactCalls) {
    return new StatisticsCollector(objectives, rule, exactCalls, false);
  }

  /** The calls that are added from now on are those of another run. */
  public void nextRun() {
    run++;
    load++;
  }

  /**
   * The calls that are added from now on are those of another run, which makes another share of the
   * same load: rates are those of all its shares.
   */
  public void nextShare() {
    run++;
  }

  /**
   * Adds one call.
   *
   * @param shiftNanos how much later its run started than the first of the runs that are merged
   */
  public void add(CallRecord call, long shiftNanos) {
    Place place = places.computeIfAbsent(Told.by(call), any -> newPlace(call));
    boolean apart = place.key().spilledOver();
    place.key().counts().add(call, shiftNanos);
    place.part().add(call, load, shiftNanos);
    sessions.add(call, run);
    lastEndNanos = Math.max(lastEndNanos, call.times().end() + shiftNanos);
    if (drawn) {
      timeline.add(call, place.key().index(), shiftNanos);
      windows.add(call, shiftNanos, place.key().index());
    }
    if (call.outcome().started()) {
      if (drawn) {
        points.add(call, place.key().index());
      }
      if (apart) {
        spillover.add(call);
      } else {
        views.add(call);
      }
      if (++started == exactCalls + 1) {
        levels.putAll(CallSamples.levels(samples()));
        parts().forEach(part -> part.condense(levels));
        sessions.condense();
      }
    }
  }

  private Place newPlace(CallRecord call) {
    KeyTally key =
        keys.of(call, named -> new KeyTally(keys.all().size(), named.spilledOver(), objectives));
    PartTally part = key.part(GroupingKey.of(call));
    if (started > exactCalls) {
      part.condense(levels);
    }
    return new Place(key, part);
  }

  private List<KeyTally> notSpilledOver() {
    return keys.all().stream().filter(key -> !key.spilledOver()).toList();
  }

  private List<PartTally> parts() {
    return parts(notSpilledOver());
  }

  private static List<PartTally> parts(List<KeyTally> members) {
    return members.stream().flatMap(key -> key.parts().stream()).toList();
  }

  /** What was measured of all calls, without those that a provisioned deployment handed over. */
  public List<CallSamples> samples() {
    return parts().stream().map(PartTally::samples).toList();
  }

  /** What was measured of the calls of a key that occurred. */
  public List<CallSamples> samples(CallKey key) {
    return parts(keys.rows().get(key)).stream().map(PartTally::samples).toList();
  }

  /**
   * When each run put load on the service, in the order of the runs; absent where unknown. Shares
   * of one load are one.
   */
  public List<Optional<LoadWindow>> loadWindows() {
    return RunSpans.together(parts().stream().map(PartTally::spans).toList()).windows();
  }

  /** The calls of the rows that are wanted. */
  public SelectedCalls select(Predicate<CallKey> wanted) {
    List<KeyTally> members =
        keys.rows().entrySet().stream()
            .filter(row -> wanted.test(row.getKey()))
            .flatMap(row -> row.getValue().stream())
            .toList();
    CallTally counts = counts(members);
    return new SelectedCalls(
        counts.counts(),
        counts.sharesWithGood(),
        parts(members).stream().map(PartTally::samples).toList());
  }

  /** The statistics of all calls so far. */
  public RunStatistics result() {
    MeasurePass pass = new MeasurePass();
    List<Supplier<CallStatistics>> byKey = new ArrayList<>();
    Map<Integer, Integer> rowOfIndex = new HashMap<>();
    Map<PartTally, GroupingKey> groupings = new LinkedHashMap<>();
    SliceLayout layout = SliceLayout.of(stages(), lastEndNanos / 1e9, started);
    keys.rows()
        .forEach(
            (key, members) -> {
              for (KeyTally member : members) {
                rowOfIndex.put(member.index(), byKey.size());
                member.parts().forEach(part -> groupings.put(part, part.grouping().servedBy(key)));
              }
              byKey.add(statistics(key, counts(members), parts(members), layout, pass));
            });
    Spillover spilled = spillover.result();
    CallKey all = spilled.calls() == 0 ? CallKey.ALL : CallKey.ALL_BUT_SPILLED;
    Supplier<CallStatistics> whole =
        statistics(all, counts(notSpilledOver()), parts(), layout, pass);
    Supplier<Views> seen = views.result(groupings, rule, pass);
    pass.run(threads());
    return new RunStatistics(
        whole.get(),
        byKey.stream().map(Supplier::get).toList(),
        points.result(rowOfIndex::get),
        timeline.result(rowOfIndex::get),
        seen.get(),
        spilled,
        sessions.result(rule),
        windows.result(rowOfIndex::get, rule));
  }

  /** Only values that are all kept are many to sort; the rest is counted in histograms. */
  private int threads() {
    boolean manyToSort = started > CALLS_OF_ONE_THREAD && started <= exactCalls;
    return manyToSort ? Math.min(2, Runtime.getRuntime().availableProcessors()) : 1;
  }

  private Map<PartTally, String> stages() {
    Map<PartTally, String> stages = new LinkedHashMap<>();
    keys.rows()
        .forEach(
            (key, members) ->
                members.stream()
                    .flatMap(member -> member.parts().stream())
                    .forEach(part -> stages.put(part, SliceLayout.stageOf(key, part.grouping()))));
    return stages;
  }

  private CallTally counts(List<KeyTally> members) {
    if (members.size() == 1) {
      return members.get(0).counts();
    }
    CallTally together = new CallTally(objectives);
    members.forEach(member -> together.addAll(member.counts()));
    return together;
  }

  /** What is known of one measure of a row. */
  private record OfRow(Distribution distribution, Optional<Bins> bins, Optional<TailCurve> tail) {

    static OfRow of(
        Measure measure, Optional<Values> values, Optional<Values> waits, PercentileRule rule) {
      return new OfRow(
          Distribution.of(measure.unit(), values, waits, rule),
          Optional.ofNullable(DRAWN_WITH_LEAST_WIDTH.get(measure))
              .map(leastWidth -> BinRule.bins(values, leastWidth)),
          DRAWN_WITH_TAIL.contains(measure)
              ? Optional.of(TailCurve.of(values, waits))
              : Optional.empty());
    }
  }

  /** Asks for what is known of the measures of a row; it is there when the pass has run. */
  private Supplier<CallStatistics> statistics(
      CallKey key, CallTally counts, List<PartTally> parts, SliceLayout layout, MeasurePass pass) {
    List<CallSamples> samples = parts.stream().map(PartTally::samples).toList();
    Map<Measure, OfRow> found =
        pass.want(
            samples,
            CallSamples.SAMPLED,
            (measure, values, waits) -> OfRow.of(measure, values, waits, rule));
    InterChunkHistogram interChunks = CallSamples.interChunks(samples);
    found.put(
        Measure.INTER_CHUNK,
        new OfRow(
            interChunks.distribution(rule),
            Optional.of(interChunks.bins()),
            Optional.of(interChunks.tail())));
    Throughput throughput = throughput(parts);
    return () ->
        new CallStatistics(
            key,
            counts.counts(),
            counts.cancelled(),
            counts.shares(),
            MeasurePass.known(found, one -> Optional.of(one.distribution())),
            MeasurePass.known(found, OfRow::bins),
            MeasurePass.known(found, OfRow::tail),
            throughput,
            counts.cache(),
            counts.sizes(rule),
            goodput(counts, throughput),
            counts.attempts(),
            counts.connections(),
            counts.errors(),
            counts.notable(),
            counts.breakdown(),
            counts.dataQuality(),
            layout.series(parts, rule));
  }

  static Throughput throughput(List<PartTally> parts) {
    List<CallSamples> samples = parts.stream().map(PartTally::samples).toList();
    return Throughput.of(
        RunSpans.together(parts.stream().map(PartTally::spans).toList()),
        measure -> CallSamples.sum(samples, measure));
  }

  private Optional<Goodput> goodput(CallTally counts, Throughput throughput) {
    return objectives.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Goodput.of(objectives, counts.good(), counts.counts().startedToStay(), throughput));
  }
}
