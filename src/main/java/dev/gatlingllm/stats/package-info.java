/**
 * What many calls amount to: distributions, throughput, goodput and the course over time, made from
 * records alone. Knows no Gatling and no output format.
 */
package dev.gatlingllm.stats;
