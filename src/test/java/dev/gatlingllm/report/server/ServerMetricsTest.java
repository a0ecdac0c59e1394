package dev.gatlingllm.report.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerMetricsTest {

  private static final Instant HALF_PAST = Instant.parse("2026-03-02T09:30:00Z");

  @TempDir private Path folder;

  @Test
  void azureMonitorHasASeriesForEachMetricDimensionAndStatistic() throws IOException {
    List<ServerSeries> series = example("server-metrics-azure.json");

    assertThat(series)
        .extracting(ServerSeries::name, ServerSeries::statistic, ServerSeries::unit)
        .containsExactly(
            tuple("AzureOpenAIProvisionedManagedUtilizationV2", "average", "%"),
            tuple("AzureOpenAIProvisionedManagedUtilizationV2", "maximum", "%"),
            tuple("AzureOpenAITimeToResponse", "average", "ms"));
    assertThat(series.get(0).dimension()).isEqualTo("modeldeploymentname=chat-ptu");
    assertThat(series.get(0).source()).isEqualTo("server-metrics-azure.json");
    assertThat(series.get(0).points())
        .containsExactly(
            new ServerSeries.Point(HALF_PAST, 41.7),
            new ServerSeries.Point(HALF_PAST.plusSeconds(60), 88.2));
  }

  @Test
  void cloudWatchIsPutInOrderAndBedrocksUnitsAreKnown() throws IOException {
    List<ServerSeries> series = example("server-metrics-cloudwatch.json");

    assertThat(series).extracting(ServerSeries::unit).containsExactly("ms", "count");
    assertThat(series.get(0).points())
        .containsExactly(
            new ServerSeries.Point(HALF_PAST, 1875.0),
            new ServerSeries.Point(HALF_PAST.plusSeconds(60), 2210.4));
  }

  @Test
  void cloudWatchStatisticsNameTheirUnit() throws IOException {
    String text =
        """
        {"Label":"OutputTokenCount","Datapoints":[
          {"Timestamp":"2026-03-02T09:31:00Z","Average":120.5,"Sum":2410,"Unit":"Count"},
          {"Timestamp":"2026-03-02T09:30:00Z","Average":118,"Sum":2360,"Unit":"Count"}]}
        """;
    assertThat(read(text, ZoneOffset.UTC))
        .containsExactly(
            new ServerSeries(
                "m",
                "OutputTokenCount",
                "average",
                "count",
                "",
                List.of(
                    new ServerSeries.Point(HALF_PAST, 118),
                    new ServerSeries.Point(HALF_PAST.plusSeconds(60), 120.5))),
            new ServerSeries(
                "m",
                "OutputTokenCount",
                "sum",
                "count",
                "",
                List.of(
                    new ServerSeries.Point(HALF_PAST, 2360),
                    new ServerSeries.Point(HALF_PAST.plusSeconds(60), 2410))));
  }

  @Test
  void aLabelOfSeveralSplitsIsTakenApart() throws IOException {
    String text =
        """
        {"MetricDataResults":[{"Id":"a","Label":"my-model InvocationLatency",
          "Timestamps":["2026-03-02T09:30:00Z"],"Values":[1]}]}
        """;
    ServerSeries series = read(text, ZoneOffset.UTC).get(0);
    assertThat(series.name()).isEqualTo("InvocationLatency");
    assertThat(series.dimension()).isEqualTo("my-model");
  }

  @Test
  void csvHasItsUnitsInBracketsAndEmptyCellsAreNoValues() throws IOException {
    List<ServerSeries> series = example("server-metrics.csv");

    assertThat(series)
        .extracting(ServerSeries::name)
        .containsExactly("Requests", "HTTP 5xx, all", "Function duration");
    assertThat(series).extracting(ServerSeries::unit).containsExactly("count", "count", "ms");
    assertThat(series.get(1).points())
        .containsExactly(
            new ServerSeries.Point(HALF_PAST, 0),
            new ServerSeries.Point(HALF_PAST.plusSeconds(60), 2));
  }

  @Test
  void csvMayHaveQuotedCellsCommasLineEndsAndAByteOrderMark() throws IOException {
    List<ServerSeries> series =
        read(
            """
            \uFEFFsome title
            Time (UTC),"Calls,
            all (count)"
            2026-03-02T09:30:00Z,"1"
            """
                .replace("\n", "\r\n"),
            ZoneOffset.UTC);

    assertThat(series.get(0).name()).isEqualTo("Calls,\r\nall");
    assertThat(series.get(0).points()).containsExactly(new ServerSeries.Point(HALF_PAST, 1));
    assertThatThrownBy(() -> read("time,a\n2026-03-02 09:30,\"1\n", ZoneOffset.UTC))
        .isInstanceOf(MetricsFileException.class)
        .hasMessage("m line 2: row must be cells that stand in quotes as a whole or not at all");
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-02T09:30:00Z, UTC",
    "2026-03-02T10:30:00+01:00, UTC",
    "2026-03-02 10:30, Europe/Berlin",
    "2026-03-02T10:30:00.000, Europe/Berlin",
    "3/2/2026 4:30:00 AM, America/New_York",
    "03/02/2026 09:30, UTC"
  })
  void aTimeWithoutAnOffsetIsOfTheGivenZone(String time, String zone) throws IOException {
    assertThat(read("time,x\n" + time + ",1\n", ZoneId.of(zone)).get(0).points())
        .containsExactly(new ServerSeries.Point(HALF_PAST, 1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "soon,1 | m line 3: time must be a time such as 2026-11-22T08:15:00Z, 2026-11-22 08:15 or"
            + " 11/22/2026 8:15:00 AM, was \"soon\"",
        "2026-03-02 09:31,fast | m line 3: latency (ms) must be a number, was \"fast\"",
        "2026-03-02 09:31,NaN2 | m line 3: latency (ms) must be a number, was \"NaN2\"",
        "2026-03-02 09:31 | m line 3: row must be 2 columns, was \"1 columns\""
      })
  void aWrongRowIsRefusedWithFileLineColumnAndValue(String row, String message) {
    String text = "time,latency (ms)\n2026-03-02 09:30,1\n" + row + "\n";
    assertThatThrownBy(() -> read(text, ZoneOffset.UTC))
        .isInstanceOf(MetricsFileException.class)
        .hasMessage(message);
  }

  @Test
  void wrongJsonIsRefusedWithItsPlace() {
    assertThatThrownBy(
            () ->
                read(
                    "{\"MetricDataResults\":[{\"Timestamps\":[\"2026-03-02T09:30:00Z\"],"
                        + "\"Values\":[\"x\"]}]}",
                    ZoneOffset.UTC))
        .hasMessage("m: MetricDataResults[0].Values[0] must be a number, was \"x\"");
    assertThatThrownBy(
            () ->
                read(
                    "{\"value\":[{\"timeseries\":[{\"data\":[{\"average\":1}]}]}]}",
                    ZoneOffset.UTC))
        .hasMessageStartingWith("m: value[0].timeseries[0].data[0].timeStamp must be a time")
        .hasMessageEndingWith("was \"absent\"");
    assertThatThrownBy(() -> read("{\n\"value\": [}", ZoneOffset.UTC))
        .hasMessage("m line 2, column 11: must be JSON, is not");
    assertThatThrownBy(() -> read("{\"a\":1}", ZoneOffset.UTC))
        .hasMessageContaining("holds none of them");
    assertThatThrownBy(() -> read("{\"value\":[]}", ZoneOffset.UTC))
        .hasMessage("m: must hold at least one value, holds none");
    assertThatThrownBy(() -> read("a,b\n", ZoneOffset.UTC))
        .hasMessage("m line 1: header must be a time column and at least one metric, was \"a,b\"");
    assertThatThrownBy(() -> ServerMetrics.read(folder.resolve("absent"), ZoneOffset.UTC))
        .hasMessageEndingWith("absent: no such file");
  }

  private static List<ServerSeries> example(String name) throws IOException {
    return ServerMetrics.read(Path.of("feeders", name), ZoneOffset.UTC);
  }

  private List<ServerSeries> read(String text, ZoneId zone) throws IOException {
    return ServerMetrics.read(Files.writeString(folder.resolve("m"), text), zone);
  }
}
