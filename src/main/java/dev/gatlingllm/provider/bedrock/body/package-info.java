/**
 * The bodies of Bedrock's InvokeModel, which every family of models has for itself: how a request
 * is written and where an answer keeps what. Knows no SDK.
 */
package dev.gatlingllm.provider.bedrock.body;
