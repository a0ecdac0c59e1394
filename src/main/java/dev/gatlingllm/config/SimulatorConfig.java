package dev.gatlingllm.config;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * {@code llm.simulator}: how the simulated endpoint behaves.
 *
 * @param ttft time to first token of an empty prompt
 * @param prefillPerToken what each input token adds to it
 * @param tokensPerSecond decode rate of one call
 * @param tokensPerChunk tokens in one chunk
 * @param jitter share by which times vary
 * @param reasoningTokens reasoning tokens before the answer
 * @param cacheTtl how long its prompt cache keeps a prompt; zero for no cache
 * @param cacheMinTokens the smallest part of a prompt that is cached
 * @param capacity calls served at the same time
 * @param requestsPerMinute request quota
 * @param tokensPerMinute token quota
 * @param tls whether it speaks TLS, with a certificate made for the run
 * @param faults share of calls by kind of fault
 */
public record SimulatorConfig(
    Duration ttft,
    Duration prefillPerToken,
    double tokensPerSecond,
    int tokensPerChunk,
    double jitter,
    int reasoningTokens,
    Duration cacheTtl,
    int cacheMinTokens,
    int capacity,
    OptionalLong requestsPerMinute,
    OptionalLong tokensPerMinute,
    boolean tls,
    Map<String, Double> faults) {

  /** More calls at the same time than any run makes. */
  static final int NO_LIMIT = 1_000_000;

  static SimulatorConfig read(ConfigReader reader) {
    Map<String, Double> faults = new TreeMap<>();
    reader
        .entries("llm.simulator.faults")
        .keySet()
        .forEach(kind -> faults.put(kind, reader.share("llm.simulator.faults." + kind)));
    return new SimulatorConfig(
        reader.duration("llm.simulator.ttft"),
        reader.duration("llm.simulator.prefillPerToken"),
        reader.positive("llm.simulator.tokensPerSecond"),
        reader.integer("llm.simulator.tokensPerChunk", 1),
        reader.share("llm.simulator.jitter"),
        reader.integer("llm.simulator.reasoningTokens", 0),
        reader.duration("llm.simulator.cacheTtl"),
        reader.integer("llm.simulator.cacheMinTokens", 1),
        reader.integer("llm.simulator.capacity", 1),
        reader.optionalLong("llm.simulator.requestsPerMinute", 1),
        reader.optionalLong("llm.simulator.tokensPerMinute", 1),
        reader.flag("llm.simulator.tls"),
        faults);
  }
}
