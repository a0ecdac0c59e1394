package payloads;

import static dev.gatlingllm.LlmDsl.llm;
import static dev.gatlingllm.LlmDsl.payloadFiles;
import static dev.gatlingllm.LlmDsl.settings;

import io.gatling.javaapi.core.Simulation;

/**
 * How does the endpoint answer the requests of a file?
 *
 * <p>Sends request bodies (messages, max tokens, further parameters) of a JSON Lines file, a JSON
 * file or a folder: each once per pass, in an order shuffled by {@code llm.seed}.
 *
 * <pre>
 * mvn gatling:test -Dgatling.simulationClass=payloads.PayloadFilesSimulation
 * mvn gatling:test -Dgatling.simulationClass=payloads.PayloadFilesSimulation \
 *     -Dllm.payloads.path=mine/ -Dllm.payloads.clients=8 -Dllm.payloads.sentBy=eachClient
 * </pre>
 *
 * <p>Red means: a limit under {@code llm.slo} was not met.
 */
public class PayloadFilesSimulation extends Simulation {
  {
    var payloads = payloadFiles(settings());
    setUp(payloads.inject(llm("chat")))
        .protocols(payloads.protocols())
        .assertions(payloads.assertions("chat"));
  }
}
