package dev.gatlingllm.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatlingllm.stats.CallKey;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShortNamesTest {

  @Test
  void whatAllKeysShareIsLeftOut() {
    assertThat(ShortNames.of(List.of(key("chat", "ladder", "1"), key("chat", "ladder", "2"))))
        .containsExactly("1", "2");
    assertThat(ShortNames.of(List.of(key("chat"), key("summary"))))
        .containsExactly("chat", "summary");
    assertThat(ShortNames.of(List.of(key("a", "g"), key("b", "g"), key("a"))))
        .containsExactly("g / a", "g / b", "a");
  }

  @Test
  void aSingleKeyKeepsAName() {
    assertThat(ShortNames.of(List.of(key("chat", "ladder")))).containsExactly("chat");
    assertThat(ShortNames.of(List.of())).isEmpty();
  }

  private static CallKey key(String name, String... groups) {
    return new CallKey(List.of(groups), name, Map.of());
  }
}
