/**
 * Finished runs in the formats of other tools, so that what reads those formats goes on working.
 */
package dev.gatlingllm.report.export;
