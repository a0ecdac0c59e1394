package dev.gatlingllm.experiment.batch;

import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.stats.CallFixture;
import java.util.ArrayList;
import java.util.List;

/** A load that fills up a deployment, with the settings of a run. */
public final class FillOfSettings {

  private FillOfSettings() {}

  /** When a filling load ends: calls of a second with 1,000 tokens, and ever more utilisation. */
  public static Object of(LlmConfig config) {
    List<String> told = new ArrayList<>();
    long[] now = {0};
    FillUp fill = new FillUp(config.section(BatchConfig::read).fill(), () -> now[0], told::add);
    for (int calls = 0; fill.goesOn(); calls++) {
      now[0] += 1_000_000_000L;
      fill.saw(CallFixture.call().tokens(900, 100).utilization(calls / 1e3).record());
    }
    return told;
  }
}
