package dev.gatlingllm.capacity;

import java.time.Duration;
import java.util.OptionalDouble;

/**
 * How a search goes about it.
 *
 * @param from the first load, above 0: arrivals per minute, or clients
 * @param to the greatest load that is tried; absent: any
 * @param precision how far the interval may reach to either side, relative: 0.05 for 5 %
 * @param atLeast a probe lasts at least this long
 * @param atMost and at most this long
 * @param confirm how long the load that was found is held
 * @param window of a quota: once one is known, probes and pauses last at least as long
 * @param whole whether a load is a whole number
 */
public record SearchSettings(
    double from,
    OptionalDouble to,
    double precision,
    Duration atLeast,
    Duration atMost,
    Duration confirm,
    Duration window,
    boolean whole) {}
