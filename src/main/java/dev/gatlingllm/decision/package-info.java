/**
 * Decisions: what a number may claim. Whether a limit is met, one run is slower than another, or
 * the client can be believed is decided here and nowhere else. Pure functions of statistics.
 */
package dev.gatlingllm.decision;
