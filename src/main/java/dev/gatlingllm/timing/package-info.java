/**
 * The clock, and the timeline of one call: instants alone. What is computed from them, such as
 * TTFT, is defined in {@code stats.Measure}. Uses only the JDK.
 */
package dev.gatlingllm.timing;
