package chat;

import static dev.gatlingllm.LlmDsl.conversations;
import static dev.gatlingllm.LlmDsl.llm;
import static dev.gatlingllm.LlmDsl.settings;

import io.gatling.javaapi.core.Simulation;

/**
 * How does the endpoint serve conversations, in which every turn sends all that was said before?
 *
 * <p>Each arrival is a session: a question, its answer, time to think, the next question with both
 * before it, and so on. The questions are made up to a size, or those of recorded conversations.
 *
 * <pre>
 * mvn gatling:test -Dgatling.simulationClass=chat.ConversationSimulation -Dllm.load.rpm=60 \
 *     -Dllm.simulator.cacheTtl=5min
 * mvn gatling:test -Dgatling.simulationClass=chat.ConversationSimulation -Dllm.load.rpm=60 \
 *     -Dllm.conversation.file=feeders/conversations-example.jsonl
 * </pre>
 *
 * <p>Red means: a limit under {@code llm.slo} was not met.
 */
public class ConversationSimulation extends Simulation {
  {
    var talk = conversations(settings());
    setUp(talk.inject(llm("chat"))).protocols(talk.protocols()).assertions(talk.assertions("chat"));
  }
}
