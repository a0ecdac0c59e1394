package dev.gatlingllm.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CommandLineTest {

  private static final CommandLine.Syntax SYNTAX =
      new CommandLine.Syntax("usage: it", Set.of("--out", "--gate"), Set.of("--yes"));

  @Test
  void operandsOptionsAndFlagsAreToldApart() {
    CommandLine line = SYNTAX.parse(List.of("a", "--gate", "x", "--yes", "b", "--gate", "y"));
    assertThat(line.operands()).containsExactly("a", "b");
    assertThat(line.values("--gate")).containsExactly("x", "y");
    assertThat(line.has("--yes")).isTrue();
    assertThat(line.value("--out")).isEmpty();
  }

  @Test
  void whatIsUnknownOrIncompleteIsRefusedWithTheUsage() {
    assertThatThrownBy(() -> SYNTAX.parse(List.of("--no")))
        .hasMessage("there is no option --no; usage: it");
    assertThatThrownBy(() -> SYNTAX.parse(List.of("--out")))
        .hasMessage("--out needs a value; usage: it");
  }

  @Test
  void anOptionThatMakesSenseOnceIsRefusedTwice() {
    CommandLine line = SYNTAX.parse(List.of("--out", "a", "--out", "b"));
    assertThatThrownBy(() -> line.value("--out")).hasMessageContaining("more than once: [a, b]");
  }
}
