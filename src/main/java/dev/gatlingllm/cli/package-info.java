/** The command line: one class for each command, which reads its arguments and calls the rest. */
package dev.gatlingllm.cli;
