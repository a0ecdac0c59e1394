/**
 * Finished runs in the formats of other tools, so that what reads those formats goes on working.
 * The summary of the project's own report is {@code report.SummaryCsv}.
 */
package dev.gatlingllm.report.export;
