package dev.gatlingllm.protocol.engine;

import dev.gatlingllm.config.LlmConfig;
import dev.gatlingllm.provider.LlmClient;
import io.gatling.core.protocol.Protocol;

/**
 * What Gatling hands from the simulation to the actions.
 *
 * @param simulation fully qualified name of the simulation class
 * @param config the settings
 * @param client the client of the run, closed when the run ends
 * @param preparation what to do before the first user starts
 */
public record LlmProtocol(
    String simulation, LlmConfig config, LlmClient client, Preparation preparation)
    implements Protocol {}
