package dev.gatlingllm.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class QuestionFileTest {

  @Test
  void aLineIsAQuestionCommasIncludedAndTheByteOrderMarkIsNoPartOfTheFirst() {
    QuestionFile file =
        read("\uFEFFWhat services does Contoso provide?\r\nWho, when, where?\r\n\r\nWhy?");
    assertThat(file.questions())
        .containsExactly("What services does Contoso provide?", "Who, when, where?", "Why?");
  }

  @Test
  void aQuotedLineIsUnquotedAsCsvHasIt() {
    assertThat(read("\"What is \"\"PTU\"\", and why?\"\n").questions())
        .containsExactly("What is \"PTU\", and why?");
  }

  @Test
  void aQuoteThatDoesNotEndIsRefusedByItsLineAndWithoutItsText() {
    assertThatThrownBy(() -> read("Why?\n\"Private matter\n"))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "q.csv line 2: column 1 must be a quoted text that ends in a quote, inner quotes"
                + " twice");
    assertThatThrownBy(() -> read("\"\n")).isInstanceOf(InputException.class);
  }

  @Test
  void aQuotedQuestionMayHoldLineEnds() {
    assertThat(read("\"Where is\r\n\r\nthe dyke?\"\nWhy?\n\"a\nb\"").questions())
        .containsExactly("Where is\n\nthe dyke?", "Why?", "a\nb");
  }

  @Test
  void aHeaderNamesTheColumnAndIsNoQuestion() {
    QuestionFile file = read("id;\"Question\";answer\n1;\"Who; and\nwhy?\";he\n2;When?;\"now\"\n");
    assertThat(file.questions()).containsExactly("Who; and\nwhy?", "When?");
    assertThat(file.header()).hasValue("id;\"Question\";answer");
    assertThat(read("question\nWhat, now?\n").questions()).containsExactly("What, now?");
  }

  @Test
  void aColumnBesideAQuotedQuestionIsNotDropped() {
    assertThatThrownBy(() -> read("\"Who?\",\"He.\"\n"))
        .hasMessage(
            "q.csv line 1: row must be one column, or have a header with a column question, was 2"
                + " columns");
  }

  @Test
  void aFileWithoutQuestionsIsRefused() {
    assertThatThrownBy(() -> read("\n \n"))
        .hasMessage("q.csv: must hold at least one question, was empty");
    assertThatThrownBy(() -> QuestionFile.read(Path.of("no-such.csv")))
        .hasMessage("no-such.csv: no such file");
  }

  @Test
  void theExampleHasTwelveQuestions() {
    assertThat(QuestionFile.read(Path.of("feeders/questions.csv")).questions()).hasSize(12);
  }

  private static QuestionFile read(String text) {
    return QuestionFile.read(new InputLines(new StringReader(text), "q.csv"));
  }

  @Test
  void linesOfJsonAreRefusedAndNotSentAsQuestions() {
    for (String json : List.of("{\"question\":\"Why?\"}\n", "[\n\"Why?\"]", "[{\"q\":1}]")) {
      assertThatThrownBy(() -> read(json))
          .hasMessage(
              "q.csv line 1: line must be a question, or a header with a column question, was JSON");
    }
    assertThat(read("[Tides] Why?\n{x} is what?\n").questions()).hasSize(2);
  }

  @Test
  void aByteOrderMarkAtASeamIsNoPartOfAQuestion() {
    assertThat(read("Why?\n\uFEFFWho?\n\uFEFF\"When, then?\"\n").questions())
        .containsExactly("Why?", "Who?", "When, then?");
  }

  @Test
  @Timeout(20)
  void aLongFileInAQuoteThatDoesNotEndIsReadOnce() {
    String lines = "a line\n".repeat(500_000);
    assertThatThrownBy(() -> read("\"" + lines)).hasMessageStartingWith("q.csv line 1: column 1");
  }
}
