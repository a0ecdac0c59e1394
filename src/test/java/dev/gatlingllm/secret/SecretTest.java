package dev.gatlingllm.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTest {

  @Test
  void printsAsStars() {
    assertThat(Secret.of("sk-12345")).hasToString("***");
    assertThat(Secret.of("sk-12345").reveal()).isEqualTo("sk-12345");
  }

  @Test
  void isTakenOutOfAText() {
    assertThat(Secret.of("sk-1").hideIn("key sk-1 and again sk-1."))
        .isEqualTo("key *** and again ***.");
  }

  @Test
  void takesBearerTokensOutToo() {
    assertThat(Secret.of("sk-1").hideIn("Authorization: Bearer abc.def-ghi_123=="))
        .isEqualTo("Authorization: Bearer ***");
    assertThat(Secret.hideBearer("bearer eyJhbGciOi.J9 expired")).isEqualTo("bearer *** expired");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a\nb", "schlüssel"})
  void refusesWhatNoHeaderCanCarryWithoutRepeatingIt(String value) {
    assertThatThrownBy(() -> Secret.of(value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the key must");
  }
}
