package dev.gatlingllm.capacity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gatlingllm.capacity.ProbeState.Client;
import dev.gatlingllm.stats.ShareCount;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LoadSearchTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final List<SearchLimit> LIMITS =
      List.of(new SearchLimit("llm.slo.ttft.p95", 0.05), new SearchLimit("llm.slo.failures", 0.05));

  @Test
  void findsTheRateAtWhichAQueueOfFixedServiceTimesOverflows() {
    // 4 servers of half a second: 480 a minute
    VirtualSearch run =
        new VirtualSearch(
            new LoadSearch(settings(0.05), LIMITS),
            new QueueEndpoint(4, () -> 0.5),
            () -> 1,
            0.2,
            0.5);

    SearchFinding found = run.run();

    assertThat(found.by()).isEqualTo(SearchEnd.LIMIT);
    assertThat(found.limit()).contains("llm.slo.ttft.p95");
    assertThat(found.load()).hasValueCloseTo(480.0, within(24.0));
    assertThat(found.held()).isPresent();
    assertThat(found.precise()).isTrue();
  }

  @Test
  void findsTheRateOfAQueueWhoseCallsDependOnEachOther() {
    double truth = 60 * SearchTables.markovRate(10, 1.5, 0.05);
    for (int seed = 1; seed <= 3; seed++) {
      Random random = new Random(seed);
      VirtualSearch run =
          new VirtualSearch(
              new LoadSearch(settings(0.15), LIMITS),
              new QueueEndpoint(10, SearchTables.exponential(random)),
              SearchTables.exponential(random),
              1.5,
              1);

      SearchFinding found = run.run();

      assertThat(found.load()).as("seed %d", seed).hasValueCloseTo(truth, within(0.15 * truth));
      assertThat(found.interval().orElseThrow().low()).isLessThan(truth);
      assertThat(found.interval().orElseThrow().high()).isGreaterThan(truth);
    }
  }

  @Test
  void tellsAQuotaFromALimitOnLatency() {
    VirtualSearch run =
        new VirtualSearch(
            new LoadSearch(settings(0.05), LIMITS), QuotaEndpoint.window(500), () -> 1, 0.2, 0.5);

    SearchFinding found = run.run();

    assertThat(found.by()).isEqualTo(SearchEnd.QUOTA);
    assertThat(found.load()).hasValueCloseTo(500.0, within(5.0));
    assertThat(found.held()).hasValueCloseTo(487.5, within(5.0));
  }

  @Test
  void looksFurtherWhereALimitOnLatencyIsReachedBelowTheQuota() {
    QuotaEndpoint quota = QuotaEndpoint.bucket(600, 10);
    QueueEndpoint queue = new QueueEndpoint(4, () -> 0.5);
    VirtualSearch run =
        new VirtualSearch(
            new LoadSearch(settings(0.05), LIMITS),
            arrival -> {
              VirtualEndpoint.Answer first = quota.call(arrival);
              return first.refused() ? first : queue.call(arrival);
            },
            () -> 1,
            0.2,
            0.5);

    SearchFinding found = run.run();

    assertThat(found.by()).isEqualTo(SearchEnd.LIMIT);
    assertThat(found.load()).hasValueCloseTo(480.0, within(24.0));
  }

  @Test
  void saysAtLeastWhereEveryLimitHoldsToTheEndOfTheRange() {
    SearchSettings bounded =
        new SearchSettings(
            60,
            OptionalDouble.of(200),
            0.05,
            Duration.ofSeconds(10),
            MINUTE,
            MINUTE,
            MINUTE,
            false);
    VirtualSearch run =
        new VirtualSearch(
            new LoadSearch(bounded, LIMITS), new QueueEndpoint(4, () -> 0.5), () -> 1, 0.2, 0.5);

    SearchFinding found = run.run();

    assertThat(found.by()).isEqualTo(SearchEnd.RANGE);
    assertThat(found.load()).hasValue(200);
    assertThat(found.interval()).isEmpty();
  }

  @Test
  void findsNothingWhereNoLoadIsLowEnough() {
    VirtualSearch run =
        new VirtualSearch(
            new LoadSearch(settings(0.05), LIMITS),
            arrival -> new VirtualEndpoint.Answer(1, arrival + 1),
            () -> 1,
            0.2,
            0.5);

    SearchFinding found = run.run();

    assertThat(found.by()).isEqualTo(SearchEnd.EVERYTHING);
    assertThat(found.load()).isEmpty();
  }

  @Test
  void saysAtLeastWhereTheClientIsTheLimitTwice() {
    LoadSearch search = new LoadSearch(settings(0.05), LIMITS);
    search.next();
    search.ended(state(MINUTE, 0, Client.DOUBTFUL), ProbeEnd.MET);
    ProbeState slow = state(MINUTE, 900, Client.DOUBTFUL);
    assertThat(search.next().map(Probe::load)).contains(120.0);
    assertThat(search.look(slow, false)).contains(ProbeEnd.CLIENT);
    search.ended(slow, ProbeEnd.CLIENT);
    assertThat(search.next().map(Probe::load)).contains(120.0);
    search.ended(slow, ProbeEnd.CLIENT);

    assertThat(search.next()).isEmpty();
    SearchFinding found = search.finding().orElseThrow();
    assertThat(found.by()).isEqualTo(SearchEnd.CLIENT);
    assertThat(found.load()).hasValue(60);
    assertThat(found.interval()).isEmpty();
  }

  @Test
  void blamesTheClientForWhatOnlyTheLastCallsOfAProbeShow() {
    LoadSearch search = new LoadSearch(settings(0.05), LIMITS);
    search.next();

    assertThat(search.look(state(MINUTE, 0, Client.DOUBTFUL), false)).contains(ProbeEnd.MET);
    assertThat(search.ended(state(MINUTE, 900, Client.DOUBTFUL), ProbeEnd.MET))
        .isEqualTo(ProbeEnd.CLIENT);
    assertThat(search.next().map(Probe::load)).contains(60.0);
    assertThat(search.ended(state(MINUTE, 900, Client.DOUBTFUL), ProbeEnd.MET))
        .isEqualTo(ProbeEnd.CLIENT);
    assertThat(search.next()).isEmpty();
    assertThat(search.finding().orElseThrow().by()).isEqualTo(SearchEnd.CLIENT);
  }

  @Test
  void believesADoubtfulClientThatLimitsAreMetAndOneTooSlowNothing() {
    LoadSearch search = new LoadSearch(settings(0.05), LIMITS);
    search.next();

    assertThat(search.look(state(MINUTE, 0, Client.DOUBTFUL), false)).contains(ProbeEnd.MET);
    assertThat(search.look(state(MINUTE, 0, Client.TOO_SLOW), false)).contains(ProbeEnd.CLIENT);
  }

  @Test
  void endsAProbeThatHasHadItsPartThoughItDecidesNothing() {
    LoadSearch search = new LoadSearch(settings(0.05), LIMITS);
    search.next();
    ProbeState near = state(MINUTE, 50, Client.GOOD);

    assertThat(search.look(near, false)).isEmpty();
    assertThat(search.look(near, true)).contains(ProbeEnd.TIME);
    search.ended(near, ProbeEnd.TIME);
    assertThat(search.next().map(Probe::load)).contains(120.0);
  }

  @Test
  void doublesTheLoadUntilALimitIsMissed() {
    LoadSearch search = new LoadSearch(settings(0.05), LIMITS);

    assertThat(search.next().map(Probe::load)).contains(60.0);
    search.ended(state(MINUTE, 0, Client.GOOD), ProbeEnd.MET);
    assertThat(search.next().map(Probe::load)).contains(120.0);
    search.ended(state(MINUTE, 900, Client.GOOD), ProbeEnd.MISSED);
    Optional<Probe> third = search.next();

    assertThat(third.map(Probe::purpose)).contains(Probe.Purpose.REFINE);
    assertThat(third.orElseThrow().load()).isBetween(60.0, 120.0);
  }

  @Test
  void triesWholeNumbersOfClients() {
    SearchSettings clients =
        new SearchSettings(
            1,
            OptionalDouble.empty(),
            0.05,
            Duration.ofSeconds(10),
            MINUTE,
            Duration.ZERO,
            MINUTE,
            true);
    LoadSearch search = new LoadSearch(clients, LIMITS);
    for (Optional<Probe> probe = search.next(); probe.isPresent(); probe = search.next()) {
      double load = probe.get().load();
      assertThat(load).isEqualTo(Math.rint(load)).isGreaterThanOrEqualTo(1);
      search.ended(
          state(MINUTE, load > 7 ? 900 : 0, Client.GOOD),
          load > 7 ? ProbeEnd.MISSED : ProbeEnd.MET);
    }

    assertThat(search.finding().orElseThrow().load()).hasValueCloseTo(7.5, within(0.6));
  }

  private static SearchSettings settings(double precision) {
    return new SearchSettings(
        60,
        OptionalDouble.empty(),
        precision,
        Duration.ofSeconds(10),
        Duration.ofMinutes(5),
        MINUTE,
        MINUTE,
        false);
  }

  /** A thousand calls, of which so many miss the first limit. */
  private static ProbeState state(Duration elapsed, long missed, Client client) {
    return new ProbeState(
        elapsed,
        List.of(new ShareCount(missed, 1000, 1000), new ShareCount(0, 1000, 1000)),
        false,
        Throttling.NONE,
        client);
  }
}
