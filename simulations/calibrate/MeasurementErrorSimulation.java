package calibrate;

import static dev.gatlingllm.LlmDsl.expectedLoad;
import static dev.gatlingllm.LlmDsl.llm;
import static dev.gatlingllm.LlmDsl.load;
import static dev.gatlingllm.LlmDsl.prompts;
import static dev.gatlingllm.LlmDsl.settings;
import static dev.gatlingllm.LlmDsl.simulated;
import static dev.gatlingllm.LlmDsl.slo;

import io.gatling.javaapi.core.Simulation;

/**
 * How much of what this client measures, on this machine and under this load, is its own doing?
 *
 * <p>Makes the load of {@code llm.load} and {@code llm.profile} on the simulated endpoint in this
 * process, whatever {@code llm.provider} is: the endpoint speaks that provider's wire format, over
 * TLS if its address is https, and knows when it sent what. The report's table "Measurement error"
 * is measured − true, for every call.
 *
 * <pre>
 * mvn gatling:test -Dgatling.simulationClass=calibrate.MeasurementErrorSimulation -Dllm.load.rpm=3000
 * mvn gatling:test -Dgatling.simulationClass=calibrate.MeasurementErrorSimulation \
 *     -Dllm.simulator.wire=bedrock -Dllm.load.clients=100 -Dllm.simulator.tokensPerChunk=1
 * </pre>
 *
 * <p>Red means: a limit under {@code llm.slo} was not met. The endpoint's own work is in the error,
 * since it shares the machine: it is an upper bound.
 */
public class MeasurementErrorSimulation extends Simulation {
  {
    var config = simulated(settings());
    var prompts = prompts(config);
    var sizes = prompts.sizes(config);
    setUp(load(config).inject("Measurement error", llm("chat").sizes(prompts, sizes)))
        .protocols(llm.config(config).expectedLoad(expectedLoad(config, prompts, sizes)))
        .assertions(slo(config, "chat"));
  }
}
