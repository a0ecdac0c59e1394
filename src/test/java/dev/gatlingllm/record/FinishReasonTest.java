package dev.gatlingllm.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.record.FinishReason.Meaning;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FinishReasonTest {

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
}
