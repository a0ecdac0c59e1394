package dev.gatlingllm.experiment;

import dev.gatlingllm.calibration.ExpectedLoad;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.gatling.LlmAssertions;
import dev.gatlingllm.gatling.LlmProtocolBuilder;
import io.gatling.javaapi.core.Assertion;
import io.gatling.javaapi.core.ProtocolBuilder;
import java.util.List;

/** An experiment whose calls go to the provider, and whose load is known beforehand. */
public interface ProviderExperiment extends Experiment {

  /** The settings of the run. */
  LlmConfig settings();

  /** The load, for the warm-up and the calibration run. */
  ExpectedLoad expectedLoad();

  /** The groups that are judged one by one; empty if the calls are in no group. */
  default List<String> groups() {
    return List.of();
  }

  @Override
  default List<ProtocolBuilder> protocols() {
    return List.of(LlmProtocolBuilder.ofSettings().config(settings()).expectedLoad(expectedLoad()));
  }

  @Override
  default List<Assertion> assertions(String call) {
    return groups().isEmpty()
        ? LlmAssertions.slo(settings().slo(), call)
        : groups().stream()
            .flatMap(group -> LlmAssertions.slo(settings().slo(), group, call).stream())
            .toList();
  }
}
