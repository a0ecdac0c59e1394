package dev.gatlingllm.gatling.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.gatlingllm.gatling.call.CallTemplate;
import dev.gatlingllm.stats.CallObjectives;
import dev.gatlingllm.stats.Distribution;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.stats.PercentileRule;
import dev.gatlingllm.stats.Quantile;
import dev.gatlingllm.stats.StatisticsCollector;
import java.nio.file.Path;
import java.time.Duration;
import java.util.PriorityQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A service that stands still for ten seconds under 600 arrivals per minute, of which 20 may be in
 * flight: what its users felt is what a queue without an end would have made all of them feel.
 */
class FrozenServiceTest {

  private static final long SECOND = 1_000_000_000L;
  private static final int ARRIVALS = 400;
  private static final int CLIENTS = 20;
  private static final long BETWEEN = SECOND / 10;
  private static final Duration FREEZE = Duration.ofSeconds(10);

  @TempDir private Path folder;

  private Distribution ttftOfUsers(Duration work, long end, String... settings) {
    PlayedService service = PlayedService.answering(work);
    service.frozen(service.clock.nanos() + 10 * SECOND, FREEZE);
    String[] all =
        Stream.concat(
                Stream.of("llm.load.rpm=600", "llm.load.clients=" + CLIENTS), Stream.of(settings))
            .toArray(String[]::new);
    try (Stage stage = Stage.of(Stage.settings(folder, all), service)) {
      long begin = stage.clock.nanos();
      CallTemplate call = Stage.template("chat", "hello");
      LlmAction action = stage.action(call);
      for (int i = 0; i < ARRIVALS; i++) {
        action.$bang(stage.user().set(ScheduledUsers.ARRIVAL, begin + i * BETWEEN));
      }
      stage.advance(Duration.ofNanos(end));
      StatisticsCollector calls =
          new StatisticsCollector(CallObjectives.NONE, PercentileRule.SHOW_ALL);
      stage.records().forEach(made -> calls.add(made, 0));
      return calls.result().overall().of(Measure.TTFT_FROM_ARRIVAL);
    }
  }

  /** In milliseconds, of all arrivals: first come first served and for as long as it takes. */
  private static double truth(Duration work) {
    PlayedService service = PlayedService.answering(work).frozen(10 * SECOND, FREEZE);
    PriorityQueue<Long> free = new PriorityQueue<>();
    double[] waits = new double[ARRIVALS];
    for (int i = 0; i < ARRIVALS; i++) {
      long arrival = i * BETWEEN;
      long begin = free.size() < CLIENTS ? arrival : Math.max(arrival, free.remove());
      free.add(service.answered(begin, work.toNanos()));
      waits[i] = (service.answered(begin, work.toNanos()) - arrival) / 1e6;
    }
    return p95(Distribution.of("ms", waits, PercentileRule.SHOW_ALL));
  }

  private static double p95(Distribution users) {
    return users.at(Quantile.P95).orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(longs = {100, 1000, 1500})
  void withCatchUpTheUsersP95IsThatOfTheQueue(long workMillis) {
    Duration work = Duration.ofMillis(workMillis);
    Distribution users = ttftOfUsers(work, 120 * SECOND, "llm.load.catchUp=true");

    assertThat(users.isLowerBound(Quantile.P95)).isFalse();
    assertThat(p95(users)).isCloseTo(truth(work), within(0.05 * truth(work)));
  }

  @ParameterizedTest
  @ValueSource(longs = {100, 1000, 1500})
  void whereArrivalsAreDroppedTheUsersP95IsABoundThatIsNoLessThanFourFifthsOfIt(long workMillis) {
    Duration work = Duration.ofMillis(workMillis);
    Distribution users = ttftOfUsers(work, 120 * SECOND);

    assertThat(users.longer()).isPositive();
    assertThat(users.isLowerBound(Quantile.P95)).isTrue();
    assertThat(p95(users)).isGreaterThan(0.8 * truth(work));
  }

  @ParameterizedTest
  @ValueSource(longs = {24, 28})
  void arrivalsThatStillWaitWhenTheRunEndsAreInTheUsersP95(long endSeconds) {
    Duration work = Duration.ofMillis(1500);
    Distribution users = ttftOfUsers(work, endSeconds * SECOND, "llm.load.catchUp=true");

    assertThat(users.n() + users.longer()).isEqualTo(10 * endSeconds + 1);
    assertThat(users.isLowerBound(Quantile.P95)).isTrue();
    assertThat(p95(users)).isGreaterThan(0.8 * truth(work));
  }
}
