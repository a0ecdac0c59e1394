package dev.gatlingllm.report;

import static dev.gatlingllm.stats.CallFixture.call;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Limit;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.record.RunFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DistributionDataTest {

  @TempDir private Path temp;

  @Test
  void aLimitOfTheVerdictIsOnTheAxisWhereverItLies() throws IOException {
    for (double limit : new double[] {20, 350, 700, 30_000}) {
      JsonNode ttft = overall(limits(limit), calls(600)).get("bins").get("ttftMillis");
      assertThat(ttft.get("limits"))
          .hasToString("[{\"of\":\"p95\",\"value\":" + (int) limit + "}]");
      assertThat(limit)
          .isStrictlyBetween(
              ttft.get("axis").get("min").asDouble(), ttft.get("axis").get("max").asDouble());
      assertThat(ttft.get("marks"))
          .allSatisfy(
              mark ->
                  assertThat(mark.get("value").asDouble())
                      .isBetween(
                          ttft.get("axis").get("min").asDouble(),
                          ttft.get("axis").get("max").asDouble()));
    }
  }

  @Test
  void aFarLimitMakesTheAxisLogarithmicThoughTheBinsAreNot() throws IOException {
    assertThat(axis(limits(700)).get("log").asBoolean()).isFalse();
    assertThat(axis(limits(30_000)).get("log").asBoolean()).isTrue();
    assertThat(axis(limits(30_000)).get("min").asDouble()).isGreaterThan(0);
  }

  @Test
  void aLimitOnANameIsDrawnOfItsCallsAlone() throws IOException {
    List<Limit> limits =
        List.of(new Limit("ttft", List.of("chat"), "ttftMillis", "p90", Limit.Bound.BELOW, 500));
    JsonNode keys = data(limits, Map.of(), calls(600)).get("keys");
    assertThat(keys.get(0).get("bins").get("ttftMillis").has("limits")).isFalse();
    assertThat(keys.get(1).get("name").asText()).isEqualTo("chat");
    assertThat(keys.get(1).get("bins").get("ttftMillis").get("limits"))
        .hasToString("[{\"of\":\"p90\",\"value\":500}]");
  }

  @Test
  void theLimitOfEveryCallIsDrawnInEveryRow() throws IOException {
    JsonNode keys = data(List.of(), Map.of("llm.slo.call.e2e", "2 s"), calls(600)).get("keys");
    assertThat(keys)
        .allSatisfy(
            key ->
                assertThat(key.get("bins").get("e2eMillis").get("limits"))
                    .hasToString("[{\"of\":\"call\",\"value\":2000}]"));
  }

  @Test
  void aRateIsMarkedAtItsLowTailAndWhatIsWithheldSaysWhatItNeeds() throws IOException {
    JsonNode bins = overall(List.of(), calls(120)).get("bins");
    assertThat(bins.get("ttftMillis").get("marks").findValuesAsText("name"))
        .containsExactly("p50", "p90", "p95");
    assertThat(bins.get("ttftMillis").get("withheld"))
        .hasToString("[{\"name\":\"p99\",\"needed\":500}]");
    assertThat(bins.get("tokensPerSecond").get("marks").findValuesAsText("name"))
        .containsExactly("p50", "p10", "p5");
    assertThat(bins.get("tokensPerSecond").get("withheld"))
        .hasToString("[{\"name\":\"p1\",\"needed\":500}]");
  }

  @Test
  void theTailIsMarkedAtThePercentilesOfTheTables() throws IOException {
    JsonNode ttft = overall(List.of(), calls(600)).get("tails").get("ttftMillis");
    JsonNode histogram = overall(List.of(), calls(600)).get("bins").get("ttftMillis");
    assertThat(ttft.get("marks").findValuesAsText("name"))
        .containsExactly("p50", "p90", "p95", "p99");
    assertThat(ttft.get("marks").findValuesAsText("value"))
        .isEqualTo(histogram.get("marks").findValuesAsText("value"));
    for (JsonNode mark : ttft.get("marks")) {
      assertThat(ttft.get("curves").get(0).get("points"))
          .anySatisfy(
              point -> {
                assertThat(point.get(0)).isEqualTo(mark.get("above"));
                assertThat(point.get(1)).isEqualTo(mark.get("value"));
              });
    }
  }

  @Test
  void latencyFromArrivalIsBesideLatencyFromStartWhereTheyDiffer() throws IOException {
    List<CallRecord> late = new ArrayList<>(calls(100));
    for (int i = 0; i < 100; i++) {
      late.set(i, call().id(i).arrival(0).from(50 + i, 1000 + i).streamed(100 + i, 900).record());
    }
    late.add(call().id(100).arrival(0).neverStarted().ended(Outcome.DROPPED, "").record());
    JsonNode ttft = overall(List.of(), late).get("tails").get("ttftMillis").get("curves");
    assertThat(ttft).hasSize(2);
    assertThat(ttft.get(0).get("n").asInt()).isEqualTo(100);
    assertThat(ttft.get(1).get("n").asInt()).isEqualTo(101);
    assertThat(ttft.get(1).get("longer").asInt()).isEqualTo(1);
    assertThat(overall(List.of(), calls(100)).get("tails").get("ttftMillis").get("curves"))
        .hasSize(1);
  }

  @Test
  void pointsSayHowManyCallsOfEachRowTheyStandFor() throws IOException {
    JsonNode points = data(List.of(), Map.of(), calls(120)).get("points");
    assertThat(points.get("total").asInt()).isEqualTo(120);
    assertThat(points.get("ofKey")).hasToString("[120]");
  }

  @Test
  void aLevelOfNoClientsIsNoPointOfTheCurveOfLoads() throws IOException {
    List<CallRecord> calls = new ArrayList<>();
    for (int level = 0; level < 3; level++) {
      for (int i = 0; i < 20; i++) {
        double start = 100_000 * level + 1000 * i;
        calls.add(
            call()
                .id(calls.size())
                .name("chat", "ladder", "level " + level)
                .from(start, start + 900)
                .streamed(100, 800)
                .tokens(10, 20)
                .record());
      }
    }
    JsonNode points = data(List.of(), Map.of(), calls).get("curve").get("points");
    assertThat(points.findValuesAsText("load")).containsExactly("1", "2");
  }

  /** TTFT from 200 to 500 ms, all started when they arrived. */
  private static List<CallRecord> calls(int n) {
    List<CallRecord> calls = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      double start = 100 * i;
      double first = 200 + 300.0 * (i * 7919 % n) / n;
      calls.add(
          call()
              .id(i)
              .name("chat")
              .from(start, start + 1500 + i % 13)
              .streamed(first, 1400 + i % 17)
              .tokens(10 + i % 3, 40)
              .record());
    }
    return calls;
  }

  private static List<Limit> limits(double millis) {
    return List.of(
        new Limit("llm.slo.ttft.p95", List.of(), "ttftMillis", "p95", Limit.Bound.AT_MOST, millis));
  }

  private JsonNode axis(List<Limit> limits) throws IOException {
    return overall(limits, calls(600)).get("bins").get("ttftMillis").get("axis");
  }

  private JsonNode overall(List<Limit> limits, List<CallRecord> calls) throws IOException {
    return data(limits, Map.of(), calls).get("keys").get(0);
  }

  private JsonNode data(List<Limit> limits, Map<String, String> settings, List<CallRecord> calls)
      throws IOException {
    SampleRuns.write(temp, calls);
    new RunFiles(temp)
        .writeInfo(
            SampleRuns.info(Optional.of(SampleRuns.START.plusSeconds(900)), settings, List.of())
                .withLimits(limits));
    return PageData.tree(RunReport.of(List.of(temp)));
  }
}
