package dev.gatlingllm.report;

import static dev.gatlingllm.stats.CallFixture.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.decision.Evidence.Outcome;
import dev.gatlingllm.decision.LimitResult;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Limit;
import dev.gatlingllm.record.RunFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MergedLimitsTest {

  private static final Limit LIMIT =
      new Limit("llm.slo.e2e.p95", List.of("chat"), "e2eMillis", "p95", Limit.Bound.AT_MOST, 500);

  @TempDir private Path temp;

  private Path run(String name) throws IOException {
    return run(name, Map.of());
  }

  private Path run(String name, Map<String, String> settings) throws IOException {
    Path folder = temp.resolve(name);
    List<CallRecord> calls =
        IntStream.range(0, 40)
            .mapToObj(i -> call().id(i).from(100 * i, 100 * i + 400).record())
            .toList();
    SampleRuns.write(folder, calls);
    new RunFiles(folder)
        .writeInfo(
            SampleRuns.info(Optional.of(SampleRuns.START.plusSeconds(9)), settings, List.of())
                .withLimits(List.of(LIMIT)));
    return folder;
  }

  @Test
  void theLimitOfRunsThatAreMergedIsDecidedOnceByAllTheirCalls() throws IOException {
    Path first = run("first");
    Path second = run("second");
    assertThat(RunReport.of(List.of(first)).limits())
        .singleElement()
        .matches(limit -> !limit.passed() && limit.reason().contains("p95 needs 59"));
    assertThat(RunReport.of(List.of(first, second)).limits())
        .singleElement()
        .matches(LimitResult::passed)
        .matches(limit -> limit.outcome() == Outcome.MET && limit.calls() == 80);
  }

  /** How long such a run is depends on what its calls were. */
  @Test
  void theLimitOfRunsThatWentOnUntilTheyWereDecidedIsNotDecidedTogether() throws IOException {
    Map<String, String> extend = Map.of("llm.gate.undecided", "extend");
    assertThat(RunReport.of(List.of(run("first", extend), run("second", extend))).limits())
        .singleElement()
        .matches(limit -> !limit.passed() && limit.outcome() == Outcome.UNDECIDED)
        .matches(limit -> limit.reason().contains("are decided one by one"));
  }
}
