package dev.gatlingllm.report;

import static dev.gatlingllm.record.HealthFixture.sample;
import static dev.gatlingllm.stats.CallFixture.call;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.gatlingllm.record.CallRecord;
import dev.gatlingllm.record.Outcome;
import dev.gatlingllm.record.RunFiles;
import dev.gatlingllm.stats.CallFixture;
import dev.gatlingllm.stats.CallStatistics;
import dev.gatlingllm.stats.Measure;
import dev.gatlingllm.stats.Quantile;
import dev.gatlingllm.stats.RunStatistics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thousand calls of which a seeded fifth was handed over, beside a run of the others alone. */
class SpilloverReportTest {

  private static final String PRICES =
      "currency = USD\nmodels = [{model = chat-ptu, perMillion {input = 1, output = 2}, perHour = 36},"
          + " {model = chat-standard, perMillion {input = 100, output = 400}}]\n";

  @TempDir private Path temp;
  private final List<CallRecord> calls = new ArrayList<>();

  @BeforeEach
  void aFifthIsHandedOverAndThreeTimesAsSlow() {
    Random random = new Random(15);
    for (int i = 0; i < 1_000; i++) {
      boolean handedOver = random.nextInt(5) == 0;
      double slower = handedOver ? 3 : 1;
      double start = i * 50;
      CallFixture one =
          call()
              .id(i)
              .name("chat", i % 2 == 0 ? "4 clients" : "8 clients")
              .model("chat-ptu")
              .servedBy("gpt-4o-2024-08-06", "")
              .from(start, start + slower * (600 + random.nextInt(300)))
              .streamed(slower * (100 + random.nextInt(100)), slower * 500)
              .tokens(100 + random.nextInt(50), 40 + random.nextInt(20));
      if (random.nextInt(20) == 0) {
        one.ended(Outcome.BROKEN, handedOver ? "spilled and broken" : "broken");
      }
      calls.add((handedOver ? one.spilledTo("chat-standard") : one).record());
    }
  }

  private static boolean spilled(CallRecord call) {
    return call.served().spilledOver();
  }

  private RunReport report(String folder, Predicate<CallRecord> which) throws IOException {
    Path run = Files.createDirectory(temp.resolve(folder));
    SampleRuns.write(run, calls.stream().filter(which).toList());
    SampleRuns.writeHealth(run, List.of(sample().number(0).make(), sample().number(4).make()));
    Files.writeString(new RunFiles(run).prices(), PRICES);
    new RunFiles(run)
        .writeInfo(
            SampleRuns.info(
                Optional.of(SampleRuns.START.plusSeconds(100)),
                Map.of("llm.slo.call.ttft", "250 ms"),
                List.of()));
    return RunReport.of(List.of(run));
  }

  @Test
  void everyNumberIsThatOfTheOtherFourFifths() throws IOException {
    RunStatistics all = report("all", any -> true).statistics();
    RunStatistics others = report("others", call -> !spilled(call)).statistics();

    assertThat(all.spillover().calls())
        .isEqualTo(calls.stream().filter(SpilloverReportTest::spilled).count());
    assertThat(all.spillover().deployments()).containsOnlyKeys("chat-ptu → chat-standard");
    same(all.overall(), others.overall());
    assertThat(all.views().levels()).usingRecursiveComparison().isEqualTo(others.views().levels());
    assertThat(all.views().fits()).isEqualTo(others.views().fits());
    List<CallStatistics> rows =
        all.byKey().stream().filter(row -> !row.key().spilledOver()).toList();
    assertThat(rows).hasSameSizeAs(others.byKey());
    for (int i = 0; i < rows.size(); i++) {
      assertThat(rows.get(i).key()).isEqualTo(others.byKey().get(i).key());
      same(rows.get(i), others.byKey().get(i));
    }
  }

  private static void same(CallStatistics one, CallStatistics other) {
    assertThat(one.counts()).isEqualTo(other.counts());
    assertThat(one.distributions()).usingRecursiveComparison().isEqualTo(other.distributions());
    assertThat(one.throughput()).isEqualTo(other.throughput());
    assertThat(one.goodput()).isEqualTo(other.goodput()).isPresent();
    assertThat(one.errors()).isEqualTo(other.errors());
    assertThat(one.dataQuality()).isEqualTo(other.dataQuality());
    assertThat(one.breakdown()).isEqualTo(other.breakdown());
  }

  @Test
  void theyAreRowsOfTheirOwn() throws IOException {
    RunStatistics all = report("all", any -> true).statistics();
    RunStatistics spilled = report("spilled", SpilloverReportTest::spilled).statistics();

    List<CallStatistics> rows =
        all.byKey().stream().filter(row -> row.key().spilledOver()).toList();
    assertThat(rows)
        .extracting(row -> row.key().path())
        .containsExactlyInAnyOrder(
            "4 clients / chat [spilledTo=chat-standard]",
            "8 clients / chat [spilledTo=chat-standard]");
    for (CallStatistics row : spilled.byKey()) {
      same(rows.stream().filter(one -> one.key().equals(row.key())).findFirst().orElseThrow(), row);
    }
    assertThat(all.views().groups())
        .extracting(group -> group.grouping().model())
        .containsExactlyInAnyOrder("chat-ptu", "chat-standard (spilled over)");
  }

  @Test
  void theirPricesAreThoseOfTheDeploymentThatTookThem() throws IOException {
    RunReport all = report("all", any -> true);
    RunReport others = report("others", call -> !spilled(call));
    RunReport spilled = report("spilled", SpilloverReportTest::spilled);

    assertThat(all.cost().orElseThrow().total())
        .isEqualByComparingTo(others.cost().orElseThrow().total());
    assertThat(all.cost().orElseThrow().perThousandCalls())
        .isEqualTo(others.cost().orElseThrow().perThousandCalls());
    assertThat(all.cost().orElseThrow().ofSpilled())
        .isEqualByComparingTo(spilled.cost().orElseThrow().ofSpilled())
        .isPositive();
    assertThat(all.cost().orElseThrow().spilled())
        .extracting(line -> line.model() + line.parts().keySet())
        .containsExactly("azure-openai / chat-standard[input, output]");
    assertThat(all.callCosts().orElseThrow().all().total())
        .isEqualTo(others.callCosts().orElseThrow().all().total());
  }

  @Test
  void everyOutputSaysHowManyThereWereAndThatTheyAreLeftOut() throws IOException {
    RunReport all = report("all", any -> true);
    String sentence = "of 1,000 started calls";
    for (String text :
        List.of(
            new ConsoleTable().text(all),
            new SummaryMarkdown().text(all),
            new IndexHtml().text(all),
            new SummaryJson().text(all))) {
      assertThat(text.replaceAll("\\s+", " "))
          .contains("Spilled over: " + all.statistics().spillover().calls() + " " + sentence)
          .contains("left out everywhere but in rows of their own");
    }
    assertThat(new ConsoleTable().text(all))
        .contains("All but spilled over")
        .doesNotContain("All calls");
    JsonNode spillover = new ObjectMapper().readTree(new SummaryJson().text(all)).get("spillover");
    assertThat(spillover.get("errors").get("429").asLong())
        .isEqualTo(all.statistics().spillover().calls());
  }

  @Test
  void whenAllWereHandedOverNothingWasMeasured() throws IOException {
    RunReport all = report("spilled", SpilloverReportTest::spilled);

    assertThat(all.statistics().overall().counts().started()).isZero();
    assertThat(all.statistics().overall().goodput().orElseThrow().percent()).isEmpty();
    assertThat(all.statistics().overall().of(Measure.TTFT).at(Quantile.P50)).isEmpty();
    assertThat(all.notes().get(0)).contains("100 %", "nothing was measured");
    assertThat(new ConsoleTable().text(all)).contains("All but spilled over");
    assertThat(new IndexHtml().text(all)).contains("not measured");
    assertThat(new SummaryMarkdown().text(all)).contains("nothing was measured");
  }

  @Test
  void runsThatAreMergedKeepThemApart() throws IOException {
    report("one", call -> !spilled(call));
    report("two", any -> true);

    RunStatistics merged =
        RunReport.of(List.of(temp.resolve("one"), temp.resolve("two"))).statistics();

    long spilled = calls.stream().filter(SpilloverReportTest::spilled).count();
    assertThat(merged.spillover().calls()).isEqualTo(spilled);
    assertThat(merged.overall().counts().started()).isEqualTo(2 * (1_000 - spilled));
  }
}
