package dev.gatlingllm.report.server;

import dev.gatlingllm.record.ServerScrape;
import dev.gatlingllm.record.ServerScrape.Sample;
import dev.gatlingllm.text.Figures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * One reading of all addresses.
 *
 * @param at when it began
 * @param first whether it is the first of its run, before which nothing can have been counted
 * @param scrapes one of each address
 */
record ServerRound(Instant at, boolean first, List<ServerScrape> scrapes) {

  /** By which SGLang tells the processes of one engine apart, which all say the same. */
  private static final List<String> RANKS = List.of("tp_rank", "pp_rank");

  /** A counter of one engine: its address, name and labels. */
  private record Counter(String address, String name, Map<String, String> labels) {}

  /** The readings of a run. */
  static List<ServerRound> of(Instant start, List<ServerScrape> scrapes) {
    Map<Long, List<ServerScrape>> byNumber = new TreeMap<>();
    scrapes.forEach(one -> byNumber.computeIfAbsent(one.round(), n -> new ArrayList<>()).add(one));
    List<ServerRound> rounds = new ArrayList<>();
    for (List<ServerScrape> round : byNumber.values()) {
      rounds.add(
          new ServerRound(
              start.plusNanos(round.get(0).atNanos()), rounds.isEmpty(), List.copyOf(round)));
    }
    return rounds;
  }

  /** Whether every address answered: a sum over some of them would look like a fall. */
  boolean isComplete() {
    return scrapes.stream().allMatch(ServerScrape::isRead);
  }

  List<String> addresses() {
    return scrapes.stream().map(ServerScrape::address).sorted().toList();
  }

  /** The samples of an address that are wanted; of those that differ in ranks only, the first. */
  static List<Sample> samples(ServerScrape scrape, Predicate<Sample> wanted) {
    Map<List<?>, Sample> first = new LinkedHashMap<>();
    scrape.samples().stream()
        .filter(wanted)
        .forEach(sample -> first.merge(withoutRanks(sample), sample, ServerRound::lower));
    return List.copyOf(first.values());
  }

  private static List<?> withoutRanks(Sample sample) {
    Map<String, String> labels = new HashMap<>(sample.labels());
    labels.keySet().removeAll(RANKS);
    return List.of(sample.name(), labels);
  }

  private static Sample lower(Sample one, Sample other) {
    return ranks(other).compareTo(ranks(one)) < 0 ? other : one;
  }

  private static String ranks(Sample sample) {
    return RANKS.stream()
        .map(rank -> Figures.fill("%9s", sample.labels().getOrDefault(rank, "")))
        .collect(Collectors.joining());
  }

  double secondsSince(ServerRound before) {
    return Duration.between(before.at, at).toNanos() / 1e9;
  }

  /** How much the wanted counters have grown; those that are new, or fell, count from 0. */
  double increase(ServerRound before, ServerScrape of, Predicate<Sample> wanted) {
    Map<Counter, Double> known = new HashMap<>();
    before.scrapes.stream()
        .filter(scrape -> scrape.address().equals(of.address()))
        .forEach(
            scrape -> samples(scrape, wanted).forEach(s -> known.put(counter(of, s), s.value())));
    double sum = 0;
    for (Sample sample : samples(of, wanted)) {
      double last = known.getOrDefault(counter(of, sample), 0.0);
      sum += sample.value() >= last ? sample.value() - last : sample.value();
    }
    return sum;
  }

  private static Counter counter(ServerScrape scrape, Sample sample) {
    return new Counter(scrape.address(), sample.name(), sample.labels());
  }
}
