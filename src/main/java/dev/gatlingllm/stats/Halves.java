package dev.gatlingllm.stats;

/**
 * The values of a load in two halves, by the start of their calls.
 *
 * @param first of the calls that started earlier
 * @param second of the others
 */
public record Halves(Values first, Values second) {}
