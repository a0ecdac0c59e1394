package dev.gatlingllm.provider.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class CredentialsCauseTest {

  @Test
  void keepsTheRootOfALongCause() {
    Throwable root = new IOException("the root");
    Throwable outer = new IllegalStateException("a".repeat(1000), root);

    assertThat(CredentialsCause.causes(outer))
        .hasSizeLessThan(400)
        .startsWith("…a")
        .endsWith("a; IOException: the root");
  }
}
