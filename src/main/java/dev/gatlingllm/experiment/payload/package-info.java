/** Request bodies from files, sent as they are. */
package dev.gatlingllm.experiment.payload;
