package dev.gatlingllm.run;

import dev.gatlingllm.config.BaselineConfig;
import dev.gatlingllm.config.ConfigurationException;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.record.AssertionResult;
import dev.gatlingllm.report.compare.BaselineGate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The baseline that a run is compared with, before its first call and after its last. */
final class BaselineCheck {

  private final Optional<BaselineGate> gate;

  private BaselineCheck(Optional<BaselineGate> gate) {
    this.gate = gate;
  }

  /**
   * The baseline of a run's settings.
   *
   * @throws ConfigurationException if they cannot be read
   */
  static BaselineCheck of(LlmConfig config) {
    BaselineConfig settings = config.baseline();
    try {
      return new BaselineCheck(
          settings.name().map(name -> BaselineGate.of(name, settings.worse())));
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(e.getMessage());
    }
  }

  /**
   * Refuses a baseline that a run could not be compared with.
   *
   * @throws ConfigurationException naming it and why
   */
  void require(String simulation, LlmConfig config) {
    try {
      gate.ifPresent(
          known -> known.check(simulation, config.effective(), config.baseline().otherSettings()));
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(e.getMessage());
    }
  }

  /** In which settings the run and the baseline differ; empty if in none. */
  Optional<String> difference(String simulation, LlmConfig config) {
    return gate.map(known -> known.differenceText(simulation, config.effective()))
        .filter(text -> !text.isEmpty());
  }

  /** What the comparison of a finished run says; nothing without a baseline. */
  List<AssertionResult> judge(Path run) throws IOException {
    return gate.isPresent() ? gate.get().judge(run) : List.of();
  }
}
