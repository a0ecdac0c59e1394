package dev.gatlingllm.simulator;

import java.util.OptionalDouble;

/**
 * What the server speaks and says about itself.
 *
 * @param tls whether it speaks TLS, with a certificate that it makes for itself; see {@link
 *     Simulator#certificate()}
 * @param threads number of event loops
 * @param region the region that answers name
 * @param utilizationPercent what {@code azure-openai-deployment-utilization} says; empty to leave
 *     it out
 */
public record ServerSettings(
    boolean tls,
    @Range(least = 1, most = 64) int threads,
    String region,
    @Range(most = 1_000) OptionalDouble utilizationPercent) {}
