/** Two targets in turns, judged block by block. */
package dev.gatlingllm.experiment.ab;
