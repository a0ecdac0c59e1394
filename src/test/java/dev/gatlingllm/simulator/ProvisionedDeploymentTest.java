package dev.gatlingllm.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ProvisionedDeploymentTest {

  private static ProvisionedDeployment deployment(double share, OptionalInt above) {
    return new ProvisionedDeployment(new SpilloverSettings(share, above, Duration.ZERO));
  }

  @Test
  void withoutSettingsItTakesEveryCall() {
    ProvisionedDeployment deployment = deployment(0, OptionalInt.empty());
    SplittableRandom random = new SplittableRandom(1);

    for (int i = 0; i < 1_000; i++) {
      assertThat(deployment.takes(random)).isTrue();
    }
  }

  @Test
  void aShareIsHandedOverTheSameOneForTheSameSeed() {
    ProvisionedDeployment deployment = deployment(0.2, OptionalInt.empty());

    assertThat(handedOver(deployment, 7))
        .isEqualTo(handedOver(deployment, 7))
        .isBetween(150L, 250L);
  }

  private static long handedOver(ProvisionedDeployment deployment, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return random.longs(1_000).filter(one -> !deployment.takes(new SplittableRandom(one))).count();
  }

  @Test
  void whatComesWhileItIsFullIsHandedOverUntilACallEnds() {
    ProvisionedDeployment deployment = deployment(0, OptionalInt.of(2));
    SplittableRandom random = new SplittableRandom(1);

    assertThat(deployment.takes(random)).isTrue();
    assertThat(deployment.takes(random)).isTrue();
    assertThat(deployment.takes(random)).isFalse();
    deployment.leave();
    assertThat(deployment.takes(random)).isTrue();
    assertThat(deployment.takes(random)).isFalse();
  }
}
