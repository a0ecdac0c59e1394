package dev.gatlingllm.simulator;

/**
 * Everything that shapes a simulated endpoint: {@code llm.simulator}. In this record and those
 * below, the name of a component is its key there, {@link Range} its range, and {@code
 * reference.conf} has its default and what it means. {@code config.SimulatorConfig} reads them and
 * checks the ranges.
 *
 * @param latency how long calls are served
 * @param answer what answers consist of
 * @param cache what is kept of prompts
 * @param limits how many calls are let in
 * @param spillover which calls are handed over to another deployment
 * @param faults how often calls fail
 * @param server what the server speaks and says about itself
 * @param process what a run decides for its endpoint, and a process of its own for itself
 */
public record SimulatorSettings(
    LatencySettings latency,
    AnswerSettings answer,
    CacheSettings cache,
    LimitSettings limits,
    SpilloverSettings spillover,
    FaultSettings faults,
    ServerSettings server,
    ProcessSettings process) {}
