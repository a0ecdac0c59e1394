/**
 * The table of latency statistics per deployment and size, with the names that the Azure OpenAI
 * latency tests gave them: from the records of a run to {@code latency-table.md|json|csv}.
 */
package dev.gatlingllm.report.latency;
