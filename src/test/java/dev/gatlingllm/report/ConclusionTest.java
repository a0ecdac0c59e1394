package dev.gatlingllm.report;

import static dev.gatlingllm.stats.CallFixture.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.record.Accounting;
import dev.gatlingllm.record.AssertionResult;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Extension;
import dev.gatlingllm.record.HealthFixture;
import dev.gatlingllm.record.Limit;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.record.PlannedLoad;
import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.record.RunInfo;
import dev.gatlingllm.report.LimitedBy.Kind;
import dev.gatlingllm.stats.CallFixture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConclusionTest {

  @TempDir private Path temp;
  private Map<String, String> settings = Map.of("llm.load.rpm", "600");
  private List<String> problems = List.of();
  private List<AssertionResult> assertions = List.of();
  private List<Limit> limits = List.of();
  private boolean ended = true;
  private Optional<String> sizes = Optional.empty();
  private Optional<PlannedLoad> load = Optional.empty();
  private long never;
  private long neverBuilt;

  /** Starts every 100 ms, answered after 300 ms at a steady pace. */
  private static CallFixture good(int i) {
    return call().id(i).from(100.0 * i, 100.0 * i + 300).streamed(100, 290);
  }

  private static CallFixture failed(int i, Outcome outcome, String error) {
    return call().id(i).from(100.0 * i, 100.0 * i + 20).ended(outcome, error);
  }

  private Conclusion of(int calls, IntFunction<CallFixture> call) throws IOException {
    return report(IntStream.range(0, calls).mapToObj(i -> call.apply(i).record()).toList())
        .conclusion();
  }

  private RunReport report(List<CallRecord> calls) throws IOException {
    return RunReport.of(List.of(folder("run", calls)));
  }

  private Path folder(String name, List<CallRecord> calls) throws IOException {
    Path folder = temp.resolve(name);
    SampleRuns.write(folder, calls);
    RunInfo info =
        SampleRuns.info(
                ended ? Optional.of(SampleRuns.START.plusSeconds(60)) : Optional.empty(),
                settings,
                assertions)
            .withLimits(limits)
            .withPreparation(
                new RunInfo.Preparation(
                    Optional.empty(), Optional.empty(), Optional.empty(), sizes, load));
    new RunFiles(folder).writeInfo(ended ? info.withAccounting(accounting(calls)) : info);
    return folder;
  }

  private Optional<Accounting> accounting(List<CallRecord> calls) {
    long dropped = calls.stream().filter(c -> c.outcome() == Outcome.DROPPED).count();
    return Optional.of(
        new Accounting(
            OptionalLong.of(calls.size() + never),
            calls.size() - dropped - neverBuilt,
            0,
            dropped,
            neverBuilt,
            never,
            new TreeMap<>(),
            0,
            calls.size(),
            0,
            problems));
  }

  private static Limit ttft(double millis) {
    return new Limit(
        "llm.slo.ttft.p95", List.of(), "ttftMillis", "p95", Limit.Bound.AT_MOST, millis);
  }

  @Test
  void theLoadSaysTheSizesThatWereAskedFor() throws IOException {
    sizes = Optional.of("lognormal, median 800, p95 4,000 input tokens and 500 output tokens");
    assertThat(of(200, ConclusionTest::good).load())
        .isEqualTo(
            "All 200 planned calls were sent, at 600 per minute, of lognormal, median 800, p95"
                + " 4,000 input tokens and 500 output tokens.");
  }

  @Test
  void callsThatCouldNotBeBuiltWereNotSent() throws IOException {
    neverBuilt = 5;
    assertThat(
            of(
                    200,
                    i ->
                        i < 5
                            ? good(i)
                                .neverStarted()
                                .ended(Outcome.CRASHED, "not built: call 'chat': prompt")
                            : good(i))
                .load())
        .startsWith("195 of 200 planned calls were sent, ")
        .endsWith("; 5 could not be built.");
  }

  @Test
  void aRunThatNothingLimitedSaysThatTheServiceKeptUp() throws IOException {
    limits = List.of(ttft(500));
    Conclusion found = of(200, ConclusionTest::good);
    assertThat(found.sentences())
        .containsExactly(
            "The service kept up with this load.",
            "All 200 planned calls were sent, at 600 per minute.",
            "The limit is met: llm.slo.ttft.p95: 100 ms, limit 500 ms, -80 %.",
            "This rests on 200 calls; TTFT p95 is between 100 and 100 ms at 95 % confidence; more"
                + " calls are not needed. How the client was is unknown.",
            "Whether it is worse than before is unknown: no baseline is given"
                + " (llm.gate.baseline).",
            "What it cost is unknown: no prices are set (llm.cost.prices).",
            "Next: Keep this run to compare later ones with: mvn compile exec:java@baseline"
                + " -Dexec.args=\"reports/runs/run main\".");
    assertThat(found.limitedBy().kind()).isEqualTo(Kind.NOTHING);
  }

  @Test
  void tooFewCallsForALimitSayHowManyToRun() throws IOException {
    limits =
        List.of(
            new Limit("llm.slo.failures", List.of(), "failed", "percent", Limit.Bound.AT_MOST, 1));
    Conclusion found = of(120, ConclusionTest::good);
    assertThat(found.limits()).startsWith("Undecided: llm.slo.failures: 0 %, limit 1 %");
    assertThat(found.sure()).contains("299 calls would decide every limit");
    assertThat(found.next()).isEqualTo("Run 299 calls: -Dllm.load.requests=299.");
    settings = Map.of("llm.load.profile", "hold 600 for 12s");
    assertThat(of(120, ConclusionTest::good).next())
        .isEqualTo("Run 299 calls: give the phases of llm.load.profile more time.");
  }

  @Test
  void aRunWithoutOneSuccessNamesTheErrorAndTheRemedy() throws IOException {
    settings = Map.of("llm.provider", "openai");
    Conclusion found =
        of(20, i -> failed(i, Outcome.REJECTED, "401 unauthorized").detail("no such key"));
    assertThat(found.limitedBy().kind()).isEqualTo(Kind.NO_SUCCESS);
    assertThat(found.text())
        .startsWith(
            "No call succeeded: all 20 ended with 401 unauthorized. It said: “no such key”.")
        .contains("Next: The key or its rights: it came from OPENAI_API_KEY");
  }

  @Test
  void aClientThatIsNotTrustedComesBeforeThrottling() throws IOException {
    problems = List.of("A record was lost.");
    Conclusion found =
        of(100, i -> i % 2 == 0 ? good(i) : failed(i, Outcome.THROTTLED, "429 throttled"));
    assertThat(found.limitedBy().kind()).isEqualTo(Kind.CLIENT);
    assertThat(found.limitedBy().text()).endsWith("A record was lost.");
  }

  @Test
  void throttlingNamesItsShareTheWordsOfTheServiceAndARateThatItTook() throws IOException {
    Conclusion found =
        of(
            200,
            i ->
                i % 4 == 0
                    ? failed(i, Outcome.THROTTLED, "429 throttled")
                        .detail("60 requests a minute")
                        .retryAfter(5000)
                    : good(i));
    assertThat(found.limitedBy().text())
        .isEqualTo(
            "The service throttled 50 of 200 calls (25 %). It said: “60 requests a minute”. It"
                + " asked to wait 5 s.");
    assertThat(found.next()).startsWith("Ask for more quota, or lower -Dllm.load.rpm to 450;");
  }

  @Test
  void callsThatFailOtherwiseAreNamedByTheMostFrequentError() throws IOException {
    Conclusion found =
        of(100, i -> i % 10 == 0 ? failed(i, Outcome.REJECTED, "500 sorry") : good(i));
    assertThat(found.limitedBy().text())
        .isEqualTo("Calls failed: 10 of 100 calls (10 %), with 500 sorry.");
    assertThat(found.limitedBy().kind()).isEqualTo(Kind.FAILURES);
  }

  @Test
  void tooFewClientsAreNamedWithTheNumberThatTheRateNeeds() throws IOException {
    settings = Map.of("llm.load.rpm", "600", "llm.load.clients", "2");
    never = 7;
    Conclusion found =
        of(
            100,
            i ->
                i % 2 == 0
                    ? good(i)
                    : call()
                        .id(i)
                        .arrival(100.0 * i)
                        .neverStarted()
                        .ended(Outcome.DROPPED, "dropped arrival"));
    assertThat(found.load())
        .startsWith("50 of 107 planned calls were sent, at")
        .endsWith("600 per minute wanted (llm.load.rpm); 50 dropped, 7 never started.");
    assertThat(found.limitedBy().text())
        .startsWith("llm.load.clients held the load back: a call took 0.300 s on average");
    assertThat(found.next()).startsWith("Raise -Dllm.load.clients to 4 and run again.");
  }

  @Test
  void enoughClientsForTheAverageCallAreNotBlamedForAStallOfTheService() throws IOException {
    settings = Map.of("llm.load.rpm", "600", "llm.load.clients", "20");
    Conclusion found =
        of(
            100,
            i ->
                i % 5 == 0
                    ? call()
                        .id(i)
                        .arrival(100.0 * i)
                        .neverStarted()
                        .ended(Outcome.DROPPED, "dropped arrival")
                    : i == 51
                        ? call().id(i).from(100.0 * i, 100.0 * i + 9_000).streamed(8_900, 9_000)
                        : good(i));
    assertThat(found.limitedBy().text())
        .startsWith("The service stopped for a while, and llm.load.clients held the load back")
        .endsWith("for which 20 calls at once are enough, but up to 9 s.");
    assertThat(found.next()).endsWith("raise -Dllm.load.clients to 90.");
  }

  @Test
  void aMissedLimitSaysWhichPartOfACallIsSlow() throws IOException {
    limits = List.of(ttft(50));
    Conclusion found = of(200, ConclusionTest::good);
    assertThat(found.limitedBy().kind()).isEqualTo(Kind.LATENCY);
    assertThat(found.limitedBy().text())
        .startsWith("The service did not keep llm.slo.ttft.p95: 33 % of the time of a call");
    assertThat(found.limits()).startsWith("Missed: llm.slo.ttft.p95: 100 ms, limit 50 ms, +100 %");
  }

  @Test
  void aWaitThatGrowsAllTheTimeIsAQueue() throws IOException {
    Conclusion found =
        of(
            300,
            i ->
                call()
                    .id(i)
                    .from(100.0 * i, 100.0 * i + 400 + 20 * i)
                    .streamed(100 + 20 * i, 390 + 20 * i));
    assertThat(found.limitedBy().kind()).isEqualTo(Kind.QUEUE);
    assertThat(found.limitedBy().text()).contains("the wait for the first token grew from");
    assertThat(found.sure()).contains("300 calls, worth");
  }

  @Test
  void oneFailureIsTheCauseIfALimitOnFailuresAllowsNone() throws IOException {
    limits =
        List.of(
            new Limit("llm.slo.failures", List.of(), "failed", "percent", Limit.Bound.AT_MOST, 0));
    Conclusion found =
        of(200, i -> i == 9 ? failed(i, Outcome.REJECTED, "500 sorry").detail("Oh.") : good(i));
    assertThat(found.limitedBy().text())
        .isEqualTo("Calls failed: 1 of 200 calls (0.500 %), with 500 sorry. It said: “Oh”.");
  }

  @Test
  void aRunThatWasStoppedNamesTheSetting() throws IOException {
    assertions =
        List.of(
            new AssertionResult(
                "the run needs at most 500 tokens (llm.spend.maxTokens)", false, "510 tokens"));
    never = 60;
    Conclusion found = of(40, ConclusionTest::good);
    assertThat(found.limitedBy().kind()).isEqualTo(Kind.STOPPED);
    assertThat(found.limitedBy().text())
        .isEqualTo("The run was stopped by llm.spend.maxTokens: 510 tokens.");
  }

  @Test
  void whatStoppedARunIsReadFromItsAssertionWhateverTheWords() throws IOException {
    assertions =
        List.of(
            new AssertionResult("calls (llm.stop.none) fail", false, "9"),
            AssertionResult.ended("llm.stop.failures", "few calls fail", "80 %"));
    never = 60;
    assertThat(of(40, ConclusionTest::good).limitedBy().text())
        .isEqualTo("The run was stopped by llm.stop.failures: 80 %.");
  }

  @Test
  void aKilledRunFirstSaysThatCallsAreMissing() throws IOException {
    ended = false;
    assertThat(of(40, ConclusionTest::good).text())
        .startsWith("The run was killed: calls are missing and its plan is unknown.")
        .contains("40 calls were sent");
  }

  @Test
  void aKilledRunSaysWhatWasInFlightAndWhatIsMissing() throws IOException {
    ended = false;
    load =
        Optional.of(
            new PlannedLoad(
                "120 arrivals/min for 1 min", OptionalDouble.of(60), OptionalLong.of(120)));
    limits =
        List.of(
            new Limit(
                "llm.slo.ttft.p50", List.of(), "ttftMillis", "p50", Limit.Bound.AT_MOST, 500));
    Path folder = folder("run", IntStream.range(0, 76).mapToObj(i -> good(i).record()).toList());
    SampleRuns.writeHealth(
        folder,
        List.of(
            HealthFixture.sample().from(0).inFlight(90).make(),
            HealthFixture.sample().from(44_800_000_000L).inFlight(14).make()));

    RunReport report = RunReport.of(List.of(folder));
    Conclusion found = report.conclusion();

    assertThat(found.missing())
        .isEqualTo(
            "The run was killed: 14 calls were in flight, and 15 of 60 s of load are missing.");
    assertThat(found.load())
        .startsWith("90 of 120 planned calls were sent")
        .contains("30 never started");
    assertThat(found.limitedBy().kind()).isEqualTo(Kind.NOTHING);
    assertThat(found.next()).isEqualTo("Run it again, to its end.");
    assertThat(report.limits().get(0).reason())
        .contains("the load was not sent: 76 of 106 calls, 30 never started");
    assertThat(Tile.of(report))
        .filteredOn(tile -> tile.label().equals("Success rate"))
        .singleElement()
        .satisfies(
            tile -> {
              assertThat(tile.value()).isEqualTo("84.4–100");
              assertThat(tile.remarks()).containsExactly("n = 90", "14 of them unknown");
            });
    assertThat(Tile.of(report))
        .filteredOn(tile -> tile.label().equals("Calls started"))
        .singleElement()
        .satisfies(
            tile -> {
              assertThat(tile.value()).isEqualTo("90");
              assertThat(tile.remarks()).containsExactly("14 in flight at the end", "0 failed");
            });
  }

  @Test
  void callsThatWereRefusedAreNamedBeforeTheClient() throws IOException {
    problems = List.of("Records were lost.");
    Conclusion found =
        of(
            40,
            i -> i < 4 ? good(i) : failed(i, Outcome.REJECTED, "HTTP 401").served(401, "", "", ""));

    assertThat(found.limitedBy().kind()).isEqualTo(Kind.FAILURES);
    assertThat(found.limitedBy().text())
        .startsWith("Calls failed: 36 of 40 calls (90 %), with HTTP 401");
    assertThat(of(40, i -> i < 4 ? good(i) : failed(i, Outcome.BROKEN, "cut")).limitedBy().kind())
        .isEqualTo(Kind.CLIENT);
  }

  @Test
  void aBaselineIsNamedWithItsFinding() throws IOException {
    assertions =
        List.of(
            new AssertionResult(
                "not worse than baseline main, chat: ttft.p95=10%", false, "shown worse: 40 %"));
    assertThat(of(40, ConclusionTest::good).baseline())
        .isEqualTo("It is worse than the baseline: main, chat: ttft.p95=10%: shown worse: 40 %.");
  }

  @Test
  void severalRunsHaveOneConclusionOnAllTheirCalls() throws IOException {
    List<CallRecord> calls = IntStream.range(0, 40).mapToObj(i -> good(i).record()).toList();
    List<Path> both = new ArrayList<>();
    both.add(folder("first", calls));
    both.add(folder("second", calls));
    assertThat(RunReport.of(both).conclusion().load()).startsWith("All 80 planned calls were sent");
  }

  private static Extension extension(String end, String outcome) {
    Limit limit = ttft(500);
    List<Extension.Look> looks = new java.util.ArrayList<>();
    for (long calls = 80; calls <= 180; calls = calls * 3 / 2) {
      Extension.Finding found =
          new Extension.Finding(
              limit,
              calls < 180 ? "undecided" : outcome,
              calls,
              calls,
              java.util.OptionalDouble.of(100),
              OptionalLong.of(420));
      looks.add(new Extension.Look(calls, 0, 1.67, List.of(found)));
    }
    return new Extension(looks, Optional.of(end));
  }

  private RunReport extended(Extension extension) throws IOException {
    limits = List.of(ttft(500));
    settings = Map.of("llm.load.rpm", "600", "llm.gate.undecided", "extend");
    Path folder = folder("run", IntStream.range(0, 190).mapToObj(i -> good(i).record()).toList());
    RunFiles files = new RunFiles(folder);
    files.writeInfo(files.readInfo().withExtension(extension));
    return RunReport.of(List.of(folder));
  }

  @Test
  void aLoadThatWentOnSaysHowFarAndWhy() throws IOException {
    RunReport report = extended(extension(Extension.DECIDED, "met"));
    assertThat(report.conclusion().load())
        .isEqualTo(
            "190 calls were sent, 80 as planned and 110 more until every limit was decided (look"
                + " 3), at 600 per minute.");
    assertThat(report.limits().get(0).passed()).isTrue();
    java.io.StringWriter json = new java.io.StringWriter();
    new SummaryJson().write(report, json);
    assertThat(json.toString())
        .contains("\"extension\" : {", "\"end\" : \"decided\"", "\"riskPercent\" : 1.67");
  }

  @Test
  void aLoadThatReachedItsBoundSaysWhatWouldHaveBeenNeeded() throws IOException {
    RunReport report = extended(extension("llm.gate.atMost.calls", "undecided"));
    assertThat(report.conclusion().load()).contains("until llm.gate.atMost.calls was reached");
    assertThat(report.limits().get(0).passed()).isFalse();
    assertThat(report.limits().get(0).reason())
        .isEqualTo("undecided at look 3 of 3: 180 calls; 420 would tell");
    assertThat(report.conclusion().next())
        .isEqualTo("Let the load go on to 420 calls: -Dllm.gate.atMost.calls=420.");
  }
}
