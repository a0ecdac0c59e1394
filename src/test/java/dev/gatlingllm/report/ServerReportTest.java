package dev.gatlingllm.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.cli.CommandCall;
import dev.gatlingllm.report.server.ServerSeries;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerReportTest {

  private static final Instant START = Instant.parse("2026-03-02T09:30:20Z");

  @TempDir private Path temp;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  void aValueStandsInTheMiddleOfItsPeriodAndOnlyPeriodsThatTouchTheRunAreShown() {
    ServerChart chart =
        ServerChart.of(List.of(series(-80, -20, 40, 100, 160, 220)), START, OptionalDouble.of(110))
            .get(0);
    assertThat(chart.seconds()).containsExactly(10.0, 70.0, 130.0);
    assertThat(ServerChart.table(List.of(chart)).texts().get(0).get(2)).isEqualTo("3");
    assertThat(chart.title()).isEqualTo("Utilization, average (deployment=chat)");
    assertThat(chart.unit()).isEqualTo("%");
  }

  @Test
  void aMetricWithoutAValueInTheTimeOfTheRunHasNoChart() {
    assertThat(ServerChart.of(List.of(series(500, 560)), START, OptionalDouble.of(90))).isEmpty();
  }

  @Test
  void theSectionHasAChartAndARowForEachMetric() throws IOException {
    Path run = SampleRuns.ladder(temp.resolve("run"));
    assertThat(report(run, "--server-metrics", "feeders/server-metrics-azure.json")).isZero();

    String page = Files.readString(run.resolve("index.html"));
    assertThat(page)
        .contains("<section id=\"server\">", "id=\"server-0\"", "id=\"server-2\"")
        .contains("AzureOpenAITimeToResponse, average", "server-metrics-azure.json");
    assertThat(page).contains("\"server\":[{\"name\":\"AzureOpenAIProvisionedManagedUtilizationV2");
  }

  @Test
  void withoutServerMetricsThereIsNoSection() throws IOException {
    Path run = SampleRuns.ladder(temp.resolve("run"));
    assertThat(report(run)).isZero();
    assertThat(Files.readString(run.resolve("index.html"))).doesNotContain("id=\"server\"");
  }

  @Test
  void metricsOfAnotherTimeAreToldWithTheZoneToLookAt() throws IOException {
    Path run = SampleRuns.ladder(temp.resolve("run"));
    assertThat(report(run, "--server-metrics", "feeders/server-metrics.csv", "--zone", "+05:00"))
        .isZero();
    assertThat(Files.readString(run.resolve("summary.md")))
        .contains("None of the server metrics is of the time of the run");
  }

  @Test
  void aFileThatCannotBeReadAndAnUnknownZoneEndTheCommand() throws IOException {
    Path run = SampleRuns.ladder(temp.resolve("run"));
    assertThat(report(run, "--server-metrics", "no-such.json")).isEqualTo(2);
    assertThat(report(run, "--zone", "Mars")).isEqualTo(2);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("no-such.json: no such file")
        .contains("--zone must be a time zone such as UTC, +02:00 or Europe/Berlin, was \"Mars\"");
  }

  private int report(Path run, String... options) {
    List<String> arguments = new ArrayList<>(List.of(run.toString()));
    arguments.addAll(List.of(options));
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    return CommandCall.run("report", arguments, stream, stream);
  }

  private static ServerSeries series(int... secondsAfterStart) {
    return new ServerSeries(
        "export.json",
        "Utilization",
        "average",
        "%",
        "deployment=chat",
        Arrays.stream(secondsAfterStart)
            .mapToObj(s -> new ServerSeries.Point(START.plusSeconds(s), 50 + s))
            .toList());
  }
}
