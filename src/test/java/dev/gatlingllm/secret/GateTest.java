package dev.gatlingllm.secret;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GateTest {

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
    assertThat(Gate.serviceText(message)).isEqualTo(shown);
  }

  @Test
  void aLineHidesSecretsAndPrompts() {
    RecentPrompts.ofProcess().add(java.util.List.of("Gate test: what does the fox say to whom?"));
    assertThat(
            Gate.line(
                "IllegalState: Gate test: what does the fox say to whom? gate-7c2d94e6b4bf1f0a"))
        .isEqualTo("IllegalState: [prompt] ***");
  }
}
