package dev.gatlingllm.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class JitterTest {

  @Test
  void isParsedFromItsNameAndParameter() {
    assertThat(Jitter.parse("none")).isEqualTo(Jitter.NONE);
    assertThat(Jitter.parse("uniform:0.25")).isEqualTo(Jitter.uniform(0.25));
    assertThat(Jitter.parse("lognormal:0.5")).isEqualTo(Jitter.logNormal(0.5));
  }

  @Test
  void anythingElseIsRefusedWithWhatIsAccepted() {
    for (String text : new String[] {"", "gauss:1", "uniform", "uniform:x", "none:1"}) {
      assertThatThrownBy(() -> Jitter.parse(text))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "jitter must be none, uniform:<fraction> or lognormal:<sigma>, was '" + text + "'");
    }
  }

  @Test
  void noneChangesNothing() {
    assertThat(Jitter.NONE.factor(new SplittableRandom(1))).isEqualTo(1);
  }

  @Test
  void aParameterOutOfItsRangeIsRefused() {
    assertThatThrownBy(() -> Jitter.uniform(1.1))
        .hasMessage("uniform jitter must be between 0.0 and 1.0, was 1.1");
    assertThatThrownBy(() -> Jitter.logNormal(-1))
        .hasMessage("lognormal jitter must be between 0.0 and 3.0, was -1.0");
  }
}
