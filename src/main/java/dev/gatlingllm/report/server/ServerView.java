package dev.gatlingllm.report.server;

import dev.gatlingllm.record.ServerScrape;
import dev.gatlingllm.scrape.KnownMetric;
import dev.gatlingllm.scrape.MetricSelector;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.DoubleStream;

/**
 * What the service's metrics say of the time of a run, as they were read while it went on.
 *
 * @param lines what was read, each metric on its own
 * @param readings how many there were of all addresses together
 * @param failures how many readings of an address failed, by the reason
 * @param interval between two readings, as it was in the middle
 * @param mostWaiting the most requests that waited at once; absent if the service does not say
 * @param queue when requests waited; empty if they never did for long
 * @param untilEnd whether they waited until the load ended
 * @param preemptions how many requests were put back into the queue; absent if unknown
 * @param mostCachePercent the greatest part of the KV cache in use; absent if unknown
 * @param mostRunning the most requests that were served at once; absent if unknown
 * @param leftOut lines that were asked for and are in the run's file only
 */
public record ServerView(
    List<ServerLine> lines,
    long readings,
    Map<String, Long> failures,
    Duration interval,
    OptionalDouble mostWaiting,
    Optional<QueueStretch> queue,
    boolean untilEnd,
    OptionalDouble preemptions,
    OptionalDouble mostCachePercent,
    OptionalDouble mostRunning,
    int leftOut) {

  /** Nothing was read. */
  public static final ServerView NONE =
      new ServerView(
          List.of(),
          0,
          Map.of(),
          Duration.ZERO,
          OptionalDouble.empty(),
          Optional.empty(),
          false,
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty(),
          0);

  /** Of one run. */
  public record OfRun(
      Instant start, List<ServerScrape> scrapes, List<MetricSelector> alsoAskedFor) {}

  /** Copies the collections. */
  public ServerView {
    lines = List.copyOf(lines);
    failures = Collections.unmodifiableMap(new LinkedHashMap<>(failures));
  }

  /**
   * What was read in one or several runs. Where several have read the same addresses at the same
   * time, the readings of the first count.
   *
   * @param runs in the order of their starts
   * @param loadEnd when the last of the load began; empty if it is unknown
   */
  public static ServerView of(List<OfRun> runs, Optional<Instant> loadEnd) {
    Map<List<String>, List<ServerRound>> services = new LinkedHashMap<>();
    List<MetricSelector> asked = new ArrayList<>();
    for (OfRun run : runs) {
      run.alsoAskedFor().stream().filter(one -> !asked.contains(one)).forEach(asked::add);
      List<ServerRound> rounds = ServerRound.of(run.start(), run.scrapes());
      if (!rounds.isEmpty()) {
        addLater(
            services.computeIfAbsent(rounds.get(0).addresses(), a -> new ArrayList<>()), rounds);
      }
    }
    if (services.isEmpty()) {
      return NONE;
    }
    List<ServerView> views = new ArrayList<>();
    services.forEach(
        (addresses, rounds) ->
            views.add(
                of(
                    services.size() > 1 ? String.join(", ", addresses) : "",
                    rounds,
                    asked,
                    loadEnd)));
    return views.stream().reduce(ServerView::and).orElseThrow();
  }

  private static void addLater(List<ServerRound> all, List<ServerRound> more) {
    Instant last = all.isEmpty() ? Instant.MIN : all.get(all.size() - 1).at();
    more.stream().filter(round -> round.at().isAfter(last)).forEach(all::add);
  }

  private static ServerView of(
      String service,
      List<ServerRound> rounds,
      List<MetricSelector> asked,
      Optional<Instant> loadEnd) {
    LineReader reader = new LineReader(rounds, service);
    Map<KnownMetric, ServerLine> known = reader.known();
    List<ServerLine> lines = new ArrayList<>(known.values());
    LineReader.Asked others = reader.asked(asked);
    lines.addAll(others.lines());
    Optional<ServerLine> waiting = Optional.ofNullable(known.get(KnownMetric.WAITING));
    Optional<QueueStretch> queue = waiting.flatMap(QueueStretch::of);
    return new ServerView(
        lines,
        rounds.size(),
        failures(rounds),
        interval(rounds),
        most(known.get(KnownMetric.WAITING)),
        queue,
        queue.isPresent() && waiting.isPresent() && lasts(queue.get(), waiting.get(), loadEnd),
        reader.increase(KnownMetric.PREEMPTIONS),
        most(known.get(KnownMetric.CACHE_USE)),
        most(known.get(KnownMetric.RUNNING)),
        others.leftOut());
  }

  /** One reading may pass between the end of the queue and that of the load. */
  private static boolean lasts(QueueStretch queue, ServerLine waiting, Optional<Instant> loadEnd) {
    return loadEnd.isPresent()
        && waiting
                .known()
                .filter(point -> point.at().isAfter(queue.to()))
                .filter(point -> point.at().isBefore(loadEnd.get()))
                .count()
            <= 1;
  }

  private static Map<String, Long> failures(List<ServerRound> rounds) {
    Map<String, Long> failures = new TreeMap<>();
    rounds.stream()
        .flatMap(round -> round.scrapes().stream())
        .filter(scrape -> !scrape.isRead())
        .forEach(scrape -> failures.merge(scrape.error(), 1L, Long::sum));
    return failures;
  }

  private static Duration interval(List<ServerRound> rounds) {
    List<Duration> between = new ArrayList<>();
    for (int i = 1; i < rounds.size(); i++) {
      between.add(Duration.between(rounds.get(i - 1).at(), rounds.get(i).at()));
    }
    between.sort(Comparator.naturalOrder());
    return between.isEmpty() ? Duration.ZERO : between.get(between.size() / 2);
  }

  private static OptionalDouble most(ServerLine line) {
    return line == null
        ? OptionalDouble.empty()
        : line.known().mapToDouble(point -> point.value().getAsDouble()).max();
  }

  /** Two services that were read apart: the longer queue is the one that is told. */
  private ServerView and(ServerView other) {
    List<ServerLine> all = new ArrayList<>(lines);
    all.addAll(other.lines);
    Map<String, Long> allFailures = new TreeMap<>(failures);
    other.failures.forEach((why, count) -> allFailures.merge(why, count, Long::sum));
    boolean theirs =
        other.queue.isPresent()
            && (queue.isEmpty() || other.queue.get().most() > queue.get().most());
    return new ServerView(
        all,
        readings + other.readings,
        allFailures,
        interval,
        both(mostWaiting, other.mostWaiting).max(),
        theirs ? other.queue : queue,
        theirs ? other.untilEnd : untilEnd,
        both(preemptions, other.preemptions).reduce(Double::sum),
        both(mostCachePercent, other.mostCachePercent).max(),
        both(mostRunning, other.mostRunning).reduce(Double::sum),
        leftOut + other.leftOut);
  }

  private static DoubleStream both(OptionalDouble one, OptionalDouble other) {
    return DoubleStream.concat(one.stream(), other.stream());
  }
}
