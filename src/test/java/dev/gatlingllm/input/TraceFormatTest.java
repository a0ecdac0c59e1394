package dev.gatlingllm.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceFormatTest {

  private static final String BURSTGPT =
      "Timestamp,Model,Request tokens,Response tokens,Total tokens,Log Type\n";

  @Test
  void mooncakeHasMillisecondsLengthsAndABlockForEach512Tokens() {
    TraceFile trace =
        read(
            """
            {"timestamp": 27482, "input_length": 6955, "output_length": 52, "hash_ids": [46, 47]}
            {"timestamp": 30535.5, "input_length": 700, "output_length": 26, "hash_ids": [46, 5]}

            {"timestamp": 30536, "input_length": 12, "output_length": 1}
            """,
            "auto");

    assertThat(trace.rows())
        .containsExactly(
            new TraceFile.Row(0, 6955, 52, 512, List.of(46L, 47L)),
            new TraceFile.Row(3_053_500_000L, 700, 26, 512, List.of(46L, 5L)),
            new TraceFile.Row(3_054_000_000L, 12, 1, 512, List.of()));
    assertThat(trace.failed()).isZero();
    assertThat(trace.format()).isEqualTo(TraceFormat.MOONCAKE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[1] | row must be a JSON object, was another text",
        "1 | row must be a JSON object, was another text",
        "{\"timestamp\":\"1\",\"input_length\":1,\"output_length\":1} | timestamp must be"
            + " milliseconds, a number >= 0, was \"1\"",
        "{\"timestamp\":1,\"input_length\":1,\"output_length\":1} | timestamp must be at or after"
            + " that of the row before, was 1",
        "{\"timestamp\":9,\"input_length\":-1,\"output_length\":1} | input_length must be an integer"
            + " >= 0, was \"-1\"",
        "{\"timestamp\":9,\"input_length\":1} | output_length must be an integer >= 0, was \"\"",
        "{\"timestamp\":9,\"input_length\":40,\"output_length\":1,\"hash_ids\":[1,2,3]} | hash_ids must"
            + " be one for each 512 tokens of input_length (40), as in traces of mooncake, was 3",
        "{\"timestamp\":9,\"input_length\":1,\"output_length\":1,\"hash_ids\":[1,\"a\"]} |"
            + " hash_ids must be a list of integers, was [1,\"a\"]"
      })
  void aWrongMooncakeRowIsRefusedWithFileLineFieldAndValue(String row, String message) {
    String first = "{\"timestamp\":5,\"input_length\":1,\"output_length\":1,\"hash_ids\":[]}\n";
    assertThatThrownBy(() -> read(first + row + "\n", "auto"))
        .isInstanceOf(InputException.class)
        .hasMessage("t line 2: " + message);
  }

  @Test
  void bailianHasSecondsAndABlockForEach16Tokens() {
    TraceFile trace =
        read(
            """
            {"chat_id":7,"parent_chat_id":-1,"timestamp":2.5,"input_length":20,"output_length":9,"type":"text","turn":1,"hash_ids":[4,5]}
            {"chat_id":8,"parent_chat_id":7,"timestamp":4.0,"input_length":33,"output_length":2,"type":"text","turn":2,"hash_ids":[4,5,6]}
            """,
            "auto");

    assertThat(trace.format()).isEqualTo(TraceFormat.BAILIAN);
    assertThat(trace.rows())
        .containsExactly(
            new TraceFile.Row(0, 20, 9, 16, List.of(4L, 5L)),
            new TraceFile.Row(1_500_000_000L, 33, 2, 16, List.of(4L, 5L, 6L)));
  }

  @Test
  void rowsThatFollowOneAnotherInALineOrAnArrayAreAllRead() {
    String a = "{\"timestamp\":0,\"input_length\":9,\"output_length\":1}";
    String b = "{\"timestamp\":1,\"input_length\":8,\"output_length\":1}";
    assertThat(read(a + b + "\n" + a.replace(":0", ":2"), "auto").rows()).hasSize(3);
    assertThat(read("[\n" + a + ",\n" + b + "\n]", "auto").rows()).hasSize(2);
  }

  @Test
  void jsonThatIsNoTraceIsRefusedWithItsFormatAndFields() {
    assertThatThrownBy(() -> read("{\"prompt\":\"secret\",\"n\":1}", "auto"))
        .hasMessageStartingWith("t line 1: row must be that of Azure (TIMESTAMP,")
        .hasMessageEndingWith(", was an object with the fields prompt, n");
  }

  @Test
  void azureColumnsMayBeQuotedOrMoreOrApartBySemicolonsAndTimesMayHaveAT() {
    TraceFile trace =
        read(
            """
            "TIMESTAMP";"NumImages";"ContextTokens";"GeneratedTokens"
            "2025-01-02T03:04:05.5Z";0;7;8
            2025-01-02 03:04:06.5+0000;0;7;0
            2025-01-02 05:04:06.5+02:00;1;7;9
            """,
            "auto");

    assertThat(trace.rows())
        .containsExactly(new TraceFile.Row(0, 7, 8), new TraceFile.Row(1_000_000_000L, 7, 9));
    assertThat(trace.failed()).isEqualTo(1);
  }

  @Test
  void burstGptHasSecondsAndLeavesOutCallsThatFailed() {
    TraceFile trace =
        read(
            BURSTGPT
                + "5,ChatGPT,472,18,490,Conversation log\n"
                + "45.5,ChatGPT,1087,0,1087,Conversation log\n"
                + "118,GPT-4,417,276,693,API log\n",
            "auto");

    assertThat(trace.rows())
        .containsExactly(
            new TraceFile.Row(0, 472, 18), new TraceFile.Row(113_000_000_000L, 417, 276));
    assertThat(trace.failed()).isEqualTo(1);
  }

  @Test
  void burstGptCellsMayBeQuotedAndHoldCommasAndLineEnds() {
    TraceFile trace =
        read(
            ("\uFEFF" + BURSTGPT + "5,\"GPT-4, \"\"turbo\"\"\",472,18,490,\"API\nlog\"\n")
                    .replace("\n", "\r\n")
                + "6,\"GPT-4\",10,\"20\",30,log\r\n",
            "auto");

    assertThat(trace.rows())
        .containsExactly(new TraceFile.Row(0, 472, 18), new TraceFile.Row(1_000_000_000L, 10, 20));
  }

  @Test
  void aTraceWhoseQuotesAreWrongIsRefusedWithFileAndLine() {
    assertThatThrownBy(() -> read(BURSTGPT + "5,\"m,1,1,2,API log\n", "auto"))
        .isInstanceOf(InputException.class)
        .hasMessage("t line 2: row must be cells that stand in quotes as a whole or not at all");
  }

  @Test
  void burstGptColumnsAreFoundByTheirNames() {
    assertThat(
            read(
                    """
                    Timestamp,Session ID,Elapsed time,Model,Request tokens,Response tokens
                    1,7,0.5,GPT-4,10,20
                    """,
                    "auto")
                .rows())
        .containsExactly(new TraceFile.Row(0, 10, 20));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "late,ChatGPT,1,1,2,API log | Timestamp must be seconds, a number >= 0, was \"late\"",
        "4,ChatGPT,1,1,2,API log | Timestamp must be at or after that of the row before, was \"4\"",
        "6,ChatGPT,-1,1,2,API log | Request tokens must be an integer >= 0, was \"-1\"",
        "6,ChatGPT,1,x,2,API log | Response tokens must be an integer >= 0, was \"x\"",
        "6,ChatGPT,1,1 | row must be 6 columns, was 4 columns"
      })
  void aWrongBurstGptRowIsRefusedWithFileLineColumnAndValue(String row, String message) {
    assertThatThrownBy(() -> read(BURSTGPT + "5,m,1,1,2,API log\n" + row + "\n", "auto"))
        .isInstanceOf(InputException.class)
        .hasMessage("t line 3: " + message);
  }

  @Test
  void aFormatThatIsNamedIsNotGuessed() {
    assertThatThrownBy(() -> read(BURSTGPT, "azure"))
        .hasMessageStartingWith(
            "t line 1: header must be TIMESTAMP,ContextTokens,GeneratedTokens,");
    assertThatThrownBy(() -> read("a,b\n", "burstgpt"))
        .hasMessage("t line 1: header must be one with the column Timestamp, was a,b");
    assertThatThrownBy(() -> read("a,b\n", "mooncake"))
        .hasMessage("t line 1: text must be JSON with each field once, was malformed at column 1");
  }

  @Test
  void theExamplesAreReadWhole() {
    assertThat(
            TraceFile.read(
                    Path.of("feeders/trace-mooncake-example.jsonl"),
                    TraceWindow.ALL,
                    TraceFormat.AUTO)
                .rows())
        .hasSize(40)
        .allMatch(row -> row.blocks().size() == (row.contextTokens() + 511) / 512);
    TraceFile burst =
        TraceFile.read(
            Path.of("feeders/trace-burstgpt-example.csv"), TraceWindow.ALL, TraceFormat.AUTO);
    assertThat(burst.rows()).hasSize(38);
    assertThat(burst.failed()).isEqualTo(2);
  }

  private static TraceFile read(String text, String format) {
    InputLines lines = new InputLines(new StringReader(text), "t");
    return new TraceReader(lines, TraceWindow.ALL, format).read();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"turn\":1, | 1715299200000 | seconds, a number from 0 to 9000000000",
        "| 1715299200000000 | milliseconds, a number from 0 to 9000000000000",
        "| 1e400 | milliseconds, a number from 0 to 9000000000000",
      })
  void timesInASmallerUnitAreRefusedAndDoNotAllBecomeOne(
      String turn, String time, String accepted) {
    String row =
        "{"
            + (turn == null ? "" : turn)
            + "\"timestamp\":"
            + time
            + ",\"input_length\":1,\"output_length\":1}";

    assertThatThrownBy(() -> read(row, "auto"))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("t line 1: timestamp must be " + accepted);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TIMESTAMP,ContextTokens,GeneratedTokens,ContextTokens | ContextTokens",
        "Timestamp,Request tokens,Request tokens,Response tokens | Request tokens",
      })
  void aColumnThatStandsTwiceIsRefused(String header, String column) {
    assertThatThrownBy(() -> read(header + "\n5,1,2,3\n", "auto"))
        .hasMessage(
            "t line 1: header must be one with the column " + column + " once, was " + header);
  }

  @Test
  void aTraceOfFailedCallsAloneIsRefusedAsThat() {
    assertThatThrownBy(() -> read(BURSTGPT + "5,x,472,0,472,x\n6,x,0,0,0,x\n", "auto"))
        .hasMessage(
            "t: the window from PT0S must hold a call that did not fail, has 2 rows with 0 input or"
                + " output tokens");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "What lies in the north wing of the castle?",
        "\"What lies in the north wing?\"",
        "Tell me of the tides, of the moon, and of time"
      })
  void aFileOfPromptsIsRefusedWithoutItsText(String prompt) {
    assertThatThrownBy(() -> read(prompt + "\nWhy?\n", "auto"))
        .isInstanceOf(InputException.class)
        .hasMessageEndingWith("was a line of " + prompt.length() + " characters");
  }
}
