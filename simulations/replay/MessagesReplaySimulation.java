package replay;

import static dev.gatlingllm.LlmDsl.llm;
import static dev.gatlingllm.gatling.LlmAssertions.slo;

import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.gatling.Load;
import dev.gatlingllm.gatling.Planned;
import dev.gatlingllm.gatling.RecordedMessages;
import io.gatling.javaapi.core.Simulation;

/**
 * How does the endpoint answer the conversations of one's own application?
 *
 * <p>Sends the conversations of a file (JSON: an array of arrays of messages; JSON lines: one in
 * each line), in their order, at random or by weight, under the load of {@code llm.load}.
 *
 * <pre>
 * mvn gatling:test -Dgatling.simulationClass=replay.MessagesReplaySimulation -Dllm.load.rpm=60
 * mvn gatling:test -Dgatling.simulationClass=replay.MessagesReplaySimulation \
 *     -Dllm.messages.file=messages.json -Dllm.messages.order=random -Dllm.messages.maxTokens=300
 * </pre>
 *
 * <p>Red means: a limit under {@code llm.slo} was not met.
 */
public class MessagesReplaySimulation extends Simulation {

  private final LlmConfig config = LlmConfig.read();
  private final RecordedMessages messages = RecordedMessages.of(config);

  {
    setUp(Load.of(config).inject("Messages replay", messages.call(llm("chat"))))
        .protocols(llm.config(config).planned(Planned.load(config, messages)))
        .assertions(slo(config.slo(), "chat"));
  }
}
