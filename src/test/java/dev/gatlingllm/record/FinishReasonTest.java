package dev.gatlingllm.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.record.FinishReason.Meaning;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FinishReasonTest {

  private static final List<Meaning> COLUMNS =
      List.of(Meaning.COMPLETE, Meaning.CUT, Meaning.BLOCKED, Meaning.FAILED);
  private static final Pattern WORD = Pattern.compile("`(\\w+)`");

  @ParameterizedTest
  @CsvSource({
    "stop,COMPLETE",
    "STOP,COMPLETE",
    "tool_use,COMPLETE",
    "max_tokens,CUT",
    "MAX_TOKENS,CUT",
    "length,CUT",
    "content_filter,BLOCKED",
    "guardrail_intervened,BLOCKED",
    "refusal,BLOCKED",
    "abort,FAILED",
    "error,FAILED",
    "cancelled,FAILED",
    "'',NONE",
    "' ',NONE",
    "null,NONE",
    "NOT_FINISHED,NONE",
    "Malformed_Function_Call,FAILED",
    "content_filter: PROHIBITED_CONTENT,BLOCKED",
    "function_call_filter: UNEXPECTED_TOOL_CALL,FAILED",
    "content_filter: SOMETHING_NEW,BLOCKED",
    "in_progress,FAILED",
    "a_word_of_tomorrow,UNKNOWN",
    "a_word: of_tomorrow,UNKNOWN"
  })
  void aWordOfAServiceHasOneMeaning(String word, Meaning meaning) {
    assertThat(FinishReason.meaningOf(word)).isEqualTo(meaning);
  }

  @Test
  void theDocumentedTableHasEveryWordInItsColumn() throws IOException {
    List<String> rows =
        Files.readAllLines(Path.of("reports/README.md")).stream()
            .dropWhile(line -> !line.equals("## What finish reasons mean"))
            .filter(line -> line.startsWith("| "))
            .skip(1)
            .toList();
    Map<String, Meaning> documented = new HashMap<>();
    for (String row : rows) {
      String[] cells = row.split("\\|", -1);
      for (int column = 0; column < COLUMNS.size(); column++) {
        Matcher words = WORD.matcher(cells[2 + column]);
        while (words.find()) {
          documented.put(words.group(1), COLUMNS.get(column));
        }
      }
    }
    Map<String, Meaning> known = new HashMap<>(FinishReason.words());
    known.values().removeIf(Meaning.NONE::equals);

    assertThat(documented).isEqualTo(known);
  }
}
