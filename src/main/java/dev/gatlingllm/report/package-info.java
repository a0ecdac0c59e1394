/**
 * The token report: one model of a run and one writer per format, such as {@code SummaryCsv} and
 * {@code IndexHtml}. Knows no Gatling.
 */
package dev.gatlingllm.report;
