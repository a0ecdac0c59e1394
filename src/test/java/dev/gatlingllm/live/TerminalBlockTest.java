package dev.gatlingllm.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class TerminalBlockTest {

  private static final String CLEAR = "\u001b[2A\u001b[J";

  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
  private final PrintStream terminal = new PrintStream(shown, true, UTF_8);
  private final TerminalBlock block = new TerminalBlock(terminal);
  private final PrintStream others = block.over(terminal);

  private String shown() {
    return shown.toString(UTF_8).replace(System.lineSeparator(), "\n");
  }

  @Test
  void theBlockIsRewrittenInPlace() {
    block.show(List.of("a", "b"));
    block.show(List.of("c", "d"));

    assertThat(shown()).isEqualTo("a\nb\n" + CLEAR + "c\nd\n");
  }

  @Test
  void whatOthersPrintStandsAboveTheBlock() {
    block.show(List.of("a", "b"));
    others.println("other");
    block.show(List.of("c", "d"));

    assertThat(shown()).isEqualTo("a\nb\n" + CLEAR + "other\nc\nd\n");
  }

  @Test
  void aLineOfOthersThatIsNotCompleteIsNotTorn() {
    block.show(List.of("a", "b"));
    others.print("half");
    block.show(List.of("c", "d"));
    others.println(" and half");
    block.show(List.of("e", "f"));

    assertThat(shown()).isEqualTo("a\nb\n" + CLEAR + "half and half\ne\nf\n");
  }

  @Test
  void theLastBlockStays() {
    block.show(List.of("a", "b"));
    block.leave();
    others.println("the end");

    assertThat(shown()).isEqualTo("a\nb\nthe end\n");
  }
}
