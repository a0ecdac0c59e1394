/** A grid of input and output lengths. */
package dev.gatlingllm.experiment.heatmap;
