package replay;

import static dev.gatlingllm.LlmDsl.llm;
import static dev.gatlingllm.LlmDsl.messagesReplay;
import static dev.gatlingllm.LlmDsl.settings;

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
  {
    var replay = messagesReplay(settings());
    setUp(replay.inject(llm("chat")))
        .protocols(replay.protocols())
        .assertions(replay.assertions("chat"));
  }
}
