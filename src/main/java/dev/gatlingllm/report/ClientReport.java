package dev.gatlingllm.report;

import dev.gatlingllm.health.HealthSeries;
import dev.gatlingllm.health.Verdict;

/**
 * How the client itself was.
 *
 * @param verdict whether the numbers can be believed; of several runs, the gravest
 * @param series over time, on the time axis of the calls
 */
public record ClientReport(Verdict verdict, HealthSeries series) {}
