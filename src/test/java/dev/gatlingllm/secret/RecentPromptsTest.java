package dev.gatlingllm.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RecentPromptsTest {

  private final RecentPrompts prompts = new RecentPrompts();

  private static String prompt(int number) {
    return ("This is prompt number " + number + " of those that were sent. ").repeat(20);
  }

  @Test
  void hidesWhatTheLatestCallsSent() {
    for (int i = 0; i < 500; i++) {
      prompts.add(List.of(prompt(i)));
    }
    assertThat(prompts.hideIn("java.lang.IllegalStateException: " + prompt(300) + "|"))
        .isEqualTo("java.lang.IllegalStateException:[prompt]|");
  }

  @Test
  void leavesOtherTextAlone() {
    String line = "12:00:00.000 [WARN ] d.g.run.Hooks - A hook failed: it.FailingHook.beforeCall";
    assertThat(prompts.hideIn(line)).isSameAs(line);
    prompts.add(List.of(prompt(1)));
    assertThat(prompts.hideIn(line)).isSameAs(line);
  }

  @Test
  void forgetsTheOldestSoThatMemoryIsBounded() {
    prompts.add(List.of("The very first prompt of all, which is long forgotten."));
    for (int i = 0; i < 4_000; i++) {
      prompts.add(List.of(prompt(i)));
    }
    assertThat(prompts.hideIn("The very first prompt of all, which is long"))
        .startsWith("The very first");
    assertThat(prompts.hideIn(prompt(3_999))).isEqualTo("[prompt]");
  }

  @Test
  void onePromptMayBeLongerThanAGeneration() {
    String letters = "abcdefghijklmnopqrstuvwxyz".repeat(100_000);
    prompts.add(List.of(letters));
    assertThat(prompts.hideIn("x" + letters.substring(1_000_000, 1_000_100)))
        .isEqualTo("x[prompt]");
  }
}
