/** Commands that need no endpoint: the load calculator, the token counter, the dataset builder. */
package dev.gatlingllm.cli;
