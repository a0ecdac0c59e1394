package dev.gatlingllm.experiment.replay;

import dev.gatlingllm.calibration.ExpectedLoad;
import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.experiment.ProviderExperiment;
import dev.gatlingllm.gatling.ExpectedLoads;
import dev.gatlingllm.gatling.LlmActionBuilder;
import dev.gatlingllm.gatling.Load;
import dev.gatlingllm.gatling.RecordedMessages;
import io.gatling.javaapi.core.PopulationBuilder;
import java.util.List;

/**
 * Recorded conversations under the load of {@code llm.load}.
 *
 * @param settings of the run
 * @param messages the conversations of {@code llm.messages}
 */
public record MessagesReplay(LlmConfig settings, RecordedMessages messages)
    implements ProviderExperiment {

  /**
   * The conversations that {@code llm.messages} names.
   *
   * @throws dev.gatlingllm.config.ConfigurationException naming the file and the place in it, if it
   *     cannot be read
   */
  public static MessagesReplay of(LlmConfig settings) {
    return new MessagesReplay(settings, RecordedMessages.of(settings));
  }

  @Override
  public List<PopulationBuilder> inject(LlmActionBuilder call) {
    return List.of(
        Load.of(settings).endingAsPlanned().inject("Messages replay", messages.call(call)));
  }

  @Override
  public ExpectedLoad expectedLoad() {
    return ExpectedLoads.load(settings, messages);
  }
}
