package dev.gatlingllm.secret;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactionTest {

  @BeforeAll
  static void know() {
    KnownSecrets.ofProcess().add("gate-7c2d94e6b4bf1f0a");
  }

  @ParameterizedTest
  @CsvSource({
    "bad key gate-7c2d94e6b4b, bad key ***",
    "bad key gate-7c2d94e6b4b…, bad key ***…",
    "bad key (gate-7c2d...)., bad key (***...).",
    "bad key gate-7c2d94e6b4bf1f0a., bad key ***.",
    "bad key gate-7c, bad key gate-7c",
  })
  void aSecretCutOffAtTheEndOfAMessageIsHidden(String message, String shown) {
    assertThat(Redaction.serviceText(message)).isEqualTo(shown);
  }

  @Test
  void aLineHidesSecretsAndPrompts() {
    RecentPrompts.ofProcess()
        .add(java.util.List.of("Redaction test: what does the fox say to whom?"));
    assertThat(
            Redaction.line(
                "IllegalState: Redaction test: what does the fox say to whom? gate-7c2d94e6b4bf1f0a"))
        .isEqualTo("IllegalState: [prompt] ***");
  }
}
