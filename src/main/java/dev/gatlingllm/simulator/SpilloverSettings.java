package dev.gatlingllm.simulator;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * Which calls the deployment hands over to a standard one, as a provisioned deployment of Azure
 * OpenAI does; other services hand over none.
 *
 * @param spilloverShare share of calls that are handed over at random, 0 to 1
 * @param spilloverAbove calls served at the same time, beyond which further ones are handed over;
 *     empty for no limit
 * @param spilloverTtft time to the first token of an empty prompt on the standard deployment
 */
public record SpilloverSettings(
    @Range(most = 1) double spilloverShare,
    @Range(least = 1) OptionalInt spilloverAbove,
    @Range(most = 3_600) Duration spilloverTtft) {}
