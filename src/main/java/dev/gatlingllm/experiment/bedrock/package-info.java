/** Scenario files for Amazon Bedrock: models, regions and latency modes side by side. */
package dev.gatlingllm.experiment.bedrock;
