/**
 * Anthropic's Messages API through Anthropic's SDK: on Anthropic's own host, on Microsoft Foundry
 * and on Amazon Bedrock's {@code bedrock-mantle} endpoint. The only package that imports {@code
 * com.anthropic}.
 */
package dev.gatlingllm.provider.anthropic;
