/**
 * What many calls amount to: distributions, throughput, goodput and the course over time, made from
 * records alone. Each measure, such as TTFT, is defined in {@link dev.gatlingllm.stats.Measure}.
 * Knows no Gatling and no output format.
 */
package dev.gatlingllm.stats;
