/**
 * Recorded traffic: traces at the times at which they were recorded, and conversations of an
 * application.
 */
package dev.gatlingllm.experiment.replay;
