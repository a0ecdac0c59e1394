/**
 * One run from its first second to its report: the run folder, the thread that writes the records,
 * the progress line and the end. No Gatling.
 */
package dev.gatlingllm.run;
