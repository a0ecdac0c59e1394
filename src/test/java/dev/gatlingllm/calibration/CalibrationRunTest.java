package dev.gatlingllm.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.arrival.ArrivalSchedule;
import dev.gatlingllm.call.CallProbe;
import dev.gatlingllm.call.CallResult;
import dev.gatlingllm.call.Timer;
import dev.gatlingllm.config.SimulatorConfig;
import dev.gatlingllm.provider.ClientSettings;
import dev.gatlingllm.provider.LlmClient;
import dev.gatlingllm.provider.LlmRequest;
import dev.gatlingllm.provider.azure.AzureOpenAiClient;
import dev.gatlingllm.provider.azure.AzureOpenAiSettings;
import dev.gatlingllm.record.MeasurementError;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.record.WarmUpResult;
import dev.gatlingllm.simulator.Fault;
import dev.gatlingllm.simulator.Simulator;
import dev.gatlingllm.timing.NanoClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rehearsals on a real simulated endpoint, on loopback. */
class CalibrationRunTest {

  private static final LlmRequest REQUEST = LlmRequest.ofPrompt("Hello").withMaxTokens(6);

  /** So long that no answer is cut short; a play is over when its arrivals are. */
  private static final Duration LONG = Duration.ofMinutes(1);

  private static final CalibrationRun.Speed SPEED = new CalibrationRun.Speed(5_000_000L, 1_000);

  private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(2);
  private final Simulator simulator =
      Simulator.start(
          SimulatorConfig.of(
              "ttft = 5 ms, tokensPerSecond = 1000, tokensPerChunk = 3, interChunkJitter = 0",
              "capacity = 1000"),
          NanoClock.SYSTEM);
  private final LlmClient client = newClient();
  private final BlockingQueue<CallResult> ended = new LinkedBlockingQueue<>();
  private final TruthComparison comparison =
      new TruthComparison(simulator, MeasurementError.Source.CALIBRATION, "a test");

  @AfterEach
  void stop() {
    client.close();
    simulator.close();
    threads.shutdownNow();
  }

  private LlmClient newClient() {
    return new AzureOpenAiClient(
        new AzureOpenAiSettings(
            simulator.uri(),
            "gpt",
            "2024-10-21",
            Optional.empty(),
            "max_tokens",
            ClientSettings.of(Duration.ofSeconds(30), 100, NanoClock.SYSTEM)));
  }

  private Timer timer() {
    return (delay, task) -> {
      ScheduledFuture<?> future = threads.schedule(task, Math.max(0, delay), TimeUnit.NANOSECONDS);
      return () -> future.cancel(false);
    };
  }

  private CalibrationRun calibrationRun() {
    return new CalibrationRun(
        client,
        NanoClock.SYSTEM,
        this::timer,
        threads,
        SPEED,
        CallProbe.NONE,
        (request, result) -> {
          comparison.accept(result);
          ended.add(result);
        });
  }

  private static ExpectedLoad open(ArrivalSchedule schedule, Supplier<LlmRequest> requests) {
    return new ExpectedLoad("open", new ExpectedLoad.Open(schedule), requests);
  }

  @Test
  void anOpenLoadIsPlayedAtItsArrivalsUpToTheEnd() throws Exception {
    long[] offsets = {0, 20_000_000, 20_000_000, 70_000_000, 99_000_000, 100_000_000};

    calibrationRun()
        .play(open(ArrivalSchedule.trace(offsets, 1), () -> REQUEST), Duration.ofMillis(100));

    List<Long> arrivals =
        ended.stream().map(result -> result.timeline().arrival()).sorted().toList();
    assertThat(arrivals).hasSize(5);
    assertThat(arrivals.stream().map(arrival -> arrival - arrivals.get(0)))
        .containsExactly(0L, 20_000_000L, 20_000_000L, 70_000_000L, 99_000_000L);
    assertThat(ended)
        .allMatch(result -> result.outcome() == Outcome.SUCCEEDED)
        .allMatch(result -> result.timeline().start().getAsLong() >= result.timeline().arrival());
  }

  @Test
  void everyCallIsComparedWithWhatTheEndpointSent() throws Exception {
    calibrationRun()
        .play(open(ArrivalSchedule.constant(6_000, Duration.ofMillis(100)), () -> REQUEST), LONG);

    MeasurementError error = comparison.result().orElseThrow();
    assertThat(error.source()).isEqualTo(MeasurementError.Source.CALIBRATION);
    assertThat(error.calls()).isEqualTo(10);
    assertThat(error.otherCalls()).isZero();
    assertThat(error.chunks()).isEqualTo(20);
    assertThat(error.scheduleDelay().n()).isEqualTo(10);
    assertThat(error.ttft().n()).isEqualTo(10);
    assertThat(error.interChunk().n()).isEqualTo(10);
    assertThat(error.ttft().p50Nanos().getAsLong()).isPositive();
    assertThat(error.mostCallsAtOnce()).isBetween(1L, 10L);
  }

  @Test
  void callsThatNobodyPlannedAreToldByTheirOwnSizes() throws Exception {
    TruthComparison unplanned = new TruthComparison(simulator, MeasurementError.Source.RUN, "");
    calibrationRun()
        .play(open(ArrivalSchedule.trace(new long[] {0}, 1), () -> REQUEST.withMaxTokens(7)), LONG);
    ended.forEach(unplanned);
    String load = unplanned.result().orElseThrow().load();
    assertThat(load).matches("calls of \\d+/7 tokens on average");
  }

  @Test
  void answersEndWithTheCalibrationRun() throws Exception {
    LlmRequest endless = REQUEST.withMaxTokens(1_000_000);

    calibrationRun()
        .play(
            open(ArrivalSchedule.trace(new long[] {0, 50_000_000}, 1), () -> endless),
            Duration.ofMillis(100));

    assertThat(ended).hasSize(2).allMatch(result -> result.usage().output().getAsLong() <= 95);
    assertThat(ended).anyMatch(result -> result.usage().output().getAsLong() <= 45);
  }

  @Test
  void eachClientOfAClosedLoadMakesOneCallAfterAnother() throws Exception {
    ExpectedLoad load = new ExpectedLoad("closed", new ExpectedLoad.Closed(3), () -> REQUEST);

    calibrationRun().play(load, Duration.ofMillis(300));

    assertThat(ended.size()).isGreaterThanOrEqualTo(3);
    assertThat(simulator.mostInFlight()).isBetween(1L, 3L);
  }

  @Test
  void aCallThatFailsIsNotComparedAndDoesNoHarm() throws Exception {
    simulator.injectNext(Fault.CUT);

    calibrationRun()
        .play(open(ArrivalSchedule.trace(new long[] {0, 50_000_000}, 1), () -> REQUEST), LONG);

    assertThat(comparison.result().orElseThrow().calls()).isEqualTo(1);
    assertThat(comparison.result().orElseThrow().otherCalls()).isEqualTo(1);
  }

  @Test
  void aRequestThatCannotBeBuiltEndsItWithItsReason() {
    Supplier<LlmRequest> broken =
        () -> {
          throw new IllegalStateException("no words left");
        };

    assertThatThrownBy(
            () ->
                calibrationRun()
                    .play(
                        open(ArrivalSchedule.trace(new long[] {0}, 1), broken),
                        Duration.ofMillis(50)))
        .hasMessage("no words left");
    assertThat(comparison.result()).isEmpty();
  }

  @Test
  void warmingUpEndsWhenItsTimeIsUp() throws Exception {
    AtomicInteger sent = new AtomicInteger();
    CallProbe watch =
        new CallProbe() {
          @Override
          public void sent(long delayNanos) {
            sent.incrementAndGet();
          }

          @Override
          public void decoded(long backlogNanos) {}
        };
    WarmUpResult result =
        new WarmUp(
                this::newClient,
                NanoClock.SYSTEM,
                this::timer,
                () -> REQUEST,
                watch,
                (request, call) -> ended.add(call))
            .run(Duration.ZERO, Duration.ofNanos(1));

    assertThat(result.calls()).isEqualTo(10);
    assertThat(sent).hasValue(10);
    assertThat(result.stable()).isFalse();
    assertThat(ended).hasSize(10).allMatch(call -> call.outcome() == Outcome.SUCCEEDED);
    assertThat(ended).filteredOn(call -> call.timeline().chunks() == 0).hasSize(1);
  }

  @Test
  void unloggedCallsToTheTargetAreCountedWithTheirTokens() throws Exception {
    simulator.injectNext(Fault.REJECT);

    TargetWarmUp.Result result = new TargetWarmUp(client, NanoClock.SYSTEM, this::timer).call(3);

    assertThat(result.calls().calls()).isEqualTo(3);
    assertThat(result.calls().failed()).isEqualTo(1);
    assertThat(result.calls().outputTokens()).isEqualTo(32);
    assertThat(result.firstError()).hasValueSatisfying(error -> assertThat(error).contains("400"));
  }

  @Test
  void asManyConnectionsAreWorthOpeningAsThereAreClientsOrArrivalsInTenSeconds() {
    assertThat(new ExpectedLoad("", new ExpectedLoad.Closed(8), () -> REQUEST).mostAtOnce(100))
        .isEqualTo(8);
    assertThat(new ExpectedLoad("", new ExpectedLoad.Closed(800), () -> REQUEST).mostAtOnce(100))
        .isEqualTo(100);
    ArrivalSchedule twoPerSecond = ArrivalSchedule.constant(120, Duration.ofMinutes(1));
    assertThat(open(twoPerSecond, () -> REQUEST).mostAtOnce(100)).isEqualTo(20);
    assertThat(open(twoPerSecond, () -> REQUEST).mostAtOnce(5)).isEqualTo(5);
  }
}
