/**
 * With what the load is made: prompts of a given size in tokens, shapes, scenario files, traces and
 * ladders. Knows no Gatling and no SDK.
 */
package dev.gatlingllm.workload;
