/**
 * Decisions: what a number may claim. Whether a limit is met, one run is slower than another, or a
 * verdict passes its gate is decided here; the verdict on the client itself is that of {@code
 * health.Verdict}.
 */
package dev.gatlingllm.decision;
