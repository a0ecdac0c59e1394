package dev.gatlingllm.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class JitterTest {

  @Test
  void isAShareOrALogarithmsDeviation() {
    assertThat(Jitter.parse("0")).hasValue(Jitter.NONE);
    assertThat(Jitter.parse("0.25")).hasValue(Jitter.uniform(0.25));
    assertThat(Jitter.parse("lognormal:0.5")).hasValue(Jitter.logNormal(0.5));
  }

  @Test
  void anythingElseIsNone() {
    for (String text : new String[] {"", "gauss:1", "1.1", "-0.1", "NaN", "lognormal:3.1"}) {
      assertThat(Jitter.parse(text)).as(text).isEmpty();
    }
  }

  @Test
  void noneChangesNothing() {
    assertThat(Jitter.NONE.factor(new SplittableRandom(1))).isEqualTo(1);
  }
}
