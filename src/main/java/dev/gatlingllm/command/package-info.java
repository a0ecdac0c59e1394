/** What the commands that read finished runs have in common: their arguments and how they end. */
package dev.gatlingllm.command;
