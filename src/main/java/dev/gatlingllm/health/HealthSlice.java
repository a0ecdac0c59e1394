package dev.gatlingllm.health;

import java.util.OptionalDouble;

/**
 * How the client was in one slice of a run. Of several runs merged: the worst of them, and the
 * average of their processors.
 *
 * @param startSeconds since the start of the (first) run
 * @param loopDelayMillis longest delay of an event loop
 * @param processCpuPercent of the processors the process may use, on average
 * @param machineCpuPercent of the machine's processors, on average
 * @param pauseMillis longest collection of garbage; 0 if there was none
 * @param scheduleDelayMillis longest schedule delay that the client itself caused
 * @param backlogMillis longest time that a chunk waited to be decoded
 * @param inFlight most calls in flight
 * @param heapMebibytes most memory in use
 */
public record HealthSlice(
    double startSeconds,
    OptionalDouble loopDelayMillis,
    OptionalDouble processCpuPercent,
    OptionalDouble machineCpuPercent,
    OptionalDouble pauseMillis,
    OptionalDouble scheduleDelayMillis,
    OptionalDouble backlogMillis,
    OptionalDouble inFlight,
    OptionalDouble heapMebibytes) {}
