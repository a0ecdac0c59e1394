package dev.gatlingllm.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.gatlingllm.arrival.ArrivalSchedule;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceFileTest {

  private static final Path AZURE_TRACE =
      Path.of("..", "shared", "data", "azure-llm-trace-2023-conversation.csv");
  private static final String HEADER = "TIMESTAMP,ContextTokens,GeneratedTokens\n";
  private static final String FOUR_ROWS =
      HEADER
          + "2023-11-16 18:15:46.6805900,374,44\n"
          + "2023-11-16 18:15:50.9951690,396,109\n"
          + "2023-11-16 18:15:50.9951690,879,55\n"
          + "2023-11-16 18:16:46.6805900,91,16\n";

  @Test
  void offsetsCountFromTheFirstRow() {
    TraceFile trace = read(FOUR_ROWS, TraceWindow.ALL);

    assertThat(trace.rows())
        .containsExactly(
            new TraceFile.Row(0, 374, 44),
            new TraceFile.Row(4_314_579_000L, 396, 109),
            new TraceFile.Row(4_314_579_000L, 879, 55),
            new TraceFile.Row(60_000_000_000L, 91, 16));
    assertThat(trace.offsetsNanos())
        .containsExactly(0, 4_314_579_000L, 4_314_579_000L, 60_000_000_000L);
  }

  @Test
  void byteOrderMarkForeignLineEndsAndBlankLinesAreTolerated() {
    String text = "\uFEFF" + FOUR_ROWS.replace("\n", "\r\n") + "\r\n";

    assertThat(read(text, TraceWindow.ALL).rows()).hasSize(4);
  }

  @ParameterizedTest
  @CsvSource({
    "2023-11-16 00:00:01, 1000000000",
    "2023-11-16 00:00:01.5, 1500000000",
    "2023-11-16 00:00:01.123456789, 1123456789",
    "2023-11-16 00:00:01.000001+00:00, 1000001000",
    "2023-11-16 02:00:01+02:00, 1000000000",
    "2023-11-17 00:00:00, 86400000000000"
  })
  void timestampsMayHaveNoneToNineDigitsAndAnOffset(String timestamp, long nanos) {
    String text = HEADER + "2023-11-16 00:00:00,1,1\n" + timestamp + ",1,1\n";

    assertThat(read(text, TraceWindow.ALL).rows().get(1).offsetNanos()).isEqualTo(nanos);
  }

  @Test
  void windowCutsAPartOutAndCountsFromItsOwnBeginning() {
    TraceWindow window =
        new TraceWindow(
            Duration.ofSeconds(4), Optional.of(Duration.ofSeconds(56)), OptionalInt.empty());

    assertThat(read(FOUR_ROWS, window).rows())
        .containsExactly(
            new TraceFile.Row(314_579_000L, 396, 109), new TraceFile.Row(314_579_000L, 879, 55));
  }

  @Test
  void rowsAfterTheWindowAreNotLookedAt() {
    TraceWindow firstRow = new TraceWindow(Duration.ZERO, Optional.empty(), OptionalInt.of(1));

    assertThat(read(HEADER + "2023-11-16 00:00:00,1,1\nrubbish\n", firstRow).rows()).hasSize(1);
  }

  @Test
  void windowWithoutRowsIsRefusedWithTheLengthOfTheTrace() {
    TraceWindow late =
        new TraceWindow(Duration.ofMinutes(5), Optional.empty(), OptionalInt.empty());

    assertThatThrownBy(() -> read(FOUR_ROWS, late))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "t.csv: the window from PT5M must hold at least one row, the rows read last PT1M");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "16.11.2023 00:00:00,1,1 | TIMESTAMP must be a time such as 2023-11-16 18:15:46.6805900,"
            + " was \"16.11.2023 00:00:00\"",
        "2023-02-30 00:00:00,1,1 | TIMESTAMP must be a time such as 2023-11-16 18:15:46.6805900,"
            + " was \"2023-02-30 00:00:00\"",
        "2824-01-01 00:00:00,1,1 | TIMESTAMP must be within 100 years of the first row's, was"
            + " \"2824-01-01 00:00:00\"",
        "2023-11-15 00:00:00,1,1 | TIMESTAMP must be at or after that of the row before,"
            + " was \"2023-11-15 00:00:00\"",
        "2023-11-16 00:00:01,-1,1 | ContextTokens must be an integer >= 0, was \"-1\"",
        "2023-11-16 00:00:01,1,-5 | GeneratedTokens must be an integer >= 0, was \"-5\"",
        "2023-11-16 00:00:01,1, 5 | GeneratedTokens must be an integer >= 0, was \" 5\"",
        "2023-11-16 00:00:01,1e3,5 | ContextTokens must be an integer >= 0, was \"1e3\"",
        "2023-11-16 00:00:01,9999999999,5 | ContextTokens must be an integer >= 0,"
            + " was \"9999999999\"",
        "2023-11-16 00:00:01,1 | row must be 3 columns, was 2 columns",
        "2023-11-16 00:00:01,1,1,1 | row must be 3 columns, was 4 columns"
      })
  void wrongRowIsRefusedWithFileLineColumnAndValue(String row, String message) {
    assertThatThrownBy(
            () -> read(HEADER + "2023-11-16 00:00:00,1,1\n\n" + row + "\n", TraceWindow.ALL))
        .isInstanceOf(InputException.class)
        .hasMessage("t.csv line 4: " + message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2023-11-16 18:15:46.6805900,374,44", "timestamp,ContextTokens,x"})
  void headerIsRequired(String firstLine) {
    assertThatThrownBy(() -> read(firstLine + "\n", TraceWindow.ALL))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "t.csv line 1: header must be that of Azure (TIMESTAMP, ContextTokens, GeneratedTokens) or"
                + " BurstGPT (Timestamp, Request tokens, Response tokens), or a JSON row of Mooncake"
                + " or Bailian (timestamp, input_length, output_length, hash_ids), was "
                + firstLine);
  }

  @Test
  void emptyTraceIsRefused() {
    assertThatThrownBy(() -> read("", TraceWindow.ALL))
        .hasMessage("t.csv: must hold at least one row, was empty");
    assertThatThrownBy(() -> read(HEADER, TraceWindow.ALL))
        .hasMessage("t.csv: must hold at least one row, was empty");
  }

  @Test
  void impossibleWindowIsRefusedWithItsValue() {
    assertThatThrownBy(
            () -> new TraceWindow(Duration.ofSeconds(-1), Optional.empty(), OptionalInt.empty()))
        .hasMessage("from must be >= 0, was PT-1S");
    assertThatThrownBy(
            () -> new TraceWindow(Duration.ZERO, Optional.of(Duration.ZERO), OptionalInt.empty()))
        .hasMessage("length must be > 0, was PT0S");
    assertThatThrownBy(() -> new TraceWindow(Duration.ZERO, Optional.empty(), OptionalInt.of(0)))
        .hasMessage("maxRows must be >= 1, was 0");
  }

  @Test
  void exampleTraceHoldsSixtyRowsOfAMinute() {
    TraceFile trace =
        TraceFile.read(Path.of("feeders", "trace-example.csv"), TraceWindow.ALL, TraceFormat.AUTO);

    assertThat(trace.rows()).hasSize(60);
    assertThat(trace.rows().get(59).offsetNanos()).isBetween(50_000_000_000L, 60_000_000_000L);
  }

  @Test
  void publicAzureTraceIsReadWhole() {
    assumeThat(AZURE_TRACE).exists();

    TraceFile trace = TraceFile.read(AZURE_TRACE, TraceWindow.ALL, TraceFormat.AUTO);

    assertThat(trace.rows()).hasSize(19_366).startsWith(new TraceFile.Row(0, 374, 44));
    // 18:15:46.6805900 to 19:14:08.4025270
    assertThat(trace.rows().get(19_365)).isEqualTo(new TraceFile.Row(3_501_721_937_000L, 197, 183));
    assertThat(ArrivalSchedule.trace(trace.offsetsNanos(), 10).durationNanos())
        .isEqualTo(350_172_193_700L);
  }

  private static TraceFile read(String text, TraceWindow window) {
    InputLines lines = new InputLines(new StringReader(text), "t.csv");
    return new TraceReader(lines, window, TraceFormat.AUTO).read();
  }
}
