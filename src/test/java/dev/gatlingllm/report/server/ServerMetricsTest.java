package dev.gatlingllm.report.server;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.zip.GZIPOutputStream;
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
    "03/02/2026 09:30, UTC",
    "2026-03-02T09:30:00.000+0000, Europe/Berlin",
    "2026-03-02 11:30:00+02, UTC",
    "'3/2/2026, 9:30:00.000\u202fAM', UTC",
    "1772443800, Europe/Berlin",
    "1772443800000, Europe/Berlin"
  })
  void aTimeWithoutAnOffsetIsOfTheGivenZone(String time, String zone) throws IOException {
    assertThat(read("time,x\n\"" + time + "\",1\n", ZoneId.of(zone)).get(0).points())
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
  void severalJsonValuesOfAFileAreAllReadWhateverItsEncoding() throws IOException {
    String one =
        "{\"Label\":\"%s\",\"Datapoints\":[{\"Timestamp\":\"2026-03-02T09:30:00Z\",\"Sum\":3}]}";
    String text = one.replace("%s", "a") + "\n" + one.replace("%s", "b");
    Path utf16 = Files.write(folder.resolve("u"), ("\uFEFF" + text).getBytes(UTF_16LE));
    Path gzip = folder.resolve("g");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gzip))) {
      out.write(text.getBytes(UTF_8));
    }
    for (Path file : List.of(utf16, gzip)) {
      assertThat(ServerMetrics.read(file, ZoneOffset.UTC))
          .extracting(ServerSeries::name)
          .containsExactly("a", "b");
    }
    assertThat(read("[" + text.replace("\n", ",") + "]", ZoneOffset.UTC)).hasSize(2);
  }

  @Test
  void cloudWatchHasPercentilesToo() throws IOException {
    List<ServerSeries> series =
        read(
            """
            {"Label": "InvocationLatency", "Datapoints": [
              {"Timestamp": "2026-03-02T09:30:00+0000", "Unit": "Milliseconds", "Average": 5,
               "ExtendedStatistics": {"tm95": 6.5, "p90": 7}}]}
            """,
            ZoneOffset.UTC);
    assertThat(series)
        .extracting(ServerSeries::statistic)
        .containsExactly("average", "p90", "tm95");
    assertThat(series.get(2).points()).containsExactly(new ServerSeries.Point(HALF_PAST, 6.5));
    assertThat(series.get(2).unit()).isEqualTo("ms");
  }

  @Test
  void csvOfGrafanaNamesItsSeparatorAndHasCommasBetweenThousands() throws IOException {
    for (String text :
        List.of(
            "sep=;\n\"Time\";\"a, b\"\n\"2026-03-02 09:30:00\";\"1,234.5\"\n",
            "Time\ta, b\n2026-03-02 09:30:00\t1234.5\n")) {
      ServerSeries series = read(text, ZoneOffset.UTC).get(0);
      assertThat(series.name()).isEqualTo("a, b");
      assertThat(series.points()).containsExactly(new ServerSeries.Point(HALF_PAST, 1234.5));
    }
  }

  @Test
  void rowsOfLogAnalyticsNameTheirMetric() throws IOException {
    String csv =
        """
        Resource,"TimeGenerated [UTC]",MetricName,Total,Average,UnitName
        A,"3/2/2026, 9:30:00.000 AM",Calls,4,2,Count
        A,"3/2/2026, 9:31:00.000 AM",Calls,5,,Count
        B,"3/2/2026, 9:30:00.000 AM",Calls,6,,Count
        """;
    String json =
        """
        [{"Resource":"A","TimeGenerated":"2026-03-02T09:30:00Z","MetricName":"Calls","Total":"4",
          "Average":2,"UnitName":"Count","TableName":"PrimaryResult"},
         {"Resource":"A","TimeGenerated":"2026-03-02T09:31:00Z","MetricName":"Calls","Total":"5",
          "Average":null,"UnitName":"Count"},
         {"Resource":"B","TimeGenerated":"2026-03-02T09:30:00Z","MetricName":"Calls","Total":6,
          "UnitName":"Count"}]
        """;
    String rest =
        """
        {"tables":[{"name":"PrimaryResult","columns":[{"name":"TimeGenerated"},{"name":"MetricName"},
          {"name":"Average"},{"name":"Total"},{"name":"Resource"},{"name":"UnitName"}],"rows":[
          ["2026-03-02T09:30:00Z","Calls",2,4,"A","Count"],
          ["2026-03-02T09:31:00Z","Calls",null,5,"A","Count"],
          ["2026-03-02T09:30:00Z","Calls",null,6,"B","Count"]]}]}
        """;
    for (String text : List.of(csv, json, rest)) {
      List<ServerSeries> series = read(text, ZoneId.of("America/New_York"));
      assertThat(series)
          .extracting(one -> one.name() + " " + one.statistic() + " " + one.dimension())
          .containsExactly(
              "Calls average Resource=A", "Calls total Resource=A", "Calls total Resource=B");
      assertThat(series.get(1).points())
          .containsExactly(
              new ServerSeries.Point(HALF_PAST, 4),
              new ServerSeries.Point(HALF_PAST.plusSeconds(60), 5));
      assertThat(series.get(1).unit()).isEqualTo("count");
    }
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
        .hasMessage(
            "m line 1: text must be JSON with each field once, was malformed at line 2, column 11");
    assertThatThrownBy(() -> read("{\"a\":1,\"a\":2}", ZoneOffset.UTC))
        .hasMessage(
            "m line 1: text must be JSON with each field once, was malformed (the field a stands"
                + " twice) at column 11");
    assertThatThrownBy(() -> read("{\"a\":1}", ZoneOffset.UTC))
        .hasMessageEndingWith("holds none of them but the fields a");
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

  @ParameterizedTest
  @CsvSource({
    "2026-02-30 09:30:00, UTC",
    "2/30/2026 9:30 AM, UTC",
    "2026-03-29 02:30:00, Europe/Berlin",
  })
  void aTimeThatThereIsNotIsRefusedAndNotMoved(String time, String zone) {
    assertThatThrownBy(() -> read("time,calls\n" + time + ",1\n", ZoneId.of(zone)))
        .hasMessageStartingWith("m line 2: time must be a time such as")
        .hasMessageEndingWith("was \"" + time + "\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0,125;310,250 | 0.125 | 310.25",
        "1.200,5;7 | 1200.5 | 7",
        "1,200,000;1,5 | -1 | -1"
      })
  void semicolonsMeanThatACommaStandsBeforeDecimals(String row, double first, double second)
      throws IOException {
    String text = "time;a;b\n2026-03-02 09:30;" + row + "\n";
    if (first < 0) {
      assertThatThrownBy(() -> read(text, ZoneOffset.UTC))
          .hasMessageContaining("m line 2: a must be");
    } else {
      assertThat(read(text, ZoneOffset.UTC))
          .extracting(one -> one.points().get(0).value())
          .containsExactly(first, second);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "time;a | 1,200 | a number whose comma can mean one thing only: write 1200 or 1.2",
        "time,a | \"0,125\" | a number",
        "time,a | 5d | a number",
        "time,a | 0x1p3 | a number",
      })
  void aNumberThatMayMeanSomethingElseIsRefused(String header, String value, String accepted) {
    String text = header + "\n2026-03-02 09:30" + header.charAt(4) + value + "\n";
    assertThatThrownBy(() -> read(text, ZoneOffset.UTC))
        .hasMessage(
            "m line 2: a must be " + accepted + ", was \"" + value.replace("\"", "") + "\"");
  }

  @Test
  void cloudWatchsTimesMayBeSecondsWithAFraction() throws IOException {
    String text = "{\"MetricDataResults\":[{\"Timestamps\":[1772443800.0],\"Values\":[4]}]}";
    assertThat(read(text, ZoneOffset.UTC).get(0).points())
        .containsExactly(new ServerSeries.Point(HALF_PAST, 4));
  }

  @Test
  void cloudWatchsPointsInTwoUnitsAreTwoSeries() throws IOException {
    String text =
        """
        {"Label":"x","Datapoints":[
          {"Timestamp":"2026-03-02T09:30:00Z","Average":1,"Unit":"Seconds"},
          {"Timestamp":"2026-03-02T09:31:00Z","Average":900,"Unit":"Milliseconds"}]}
        """;
    assertThat(read(text, ZoneOffset.UTC))
        .extracting(ServerSeries::unit, one -> one.points().get(0).value())
        .containsExactly(tuple("s", 1.0), tuple("ms", 900.0));
  }

  @Test
  void resultsThatAreNoArrayAndRowsThatAreShortAreRefused() {
    assertThatThrownBy(() -> read("{\"MetricDataResults\":{\"a\":1}}", ZoneOffset.UTC))
        .hasMessage("m: MetricDataResults must be an array, was \"object\"");
    String columns = "\"columns\":[{\"name\":\"TimeGenerated\"},{\"name\":\"MetricName\"}]";
    assertThatThrownBy(
            () -> read("{\"tables\":[{" + columns + ",\"rows\":[[\"x\"]]}]}", ZoneOffset.UTC))
        .hasMessage("m: rows[0] must be 2 cells, was \"1 cells\"");
  }

  @Test
  void aFileOfPromptsIsRefusedWithoutItsText() {
    assertThatThrownBy(() -> read("What lies in the north wing?\n", ZoneOffset.UTC))
        .hasMessageEndingWith("was \"a line of 28 characters\"");
  }
}
