package dev.gatlingllm.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.table.Column.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

  @Test
  void markdownAlignsNumbersAndEscapesEveryCell() {
    Table table =
        Columns.of(Kind.NAME, "a|b")
            .numbers("n", "ms")
            .and(Kind.TEXT, "why")
            .with(List.of(Cell.row("*x*", "1", "–", "@team")));

    assertThat(MarkdownTable.of(table))
        .isEqualTo(
            """
            | a\\|b | n | ms | why |
            |---|--:|--:|---|
            | \\*x\\* | 1 | – | &#64;&#8203;team |
            """);
  }

  @Test
  void columnsWithoutANumberInAnyRowCanBeLeftOut() {
    Table table =
        Columns.of(Kind.NAME, "key")
            .numbers("none", "some")
            .with(List.of(Cell.row("a", "–", "–"), Cell.row("b", "–", "2")));

    assertThat(table.withoutEmptyColumns().heads()).containsExactly("key", "some");
    assertThat(table.withoutEmptyColumns().texts())
        .containsExactly(List.of("a", "–"), List.of("b", "2"));
  }
}
