package dev.gatlingllm.gatling;

import static io.gatling.javaapi.core.CoreDsl.exec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.arrival.ArrivalProcess;
import dev.gatlingllm.arrival.ArrivalSchedule;
import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.config.LoadConfig;
import dev.gatlingllm.gatling.engine.ExtendedLoad;
import dev.gatlingllm.gatling.engine.ForgottenLoads;
import dev.gatlingllm.gatling.engine.PlayedService;
import dev.gatlingllm.gatling.engine.Stage;
import dev.gatlingllm.live.LoadGoal;
import dev.gatlingllm.record.Extension;
import dev.gatlingllm.record.Limit;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.PopulationBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadTest {

  private static final Limit LIMIT =
      new Limit("llm.slo.failures", List.of(), Limit.FAILED, "percent", Limit.Bound.AT_MOST, 10);

  private static LoadConfig load(String seconds, String requests, boolean all) {
    return new LoadConfig(
        OptionalDouble.of(60),
        Optional.empty(),
        Optional.empty(),
        seconds.equals("-")
            ? Optional.empty()
            : Optional.of(Duration.ofSeconds(Long.parseLong(seconds))),
        requests.equals("-") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(requests)),
        all,
        OptionalInt.empty(),
        ArrivalProcess.CONSTANT,
        Duration.ofSeconds(1),
        false,
        Duration.ofSeconds(5),
        Optional.empty());
  }

  @ParameterizedTest
  @CsvSource({
    "30, 10, false, 10", "30, 100, false, 30", "30, 10, true, 30", "30, 100, true, 100",
    "30, -, false, 30", "30, -, true, 30", "-, 10, false, 10", "-, 10, true, 10",
  })
  void anOpenLoadEndsAtTheFirstOfItsLimitsOrAtTheLast(
      String seconds, String requests, boolean all, long arrivals) {
    assertThat(Load.schedule(load(seconds, requests, all), 1).count()).hasValue(arrivals);
  }

  /** A client that makes a call each second. */
  @ParameterizedTest
  @CsvSource({
    "30, 10, false, 10", "30, 100, false, 30", "30, 10, true, 30", "30, 100, true, 100",
    "30, -, false, 30", "30, -, true, 30", "-, 10, false, 10", "-, 10, true, 10",
  })
  void soDoesAClosedOne(String seconds, String requests, boolean all, int calls) {
    long[] now = {7};
    ClosedEnd end = new ClosedEnd(load(seconds, requests, all), () -> now[0], Optional.empty());
    int made = 0;
    while (end.oneMore()) {
      made++;
      now[0] += 1_000_000_000L;
    }
    assertThat(made).isEqualTo(calls);
  }

  @ParameterizedTest
  @CsvSource({
    "40, 10, false, 0.5",
    "40, 10, true, 0.25",
    "40, -, false, 0.25",
    "-, 40, false, 0.125"
  })
  void aClosedOneKnowsHowFarItIs(String seconds, String requests, boolean all, double share) {
    long[] now = {7};
    ClosedEnd end = new ClosedEnd(load(seconds, requests, all), () -> now[0], Optional.empty());
    assertThat(end.at(now[0])).isEmpty();
    for (int i = 0; i < 5; i++) {
      end.oneMore();
    }
    now[0] += 10_000_000_000L;

    assertThat(end.at(now[0]).orElseThrow().share()).isEqualTo(share);
  }

  @Test
  void anOpenOneKnowsHowFarItIsAndWhatIsAskedOfIt() {
    long[] now = {7};
    Arrivals arrivals =
        Arrivals.of(ArrivalSchedule.constant(120, Duration.ofSeconds(40)), () -> now[0]);
    assertThat(arrivals.at(now[0])).isEmpty();
    arrivals.feeder().next();
    now[0] += 10_500_000_000L;

    LoadGoal.Way way = arrivals.at(now[0]).orElseThrow();
    assertThat(way.share()).isEqualTo(0.25);
    assertThat(way.leftNanos()).hasValue(30_000_000_000L);
    assertThat(way.askedRpm()).hasValue(120);
  }

  @Test
  void nobodyKnowsHowFarALoadIsThatMayGoOn() {
    long[] now = {7};
    Arrivals open =
        Arrivals.goingOn(
            ArrivalSchedule.constant(120, Duration.ofNanos(Long.MAX_VALUE)),
            2,
            () -> now[0],
            ExtendedLoad.declare(2));
    ClosedEnd closed =
        new ClosedEnd(load("40", "-", false), () -> now[0], Optional.of(ExtendedLoad.declare(2)));
    ForgottenLoads.forget();
    open.feeder().next();
    closed.oneMore();
    now[0] += 10_000_000_000L;

    assertThat(open.at(now[0])).isEmpty();
    assertThat(closed.at(now[0])).isEmpty();
  }

  @Test
  void aClientThatAsksAgainAfterTheEndIsRefusedAgain() {
    ClosedEnd end = new ClosedEnd(load("-", "1", false), () -> 0, Optional.empty());
    assertThat(end.oneMore()).isTrue();
    assertThat(end.oneMore()).isFalse();
    assertThat(end.oneMore()).isFalse();
  }

  @Test
  void aRateStartsOneUserForEachArrivalAndClientsStartAtOnce(@TempDir Path folder) {
    ChainBuilder call = exec(LlmActionBuilder.named(session -> "chat").prompt("hello"));
    assertThat(
            users(Load.of(Stage.settings(folder, "llm.load.rpm=60", "llm.load.requests=5")), call))
        .isEqualTo(5);
    assertThat(
            users(
                Load.of(Stage.settings(folder, "llm.load.clients=3", "llm.load.requests=5")), call))
        .isEqualTo(3);
  }

  private static long users(Load load, ChainBuilder call) {
    return (long) load.inject("chat", call).asScala().injectionProfile().totalUserCount().get();
  }

  @Test
  void clientsCallOverAndOverUntilTheCallsAreMade(@TempDir Path folder) {
    LlmConfig config = Stage.settings(folder, "llm.load.clients=2", "llm.load.requests=5");
    PlayedService service = PlayedService.answering(Duration.ofMillis(100));
    try (Stage stage = Stage.of(config, service)) {
      stage.play(
          List.of(
              Load.of(config)
                  .inject("chat", LlmActionBuilder.named(session -> "chat").prompt("hello"))));
      assertThat(stage.records()).hasSize(5);
    }
  }

  @Test
  void aLoadWithoutAnyArrivalIsRefused() {
    assertThatThrownBy(() -> Load.schedule(load("0", "-", false), 1))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("llm.load: ");
  }

  /**
   * 20 calls without a failure do not show that at most 10 % fail, and 68 do, at the 0.33 % that a
   * fourth look may err.
   */
  @Test
  void clientsGoOnUntilTheLimitsAreDecided(@TempDir Path folder) {
    ForgottenLoads.forget();
    LlmConfig config =
        Stage.settings(
            folder,
            "llm.load.clients=2",
            "llm.load.requests=20",
            "llm.gate.undecided=extend",
            "llm.gate.atMost.calls=500");
    PlayedService service = PlayedService.answering(Duration.ofMillis(100));
    try (Stage stage = Stage.of(config, service)) {
      PopulationBuilder load =
          Load.of(config)
              .inject(
                  "chat",
                  exec(LlmActionBuilder.named(session -> "chat").prompt("hello"))
                      .exec(stage.look()));
      stage.goesOn(LIMIT);
      stage.play(List.of(load));
      assertThat(stage.records()).hasSizeBetween(68, 70);
      Extension made = stage.info().extension().orElseThrow();
      assertThat(made.looks())
          .extracting(Extension.Look::calls)
          .containsExactly(20L, 30L, 45L, 68L);
      assertThat(made.end()).contains(Extension.DECIDED);
      assertThat(stage.console()).contains("[llm] extending: llm.slo.failures is undecided after");
    }
  }

  @Test
  void aBoundThatThePlanReachesIsRefused(@TempDir Path folder) {
    String[] extend = {"llm.gate.undecided=extend", "llm.load.rpm=60", "llm.load.duration=30s"};
    assertThatThrownBy(() -> extended(folder, extend, "llm.gate.atMost.calls=30"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("llm.gate.atMost.calls must be more than the planned 30 calls, was 30");
    assertThatThrownBy(() -> extended(folder, extend, "llm.gate.atMost.duration=20s"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("llm.gate.atMost.duration must be more than the planned 30 s, was 20 s");
    ForgottenLoads.forget();
  }

  @Test
  void aProfileDoesNotGoOn(@TempDir Path folder) {
    String[] extend = {"llm.gate.undecided=extend", "llm.load.profile=hold 60 for 5s"};
    assertThatThrownBy(() -> extended(folder, extend, "llm.gate.atMost.calls=30"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("llm.load.profile says how this one ends");
    ForgottenLoads.forget();
  }

  private static void extended(Path folder, String[] settings, String bound) {
    String[] all = Stream.concat(Stream.of(settings), Stream.of(bound)).toArray(String[]::new);
    Load.of(Stage.settings(folder, all))
        .inject("chat", exec(LlmActionBuilder.named(session -> "chat").prompt("hello")));
  }
}
