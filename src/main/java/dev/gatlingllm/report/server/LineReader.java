package dev.gatlingllm.report.server;

import dev.gatlingllm.record.ServerScrape;
import dev.gatlingllm.record.ServerScrape.Sample;
import dev.gatlingllm.scrape.KnownMetric;
import dev.gatlingllm.scrape.MetricSelector;
import dev.gatlingllm.scrape.MetricSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Makes lines of the readings of a service. A value is that of a reading, a rate or a mean that of
 * the time since the last reading that was complete, in whose middle it stands.
 */
final class LineReader {

  /** More would bury the others. */
  private static final int MOST_ASKED_FOR = 24;

  private final List<ServerRound> rounds;
  private final String service;

  /** Those asked for, and how many more there are. */
  record Asked(List<ServerLine> lines, int leftOut) {}

  /** What is counted of a reading. */
  private interface Values {
    void of(ServerScrape scrape, ServerRound round, Optional<ServerRound> before, Sum sum);
  }

  /** A line of what was asked for. */
  private record Own(String name, String type, Map<String, String> labels) {}

  LineReader(List<ServerRound> rounds, String service) {
    this.rounds = rounds;
    this.service = service;
  }

  /** The metrics that every server may have, of all engines and addresses together. */
  Map<KnownMetric, ServerLine> known() {
    Map<KnownMetric, ServerLine> lines = new EnumMap<>(KnownMetric.class);
    for (KnownMetric metric : KnownMetric.values()) {
      List<ServerLine.Point> points =
          points(
              (scrape, round, before, sum) ->
                  sum.add(source(metric, scrape), scrape, round, before));
      if (points.stream().anyMatch(point -> point.value().isPresent())) {
        lines.put(metric, new ServerLine(metric.title(), metric.unit(), service, points));
      }
    }
    return lines;
  }

  private static Optional<MetricSource> source(KnownMetric metric, ServerScrape scrape) {
    return metric.source(
        name -> scrape.samples().stream().anyMatch(sample -> sample.name().equals(name)));
  }

  /** How much the counter of a metric grew in the whole run; absent if nobody counts. */
  OptionalDouble increase(KnownMetric metric) {
    double increase = 0;
    boolean any = false;
    Optional<ServerRound> before = Optional.empty();
    for (ServerRound round : rounds) {
      if (round.first()) {
        before = Optional.empty();
      }
      if (!round.isComplete()) {
        continue;
      }
      if (before.isPresent()) {
        for (ServerScrape scrape : round.scrapes()) {
          Optional<MetricSource> source = source(metric, scrape);
          if (source.isPresent()) {
            any = true;
            increase += round.increase(before.get(), scrape, named(source.get().name()));
          }
        }
      }
      before = Optional.of(round);
    }
    return any ? OptionalDouble.of(increase) : OptionalDouble.empty();
  }

  /** Those that were asked for: each set of labels is a line, summed over the addresses. */
  Asked asked(List<MetricSelector> selectors) {
    Map<String, Own> found = new TreeMap<>();
    for (ServerRound round : rounds) {
      for (ServerScrape scrape : round.scrapes()) {
        for (Sample sample : scrape.samples()) {
          selectors.stream()
              .filter(selector -> selector.selects(sample))
              .findFirst()
              .ifPresent(selector -> put(found, own(selector, sample)));
        }
      }
    }
    List<ServerLine> lines = found.values().stream().limit(MOST_ASKED_FOR).map(this::line).toList();
    return new Asked(lines, found.size() - lines.size());
  }

  private static void put(Map<String, Own> found, Own own) {
    found.put(own.name + new TreeMap<>(own.labels), own);
  }

  private static Own own(MetricSelector selector, Sample sample) {
    boolean whole = sample.name().endsWith("_sum") || sample.name().endsWith("_count");
    return new Own(
        whole && !sample.name().equals(selector.name()) ? selector.name() : sample.name(),
        sample.type(),
        sample.labels());
  }

  private ServerLine line(Own own) {
    MetricSource source = MetricSource.ofType(own.name, own.type);
    String labels =
        new TreeMap<>(own.labels)
            .entrySet().stream()
                .map(label -> label.getKey() + "=\"" + label.getValue() + '"')
                .collect(Collectors.joining(", "));
    List<ServerLine.Point> points =
        points(
            (scrape, round, before, sum) ->
                sum.add(
                    Optional.of(source),
                    scrape,
                    round,
                    before,
                    sample -> sample.labels().equals(own.labels)));
    return new ServerLine(
        own.name + (source.per().isEmpty() ? "" : ", mean"),
        source.kind() == MetricSource.Kind.RATE ? "1/s" : "",
        service.isEmpty() || labels.isEmpty() ? service + labels : service + ", " + labels,
        points);
  }

  private List<ServerLine.Point> points(Values values) {
    List<ServerLine.Point> points = new ArrayList<>();
    Optional<ServerRound> before = Optional.empty();
    for (ServerRound round : rounds) {
      before = round.first() ? Optional.empty() : before;
      Sum sum = new Sum();
      if (round.isComplete()) {
        for (ServerScrape scrape : round.scrapes()) {
          values.of(scrape, round, before, sum);
        }
      }
      points.add(new ServerLine.Point(sum.at(round, before), sum.value(round, before)));
      before = round.isComplete() ? Optional.of(round) : before;
    }
    return points;
  }

  private static Predicate<Sample> named(String name) {
    return sample -> sample.name().equals(name);
  }

  /** Adds up a metric over the engines and addresses of one reading. */
  private static final class Sum {

    private final Map<MetricSource.Kind, Double> sums = new LinkedHashMap<>();
    private double per;

    void add(
        Optional<MetricSource> source,
        ServerScrape scrape,
        ServerRound round,
        Optional<ServerRound> before) {
      add(source, scrape, round, before, any -> true);
    }

    void add(
        Optional<MetricSource> from,
        ServerScrape scrape,
        ServerRound round,
        Optional<ServerRound> before,
        Predicate<Sample> wanted) {
      if (from.isEmpty()) {
        return;
      }
      MetricSource source = from.get();
      Predicate<Sample> top = wanted.and(named(source.name()));
      switch (source.kind()) {
        case LEVEL, SHARE -> {
          for (Sample sample : ServerRound.samples(scrape, top)) {
            sums.merge(
                source.kind(),
                sample.value() * source.factor(),
                source.kind() == MetricSource.Kind.LEVEL ? Double::sum : Math::max);
          }
        }
        case RATE, QUOTIENT -> {
          boolean has = !ServerRound.samples(scrape, top).isEmpty();
          if (has && before.isPresent()) {
            double grown = round.increase(before.get(), scrape, top) * source.factor();
            sums.merge(source.kind(), grown, Double::sum);
            per += round.increase(before.get(), scrape, wanted.and(named(source.per())));
          }
        }
      }
    }

    /** Where servers of several kinds are read, what is counted goes before what is told. */
    OptionalDouble value(ServerRound round, Optional<ServerRound> before) {
      if (sums.containsKey(MetricSource.Kind.QUOTIENT)) {
        return per > 0
            ? OptionalDouble.of(sums.get(MetricSource.Kind.QUOTIENT) / per)
            : OptionalDouble.empty();
      }
      if (sums.containsKey(MetricSource.Kind.RATE)) {
        double seconds = round.secondsSince(before.orElseThrow());
        return seconds > 0
            ? OptionalDouble.of(sums.get(MetricSource.Kind.RATE) / seconds)
            : OptionalDouble.empty();
      }
      return sums.values().stream().mapToDouble(value -> value).max();
    }

    Instant at(ServerRound round, Optional<ServerRound> before) {
      boolean counted =
          sums.containsKey(MetricSource.Kind.QUOTIENT) || sums.containsKey(MetricSource.Kind.RATE);
      return counted && before.isPresent()
          ? before.get().at().plus(Duration.between(before.get().at(), round.at()).dividedBy(2))
          : round.at();
    }
  }
}
