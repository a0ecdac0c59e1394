package dev.gatlingllm.stats;

/**
 * One of several loads that followed one another in a run: a level of a ladder, a probe of a
 * search.
 *
 * @param name such as {@code 8 clients}
 * @param fromSeconds when its first call started, since the start of the (first) run
 * @param toSeconds when the last of its calls ended
 */
public record Stage(String name, double fromSeconds, double toSeconds) {}
