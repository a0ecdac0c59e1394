/**
 * Amazon Bedrock through the AWS SDK: Converse and InvokeModel, streamed and not. {@link
 * dev.gatlingllm.provider.bedrock.BedrockClient} is where to start.
 */
package dev.gatlingllm.provider.bedrock;
