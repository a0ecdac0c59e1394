package dev.gatlingllm.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.secret.Secret;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunFilesTest {

  private static final RunInfo RUNNING =
      RunInfo.begun(
          "rpm.SteadySimulation",
          "before the release",
          Instant.parse("2026-01-31T12:00:00.5Z"),
          new RunInfo.Setup(
              42,
              "5759c53",
              Map.of("llm.seed", "42", "llm.model", "gpt-4o"),
              Map.of("jdk", "17"),
              Map.of("cores", "2")));

  @TempDir private Path temp;

  @Test
  void aRunningRunIsThisFile() throws IOException {
    RunFiles files = new RunFiles(temp.resolve("new/run"));
    files.writeInfo(RUNNING);
    assertThat(files.runJson())
        .hasContent(
            """
            {
              "schemaVersion" : 2,
              "simulation" : "rpm.SteadySimulation",
              "description" : "before the release",
              "start" : "2026-01-31T12:00:00.500Z",
              "interrupted" : false,
              "seed" : 42,
              "gitRevision" : "5759c53",
              "configuration" : {
                "llm.model" : "gpt-4o",
                "llm.seed" : "42"
              },
              "versions" : {
                "jdk" : "17"
              },
              "host" : {
                "cores" : "2"
              },
              "assertions" : [ ]
            }
            """);
  }

  @Test
  void aFinishedRunReplacesTheRunningOne() throws IOException {
    RunFiles files = new RunFiles(temp);
    RunInfo finished =
        RUNNING
            .ended(Instant.parse("2026-01-31T12:05:00Z"), true)
            .withAssertions(List.of(new AssertionResult("failed below 1 %", false, "3.5")));
    files.writeInfo(RUNNING);
    files.writeInfo(finished);
    assertThat(files.readInfo()).isEqualTo(finished);
    assertThat(temp).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void whatWasDoneBeforeTheRunAndTheClientsErrorAreTheseSections() throws IOException {
    RunFiles files = new RunFiles(temp);
    RunInfo prepared =
        RUNNING.withPreparation(
            new RunInfo.Preparation(
                Optional.of(
                    new WarmUpResult(
                        420, 4_000_000_000L, true, 5, new WarmUpResult.TargetCalls(2, 1, 9, 16))),
                Optional.of(
                    new MeasurementError(
                        MeasurementError.Source.CALIBRATION,
                        "2 clients with 500/500 tokens",
                        5_000_000_000L,
                        600,
                        1,
                        2,
                        0,
                        OptionalLong.empty(),
                        new MeasurementError.Spread(
                            600, OptionalLong.of(1), OptionalLong.of(2), OptionalLong.of(3)),
                        MeasurementError.Spread.NONE,
                        MeasurementError.Spread.NONE)),
                Optional.of(new NetworkLatency("llm.example", 1, 2, List.of(3L, 4L), List.of())),
                Optional.of("500/500 tokens"),
                Optional.of(
                    new PlannedLoad(
                        "120 arrivals/min for 1 min",
                        OptionalDouble.of(60),
                        OptionalLong.of(120)))));
    files.writeInfo(prepared);
    assertThat(files.readInfo()).isEqualTo(prepared);
    assertThat(Files.readString(files.runJson()))
        .endsWith(
            """
              "assertions" : [ ],
              "warmUp" : {
                "calls" : 420,
                "durationNanos" : 4000000000,
                "stable" : true,
                "connections" : 5,
                "target" : {
                  "calls" : 2,
                  "failed" : 1,
                  "inputTokens" : 9,
                  "outputTokens" : 16
                }
              },
              "measurementError" : {
                "source" : "calibration-run",
                "load" : "2 clients with 500/500 tokens",
                "durationNanos" : 5000000000,
                "calls" : 600,
                "otherCalls" : 1,
                "mostCallsAtOnce" : 2,
                "chunks" : 0,
                "scheduleDelay" : {
                  "n" : 600,
                  "p50Nanos" : 1,
                  "p99Nanos" : 2,
                  "maxNanos" : 3
                },
                "ttft" : {
                  "n" : 0
                },
                "interChunk" : {
                  "n" : 0
                }
              },
              "network" : {
                "host" : "llm.example",
                "failed" : 1,
                "lookupNanos" : 2,
                "tcpNanos" : [
                  3,
                  4
                ],
                "tlsNanos" : [ ]
              },
              "sizes" : "500/500 tokens",
              "load" : {
                "words" : "120 arrivals/min for 1 min",
                "seconds" : 60.0,
                "calls" : 120
              }
            }
            """);
  }

  @Test
  void aShareAndTheOffsetOfItsClockAreTheseSections() throws IOException {
    RunFiles files = new RunFiles(temp);
    RunInfo share =
        RUNNING.withTogether(
            new RunInfo.Together(
                Optional.of(new Share(1, 3)),
                Optional.of(new ClockOffset("ntp://10.0.0.7:1123", -2999.875, 0.25))));
    files.writeInfo(share);
    assertThat(files.runJson())
        .content()
        .contains(
            """
              "share" : {
                "index" : 1,
                "of" : 3
              },
              "clock" : {
                "reference" : "ntp://10.0.0.7:1123",
                "offsetMillis" : -2999.875,
                "boundMillis" : 0.25
              }
            """);
    assertThat(files.readInfo()).isEqualTo(share);
  }

  @Test
  void aFileOfSchemaVersion1IsRead() throws IOException {
    RunFiles files = new RunFiles(temp);
    MeasurementError.Spread spread =
        new MeasurementError.Spread(
            1, OptionalLong.of(1), OptionalLong.empty(), OptionalLong.of(1));
    RunInfo run =
        RunInfo.begun(
                "rpm.SteadySimulation",
                "",
                RUNNING.start(),
                new RunInfo.Setup(
                    1, "", Map.of("llm.load.maxScheduleDelay", "2 s"), Map.of(), Map.of()))
            .withMeasurementError(
                Optional.of(
                    new MeasurementError(
                        MeasurementError.Source.CALIBRATION,
                        "load",
                        1,
                        1,
                        0,
                        1,
                        1,
                        OptionalLong.empty(),
                        spread,
                        MeasurementError.Spread.NONE,
                        spread)));
    Files.writeString(
        files.runJson(),
        RunInfoJson.format(run)
            .replace("\"schemaVersion\" : 2", "\"schemaVersion\" : 1")
            .replace("llm.load.maxScheduleDelay", "llm.load.maxLag")
            .replace("measurementError", "clientError")
            .replace("calibration-run", "rehearsal")
            .replace("scheduleDelay", "lag")
            .replace("interChunk", "gap"));
    assertThat(files.readInfo()).isEqualTo(run);
  }

  @Test
  void whatBecameOfEveryCallIsThisSection() throws IOException {
    RunFiles files = new RunFiles(temp);
    RunInfo accounted =
        RUNNING.withAccounting(
            Optional.of(
                new Accounting(
                    OptionalLong.of(10),
                    5,
                    1,
                    1,
                    1,
                    2,
                    new TreeMap<>(Map.of("succeeded", 4L, "throttled", 1L)),
                    3,
                    7,
                    1,
                    List.of("1 record was lost, so the report is incomplete."))));
    files.writeInfo(accounted);
    assertThat(files.readInfo()).isEqualTo(accounted);
    assertThat(Files.readString(files.runJson()))
        .endsWith(
            """
              "accounting" : {
                "planned" : 10,
                "sent" : 5,
                "dropped" : 1,
                "held" : 1,
                "neverBuilt" : 1,
                "notReached" : 2,
                "ends" : {
                  "succeeded" : 4,
                  "throttled" : 1
                },
                "retries" : 3,
                "recordsWritten" : 7,
                "recordsLost" : 1,
                "problems" : [
                  "1 record was lost, so the report is incomplete."
                ]
              }
            }
            """);
  }

  @Test
  void aMissingFileIsToldFromABadOne() throws IOException {
    RunFiles files = new RunFiles(temp);
    assertThatThrownBy(files::readInfo).isInstanceOf(NoSuchFileException.class);
    assertRefused("{\"schemaVersion\":1,", "run.json", "not valid JSON at line 1");
    assertRefused("{\"schemaVersion\":9}", "run.json", "schemaVersion 9");
    assertRefused("{\"schemaVersion\":1}", "has no field ");
    assertRefused(
        "{\"schemaVersion\":1,\"simulation\":\"s\",\"description\":\"\",\"start\":\"noon\"}",
        "field start",
        "noon");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"seed\" : 42|\"seed\" : \"42\"|field seed must be a whole number",
        "\"seed\" : 42|\"seed\" : 4.2|field seed must be a whole number",
        "\"seed\" : 42|\"seed\" : null|field seed must be a whole number",
        "\"seed\" : 42,||has no field seed",
        "\"schemaVersion\" : 2|\"schemaVersion\" : \"1\"|field schemaVersion must be a whole"
            + " number",
        "\"schemaVersion\" : 2,||has no field schemaVersion",
        "\"interrupted\" : false|\"interrupted\" : 0|field interrupted must be true or false",
        "\"start\" : \"2026-01-31T12:00:00.500Z\"|\"start\" : 5|field start must be an instant such"
            + " as 2026-01-31T12:00:00Z",
        "\"jdk\" : \"17\"|\"jdk\" : 17|field versions.jdk must be a text",
        "\"gitRevision\" : \"5759c53\"|\"gitRevision\" : 5|field gitRevision must be a text",
        "\"passed\" : true|\"passed\" : \"yes\"|field assertions[0].passed must be true or false",
        "\"passed\" : true,||has no field assertions[0].passed",
        "\"source\" : \"run\"|\"source\" : \"none\"|field measurementError.source must be one of"
            + " [\"run\",\"calibration-run\"]",
        "\"n\" : 600|\"n\" : true|field measurementError.scheduleDelay.n must be a whole number",
        "\"n\" : 600,||has no field measurementError.scheduleDelay.n",
        "\"connections\" : 5|\"connections\" : 5000000000|field warmUp.connections must be a"
            + " smaller number",
        "\"stable\" : true,||has no field warmUp.stable",
        "\"planned\" : 10|\"planned\" : \"all\"|field accounting.planned must be a whole number",
        "\"problems\" : [ ]|\"problems\" : 5|field accounting.problems must be an array",
        "\"succeeded\" : 4|\"succeeded\" : \"4\"|field accounting.ends.succeeded must be a whole"
            + " number",
      })
  void aFieldThatIsMissingOrWrongIsNamedWithThoseAroundIt(String part, String wrong, String message)
      throws IOException {
    MeasurementError.Spread spread =
        new MeasurementError.Spread(
            600, OptionalLong.of(1), OptionalLong.of(2), OptionalLong.of(3));
    String text =
        RunInfoJson.format(
            RUNNING
                .withAssertions(List.of(new AssertionResult("fine", true, "1")))
                .withPreparation(
                    new RunInfo.Preparation(
                        Optional.of(new WarmUpResult(1, 2, true, 5, WarmUpResult.TargetCalls.NONE)),
                        Optional.of(
                            new MeasurementError(
                                MeasurementError.Source.RUN,
                                "load",
                                1,
                                2,
                                3,
                                4,
                                5,
                                OptionalLong.of(6),
                                spread,
                                spread,
                                spread)),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()))
                .withAccounting(
                    Optional.of(
                        new Accounting(
                            OptionalLong.of(10),
                            5,
                            1,
                            1,
                            1,
                            2,
                            new TreeMap<>(Map.of("succeeded", 4L)),
                            3,
                            7,
                            1,
                            List.of()))));
    assertThat(text).contains(part);
    assertThatThrownBy(
            () ->
                RunInfoJson.parse(
                    text.replaceFirst(Pattern.quote(part), wrong == null ? "" : wrong)))
        .isInstanceOf(RecordFormatException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void fieldsOfALaterReleaseAreSkipped() {
    String text =
        RunInfoJson.format(RUNNING).replace("\"seed\"", "\"new\" : {\"a\" : [1]}, \"seed\"");
    assertThat(RunInfoJson.parse(text)).isEqualTo(RUNNING);
  }

  private void assertRefused(String text, String... reasons) throws IOException {
    RunFiles files = new RunFiles(temp);
    Files.writeString(files.runJson(), text);
    assertThatThrownBy(files::readInfo)
        .isInstanceOf(RecordFormatException.class)
        .hasMessageContainingAll(reasons);
  }

  @Test
  void noFileGetsASecret(@TempDir Path folder) throws IOException {
    Secret unused = Secret.of("files-f1f0a7c2d94e6b4b");
    RunFiles.writeAtomically(folder.resolve("report.html"), "<td>files-f1f0a7c2d94e6b4b</td>");
    try (Writer out = RunFiles.newWriter(folder.resolve("rows.csv"))) {
      out.write("a,files-f1f0a7c2d94e6b4b\nü,files-f1f0");
    }
    assertThat(folder.resolve("report.html")).hasContent("<td>***</td>");
    assertThat(folder.resolve("rows.csv")).hasContent("a,***\nü,files-f1f0");
  }

  @Test
  void halfASurrogatePairFromDataLosesNoFile(@TempDir Path folder) throws IOException {
    RunFiles.writeAtomically(folder.resolve("report.html"), "<td>half \uD83D</td>");
    assertThat(folder.resolve("report.html")).hasContent("<td>half ?</td>");
  }
}
