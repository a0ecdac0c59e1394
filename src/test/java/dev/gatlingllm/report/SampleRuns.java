package dev.gatlingllm.report;

import static dev.gatlingllm.record.HealthFixture.sample;
import static dev.gatlingllm.stats.CallFixture.call;

import dev.gatlingllm.record.AssertionResult;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.CallRecordCodec;
import dev.gatlingllm.record.HealthFixture;
import dev.gatlingllm.record.HealthSample;
import dev.gatlingllm.record.HealthWriter;
import dev.gatlingllm.record.MeasurementError;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.record.RunInfo;
import dev.gatlingllm.stats.CallFixture;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Run folders for tests, every number in them fixed. */
public final class SampleRuns {

  public static final Instant START = Instant.parse("2026-03-02T09:30:00Z");

  /** Ten calls: too few for a p99 of what a call has once. */
  static final MeasurementError CLIENT_ERROR =
      new MeasurementError(
          MeasurementError.Source.CALIBRATION,
          "2 clients with 500/500 tokens",
          5_000_000_000L,
          10,
          1,
          2,
          1_670,
          OptionalLong.of(2_345_000),
          new MeasurementError.Spread(
              10, OptionalLong.of(150_000), OptionalLong.empty(), OptionalLong.of(1_234_567)),
          new MeasurementError.Spread(
              10, OptionalLong.of(912_000), OptionalLong.empty(), OptionalLong.of(2_345_000)),
          new MeasurementError.Spread(
              1_660,
              OptionalLong.of(34_000),
              OptionalLong.of(812_000),
              OptionalLong.of(9_990_000)));

  private SampleRuns() {}

  /** Two levels of a ladder, a call outside of it, errors with awkward texts, two assertions. */
  public static Path ladder(Path folder) throws IOException {
    write(folder, ladderCalls());
    writeHealth(folder, ladderHealth());
    Files.writeString(
        new RunFiles(folder).prices(),
        "currency = USD\nmodels = [{model = gpt-4o, perMillion {input = 2.5, output = 10}}]\n");
    new RunFiles(folder)
        .writeInfo(
            info(
                    Optional.of(START.plusSeconds(90)),
                    Map.of(
                        "llm.slo.call.ttft",
                        "500ms",
                        "llm.slo.call.tpot",
                        "12 ms",
                        "llm.gate.verdict",
                        "degraded"),
                    List.of(
                        new AssertionResult("chat / TTFT: p95 is less than 800.0", true, "515.2"),
                        new AssertionResult("failed <b>| is less than 1 %", false, "3.7 \"%\"")))
                .withMeasurementError(Optional.of(CLIENT_ERROR)));
    return folder;
  }

  /**
   * 120 calls of two names of which one uses a prompt cache, at prices by the token, the request
   * and the hour, and one that says nothing of a cache.
   */
  public static Path cached(Path folder) throws IOException {
    List<CallRecord> calls = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      CallFixture call = call().id(i).from(500 * i, 500 * i + 400).streamed(100, 390);
      boolean writes = i % 20 == 0;
      calls.add(
          i % 2 == 0
              ? call.name("with cache")
                  .tokens(1200, 50)
                  .cached(writes ? 0 : 1000, writes ? 1000 : 0)
                  .record()
              : call.name("without").tokens(1200, 40 + i % 4).reasoning(10).record());
    }
    calls.add(call().id(120).name("without").from(100, 200).ended(Outcome.BROKEN, "cut").record());
    write(folder, calls);
    Files.writeString(
        new RunFiles(folder).prices(),
        "currency = USD\nmodels = [{model = gpt-4o, perMillion {input = 3, cachedInput = 0.3,"
            + " cacheWrite = 3.75, output = 15}, perRequest {guard = 0.0001}, perHour = 3.6}]\n");
    new RunFiles(folder).writeInfo(info(Optional.of(START.plusSeconds(60)), Map.of(), List.of()));
    return folder;
  }

  /** Three calls of a run that was killed: no end in run.json. */
  public static Path killed(Path folder) throws IOException {
    write(folder, ladderCalls().subList(0, 3));
    new RunFiles(folder).writeInfo(info(Optional.empty(), Map.of(), List.of()));
    return folder;
  }

  static List<CallRecord> ladderCalls() {
    List<CallRecord> calls = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      calls.add(answer(i, "level 1", i * 1000, 300 + 2 * i, 50));
    }
    for (int i = 0; i < 100; i++) {
      calls.add(answer(50 + i, "level 2", 50_000 + 250 * i, 400 + 3 * i % 120, 40));
    }
    for (int i = 0; i < 4; i++) {
      calls.add(
          call()
              .id(150 + i)
              .name("chat", "ladder", "level 2")
              .from(60_000 + 500 * i, 60_050 + 500 * i)
              .ended(Outcome.THROTTLED, "429 throttled")
              .served(429, "req-" + i, "", "")
              .attempt(Outcome.THROTTLED)
              .attempt(Outcome.THROTTLED)
              .record());
    }
    calls.add(
        call()
            .id(154)
            .name("odd <i>name</i>, \"quoted\" | piped")
            .label("model", "a@b")
            .from(80_000, 80_900)
            .ended(Outcome.REJECTED, "500 </script><script>alert(1)</script> \u0001\n|`*@all")
            .served(500, "x,\"y\"", "eu", "")
            .attempt(Outcome.REJECTED)
            .record());
    calls.add(call().id(155).from(85_000, 90_000).ended(Outcome.UNFINISHED, "").record());
    calls.add(
        call().id(156).from(86_000, 86_000).neverStarted().ended(Outcome.DROPPED, "").record());
    return calls;
  }

  /** A client that was busy and, for a second, did not answer. */
  static List<HealthSample> ladderHealth() {
    List<HealthSample> samples = new ArrayList<>();
    for (int i = 0; i < 360; i++) {
      boolean stuck = i >= 200 && i < 204;
      HealthFixture sample =
          sample()
              .number(i)
              .inFlight(1 + i / 100)
              .loopDelayMicros(40, stuck ? 200 + 250_000 * (i - 199) : 60)
              .busy(0.125, 0.25)
              .scheduleDelayMicros(1_500)
              .backlogMicros(4, 30);
      samples.add((i % 40 == 0 ? sample.pauses(1, 8, 8) : sample).make());
    }
    return samples;
  }

  public static void writeHealth(Path folder, List<HealthSample> samples) throws IOException {
    try (HealthWriter out = new HealthWriter(new RunFiles(folder).health())) {
      for (HealthSample sample : samples) {
        out.write(sample);
      }
    }
  }

  public static void write(Path folder, List<CallRecord> calls) throws IOException {
    Files.createDirectories(folder);
    try (OutputStream out = Files.newOutputStream(new RunFiles(folder).calls())) {
      for (CallRecord call : calls) {
        CallRecordCodec.write(call, out);
      }
    }
  }

  public static RunInfo info(
      Optional<Instant> end, Map<String, String> configuration, List<AssertionResult> results) {
    return info(end, "", configuration, results);
  }

  public static RunInfo info(
      Optional<Instant> end,
      String description,
      Map<String, String> configuration,
      List<AssertionResult> results) {
    RunInfo begun =
        RunInfo.begun(
            "sweep.LadderSimulation",
            description,
            START,
            new RunInfo.Setup(
                42, "5759c53", configuration, Map.of("jdk", "17"), Map.of("cores", "2")));
    return end.map(known -> begun.ended(known, false)).orElse(begun).withAssertions(results);
  }

  private static CallRecord answer(int id, String level, double start, double ttft, int tokens) {
    double last = ttft + 10 * (tokens - 1);
    return call()
        .id(id)
        .name("chat", "ladder", level)
        .from(start, start + last + 5)
        .arrival(start - 1.5)
        .streamed(ttft, last)
        .tokens(200 + id, tokens)
        .interChunkMicros(9_900L, (long) tokens - 2, 19_800L, 1L)
        .served(200, "req-a" + id, "swedencentral", "stop")
        .attempt(Outcome.SUCCEEDED)
        .record();
  }
}
