/**
 * The token report: one model of a run, one writer per format, and the command that makes them
 * again from a run's folder. Knows no Gatling.
 */
package dev.gatlingllm.report;
