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
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFilesTest {

  private static final RunInfo RUNNING =
      new RunInfo(
          "rpm.SteadySimulation",
          "before the release",
          Instant.parse("2026-01-31T12:00:00.5Z"),
          Optional.empty(),
          false,
          42,
          Map.of("llm.seed", "42", "llm.model", "gpt-4o"),
          Map.of("jdk", "17"),
          Map.of("cores", "2"),
          "5759c53",
          List.of());

  @TempDir private Path temp;

  @Test
  void aRunningRunIsThisFile() throws IOException {
    RunFiles files = new RunFiles(temp.resolve("new/run"));
    files.writeInfo(RUNNING);
    assertThat(files.runJson())
        .hasContent(
            """
            {
              "schemaVersion" : 1,
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
        new RunInfo(
            RUNNING.simulation(),
            RUNNING.description(),
            RUNNING.start(),
            Optional.of(Instant.parse("2026-01-31T12:05:00Z")),
            true,
            RUNNING.seed(),
            RUNNING.configuration(),
            RUNNING.versions(),
            RUNNING.host(),
            RUNNING.gitRevision(),
            List.of(new AssertionResult("failed below 1 %", false, "3.5")));
    files.writeInfo(RUNNING);
    files.writeInfo(finished);
    assertThat(files.readInfo()).isEqualTo(finished);
    assertThat(temp).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void whatWasDoneBeforeTheRunAndTheClientsErrorAreTheseSections() throws IOException {
    RunFiles files = new RunFiles(temp);
    RunInfo prepared =
        RUNNING
            .withWarmUp(
                Optional.of(
                    new WarmUpResult(
                        420, 4_000_000_000L, true, 5, new WarmUpResult.TargetCalls(2, 1, 9, 16))))
            .withClientError(
                Optional.of(
                    new ClientError(
                        ClientError.Source.REHEARSAL,
                        "2 clients with 500/500 tokens",
                        5_000_000_000L,
                        600,
                        1,
                        2,
                        0,
                        OptionalLong.empty(),
                        new ClientError.Spread(
                            600, OptionalLong.of(1), OptionalLong.of(2), OptionalLong.of(3)),
                        ClientError.Spread.NONE,
                        ClientError.Spread.NONE)));
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
              "clientError" : {
                "source" : "rehearsal",
                "load" : "2 clients with 500/500 tokens",
                "durationNanos" : 5000000000,
                "calls" : 600,
                "otherCalls" : 1,
                "mostCallsAtOnce" : 2,
                "chunks" : 0,
                "lag" : {
                  "n" : 600,
                  "p50Nanos" : 1,
                  "p99Nanos" : 2,
                  "maxNanos" : 3
                },
                "ttft" : {
                  "n" : 0
                },
                "gap" : {
                  "n" : 0
                }
              }
            }
            """);
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
    assertRefused("{\"schemaVersion\":1}", "has no field simulation");
    assertRefused(
        "{\"schemaVersion\":1,\"simulation\":\"s\",\"description\":\"\",\"start\":\"noon\"}",
        "field start",
        "noon");
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
