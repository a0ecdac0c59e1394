/** The overview of several finished runs, a row each: one model and one writer per format. */
package dev.gatlingllm.report.runs;
