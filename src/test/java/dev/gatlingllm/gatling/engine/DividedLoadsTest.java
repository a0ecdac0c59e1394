package dev.gatlingllm.gatling.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatlingllm.config.GivenSettings;
import dev.gatlingllm.config.LoadConfig;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DividedLoadsTest {

  /** More than the tests of this process can have declared. */
  private static final int MANY = 1_000_000;

  private static LoadConfig load(String share) {
    return GivenSettings.of(Map.of("llm.load.share", share)).load();
  }

  @Test
  void aSimulationWithALoadThatIsNotDividedIsRefused() {
    assertThatThrownBy(() -> DividedLoads.require(load("0/2"), MANY))
        .hasMessage(
            "llm.load.share must not be set with this simulation, which injects users itself that"
                + " every machine would send in full: inject them by load(…), arrivals(…) or one of"
                + " the experiments, was 0/2");
  }

  @Test
  void withoutOtherSharesThereIsNothingToDivide() {
    assertThat(DividedLoads.require(load("0/1"), MANY)).isTrue();
  }

  @Test
  void aDividedLoadGoes() {
    DividedLoads.add();
    assertThat(DividedLoads.require(load("0/2"), 1)).isTrue();
  }
}
