package dev.gatlingllm.report;

import static dev.gatlingllm.stats.CallFixture.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.record.Accounting;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.ClockOffset;
import dev.gatlingllm.record.Limit;
import dev.gatlingllm.record.PlannedLoad;
import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.record.RunInfo;
import dev.gatlingllm.record.Share;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three shares of one load, made by machines whose clocks are seconds apart. */
class MergedSharesTest {

  private static final int CALLS = 600;
  private static final int MACHINES = 3;
  private static final double[] SKEW_MILLIS = {0, 3_000, -7_000};

  /** Each run begins at another time; what counts is when its calls were made. */
  private static final double[] BEGUN_MILLIS = {0, 400, 1_100};

  private static final String REFERENCE = "ntp://10.0.0.7:1123";
  private static final Limit LIMIT =
      new Limit("llm.slo.e2e.p95", List.of("chat"), "e2eMillis", "p95", Limit.Bound.AT_MOST, 500);

  /** Sums of the same values in another order. */
  private static final Comparator<Double> CLOSE =
      (one, other) ->
          Math.abs(one - other) <= 1e-9 * Math.max(1, Math.abs(one))
              ? 0
              : Double.compare(one, other);

  @TempDir private Path temp;

  /** A call every 100 ms, with a latency of its own. */
  private static CallRecord made(int number, int id, double begunMillis) {
    double start = 2_000 + 100 * number - begunMillis;
    double e2e = 200 + (number * 7919) % 211;
    return call()
        .id(id)
        .from(start, start + e2e)
        .arrival(start)
        .streamed(50 + (number * 31) % 97, e2e - 5)
        .tokens(20, 10)
        .record();
  }

  private Path whole() throws IOException {
    return write(
        "whole",
        IntStream.range(0, CALLS).mapToObj(n -> made(n, n, 0)).toList(),
        info(0, 0).withTogether(RunInfo.Together.ALONE));
  }

  private Path share(int index) throws IOException {
    return share(index, CALLS, REFERENCE);
  }

  /** With its calls below this number of the whole load. */
  private Path share(int index, int below, String reference) throws IOException {
    Share share = new Share(index, MACHINES);
    List<CallRecord> calls = new ArrayList<>();
    for (int number = index; number < below; number += MACHINES) {
      calls.add(made(number, calls.size(), BEGUN_MILLIS[index]));
    }
    RunInfo info = info(BEGUN_MILLIS[index], SKEW_MILLIS[index]);
    if (below < CALLS) {
      info =
          RunInfo.begun(info.simulation(), "", info.start(), info.setup())
              .withLimits(List.of(LIMIT))
              .withPreparation(
                  RunInfo.Preparation.NONE.withLoad(
                      new PlannedLoad(
                          "share", OptionalDouble.of(60), OptionalLong.of(share.count(CALLS)))));
    }
    return write(
        "share-" + index,
        calls,
        info.withTogether(
            new RunInfo.Together(
                Optional.of(share),
                Optional.of(new ClockOffset(reference, -SKEW_MILLIS[index], 0.25)))));
  }

  private static RunInfo info(double begunMillis, double skewMillis) {
    Instant start = SampleRuns.START.plusMillis((long) (begunMillis + skewMillis));
    return RunInfo.begun(
            "rpm.RpmSimulation",
            "",
            start,
            new RunInfo.Setup(
                7,
                "",
                Map.of("llm.load.rpm", "600"),
                Map.of(),
                Map.of("name", "host" + begunMillis)))
        .withLimits(List.of(LIMIT))
        .ended(start.plusSeconds(63), false);
  }

  private Path write(String name, List<CallRecord> calls, RunInfo info) throws IOException {
    Path folder = temp.resolve(name);
    SampleRuns.write(folder, calls);
    RunInfo told =
        info.end().isEmpty()
            ? info
            : info.withAccounting(
                Optional.of(
                    new Accounting(
                        OptionalLong.of(calls.size()),
                        calls.size(),
                        0,
                        0,
                        0,
                        0,
                        new TreeMap<>(Map.of("succeeded", (long) calls.size())),
                        0,
                        calls.size(),
                        0,
                        List.of())));
    new RunFiles(folder).writeInfo(told);
    return folder;
  }

  private static String json(RunReport report) throws IOException {
    StringWriter text = new StringWriter();
    new SummaryJson().write(report, text);
    return text.toString();
  }

  @Test
  void sharesAreTheRunOfOneMachineInEveryNumberWhateverTheirClocksSay() throws IOException {
    RunReport one = RunReport.of(List.of(whole()));
    RunReport merged = RunReport.of(List.of(share(1), share(2), share(0)));
    assertThat(merged.statistics().overall())
        .usingRecursiveComparison()
        .ignoringFieldsMatchingRegexes("notable\\..*\\.id")
        .withComparatorForType(CLOSE, Double.class)
        .withComparatorForType(
            Comparator.comparing(value -> value.orElse(-1), CLOSE), OptionalDouble.class)
        .isEqualTo(one.statistics().overall());
    one.statistics()
        .overall()
        .distributions()
        .forEach(
            (measure, distribution) ->
                assertThat(merged.statistics().overall().distributions().get(measure).quantiles())
                    .isEqualTo(distribution.quantiles()));
    assertThat(merged.planned()).isEqualTo(one.planned());
    assertThat(merged.limits().get(0).words()).contains("met");
    assertThat(merged.limits().get(0).calls()).isEqualTo(CALLS);
  }

  @Test
  void whatTheClocksLeaveOpenIsSaid() throws IOException {
    RunReport merged = RunReport.of(List.of(share(0), share(1), share(2)));
    assertThat(merged.notes())
        .contains("The runs are the 3 shares of one load.")
        .contains(
            "Before the load each machine asked the clock of ntp://10.0.0.7:1123, and what its own"
                + " was off by is taken out (share-0 +0.000 s ± 0.250 ms, share-1 +3.000 s ± 0.250"
                + " ms, share-2 -7.000 s ± 0.250 ms). That leaves rates over the whole load up to"
                + " 0.001 % off, and times of two runs up to 0.5 ms apart; drift during the load"
                + " was not measured.")
        .noneMatch(note -> note.contains("sent twice") || note.contains("differ in"));
    assertThat(json(merged))
        .contains("\"oneClock\" : true", "\"shares\" : 3", "\"clockBoundMillis\" : 0.5");
  }

  @Test
  void aShareThatIsNotThereIsNamed() throws IOException {
    RunReport merged = RunReport.of(List.of(share(0), share(2)));
    assertThat(merged.notes())
        .contains(
            "The runs are 2 of the 3 shares of one load: of share 1 there is no run, and its calls"
                + " are in no number.");
    assertThat(json(merged)).contains("\"missingShares\" : [");
  }

  @Test
  void aShareThatWasKilledIsNamedAndWhatItDidNotMakeLeavesLimitsOpen() throws IOException {
    RunReport merged = RunReport.of(List.of(share(0), share(1, 300, REFERENCE), share(2)));
    assertThat(merged.completeness()).isEqualTo(Completeness.KILLED);
    assertThat(merged.planned().planned()).hasValue(CALLS);
    assertThat(merged.planned().notReached()).isEqualTo(100);
    assertThat(merged.notes()).anyMatch(note -> note.startsWith("share-1 was killed: "));
    assertThat(merged.limits().get(0).words()).contains("undecided");
  }

  @Test
  void clocksThatAskedDifferentOnesAreNotTakenForOne() throws IOException {
    RunReport merged =
        RunReport.of(List.of(share(0), share(1, CALLS, "ntp://other:123"), share(2)));
    assertThat(merged.notes())
        .contains("The runs are the 3 shares of one load.")
        .noneMatch(note -> note.contains("taken out"));
    assertThat(json(merged)).contains("\"oneClock\" : false");
  }
}
