/** An application before the model, and the users who ask it. */
package dev.gatlingllm.experiment.rag;
