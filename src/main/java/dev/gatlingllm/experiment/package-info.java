/**
 * Experiments: one package for each question that a simulation puts to an endpoint, with its
 * settings, its load and its plan.
 */
package dev.gatlingllm.experiment;
